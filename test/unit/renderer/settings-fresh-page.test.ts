import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { draftOf } from '../../../renderer/features/settings/connection-draft';
import { freshenPage, useDrafts } from '../../../renderer/features/settings/drafts';
import { orpc, queryClient } from '../../../renderer/rpc/client';
import { connectionId } from '../../../shared/ids';
import { describedConnection } from '../../fixtures/connections';

const [one, other] = [1, 2].map((id) => describedConnection({ id: connectionId.parse(id) }));
const reload = vi.fn();

beforeEach(() => vi.stubGlobal('location', { replace: vi.fn(), reload }));

afterEach(() => {
  vi.unstubAllGlobals();
  reload.mockReset();
});

it('a page that a key was typed into stays while another connection has unsaved changes', () => {
  if (!one || !other) throw new Error('two connections');
  queryClient.setQueryData(orpc.connections.list.queryKey(), [one, other]);
  useDrafts.getState().keep(other.id, { ...draftOf(other), name: 'Changed' });
  expect(freshenPage(true, '/settings')).toBe(false);
  expect(reload).not.toHaveBeenCalled();
});

it('a page that a key was typed into goes although a removed connection had unsaved changes', () => {
  if (!one || !other) throw new Error('two connections');
  useDrafts.getState().keep(other.id, { ...draftOf(other), name: 'Changed' });
  queryClient.setQueryData(orpc.connections.list.queryKey(), [one]);
  expect(freshenPage(true, '/settings')).toBe(true);
  expect(reload).toHaveBeenCalledOnce();
});
