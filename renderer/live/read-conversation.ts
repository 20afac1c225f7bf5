import type { ConversationId } from '../../shared/ids';
import { client, orpc, queryClient } from '../rpc/client';
import { conversationReader } from './conversation-reader';

const keyOf = (id: ConversationId) => orpc.conversations.get.queryKey({ input: { id } });

const reader = conversationReader(client.conversations, {
  get: (id) => queryClient.getQueryData(keyOf(id)),
  put: (conversation) => queryClient.setQueryData(keyOf(conversation.id), conversation),
});

/** A conversation for the page: its newest messages at once, those before them soon after. */
export const readConversation: (id: ConversationId) => ReturnType<typeof client.conversations.get> =
  reader.read;

/** Has the messages read until now read once more with their conversation. */
export const outdateMessages: () => void = reader.outdate;
