import { MutationObserver } from '@tanstack/react-query';
import { expect, it } from 'vitest';
import { catalogueRefresh, refreshOf } from '../../../renderer/features/chat/use-catalogue';
import { orpc, queryClient } from '../../../renderer/rpc/client';
import { connectionId } from '../../../shared/ids';

const [one, other] = [connectionId.parse(1), connectionId.parse(2)];
const fresh = { models: [], fetchedAt: 5 };

it('models that were asked for anew are those of the server that was asked', async () => {
  const mutationFn = async () => fresh;
  const asked = new MutationObserver(queryClient, { ...catalogueRefresh, mutationFn });
  const refreshing = asked.mutate({ id: one });
  // The page shows another connection meanwhile, and says again what is to be done.
  asked.setOptions({ ...catalogueRefresh, mutationFn });
  await refreshing;
  const shown = ({ id }: { id: typeof one }) =>
    queryClient.getQueryData(orpc.connections.catalogue.queryKey({ input: { id } }));
  expect(shown({ id: one })).toEqual(fresh);
  expect(shown({ id: other })).toBeUndefined();
});

it('a refresh that failed is said of the connection that it was for, and of no other', () => {
  const error = new Error('no network');
  const last = { variables: { id: one }, error, isPending: false };
  expect(refreshOf(one, last).error).toBe(error);
  expect(refreshOf(other, last)).toEqual({ error: null, refreshing: false });
  const running = { variables: { id: one }, error: null, isPending: true };
  expect(refreshOf(one, running).refreshing).toBe(true);
  expect(refreshOf(other, running).refreshing).toBe(false);
});
