import type { TranscriptForm } from '../../shared/contract/transcript';
import type { FiledRun } from '../../shared/conversation-file';
import { localTime } from '../../shared/local-day';
import { nano, usdText } from '../../shared/money';
import type { StoredMessage, Transcript } from '../store/queries/transcripts';

/** What is written of one message, in whatever form. */
export interface MessageView {
  readonly message: StoredMessage;
  /** "You", "System", or the model. */
  readonly author: string;
  /** On the clock of the computer, to the minute. */
  readonly time: string;
  /** "2 of 3"; null where there are no other versions, or only the shown one is written. */
  readonly version: string | null;
  /** What the answer cost; null where none is wanted or there was no request. */
  readonly receipt: string | null;
}

/** The messages that are wanted, each as it is written. */
export function* messageViews(
  { messages, runs, shown }: Transcript,
  form: TranscriptForm,
  timeZone: string,
): Generator<MessageView> {
  const wanted = form.versions ? null : new Set(shown);
  const byUid = new Map([...runs].map((run) => [run.uid, run]));
  const versions = new Map<string, number>();
  for (const message of messages) {
    const family = `${message.parent} ${message.role}`;
    const version = (versions.get(family) ?? 0) + 1;
    versions.set(family, version);
    if (wanted && !wanted.has(message.id)) continue;
    const run = message.run === null ? undefined : byUid.get(message.run);
    yield {
      message,
      author: authorOf(message, run),
      time: localTime(message.createdAt, timeZone).slice(0, 16).replace('T', ' '),
      version: form.versions && version > 1 ? `version ${version}` : null,
      receipt: form.receipts && run ? receiptOf(run) : null,
    };
  }
}

function authorOf({ role }: StoredMessage, run: FiledRun | undefined): string {
  switch (role) {
    case 'user':
      return 'You';
    case 'system':
      return 'System';
    case 'assistant':
      return run?.servedModel ?? run?.requestedModel ?? 'Assistant';
  }
}

/** "$0.001878, 13 tokens in, 100 out, by openrouter, 2.8 s" */
function receiptOf(run: FiledRun): string {
  const { promptTokens, completionTokens, servedProvider, totalMs, state } = run;
  const tokens =
    promptTokens === null && completionTokens === null
      ? null
      : `${promptTokens ?? '?'} tokens in, ${completionTokens ?? '?'} out`;
  return [
    costOf(run),
    tokens,
    servedProvider === null ? null : `by ${servedProvider}`,
    totalMs === null ? null : `${(totalMs / 1000).toFixed(1)} s`,
    state === 'complete' ? null : state,
  ]
    .filter((part) => part !== null)
    .join(', ');
}

function costOf({ costNanoUsd, costSource }: FiledRun): string {
  if (costNanoUsd === null) return 'cost unknown';
  const text = `$${usdText(nano(BigInt(costNanoUsd)))}`;
  return costSource === 'estimated' ? `about ${text}` : text;
}
