import { Download } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button';
import { Icon } from '../../ui/icon';
import { ExportDialog, type ShownRows } from './export-dialog';

/** Saves what the page shows as a file. */
export function ExportButton({ filter, groupBy }: ShownRows) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Icon icon={Download} small />
        {t('usageFile.button')}
      </Button>
      {open && <ExportDialog filter={filter} groupBy={groupBy} onClose={() => setOpen(false)} />}
    </>
  );
}
