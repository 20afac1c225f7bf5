import type { Run } from '../../shared/contract/conversation';
import type { Attached } from '../../shared/contract/run';
import type { ConversationId, MessageId, RunId } from '../../shared/ids';
import { type AnswerPart, EMPTY_RUN_VIEW, type RunView, reduceRun } from '../../shared/run-view';
import type { StreamEvent } from '../../shared/stream-event';

/** Where a run belongs; does not change while it lives. */
export interface LiveRunRef {
  readonly runId: RunId;
  readonly conversationId: ConversationId;
  readonly messageId: MessageId;
}

/** An answer on its way, as far as the page knows it. */
export interface LiveRun extends LiveRunRef {
  readonly view: RunView;
  /** In ms since 1970. */
  readonly startedAt: number;
  readonly firstTokenMs: number | null;
  /** How long it thought before it spoke; null while it does, or where that was not watched. */
  readonly thoughtMs: number | null;
  /** Events up to this number are part of the view. */
  readonly sequence: number;
  /** The run is over; the view stays until its stored row has been read. */
  readonly ended: boolean;
}

/** Whether an answer still comes. The store may know of its run before anything is heard of it. */
export function isArriving(stored: Run | null, live: LiveRun | null): boolean {
  return live === null ? stored?.state === 'running' : !live.ended;
}

/** A run that has just begun. */
export function startedRun(ref: LiveRunRef, sequence: number, now: number): LiveRun {
  return {
    ...ref,
    view: EMPTY_RUN_VIEW,
    startedAt: now,
    firstTokenMs: null,
    thoughtMs: null,
    sequence,
    ended: false,
  };
}

/** A run taken up in its middle from main's replay. */
export function attachedRun(ref: LiveRunRef, attached: Attached): LiveRun {
  return {
    ...ref,
    view: attached.view,
    startedAt: attached.startedAt,
    firstTokenMs: attached.firstTokenMs,
    thoughtMs: null,
    sequence: attached.sequence,
    ended: false,
  };
}

/**
 * Applies one message of the feed; one that the replay already contained changes nothing. The time
 * of an attempt that had to wait counts from when it was sent.
 */
export function advancedRun(
  run: LiveRun,
  sequence: number,
  events: readonly StreamEvent[],
  now: number,
): LiveRun {
  if (sequence <= run.sequence) return run;
  const startedAt = events.some(({ type }) => type === 'sent') ? now : run.startedAt;
  const first = run.firstTokenMs ?? (events.some(isOutput) ? now - startedAt : null);
  const view = events.reduce(reduceRun, run.view);
  const began = !hasSpoken(run.view) && hasSpoken(view);
  const thoughtMs = began ? now - startedAt : run.thoughtMs;
  return { ...run, sequence, startedAt, view, firstTokenMs: first, thoughtMs };
}

/** Whether the first answer has come to anything but thinking. */
function hasSpoken({ choices: [first] }: RunView): boolean {
  return first?.parts.some(({ kind }) => kind !== 'reasoning') ?? false;
}

/**
 * The run that writes a message now. When one request for it failed and the next is on its way, both
 * may live for a moment; ids grow, so the newest has the highest.
 */
export function newestOf(runs: readonly LiveRunRef[], messageId: MessageId): LiveRunRef | null {
  let newest: LiveRunRef | null = null;
  for (const run of runs) {
    if (run.messageId === messageId && (newest === null || run.runId > newest.runId)) newest = run;
  }
  return newest;
}

const OUTPUT: ReadonlySet<StreamEvent['type']> = new Set(['text', 'reasoning', 'refusal', 'tool']);

function isOutput(event: StreamEvent): boolean {
  return OUTPUT.has(event.type);
}

/** The parts of the first answer: the one that the thread shows while it arrives. */
export function liveParts(run: LiveRun): readonly AnswerPart[] {
  return run.view.choices[0]?.parts ?? NO_PARTS;
}

const NO_PARTS: readonly AnswerPart[] = [];

/** How many characters have arrived, of whatever kind. */
export function liveCharacters(run: LiveRun): number {
  let count = 0;
  for (const choice of run.view.choices) for (const part of choice.parts) count += part.text.length;
  return count;
}
