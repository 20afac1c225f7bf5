import { expect, it, vi } from 'vitest';
import { useComposing } from '../../../renderer/features/chat/composing';
import {
  advanceQueue,
  sendQueueWith,
  watchAnswers,
} from '../../../renderer/features/chat/queue-runner';
import { liveRuns } from '../../../renderer/live/use-live-runs';
import { conversationId, messageId, runId } from '../../../shared/ids';
import { answer, answeredRun } from '../../fixtures/answered';

const answers = vi.hoisted(() => vi.fn());

vi.mock('../../../renderer/rpc/client', async (original) => ({
  ...(await original<typeof import('../../../renderer/rpc/client')>()),
  client: { conversations: { answers, saveDraft: async () => {} } },
}));

it('a queue goes on where an answer is over before its message is done being sent', async () => {
  const id = conversationId.parse(7);
  const { changeQueue } = useComposing.getState();
  for (const key of [1, 2]) {
    const message = { key, text: `message ${key}`, images: [], files: [] };
    changeQueue(id, { type: 'added', message });
  }
  answers.mockImplementation(async (of: { messageId: number }) => [
    answer(of.messageId, answeredRun()),
  ]);
  watchAnswers();
  const sent: number[] = [];
  sendQueueWith(id, async ({ key }) => {
    sent.push(key);
    const ref = {
      runId: runId.parse(key),
      conversationId: id,
      messageId: messageId.parse(100 + key),
    };
    // The server turned it down at once; the conversation is still being read anew.
    liveRuns.start(ref, key);
    liveRuns.end(ref.runId);
    liveRuns.retire(ref.runId);
    await Promise.resolve();
  });

  await advanceQueue(id);
  await expect.poll(() => sent).toEqual([1, 2]);
  expect(useComposing.getState().queues[id]?.messages).toEqual([]);
});
