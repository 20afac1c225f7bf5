import { Check } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { KnownChoice } from '../../../shared/contract/import';
import type { Failure } from '../../../shared/errors';
import { client } from '../../rpc/client';
import { leaveHanded, leaveImport, useImportRequest } from '../../state/import-request';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { fileSize } from '../../ui/file-size';
import { count } from '../../ui/format';
import { ProgressBar } from '../../ui/progress-bar';
import { notify } from '../../ui/toaster';
import { ImportPreview } from './import-preview';
import { type FoundFile, type ImportState, useImport, type WrittenFile } from './use-import';

/** Brings conversations from a file, when that was asked for. */
export function ImportDialog() {
  const asked = useImportRequest((state) => state.asked);
  return asked && <Asked />;
}

function Asked() {
  const { t } = useTranslation();
  const [known, setKnown] = useState<KnownChoice>('skip');
  const undo = async (id: number) => {
    try {
      const gone = await client.imports.undo({ id });
      notify({ text: t('import.undone', { count: gone, text: count(gone) }) });
    } catch {
      notify({ text: t('import.notUndone') });
    }
  };
  const written = ({ id, conversations }: WrittenFile) => {
    leaveImport();
    notify({
      text: t('import.done', { count: conversations, text: count(conversations) }),
      icon: Check,
      action: { label: t('import.undo'), onSelect: () => void undo(id) },
    });
  };
  const { state, choose, takeHanded, write, cancel } = useImport(written);
  const handed = useImportRequest((request) => request.handed);
  const found = state.step === 'found' || state.step === 'writing' ? state.found : null;
  const busy = state.step === 'asking' || state.step === 'reading' || state.step === 'writing';
  // What goes on is brought to its end first.
  const canTake = handed && !busy;
  useEffect(() => {
    if (!canTake) return;
    leaveHanded();
    void takeHanded();
  });
  const coming = found ? newIn(found, known) : 0;
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (open) return;
        cancel();
        leaveImport();
      }}
      title={t('import.title')}
      description={t('import.about')}
      actions={
        <>
          <Button onClick={busy ? cancel : leaveImport}>{t('usageFile.cancel')}</Button>
          {found && (
            <Button disabled={busy} onClick={() => void choose()}>
              {t('import.other')}
            </Button>
          )}
          {found ? (
            <Button
              variant="ink"
              disabled={busy || coming === 0}
              onClick={() => void write(found, known)}
            >
              {t('import.start')}
            </Button>
          ) : (
            <Button variant="ink" disabled={busy} onClick={() => void choose()}>
              {t('import.choose')}
            </Button>
          )}
        </>
      }
    >
      {found && <ImportPreview found={found} known={known} onKnown={setKnown} disabled={busy} />}
      {found && coming === 0 && (
        <p role="status" className="mt-4 text-text-2">
          {t(found.conversations === 0 ? 'import.nothing' : 'import.allKnown')}
        </p>
      )}
      <Progress state={state} />
      {state.step === 'choosing' && state.failure && (
        <p role="alert" className="mt-4 text-danger">
          {t(problemKey(state.failure))}
        </p>
      )}
    </Dialog>
  );
}

function newIn({ conversations, known }: FoundFile, choice: KnownChoice): number {
  return choice === 'again' ? conversations : conversations - known;
}

function Progress({ state }: { state: ImportState }) {
  const { t } = useTranslation();
  if (state.step === 'reading') {
    const { bytes, of } = state.at;
    const text = t('import.read', { done: fileSize(bytes), of: fileSize(of) });
    return <ProgressBar label={t('import.reading')} done={bytes} of={of} text={text} />;
  }
  if (state.step === 'writing' && state.at) {
    const { messages, of } = state.at;
    const text = t('import.written', { done: count(messages), of: count(of) });
    return <ProgressBar label={t('import.writing')} done={messages} of={of} text={text} />;
  }
  return null;
}

function problemKey({ code, reason }: Failure) {
  if (reason === 'not_readable') return 'import.notReadable';
  return code === 'store_full' ? 'import.diskFull' : 'import.failed';
}
