import type { Message, Run } from '../../../shared/contract/conversation';
import type { MessageId, RunId } from '../../../shared/ids';
import { type NanoUsd, nano, type Total, ZERO_USD } from '../../../shared/money';
import { isWhole } from '../../live/conversation-reader';
import type { LiveRun } from '../../live/live-run';
import {
  answersOfRun,
  type Cost,
  charactersOf,
  liveFigures,
  modelName,
  storedFigures,
  type Tokens,
} from './receipt-figures';

/**
 * The answers that stand beside this one: those asked for side by side with it, or that its request
 * brought together with it, and those that were added later; else every answer to the same message.
 */
export function comparedWith(answers: readonly Message[], id: MessageId): readonly Message[] {
  const run = answers.find((answer) => answer.id === id)?.run ?? null;
  if (run === null) return answers;
  const first = answers.findIndex((answer) => belongsTo(answer.run, run));
  const together = answers.filter((answer) => belongsTo(answer.run, run));
  if (together.length < 2) return answers;
  return answers.filter(
    (answer, at) => together.includes(answer) || (at > first && answer.run?.fanOut === null),
  );
}

function belongsTo(other: Run | null, run: Run): boolean {
  if (other === null) return false;
  return run.fanOut === null ? other.id === run.id : other.fanOut === run.fanOut;
}

/** The message that answers are to; null where it is not among these. */
export function questionOf(
  messages: readonly Message[],
  answers: readonly Message[],
): Message | null {
  const parent = answers[0]?.parentId ?? null;
  return messages.find(({ id }) => id === parent) ?? null;
}

/** Whether answers are on another branch than the one that is shown, as far as that has been read. */
export function isElsewhere(messages: readonly Message[], answers: readonly Message[]): boolean {
  return answers.length > 0 && isWhole(messages) && questionOf(messages, answers) === null;
}

/** What stands below one column. */
export interface ColumnFigures {
  readonly model: string;
  readonly prompt: Tokens | null;
  readonly reply: Tokens | null;
  /** In milliseconds; null until it is known, or for good. */
  readonly firstTokenMs: number | null;
  readonly totalMs: number | null;
  /** When a running answer began, in ms since 1970. */
  readonly startedAt: number | null;
  readonly servedBy: string | null;
  readonly cost: Cost;
  readonly state: Run['state'];
  /** An earlier column has the figures of the request that brought this answer too. */
  readonly follows: boolean;
  /** How many columns the request brought, which are paid for together. */
  readonly together: number;
}

/** The figures of each column, live where an answer is on its way. */
export function columnFigures(
  answers: readonly Message[],
  live: readonly (LiveRun | null)[],
  promptCharacters: number,
): readonly ColumnFigures[] {
  const seen = new Set<RunId>();
  return answers.map((answer, at) => {
    const { run } = answer;
    const running = live[at] ?? null;
    const id = running?.runId ?? run?.id;
    const follows = id !== undefined && seen.has(id);
    if (id !== undefined) seen.add(id);
    const together = run ? Math.max(1, answersOfRun(answers, run.id)) : 1;
    return { ...figuresOf(answer, running, promptCharacters), follows, together };
  });
}

function figuresOf(
  answer: Message,
  live: LiveRun | null,
  promptCharacters: number,
): Omit<ColumnFigures, 'follows' | 'together'> {
  const { run } = answer;
  if (live) {
    const requested = run?.requestedModel ?? '';
    const { model, provider, ...figures } = liveFigures(live, requested, promptCharacters);
    return {
      ...figures,
      model,
      servedBy: provider,
      firstTokenMs: live.firstTokenMs,
      startedAt: live.startedAt,
      state: 'running',
    };
  }
  if (!run) return NOTHING_KNOWN;
  const figures = storedFigures(run, charactersOf(answer));
  return {
    ...figures,
    model: modelName(run.requestedModel, run.servedModel),
    servedBy: run.servedProvider ?? (run.servedModel === null ? null : run.connectionName),
    firstTokenMs: run.firstTokenMs,
    startedAt: run.state === 'running' ? run.startedAt : null,
    state: run.state,
  };
}

const NOTHING_KNOWN: Omit<ColumnFigures, 'follows' | 'together'> = {
  model: '',
  prompt: null,
  reply: null,
  firstTokenMs: null,
  totalMs: null,
  startedAt: null,
  servedBy: null,
  cost: { kind: 'unknown' },
  state: 'complete',
};

/** Tokens a second from the first one on, or null while that says nothing. */
export function speedOf(
  {
    reply,
    firstTokenMs,
    totalMs,
    startedAt,
  }: Pick<ColumnFigures, 'reply' | 'firstTokenMs' | 'totalMs' | 'startedAt'>,
  now: number,
): number | null {
  const whole = startedAt === null ? totalMs : now - startedAt;
  if (reply === null || firstTokenMs === null || whole === null) return null;
  const writing = whole - firstTokenMs;
  return writing < SHORTEST_WRITING_MS ? null : (reply.count * 1000) / writing;
}

/** In less than this a rate is chance. */
const SHORTEST_WRITING_MS = 200;

/** Which column is best in each row, by its place; null where none is, or it may still change. */
export interface Best {
  readonly firstToken: number | null;
  readonly whole: number | null;
  readonly speed: number | null;
  readonly cost: number | null;
}

/** What takes part in a comparison: a value, one that is still to come, or none. */
type Entry = number | bigint | 'pending' | null;

/** The best of each row. Only complete answers are compared in what a short one would win. */
export function bestOf(columns: readonly ColumnFigures[]): Best {
  const entries = (read: (column: ColumnFigures) => number | bigint | null): readonly Entry[] =>
    columns.map((column) => {
      if (column.follows) return null;
      if (column.state === 'running') return 'pending';
      return column.state === 'complete' ? read(column) : null;
    });
  const started = columns.map((column): Entry => {
    if (column.follows) return null;
    return column.firstTokenMs ?? (column.state === 'running' ? 'pending' : null);
  });
  const costs = entries(({ cost }) => (cost.kind === 'exact' ? cost.amount : null));
  const unsure = columns.some(
    ({ cost, state, follows }) => !follows && state === 'complete' && cost.kind !== 'exact',
  );
  return {
    firstToken: lowest(started),
    whole: lowest(entries(({ totalMs }) => totalMs)),
    speed: highest(entries((column) => speedOf(column, 0))),
    cost: unsure ? null : lowest(costs),
  };
}

function lowest(entries: readonly Entry[]): number | null {
  return winner(entries, (a, b) => a < b);
}

function highest(entries: readonly Entry[]): number | null {
  return winner(entries, (a, b) => a > b);
}

function winner(
  entries: readonly Entry[],
  beats: (a: number | bigint, b: number | bigint) => boolean,
): number | null {
  let best: { readonly value: number | bigint; readonly at: number } | null = null;
  let compared = 0;
  let tie = false;
  for (const [at, value] of entries.entries()) {
    if (value === 'pending') return null;
    if (value === null) continue;
    compared += 1;
    if (best === null || beats(value, best.value)) {
      best = { value, at };
      tie = false;
    } else if (value === best.value) tie = true;
  }
  return compared < 2 || tie ? null : (best?.at ?? null);
}

/** What a comparison has cost, with every attempt, each request counted once. */
export function comparisonTotal(
  answers: readonly Message[],
  live: readonly (LiveRun | null)[],
): Total {
  const runs = new Map<RunId, Run>();
  for (const { run, attempts } of answers) {
    for (const one of run ? [...attempts, run] : attempts) runs.set(one.id, one);
  }
  const going = new Set(live.flatMap((run) => (run ? [run.runId] : [])));
  let known: NanoUsd = ZERO_USD;
  let estimated: NanoUsd = ZERO_USD;
  let unknown = 0;
  for (const run of runs.values()) {
    if (run.state === 'running' || going.has(run.id)) going.add(run.id);
    else if (run.cost === null) unknown += 1;
    else if (run.costSource === 'estimated') estimated = nano(estimated + run.cost);
    else known = nano(known + run.cost);
  }
  return { known, estimated, unknown, running: going.size, runs: runs.size };
}
