import type { Conversation, Message } from '../../shared/contract/conversation';
import type { ConversationId, MessageId } from '../../shared/ids';

/** So many messages are read at first: more than any window shows. */
const FIRST = 100;
/** So many at once of those before: the page goes on within a frame or two. */
const PAGE = 500;

/** Where conversations are read from. */
export interface ConversationSource {
  readonly get: (input: { id: ConversationId; newest: number }) => Promise<Conversation>;
  readonly branch: (input: { messageId: MessageId; newest: number }) => Promise<Message[]>;
}

/** The conversations the page shows, as it has read them. */
export interface ShownConversations {
  readonly get: (id: ConversationId) => Conversation | undefined;
  readonly put: (conversation: Conversation) => void;
}

/**
 * Reads a conversation as the store has it, or at first its newest messages: what stands before them is
 * read in the background and is put there when all of it has come. What was read already stays.
 */
export function conversationReader(
  source: ConversationSource,
  shown: ShownConversations,
): (id: ConversationId) => Promise<Conversation> {
  /** Puts the rest of a branch in its place if the page still shows that branch. */
  const readEarlier = async (id: ConversationId, before: MessageId) => {
    // Not before whoever asked has put there what it goes in front of.
    await new Promise((resolve) => setTimeout(resolve));
    let pages: readonly Message[] = [];
    let next: MessageId | null = before;
    while (next !== null) {
      const page: Message[] = await source.branch({ messageId: next, newest: PAGE });
      pages = [...page, ...pages];
      next = page[0]?.parentId ?? null;
    }
    const now = shown.get(id);
    if (now?.messages[0]?.parentId !== before) return;
    shown.put({ ...now, messages: [...pages, ...now.messages] });
  };

  return async (id) => {
    const read = await source.get({ id, newest: FIRST });
    const missing = missingBefore(read.messages);
    if (missing === null) return read;
    const known = shown.get(id)?.messages ?? [];
    const at = known.findLastIndex((message) => message.id === missing);
    const messages = [...known.slice(0, at + 1), ...read.messages];
    const before = missingBefore(messages);
    // What cannot be read now is read with the conversation the next time.
    if (before !== null) void readEarlier(id, before).catch(() => undefined);
    return { ...read, messages };
  };
}

/** Whether a branch is there from its first message on. */
export function isWhole(messages: readonly Message[]): boolean {
  return missingBefore(messages) === null;
}

/** The message that comes before those that are there; null for none. */
function missingBefore([first]: readonly Message[]): MessageId | null {
  return first?.parentId ?? null;
}
