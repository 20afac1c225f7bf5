import { Columns3 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { runCommand } from '../../state/commands';
import { IconButton } from '../../ui/icon-button';

/** Shows the last answers that stand side by side; where there are none, chooses whom to ask for them. */
export function CompareButton() {
  const { t } = useTranslation();
  return (
    <IconButton
      label={t('chat.compare')}
      icon={Columns3}
      onClick={() => {
        if (!runCommand('compareAnswers')) runCommand('askSeveral');
      }}
    />
  );
}
