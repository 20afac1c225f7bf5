import type { BudgetStanding } from '../../shared/budget';
import { type NanoUsd, nano } from '../../shared/money';
import { usd } from '../ui/format';
import type { MeterPart } from '../ui/meter';

const CENT = 10_000_000n;

const DOLLAR = 100n * CENT;

/** A limit as one sets it: in cents, or finer where it is. */
export function limitText(limit: NanoUsd): string {
  return usd(limit, decimalsOf(limit));
}

/** What was spent of a budget, as fine as its limit: in cents, which say little of a limit below a dollar. */
export function spentText(standing: BudgetStanding): string {
  const { limit } = standing.budget;
  return usd(spentOf(standing), limit < DOLLAR ? Math.max(4, decimalsOf(limit)) : 2);
}

function decimalsOf(limit: NanoUsd): number {
  if (limit % CENT === 0n) return 2;
  return limit % (CENT / 100n) === 0n ? 4 : 6;
}

/** What was spent of a budget, as far as it is known or estimated. */
export function spentOf({ spent }: Pick<BudgetStanding, 'spent'>): NanoUsd {
  return nano(spent.known + spent.estimated);
}

/** 0 to 1, in thousandths; a share is no amount. */
export function shareOf(part: bigint, whole: bigint): number {
  if (whole <= 0n) return 0;
  return Number((part * 1000n) / whole) / 1000;
}

/** How much of a limit is spent, in whole percent, rounded down. */
export function percentSpent(standing: BudgetStanding): number {
  return Number((spentOf(standing) * 100n) / standing.budget.limit);
}

/** A bar of what is spent, with a tick where it begins to warn. */
export function gaugeOf(standing: BudgetStanding): {
  readonly parts: readonly MeterPart[];
  readonly mark: number;
} {
  const { limit } = standing.budget;
  const spent = spentOf(standing);
  const tone = spent >= limit ? 'danger' : spent >= standing.warnAt ? 'warn' : 'ink';
  return {
    parts: [{ share: Math.min(1, shareOf(spent, limit)), tone }],
    mark: shareOf(standing.warnAt, limit),
  };
}

/**
 * A bar of what a message would come to: what is spent, what it costs at least, perhaps, and what of it
 * all lies over the limit.
 */
export function stopBar({ ahead, reaches, budget }: BudgetStanding): {
  readonly parts: readonly MeterPart[];
  readonly mark: number;
} {
  const { limit } = budget;
  const whole = reaches.high > limit ? reaches.high : limit;
  const before = reaches.low - ahead.low;
  const certain = before < limit ? before : limit;
  const least = reaches.low < limit ? reaches.low : limit;
  const most = reaches.high < limit ? reaches.high : limit;
  return {
    parts: [
      { share: shareOf(certain, whole), tone: 'ink' },
      { share: shareOf(least - certain, whole), tone: 'live' },
      { share: shareOf(most - least, whole), tone: 'hatch' },
      { share: shareOf(whole - limit, whole), tone: 'danger' },
    ],
    mark: shareOf(limit, whole),
  };
}
