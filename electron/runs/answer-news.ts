import type { ConversationId, MessageId } from '../../shared/ids';
import type { Store } from '../store/client';
import type { EndedAnswers } from '../store/queries/ended-answers';
import type { Feed } from './feed';

export interface AnswerNewsParts {
  readonly feed: Feed;
  readonly store: Store;
  /** The conversations that answers are arriving in. */
  readonly answering: () => ReadonlySet<ConversationId>;
  /** Whether anybody is to be told at all, asked when there is something to tell. */
  readonly wanted: () => boolean;
  readonly told: (conversation: ConversationId, ended: EndedAnswers) => void;
  readonly log: (event: string, error: unknown) => void;
}

/**
 * Tells when the last answer of a conversation has ended, once for all that were asked for side by
 * side and for all attempts. Ends with `signal`.
 */
export async function followAnswers(parts: AnswerNewsParts, signal: AbortSignal): Promise<void> {
  const { feed, answering } = parts;
  const ended = new Map<ConversationId, Set<MessageId>>();
  // A reader that fell behind is cut off, and begins anew.
  while (!signal.aborted) {
    for await (const event of feed.subscribe(signal)) {
      if (event.type !== 'run.ended') continue;
      const { conversationId, messageId } = event;
      const answers = ended.get(conversationId) ?? new Set();
      ended.set(conversationId, answers.add(messageId));
      if (answering().has(conversationId)) continue;
      ended.delete(conversationId);
      void tell(parts, conversationId, [...answers]);
    }
  }
}

async function tell(
  { store, wanted, told, log }: AnswerNewsParts,
  conversation: ConversationId,
  answers: readonly MessageId[],
): Promise<void> {
  if (!wanted()) return;
  try {
    const ended = await store.read.endedAnswers(conversation, answers);
    if (ended) told(conversation, ended);
  } catch (error) {
    log('an ended answer could not be told of', error);
  }
}
