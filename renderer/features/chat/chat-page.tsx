import './chat.css';
import './markdown.css';
import type { ConversationId } from '../../../shared/ids';
import { NewConversation } from './new-conversation';
import { OpenConversation } from './open-conversation';

/** A conversation, or the place where one begins. */
export function ChatPage({ conversationId }: { conversationId: ConversationId | null }) {
  if (conversationId === null) return <NewConversation />;
  return <OpenConversation key={conversationId} id={conversationId} />;
}
