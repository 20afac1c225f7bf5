import type { RoutingFigures, SpendingFilter } from '../../../shared/contract/spending';
import { type NanoUsd, nano } from '../../../shared/money';
import type { ReadDb } from '../connection';
import { percentilesOf } from './latencies';
import { isPlain } from './ledger-filter';
import { allGroups, costOf, timesOf, totalOf } from './spending-figures';
import { type Calendar, rangeOf } from './spending-report';
import { groupSums, sourceOf } from './spending-source';

/** How each value of the routing parameter did, the most costly first. */
export function routingFigures(
  db: ReadDb,
  filter: SpendingFilter,
  calendar: Calendar,
): RoutingFigures[] {
  const range = rangeOf(db, filter, calendar);
  const grouped = (which: SpendingFilter) =>
    sourceOf(which, 'routing', false).grouped(range, 'month');
  const all = allGroups(db, grouped(filter));
  const complete = isPlain(filter)
    ? groupSums(filter, 'answered', null, range, 'month')
    : grouped(completeOnly(filter));
  const answered = new Map(allGroups(db, complete).map((group) => [group.key, group]));
  const took = timesOf(db, complete, [...answered.keys()]);
  return all.map((group) => {
    const answers = answered.get(group.key);
    const times = took.get(group.key);
    return {
      routing: group.key,
      total: totalOf(group),
      answers: answers?.runs ?? 0,
      costPerAnswer: answers ? average(costOf(answers), answers.runs - answers.unknown) : null,
      totalMs: times ? percentilesOf(times.total) : null,
      firstTokenMs: times ? percentilesOf(times.first) : null,
    };
  });
}

function completeOnly({ only, ...filter }: SpendingFilter): SpendingFilter {
  const state = only.state?.filter((key) => key === 'complete') ?? ['complete'];
  return { ...filter, only: { ...only, state } };
}

/** Rounded half up to the nano-dollar; null of none. */
function average(cost: NanoUsd, answers: number): NanoUsd | null {
  if (answers === 0) return null;
  const count = BigInt(answers);
  return nano((cost * 2n + count) / (count * 2n));
}
