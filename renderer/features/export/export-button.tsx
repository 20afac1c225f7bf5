import { Download } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button';
import { Icon } from '../../ui/icon';
import { ExportDialog, type ShownRows } from './export-dialog';

/** Saves what the page shows as a file. In a narrow window only its drawing is left. */
export function ExportButton({ filter, groupBy }: ShownRows) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button className="compact:px-2" onClick={() => setOpen(true)}>
        <Icon icon={Download} small />
        <span className="compact:sr-only">{t('usageFile.button')}</span>
      </Button>
      {open && <ExportDialog filter={filter} groupBy={groupBy} onClose={() => setOpen(false)} />}
    </>
  );
}
