import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';

export interface LicencesDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** The licences of everything that Slice is built of, as the build collected them. */
export function LicencesDialog({ open, onOpenChange }: LicencesDialogProps) {
  const { t } = useTranslation();
  const { data, isError } = useQuery({
    queryKey: ['licences'],
    queryFn: fetchLicences,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('settings.licences')}
      description={t('settings.licencesAbout')}
      size="wide"
      actions={
        <Button variant="ink" onClick={() => onOpenChange(false)}>
          {t('settings.licencesClose')}
        </Button>
      }
    >
      {isError && (
        <p role="alert" className="mt-4 flex-1 text-danger">
          {t('settings.licencesNotRead')}
        </p>
      )}
      {!isError && (
        <section
          aria-label={t('settings.licences')}
          // It scrolls by the arrow keys.
          // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard reaches a text that scrolls.
          tabIndex={0}
          className="mt-4 min-h-0 flex-1 overflow-y-auto rounded-2 border border-line p-3 font-mono text-12 leading-5 whitespace-pre-wrap select-text"
        >
          {data}
        </section>
      )}
    </Dialog>
  );
}

async function fetchLicences(): Promise<string> {
  const response = await fetch('licences.txt');
  const type = response.headers.get('content-type') ?? '';
  // The server of the development build answers with the page for what it does not have.
  if (!response.ok || !type.startsWith('text/plain')) throw new Error('no licences in this build');
  return response.text();
}
