import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../shared/contract/connection';
import { useSaving } from '../../connection/saving';
import { orpc, queryClient } from '../../rpc/client';
import { Button } from '../../ui/button';
import { isEscape } from '../../ui/composition';
import { Spinner } from '../../ui/spinner';
import { notify } from '../../ui/toaster';
import {
  type ConnectionDraft,
  changeOf,
  draftOf,
  hasProblems,
  holdsSecret,
  isDirty,
  problemsOf,
  sealedChange,
} from './connection-draft';
import { changeConnection, useConnectionTest } from './connection-test';
import { freshenPage, useDrafts } from './drafts';
import { EditorFields } from './editor-fields';
import { LastCheck } from './last-check';

/** One connection in full: what it is, how it is reached, and how its last check went. */
export function ConnectionEditor({ connection }: { connection: Connection }) {
  const { t } = useTranslation();
  const { id } = connection;
  const kept = useDrafts(({ drafts }) => drafts.get(id));
  const { keep, drop } = useDrafts();
  const saving = useSaving();
  const test = useConnectionTest(id);
  const [tried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const draft = kept ?? draftOf(connection);
  const dirty = kept !== undefined && isDirty(kept, connection);
  const problems = problemsOf(draft, connection.isDemo);

  useEffect(() => {
    if (saving.problem !== null || tried) {
      form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
    }
  }, [saving.problem, tried]);

  const edit = (next: ConnectionDraft) => {
    if (saving.busy) return;
    if (isDirty(next, connection)) keep(id, next);
    else drop(id);
    saving.setProblem(null);
  };
  const revert = () => {
    if (!dirty) return;
    drop(id);
    setTried(false);
    saving.setProblem(null);
    notify({
      text: t('settings.reverted', { name: connection.name }),
      action: { label: t('settings.undo'), onSelect: () => keep(id, draft) },
    });
  };
  /** True when it is saved and the page stays. */
  const save = async (wanted: ConnectionDraft): Promise<boolean> => {
    if (saving.busy || hasProblems(problemsOf(wanted, connection.isDemo))) {
      setTried(true);
      return false;
    }
    const saved = await saving.run(async (signal) => {
      const change = await sealedChange(changeOf(wanted, connection), id, wanted.allowWeak);
      await changeConnection(change, signal);
    });
    if (!saved) return false;
    setTried(false);
    drop(id);
    await queryClient.invalidateQueries({ queryKey: orpc.connections.key() });
    return !freshenPage(holdsSecret(wanted), `/settings/connections/${id}`);
  };
  const saveAndTest = async (wanted: ConnectionDraft) => {
    edit(wanted);
    if (await save(wanted)) test.start();
  };

  return (
    <section
      aria-label={connection.name}
      className="rounded-3 border border-line bg-surface-raised p-4"
    >
      <form
        ref={form}
        noValidate
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          if (dirty) void save(draft);
        }}
        onKeyDown={(event) => {
          if (isEscape(event) && !saving.busy) revert();
        }}
      >
        <EditorFields
          connection={connection}
          draft={draft}
          onChange={edit}
          problems={tried ? problems : null}
          saving={saving}
          onAddress={(baseUrl) => edit({ ...draft, baseUrl })}
          onCaFile={(caFile) =>
            void saveAndTest({ ...draft, options: { ...draft.options, caFile } })
          }
        />
        {(dirty || saving.busy) && (
          <div className="mt-4 flex items-center gap-2">
            <Button type="submit" variant="ink" aria-busy={saving.busy}>
              {saving.busy && <Spinner />}
              {saving.busy ? t('connection.checking') : t('settings.save')}
            </Button>
            <Button variant="quiet" onClick={saving.busy ? saving.cancel : revert}>
              {saving.busy ? t('connection.cancel') : t('settings.revert')}
            </Button>
          </div>
        )}
      </form>
      <LastCheck
        connection={connection}
        unsaved={dirty}
        onAddress={(baseUrl) => void saveAndTest({ ...draft, baseUrl })}
        onCaFile={(caFile) => void saveAndTest({ ...draft, options: { ...draft.options, caFile } })}
      />
    </section>
  );
}
