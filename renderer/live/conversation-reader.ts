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

export interface ConversationReader {
  /**
   * Reads a conversation as the store has it, or at first its newest messages: what stands before them is
   * read in the background and is put there when all of it has come. What was read already stays.
   */
  readonly read: (id: ConversationId) => Promise<Conversation>;
  /** Has all messages that were read until now read once more with their conversation, the next time. */
  readonly outdate: () => void;
}

export function conversationReader(
  source: ConversationSource,
  shown: ShownConversations,
): ConversationReader {
  /** The conversations whose messages have been read since they were last outdated. */
  let current = new Set<ConversationId>();

  /** The branch up to a message. */
  const readUpTo = async (last: MessageId): Promise<readonly Message[]> => {
    let pages: readonly Message[] = [];
    let next: MessageId | null = last;
    while (next !== null) {
      const page: Message[] = await source.branch({ messageId: next, newest: PAGE });
      pages = [...page, ...pages];
      next = missingBefore(page);
    }
    return pages;
  };

  /** Puts the rest of a branch in its place if the page still shows that branch. */
  const readEarlier = async (id: ConversationId, before: MessageId) => {
    // Not before whoever asked has put there what it goes in front of.
    await new Promise((resolve) => setTimeout(resolve));
    const earlier = await readUpTo(before);
    const now = shown.get(id);
    if (now?.messages[0]?.parentId !== before) return;
    shown.put({ ...now, messages: [...earlier, ...now.messages] });
  };

  const read = async (id: ConversationId): Promise<Conversation> => {
    // What is outdated while it is read has to be read again.
    const since = current;
    const newest = await source.get({ id, newest: FIRST });
    const known = shown.get(id)?.messages;
    const missing = missingBefore(newest.messages);
    if (missing === null || known === undefined || since.has(id)) {
      since.add(id);
      return withKnown(newest, known ?? []);
    }
    // At once, so that nobody who reads further up loses the place.
    const messages = [...(await readUpTo(missing)), ...newest.messages];
    since.add(id);
    return { ...newest, messages };
  };

  /** Puts what was read already before the newest messages, and reads what is still missing. */
  const withKnown = (newest: Conversation, known: readonly Message[]): Conversation => {
    const missing = missingBefore(newest.messages);
    if (missing === null) return newest;
    const at = known.findLastIndex((message) => message.id === missing);
    const messages = [...known.slice(0, at + 1), ...newest.messages];
    const before = missingBefore(messages);
    // What cannot be read now is read with the conversation the next time.
    if (before !== null) void readEarlier(newest.id, before).catch(() => undefined);
    return { ...newest, messages };
  };

  return {
    read,
    outdate() {
      current = new Set();
    },
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
