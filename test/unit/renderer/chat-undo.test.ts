import { expect, it, vi } from 'vitest';
import { keepUndo, undoNow } from '../../../renderer/features/chat/branch-undo';
import { conversationId } from '../../../shared/ids';

vi.mock('../../../renderer/rpc/client', async (original) => ({
  ...(await original<typeof import('../../../renderer/rpc/client')>()),
  client: { conversations: { get: () => Promise.reject(new Error('not found')) } },
}));

const id = conversationId.parse(7);

it('a copy of a conversation that is undone has been undone although it is gone', async () => {
  const undo = vi.fn(async () => {});
  keepUndo(id, undo);
  await undoNow(id, undo);
  expect(undo).toHaveBeenCalledOnce();
});

it('what cannot be undone is said', async () => {
  await expect(undoNow(id, () => Promise.reject(new Error('running')))).rejects.toThrow('running');
});
