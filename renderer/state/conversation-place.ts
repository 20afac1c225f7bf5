import { type ConversationId, conversationId, type MessageId, messageId } from '../../shared/ids';

/** A conversation, and the message in it that is to be shown, as an address names them. */
export interface ConversationPlace {
  readonly conversationId: ConversationId;
  readonly messageId: MessageId | null;
}

const PLACE = /^\/chat\/(?<id>\d+)(?:\?message=(?<message>\d+))?$/;

/** What a path like `/chat/5?message=7` names; null when it is not a conversation. */
export function conversationPlace(path: string): ConversationPlace | null {
  const found = PLACE.exec(path)?.groups;
  if (!found) return null;
  const conversation = conversationId.safeParse(Number(found.id));
  if (!conversation.success) return null;
  const message = messageId.safeParse(Number(found.message));
  return {
    conversationId: conversation.data,
    messageId: message.success ? message.data : null,
  };
}

/**
 * Opens a conversation, at a message if one is named. The router's own `navigate` would put what comes
 * after a question mark before the hash, where it stays.
 */
export function openConversation(id: ConversationId, message: MessageId | null = null): void {
  location.hash = `/chat/${id}${message === null ? '' : `?message=${message}`}`;
}
