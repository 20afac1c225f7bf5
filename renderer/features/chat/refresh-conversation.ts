import type { ConversationId } from '../../../shared/ids';
import { client, orpc, queryClient } from '../../rpc/client';

/** The same where messages in the middle may be gone, or be there again: those that are shown do not tell. */
export async function rereadConversation(id: ConversationId): Promise<void> {
  const { queryKey } = orpc.conversations.get.queryOptions({ input: { id } });
  queryClient.setQueryData(queryKey, await client.conversations.get({ id }));
  await refreshConversation(id);
}

/** Shows a change at once instead of with the next message of the feed. */
export async function refreshConversation(id: ConversationId): Promise<void> {
  const { queryKey } = orpc.conversations.get.queryOptions({ input: { id } });
  await Promise.all([
    queryClient.invalidateQueries({ queryKey }),
    queryClient.invalidateQueries({ queryKey: orpc.conversations.answers.key() }),
  ]);
}
