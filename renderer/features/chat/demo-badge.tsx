import { Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useDemoRemoval } from '../../connection/demo-removal';
import { Badge } from '../../ui/badge';
import { Menu, MenuItem } from '../../ui/menu';

/** Says that a conversation is of the demo, and takes the demo away. */
export function DemoBadge() {
  const { t } = useTranslation();
  const remove = useDemoRemoval();
  return (
    <Menu
      align="start"
      trigger={
        <button
          type="button"
          aria-label={`${t('chat.demo')}. ${t('chat.demoNote')}`}
          title={t('chat.demoNote')}
          className="grid h-6 flex-none place-items-center rounded-1 hover:opacity-80"
        >
          <Badge>{t('chat.demo')}</Badge>
        </button>
      }
    >
      <MenuItem icon={Trash2} danger onSelect={() => void remove()}>
        {t('connection.removeDemo')}
      </MenuItem>
    </Menu>
  );
}
