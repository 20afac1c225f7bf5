import type { SpendingGroup, SpendingReport } from '../../../shared/contract/spending';
import { isUnknown, type NanoUsd, nano, type Total } from '../../../shared/money';
import type { GroupColumn, SpendingPlace } from './spending-place';

/** What was paid as far as one knows, with what is only estimated. */
export function costOf({ known, estimated }: Total): NanoUsd {
  return nano(known + estimated);
}

/** The cost divided by the answers that have one, rounded half up; null without one. */
export function perAnswer(total: Total): NanoUsd | null {
  const priced = BigInt(total.runs - total.unknown - total.running);
  if (priced <= 0n) return null;
  return nano((costOf(total) * 2n + priced) / (priced * 2n));
}

/** An amount as a share of another, from 0 to 1 and to a hundredth of a percent; null of nothing. */
export function shareOf(part: bigint, whole: bigint): number | null {
  if (whole <= 0n) return null;
  return Number((part * 20_000n + whole) / (whole * 2n)) / 10_000;
}

/** How a cost compares with the one before it. */
export type Change =
  | { readonly kind: 'share'; readonly share: number }
  /** Before it there was nothing. */
  | { readonly kind: 'new' }
  /** There is nothing that one could compare with. */
  | { readonly kind: 'none' };

/** `previous` is null where the time before had no row of this; `comparable`: it had rows at all. */
export function changeOf(cost: NanoUsd, previous: NanoUsd | null, comparable: boolean): Change {
  if (!comparable) return { kind: 'none' };
  if (previous === null) return { kind: 'new' };
  if (previous <= 0n) return cost > 0n ? { kind: 'new' } : { kind: 'share', share: 0 };
  const difference = cost - previous;
  const size = shareOf(difference < 0n ? -difference : difference, previous) ?? 0;
  return { kind: 'share', share: difference < 0n ? -size : size };
}

/** Whether a report has a time before it with rows in it. */
export function isComparable({ previous }: SpendingReport): boolean {
  return previous !== null && previous.total.runs > 0;
}

/** The groups in the order of the table; what is not known comes last either way. */
export function sortedGroups(
  groups: readonly SpendingGroup[],
  { by, descending }: SpendingPlace['sort'],
  nameOf: (group: SpendingGroup) => string,
): readonly SpendingGroup[] {
  const sign = descending ? -1 : 1;
  const keyed = groups.map((group) => ({ group, value: sortValue(group, by, nameOf) }));
  return keyed
    .toSorted((a, b) => {
      if (a.value === null || b.value === null) {
        return Number(a.value === null) - Number(b.value === null);
      }
      if (typeof a.value === 'string' && typeof b.value === 'string') {
        return sign * a.value.localeCompare(b.value);
      }
      return a.value < b.value ? -sign : a.value > b.value ? sign : 0;
    })
    .map(({ group }) => group);
}

function sortValue(
  group: SpendingGroup,
  by: GroupColumn,
  nameOf: (group: SpendingGroup) => string,
): string | number | bigint | null {
  const { total, previous } = group;
  switch (by) {
    case 'name':
      return nameOf(group);
    case 'answers':
      return total.runs;
    case 'promptTokens':
      return group.promptTokens;
    case 'completionTokens':
      return group.completionTokens;
    case 'perAnswer':
      return perAnswer(total);
    case 'change':
      return previous === null || previous === 0n ? null : shareOf(costOf(total), previous);
    case 'firstToken':
      return group.firstTokenMs?.p50 ?? null;
    case 'latency':
      return group.totalMs?.p50 ?? null;
    case 'unknown':
      return total.unknown;
    case 'cost':
      return isUnknown(total) ? null : costOf(total);
  }
}

/** The order after a click on a head: the other way round, or from the usual end of that column. */
export function nextSort(now: SpendingPlace['sort'], by: GroupColumn): SpendingPlace['sort'] {
  if (now.by === by) return { by, descending: !now.descending };
  return { by, descending: by !== 'name' };
}
