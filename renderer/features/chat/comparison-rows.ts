import type { Run } from '../../../shared/contract/conversation';
import type { Comparison } from '../../../shared/contract/run';
import type { MessageId, RunId } from '../../../shared/ids';
import { type NanoUsd, nano, type Total, ZERO_USD } from '../../../shared/money';
import { speedOf } from './compare-figures';
import { modelName } from './receipt-figures';

/** One comparison as a row of the table. */
export interface ComparisonRow {
  readonly comparison: Comparison;
  readonly models: readonly string[];
  readonly total: Total;
  /** The complete answer that was there first, and how fast it was written. */
  readonly fastest: {
    readonly model: string;
    readonly ms: number;
    readonly speed: number | null;
  } | null;
  /** The complete answer that cost least; null while a cost is not known or only estimated. */
  readonly cheapest: { readonly model: string; readonly cost: NanoUsd } | null;
  /** The model the conversation went on with. */
  readonly chosen: string | null;
  /** The answer to open it by. */
  readonly open: MessageId | null;
}

/** What a row says of a comparison. */
export function comparisonRow(comparison: Comparison): ComparisonRow {
  const { answers } = comparison;
  const complete = answers.flatMap(({ run }) => (run.state === 'complete' ? [run] : []));
  const chosen = answers.find((answer) => answer.chosen);
  return {
    comparison,
    models: answers.map(({ run }) => nameOf(run)),
    total: totalOf(answers.map(({ run }) => run)),
    fastest: fastestOf(complete),
    cheapest: cheapestOf(complete),
    chosen: chosen ? nameOf(chosen.run) : null,
    open: (chosen ?? answers[0])?.messageId ?? null,
  };
}

function nameOf({ requestedModel, servedModel }: Run): string {
  return modelName(requestedModel, servedModel);
}

function totalOf(all: readonly Run[]): Total {
  const runs = new Map<RunId, Run>(all.map((run) => [run.id, run]));
  let known: NanoUsd = ZERO_USD;
  let estimated: NanoUsd = ZERO_USD;
  let unknown = 0;
  let running = 0;
  for (const run of runs.values()) {
    if (run.state === 'running') running += 1;
    else if (run.cost === null) unknown += 1;
    else if (run.costSource === 'estimated') estimated = nano(estimated + run.cost);
    else known = nano(known + run.cost);
  }
  return { known, estimated, unknown, running, runs: runs.size };
}

function fastestOf(runs: readonly Run[]): ComparisonRow['fastest'] {
  let best: ComparisonRow['fastest'] = null;
  for (const run of runs) {
    const { totalMs, firstTokenMs, completionTokens } = run;
    if (totalMs === null || (best !== null && best.ms <= totalMs)) continue;
    const reply = completionTokens === null ? null : { count: completionTokens, counted: true };
    const speed = speedOf({ reply, firstTokenMs, totalMs, startedAt: null }, 0);
    best = { model: nameOf(run), ms: totalMs, speed };
  }
  return best;
}

function cheapestOf(runs: readonly Run[]): ComparisonRow['cheapest'] {
  let best: ComparisonRow['cheapest'] = null;
  for (const run of runs) {
    if (run.cost === null || run.costSource === 'estimated') return null;
    if (best === null || run.cost < best.cost) best = { model: nameOf(run), cost: run.cost };
  }
  return best;
}

export type ComparisonColumn = 'question' | 'models' | 'cost' | 'fastest' | 'chosen' | 'when';

export interface ComparisonOrder {
  readonly by: ComparisonColumn;
  readonly descending: boolean;
}

/** The newest first. */
export const NEWEST: ComparisonOrder = { by: 'when', descending: true };

/** The order after a click on a head: the other way round, or from the usual end of that column. */
export function nextOrder(now: ComparisonOrder, by: ComparisonColumn): ComparisonOrder {
  if (now.by === by) return { by, descending: !now.descending };
  return { by, descending: by === 'when' || by === 'cost' };
}

/** The rows in an order; what is not known comes last either way. */
export function sortedRows(
  rows: readonly ComparisonRow[],
  { by, descending }: ComparisonOrder,
): readonly ComparisonRow[] {
  const sign = descending ? -1 : 1;
  return rows.toSorted((a, b) => {
    const [x, y] = [sortValue(a, by), sortValue(b, by)];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    return x < y ? -sign : x > y ? sign : 0;
  });
}

function sortValue(row: ComparisonRow, by: ComparisonColumn): string | number | bigint | null {
  switch (by) {
    case 'question':
      return row.comparison.question.toLowerCase();
    case 'models':
      return row.models.length;
    case 'cost':
      return row.total.known + row.total.estimated;
    case 'fastest':
      return row.fastest?.ms ?? null;
    case 'chosen':
      return row.chosen;
    case 'when':
      return row.comparison.at;
  }
}
