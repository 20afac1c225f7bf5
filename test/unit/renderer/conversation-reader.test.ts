import { QueryObserver } from '@tanstack/react-query';
import { beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { outdateMessages, readConversation } from '../../../renderer/live/read-conversation';
import { storedIn } from '../../../renderer/live/stored-data';
import { orpc, queryClient } from '../../../renderer/rpc/client';
import type { Conversation, Message } from '../../../shared/contract/conversation';
import { conversationId, messageId } from '../../../shared/ids';
import { nano } from '../../../shared/money';
import { answer, answeredRun } from '../../fixtures/answered';

const source = vi.hoisted(() => ({ get: vi.fn(), branch: vi.fn() }));

vi.mock('../../../renderer/rpc/client', async (original) => ({
  ...(await original<typeof import('../../../renderer/rpc/client')>()),
  client: { conversations: source },
}));

const id = conversationId.parse(7);
const { queryKey } = orpc.conversations.get.queryOptions({ input: { id } });
const shown = () => queryClient.getQueryData(queryKey)?.messages ?? [];

/** The store's side: a branch of so many answers, each of the same cost. */
let stored: { count: number; cost: bigint };

function branch(last: number, newest: number): Message[] {
  const first = Math.max(1, last - newest + 1);
  return Array.from({ length: last - first + 1 }, (_, at) => {
    const parentId = first + at === 1 ? null : messageId.parse(first + at - 1);
    return answer(first + at, answeredRun({ cost: nano(stored.cost) }), { parentId });
  });
}

beforeEach(() => {
  queryClient.clear();
  outdateMessages();
  stored = { count: 250, cost: 1n };
  source.get.mockReset().mockImplementation(async ({ newest }: { newest: number }) => {
    return { id, messages: branch(stored.count, newest) };
  });
  source.branch
    .mockReset()
    .mockImplementation(async (input: { messageId: number; newest: number }) =>
      branch(input.messageId, input.newest),
    );
});

/** Reads a conversation as the page does. */
async function open(): Promise<void> {
  queryClient.setQueryData<Conversation>(queryKey, await readConversation(id));
}

const costs = () => new Set(shown().map(({ run }) => run?.cost));

it('the first messages of a conversation follow its newest', async () => {
  await open();
  expect(shown()).toHaveLength(100);
  await expect.poll(() => shown()).toHaveLength(250);
});

it('what was read of a conversation is not read again with a new message', async () => {
  await open();
  await expect.poll(() => shown()).toHaveLength(250);
  stored.count = 252;
  await open();
  expect(shown()).toHaveLength(252);
  expect(source.branch).toHaveBeenCalledOnce();
});

it('messages of any age show what a bill says that they have cost', async () => {
  await open();
  await expect.poll(() => shown()).toHaveLength(250);
  stored.cost = 2n;
  storedIn(queryClient).invalidate(['billing', 'spending', 'conversations', 'conversation']);
  await open();
  expect(shown()).toHaveLength(250);
  expect(costs()).toEqual(new Set([2n]));
});

it('messages of any age are read again after a gap in the feed', async () => {
  await open();
  await expect.poll(() => shown()).toHaveLength(250);
  stored.cost = 2n;
  storedIn(queryClient).invalidateAll();
  await open();
  expect(costs()).toEqual(new Set([2n]));
});

it('messages that a bill changed while they were read are read once more', async () => {
  await open();
  await expect.poll(() => shown()).toHaveLength(250);
  outdateMessages();
  const reading = readConversation(id);
  stored.cost = 2n;
  outdateMessages();
  queryClient.setQueryData<Conversation>(queryKey, await reading);
  await open();
  expect(costs()).toEqual(new Set([2n]));
});

it('a conversation is as it was read last, also when an earlier reading ends while a later one is on its way', async () => {
  const conversation = (count: number): Pick<Conversation, 'id' | 'messages'> => {
    stored.count = count;
    return { id, messages: branch(count, 100) };
  };
  stored.count = 2;
  await open();
  const observer = new QueryObserver(queryClient, {
    queryKey,
    queryFn: () => readConversation(id),
    staleTime: Number.POSITIVE_INFINITY,
  });
  onTestFinished(observer.subscribe(() => {}));
  const answers: ((found: Pick<Conversation, 'id' | 'messages'>) => void)[] = [];
  source.get.mockImplementation(() => new Promise((resolve) => answers.push(resolve)));

  const earlier = storedIn(queryClient).readConversation(id);
  const later = queryClient.invalidateQueries({ queryKey });
  expect(answers).toHaveLength(2);
  answers[0]?.(conversation(3));
  answers[1]?.(conversation(4));
  source.get.mockImplementation(async () => conversation(4));
  await Promise.all([earlier, later]);
  expect(shown()).toHaveLength(4);
});
