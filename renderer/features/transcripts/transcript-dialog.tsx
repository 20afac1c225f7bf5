import { useQuery } from '@tanstack/react-query';
import { Check } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type TranscriptWritten, transcriptFormat } from '../../../shared/contract/transcript';
import { client, orpc } from '../../rpc/client';
import { useChangeSettings } from '../../state/change-settings';
import { fileProblemKey } from '../../state/file-problem';
import { useFileSaving } from '../../state/file-saving';
import {
  leaveTranscript,
  type TranscriptRequest,
  useTranscriptRequest,
} from '../../state/transcript-request';
import { Button } from '../../ui/button';
import { Checkbox } from '../../ui/checkbox';
import { Dialog } from '../../ui/dialog';
import { count } from '../../ui/format';
import { ProgressBar } from '../../ui/progress-bar';
import { Segmented } from '../../ui/segmented';
import { notify } from '../../ui/toaster';

/** Writes conversations into a file, when that was asked for. */
export function TranscriptDialog() {
  const asked = useTranscriptRequest((state) => state.asked);
  return asked && <Asked asked={asked} />;
}

function Asked({ asked }: { asked: TranscriptRequest }) {
  const { t } = useTranslation();
  const { data: settings } = useQuery(orpc.app.settings.queryOptions());
  const change = useChangeSettings();
  const saved = ({ id, conversations, missing }: TranscriptWritten & { readonly id: number }) => {
    leaveTranscript();
    const text = t('transcript.saved', { count: conversations, text: count(conversations) });
    notify({
      text: missing === 0 ? text : `${text} ${t('transcript.missing', { count: missing })}`,
      icon: Check,
      action: {
        label: t('usageFile.show'),
        onSelect: () => {
          client.usageFiles.show({ id }).catch(() => notify({ text: t('usageFile.notShown') }));
        },
      },
    });
  };
  const { state, start, cancel } = useFileSaving(client.transcripts.save, saved);
  if (!settings) return null;
  const form = settings.transcript;
  const put = (part: Partial<typeof form>) => change({ transcript: { ...form, ...part } });
  const busy = state.step === 'asking' || state.step === 'writing';
  const { ids, title } = asked;
  const many = t('transcript.fileName', { count: ids?.length ?? 0 });
  const name = title ?? (ids === null ? t('transcript.allName') : many);
  const progress = state.step === 'writing' && {
    done: state.rows,
    of: state.of,
    text: t('transcript.progress', { done: count(state.rows), of: count(state.of) }),
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (open) return;
        cancel();
        leaveTranscript();
      }}
      title={t('transcript.title')}
      description={
        title ?? (ids === null ? t('transcript.all') : t('transcript.many', { count: ids.length }))
      }
      actions={
        <>
          <Button onClick={busy ? cancel : leaveTranscript}>{t('usageFile.cancel')}</Button>
          <Button
            variant="ink"
            disabled={busy}
            onClick={() => void start({ ...form, ids: ids === null ? null : [...ids], name })}
          >
            {t('usageFile.save')}
          </Button>
        </>
      }
    >
      <div className="mt-4 grid gap-4">
        <div>
          <Segmented
            label={t('usageFile.format')}
            showLabel
            large
            disabled={busy}
            value={form.format}
            segments={transcriptFormat.options.map((value) => ({
              value,
              label: t(`transcript.formats.${value}`),
            }))}
            onChange={(format) => put({ format })}
          />
          <p className="mt-1 text-12 text-text-3">{t(`transcript.hints.${form.format}`)}</p>
        </div>
        {form.format !== 'json' && (
          <div className="grid gap-2">
            <Checkbox checked={form.receipts} onChange={(receipts) => put({ receipts })}>
              {t('transcript.receipts')}
            </Checkbox>
            <Checkbox checked={form.reasoning} onChange={(reasoning) => put({ reasoning })}>
              {t('transcript.reasoning')}
            </Checkbox>
            <Checkbox checked={form.versions} onChange={(versions) => put({ versions })}>
              {t('transcript.versions')}
            </Checkbox>
          </div>
        )}
      </div>
      {progress && <ProgressBar label={t('transcript.writing')} {...progress} />}
      {state.step === 'failed' && (
        <p role="alert" className="mt-4 text-danger">
          {t(fileProblemKey(state.failure))}
        </p>
      )}
    </Dialog>
  );
}
