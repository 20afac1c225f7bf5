import { QueryObserver } from '@tanstack/react-query';
import { beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { changeConnection } from '../../../renderer/features/settings/connection-test';
import { orpc, queryClient } from '../../../renderer/rpc/client';
import type { ConnectionReport } from '../../../shared/contract/connection';
import { connectionId } from '../../../shared/ids';

const main = vi.hoisted(() => ({ change: vi.fn() }));

vi.mock('../../../renderer/rpc/client', async (original) => ({
  ...(await original<typeof import('../../../renderer/rpc/client')>()),
  client: { connections: main },
}));

const id = connectionId.parse(1);
const report: ConnectionReport = {
  at: 0,
  failure: { code: 'key_rejected', status: 401 },
  latencyMs: 20,
  key: 'rejected',
  credit: 'unknown',
  models: null,
  proxy: null,
  certificate: null,
};
const { queryKey } = orpc.connections.test.queryOptions({ input: { id } });
const found = () => queryClient.getQueryData(queryKey);
const { signal } = new AbortController();

beforeEach(() => {
  main.change.mockReset();
  queryClient.setQueryData(queryKey, report);
});

it.each([
  ['address', { baseUrl: 'https://other.example/v1' }],
  ['CA file', { caFile: '/ca.pem' }],
])('what a test found is said no more once the %s was changed', async (_, change) => {
  await changeConnection({ id, ...change }, signal);
  expect(main.change).toHaveBeenCalledWith({ id, ...change }, { signal });
  expect(found()).toBeUndefined();
});

it('what a test found is said also of a connection that has another name now', async () => {
  await changeConnection({ id, name: 'Work' }, signal);
  expect(found()).toEqual(report);
});

it('what a test found stays while a change of the address is not saved', async () => {
  main.change.mockRejectedValue(new Error('no answer'));
  await expect(
    changeConnection({ id, baseUrl: 'https://other.example/v1' }, signal),
  ).rejects.toThrow('no answer');
  expect(found()).toEqual(report);
});

it('a test that runs while the address is changed says nothing of the new one', async () => {
  const answers: ((found: ConnectionReport) => void)[] = [];
  const queryFn = () => new Promise<ConnectionReport>((answer) => answers.push(answer));
  const shown = new QueryObserver(queryClient, { queryKey, queryFn, enabled: false });
  onTestFinished(shown.subscribe(() => undefined));
  const running = shown.refetch();
  await changeConnection({ id, baseUrl: 'https://other.example/v1' }, signal);
  answers[0]?.(report);
  await running;
  expect(shown.getCurrentResult()).toMatchObject({ data: undefined, isFetching: false });
  const anew = shown.refetch();
  answers[1]?.({ ...report, at: 1 });
  await anew;
  expect(shown.getCurrentResult()).toMatchObject({ data: { at: 1 }, error: null });
});
