import { Download, Upload } from 'lucide-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { askImport } from '../../state/import-request';
import { askTranscript } from '../../state/transcript-request';
import { Button } from '../../ui/button';
import { Icon } from '../../ui/icon';

/** The ways in and out for conversations. */
export function ConversationFiles() {
  const { t } = useTranslation();
  const label = useId();
  return (
    <section className="mt-6" aria-labelledby={label}>
      <p id={label} className="mb-1 text-12 font-medium text-text-2">
        {t('backups.files')}
      </p>
      <p className="flex flex-wrap gap-2">
        <Button onClick={askImport}>
          <Icon icon={Upload} small />
          {t('backups.import')}
        </Button>
        <Button onClick={() => askTranscript({ ids: null, title: null })}>
          <Icon icon={Download} small />
          {t('backups.export')}
        </Button>
      </p>
    </section>
  );
}
