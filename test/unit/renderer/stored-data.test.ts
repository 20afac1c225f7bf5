import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { followDays, storedData, storedIn } from '../../../renderer/live/stored-data';
import { orpc, queryClient } from '../../../renderer/rpc/client';
import type { BillingReport } from '../../../shared/contract/billing';
import { connectionId } from '../../../shared/ids';
import { nano } from '../../../shared/money';

/** A query that is shown, answered by hand. */
function shownQuery(queries: QueryClient, queryKey: readonly unknown[]) {
  const answers: ((answer: string) => void)[] = [];
  const observer = new QueryObserver(queries, {
    queryKey,
    queryFn: () => new Promise<string>((resolve) => answers.push(resolve)),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return { answers, observer, end: observer.subscribe(() => {}) };
}

it('what was read first is read again when it changed while it was on its way', async () => {
  const queries = new QueryClient();
  const { answers, observer, end } = shownQuery(queries, orpc.spending.extent.queryKey());
  expect(answers).toHaveLength(1);
  storedIn(queries).invalidate(['spending']);
  answers[0]?.('as it was before');
  await expect.poll(() => answers).toHaveLength(2);
  answers[1]?.('as it is');
  await expect.poll(() => observer.getCurrentResult().data).toBe('as it is');
  end();
});

it('what has been read is read again once for each change', async () => {
  const queries = new QueryClient();
  const { answers, observer, end } = shownQuery(queries, orpc.spending.extent.queryKey());
  answers[0]?.('first');
  await expect.poll(() => observer.getCurrentResult().data).toBe('first');
  storedIn(queries).invalidate(['spending']);
  expect(answers).toHaveLength(2);
  answers[1]?.('second');
  await expect.poll(() => observer.getCurrentResult().data).toBe('second');
  expect(answers).toHaveLength(2);
  end();
});

const connections = orpc.billing.connections.queryKey();
const report = orpc.billing.report.queryKey({ input: { connectionId: connectionId.parse(1) } });

const EMPTY: BillingReport = {
  filled: { items: [], count: 0 },
  differences: { items: [], count: 0 },
  unmatched: { items: [], count: 0, cost: nano(0n), unknown: 0 },
  others: { items: [], count: 0, cost: nano(0n), unknown: 0 },
  open: 0,
};

const isOld = (queryKey: readonly unknown[]) => queryClient.getQueryState(queryKey)?.isInvalidated;

describe('what is shown of bills', () => {
  beforeEach(() => {
    queryClient.setQueryData(connections, []);
    queryClient.setQueryData(report, EMPTY);
  });

  it('is asked for again when a server is back, or a connection has a key, another name or is gone', () => {
    storedData.invalidate(['connections']);
    expect(isOld(connections)).toBe(true);
  });

  it('is asked for again when a conversation has another title or was deleted', () => {
    storedData.invalidate(['conversations']);
    expect(isOld(report)).toBe(true);
    expect(isOld(connections)).toBe(false);
  });
});

describe('what was spent today, and in this month', () => {
  it('is asked for again when a day begins, though nothing is spent', () => {
    vi.useFakeTimers({ now: new Date(2026, 10, 30, 23, 30) });
    onTestFinished(() => void vi.useRealTimers());
    const budgets = orpc.budgets.list.queryKey();
    queryClient.setQueryData(budgets, []);
    onTestFinished(followDays());
    vi.advanceTimersByTime(29 * 60_000);
    expect(isOld(budgets)).toBe(false);
    vi.advanceTimersByTime(2 * 60_000);
    expect(isOld(budgets)).toBe(true);
    queryClient.setQueryData(budgets, []);
    vi.advanceTimersByTime(23 * 3_600_000);
    expect(isOld(budgets)).toBe(false);
  });
});
