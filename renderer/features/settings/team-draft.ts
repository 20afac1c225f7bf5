import {
  collectorAddress,
  type TelemetryChange,
  type TelemetrySignals,
  type TelemetryState,
} from '../../../shared/contract/telemetry';
import { collectorHeaderName } from '../../../shared/endpoint';
import { sealSecret } from '../../rpc/seal';
import {
  type HeaderDraft,
  type HeaderProblem,
  headerChange,
  headerProblems,
  savedHeaders,
} from './header-draft';

/** How a collector is told, as it stands in the form. */
export interface TeamDraft {
  readonly endpoint: string;
  readonly name: string;
  readonly signals: TelemetrySignals;
  readonly headers: readonly HeaderDraft[];
  readonly allowWeak: boolean;
}

export interface TeamProblems {
  readonly endpoint: 'noAddress' | 'notAnAddress' | null;
  readonly headers: ReadonlyMap<number, HeaderProblem>;
}

export function teamDraftOf(state: TelemetryState): TeamDraft {
  const { endpoint, name, signals, headerNames } = state;
  return { endpoint, name, signals, headers: savedHeaders(headerNames), allowWeak: false };
}

/** Whether it says anything else than what is saved. */
export function differs(draft: TeamDraft, state: TelemetryState): boolean {
  const { set, remove } = headerChange(draft.headers, state.headerNames);
  return (
    draft.endpoint.trim() !== state.endpoint ||
    draft.name.trim() !== state.name ||
    draft.signals !== state.signals ||
    set.length + remove.length > 0
  );
}

/** What keeps a draft from being saved. `on`: the collector is to be told, so there has to be one. */
export function teamProblems(draft: TeamDraft, on: boolean): TeamProblems {
  const address = collectorAddress.safeParse(draft.endpoint);
  const missing = on && draft.endpoint.trim() === '';
  return {
    endpoint: missing ? 'noAddress' : address.success ? null : 'notAnAddress',
    headers: headerProblems(draft.headers, collectorHeaderName),
  };
}

export function isSavable({ endpoint, headers }: TeamProblems): boolean {
  return endpoint === null && headers.size === 0;
}

/** Whether a value of a header was typed, which no page keeps for longer than it must. */
export function holdsHeaderValue({ headers }: TeamDraft): boolean {
  return headers.some(({ value }) => value !== '');
}

/** What is to be saved, with the values of headers sealed for main. */
export async function teamChange(
  draft: TeamDraft,
  state: TelemetryState,
): Promise<TelemetryChange> {
  const { endpoint, name, signals, allowWeak } = draft;
  const { set, remove } = headerChange(draft.headers, state.headerNames);
  const setHeaders = await Promise.all(
    set.map(async (header) => ({ name: header.name, value: await sealSecret(header.value) })),
  );
  return {
    endpoint: endpoint.trim(),
    name: name.trim(),
    signals,
    ...(setHeaders.length > 0 ? { setHeaders, allowWeak } : {}),
    ...(remove.length > 0 ? { removeHeaders: [...remove] } : {}),
  };
}
