import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type TelemetryState, telemetrySignals } from '../../../shared/contract/telemetry';
import type { Failure } from '../../../shared/errors';
import { isWeak, WeakKeyNote } from '../../connection/key-field';
import { client, orpc } from '../../rpc/client';
import { failureOf } from '../../rpc/failure';
import { Button } from '../../ui/button';
import { isEscape } from '../../ui/composition';
import { Segmented } from '../../ui/segmented';
import { Spinner } from '../../ui/spinner';
import { TextField } from '../../ui/text-field';
import { freshenPage } from './drafts';
import { HeaderFields } from './header-fields';
import {
  differs,
  holdsHeaderValue,
  isSavable,
  type TeamDraft,
  teamChange,
  teamDraftOf,
  teamProblems,
} from './team-draft';
import { showTelemetry } from './team-state';

export interface TeamFormProps {
  state: TelemetryState;
  /** Counts how often it was to be turned on without an address; then that is asked for. */
  addressAsked: number;
  /** Hears whether something in it is not saved yet. */
  onUnsaved: (unsaved: boolean) => void;
}

/** Where the collector is and what it is told. */
export function TeamForm({ state, addressAsked, onUnsaved }: TeamFormProps) {
  const { t } = useTranslation();
  const { data: strength } = useQuery(orpc.connections.keyStrength.queryOptions());
  const [typed, setTyped] = useState<TeamDraft | null>(null);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const draft = typed ?? teamDraftOf(state);
  const dirty = typed !== null && differs(typed, state);
  const asked = addressAsked > 0 && draft.endpoint.trim() === '';
  const problems = teamProblems(draft, state.on || asked);
  const shown = tried || asked;

  useEffect(() => {
    if (tried || addressAsked > 0) focusProblem(form.current);
  }, [tried, addressAsked]);

  useEffect(() => onUnsaved(dirty || busy), [onUnsaved, dirty, busy]);

  const edit = (change: Partial<TeamDraft>) => {
    // The end of the save takes what is typed for saved.
    if (busy) return;
    setTyped({ ...draft, ...change });
    setFailure(null);
  };
  const revert = () => {
    setTyped(null);
    setTried(false);
    setFailure(null);
  };
  const save = async () => {
    setTried(true);
    if (!isSavable(problems)) {
      focusProblem(form.current);
      return;
    }
    setBusy(true);
    try {
      showTelemetry(await client.telemetry.change(await teamChange(draft, state)));
      revert();
      freshenPage(holdsHeaderValue(draft), '/settings/team');
    } catch (error) {
      setFailure(failureOf(error));
    } finally {
      setBusy(false);
    }
  };
  const moved = failure?.reason === 'new_address';
  const values = holdsHeaderValue(draft);
  return (
    <form
      ref={form}
      noValidate
      aria-label={t('team.collector')}
      className="rounded-3 border border-line bg-surface-raised p-4"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        if (dirty && !busy) void save();
      }}
      onKeyDown={(event) => {
        if (isEscape(event) && !busy && dirty) revert();
      }}
    >
      <div className="grid grid-cols-2 items-start gap-x-6 gap-y-4 compact:grid-cols-1">
        <TextField
          label={t('team.address')}
          value={draft.endpoint}
          readOnly={busy}
          placeholder="http://collector.example:4318"
          spellCheck={false}
          autoComplete="off"
          maxLength={2000}
          onChange={(event) => edit({ endpoint: event.target.value })}
          hint={t('team.addressHint')}
          error={shown && problems.endpoint !== null ? t(`team.${problems.endpoint}`) : undefined}
        />
        <TextField
          label={t('team.desktop')}
          value={draft.name}
          readOnly={busy}
          maxLength={100}
          autoComplete="off"
          onChange={(event) => edit({ name: event.target.value })}
          hint={t('team.desktopHint')}
        />
      </div>
      <Segmented
        className="mt-4"
        label={t('team.signals')}
        showLabel
        value={draft.signals}
        segments={telemetrySignals.options.map((value) => ({
          value,
          label: t(`team.signal.${value}`),
        }))}
        onChange={(signals) => edit({ signals })}
      />
      <HeaderFields
        headers={draft.headers}
        onChange={(headers) => edit({ headers })}
        problems={shown ? problems.headers : NO_PROBLEMS}
        hint={t('team.headersHint')}
        error={moved ? t('team.newAddress') : undefined}
      />
      {values && isWeak(strength) && (
        <WeakKeyNote
          strength={strength}
          allow={draft.allowWeak}
          onAllow={(allowWeak) => edit({ allowWeak })}
        />
      )}
      {failure !== null && !moved && (
        <p role="alert" className="mt-3 text-12 text-danger">
          {t(refusalText(failure.reason), { header: failure.detail ?? '' })}
        </p>
      )}
      {(dirty || busy) && (
        <div className="mt-4 flex items-center gap-2">
          <Button type="submit" variant="ink" aria-busy={busy}>
            {busy && <Spinner />}
            {t('settings.save')}
          </Button>
          <Button variant="quiet" disabled={busy} onClick={revert}>
            {t('settings.revert')}
          </Button>
        </div>
      )}
    </form>
  );
}

function refusalText(reason: string | undefined) {
  if (reason === 'too_many_headers') return 'team.tooManyHeaders';
  return reason === 'header_missing' ? 'team.headerMissing' : 'team.notSaved';
}

const NO_PROBLEMS = new Map<number, never>();

/** After the next paint, when the field knows that something is wrong with it. */
function focusProblem(form: HTMLFormElement | null): void {
  requestAnimationFrame(() => {
    form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  });
}
