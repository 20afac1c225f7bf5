import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { orpc } from '../../rpc/client';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { notify } from '../../ui/toaster';

/** What can be told to whoever helps, to be read before it is copied. */
export function DiagnosticsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { data: text, isError } = useQuery(
    orpc.health.diagnostics.queryOptions({ gcTime: 0, staleTime: 0 }),
  );
  const copy = async (whole: string) => {
    try {
      await navigator.clipboard.writeText(whole);
      notify({ text: t('health.copied') });
      onClose();
    } catch {
      notify({ text: t('health.notCopied') });
    }
  };
  return (
    <Dialog
      open
      size="wide"
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t('health.diagnostics')}
      description={t('health.preview')}
      actions={
        <>
          <Button onClick={onClose}>{t('health.close')}</Button>
          <Button
            variant="ink"
            disabled={text === undefined}
            onClick={() => text !== undefined && void copy(text)}
          >
            {t('health.copy')}
          </Button>
        </>
      }
    >
      {text === undefined ? (
        <p role="status" className="mt-4 flex-1 text-12 text-text-3">
          {t(isError ? 'health.notCollected' : 'health.collecting')}
        </p>
      ) : (
        <section
          aria-label={t('health.diagnostics')}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard
          tabIndex={0}
          className="mt-4 min-h-0 flex-1 overflow-auto rounded-3 bg-surface-sunken p-4 select-text"
        >
          <pre className="font-mono text-12 leading-5 whitespace-pre-wrap">{text}</pre>
        </section>
      )}
    </Dialog>
  );
}
