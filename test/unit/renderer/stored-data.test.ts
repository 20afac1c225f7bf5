import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { expect, it, vi } from 'vitest';
import { storedIn } from '../../../renderer/live/stored-data';
import { orpc } from '../../../renderer/rpc/client';

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
  await vi.waitFor(() => expect(answers).toHaveLength(2));
  answers[1]?.('as it is');
  await vi.waitFor(() => expect(observer.getCurrentResult().data).toBe('as it is'));
  end();
});

it('what has been read is read again once for each change', async () => {
  const queries = new QueryClient();
  const { answers, observer, end } = shownQuery(queries, orpc.spending.extent.queryKey());
  answers[0]?.('first');
  await vi.waitFor(() => expect(observer.getCurrentResult().data).toBe('first'));
  storedIn(queries).invalidate(['spending']);
  expect(answers).toHaveLength(2);
  answers[1]?.('second');
  await vi.waitFor(() => expect(observer.getCurrentResult().data).toBe('second'));
  expect(answers).toHaveLength(2);
  end();
});
