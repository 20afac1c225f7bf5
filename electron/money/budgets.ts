import type { Ahead, BudgetScope, BudgetStanding, BudgetState } from '../../shared/budget';
import type { Estimate } from '../../shared/estimate';
import type { ConnectionId, ConversationId, PresetId } from '../../shared/ids';
import { nano, ZERO_USD } from '../../shared/money';

/** A request that is about to be made, as far as budgets have to do with it. */
export interface BudgetedAsk {
  readonly conversationId: ConversationId | null;
  readonly presetId: PresetId | null;
  readonly connectionId: ConnectionId;
  /** The demo costs nothing, whatever its bill says. */
  readonly isDemo: boolean;
  /** Answers, models and votes that it multiplies are counted; null where its cost cannot be foreseen. */
  readonly estimate: Pick<Estimate, 'low' | 'high'> | null;
}

const NOTHING: Ahead = { low: ZERO_USD, high: ZERO_USD, unknown: 0 };

/** Whether a request counts in a budget. */
export function counts(scope: BudgetScope, ask: Omit<BudgetedAsk, 'estimate'>): boolean {
  if (ask.isDemo) return false;
  switch (scope.kind) {
    case 'all':
      return true;
    case 'conversation':
      return scope.id === ask.conversationId;
    case 'preset':
      return scope.id === ask.presetId;
    case 'connection':
      return scope.id === ask.connectionId;
  }
}

/** What requests come to together for a budget. */
export function aheadOf(scope: BudgetScope, asks: readonly BudgetedAsk[]): Ahead {
  let { low, high }: { low: bigint; high: bigint } = NOTHING;
  let unknown = 0;
  for (const ask of asks) {
    if (!counts(scope, ask)) continue;
    if (ask.estimate) {
      low += ask.estimate.low;
      high += ask.estimate.high;
    } else unknown += 1;
  }
  return { low: nano(low), high: nano(high), unknown };
}

/**
 * How a budget stands once `ahead` were spent. What is on its way counts in full, as does what is ahead.
 *
 * It stops what could pass the limit, and, once nothing is left, also what nobody can foresee; never what
 * is known to be free. It warns from its percentage on, or where it would stop if it were to.
 */
export function standingOf(state: BudgetState, ahead: Ahead = NOTHING): BudgetStanding {
  const { budget, spent } = state;
  const { limit, stops, warnPercent } = budget;
  const ended = spent.known + spent.estimated;
  const low = ended + spent.running.low + ahead.low;
  const high = ended + spent.running.high + ahead.high;
  const warnAt = (limit * BigInt(warnPercent) + 99n) / 100n;
  const passes = (ahead.high > 0n && high > limit) || (ahead.unknown > 0 && high >= limit);
  return {
    ...state,
    ahead,
    verdict: passes && stops ? 'stop' : passes || high >= warnAt ? 'warn' : 'fine',
    warnAt: nano(warnAt),
    reaches: { low: nano(low), high: nano(high) },
    over: nano(high > limit ? high - limit : 0n),
  };
}

/** The budgets that these requests would pass, the one that is passed most first; none: they may leave. */
export function stopping(
  states: readonly BudgetState[],
  asks: readonly BudgetedAsk[],
): BudgetStanding[] {
  return states
    .map((state) => standingOf(state, aheadOf(state.budget.scope, asks)))
    .filter(({ verdict }) => verdict === 'stop')
    .toSorted((a, b) => (a.over === b.over ? 0 : a.over < b.over ? 1 : -1));
}
