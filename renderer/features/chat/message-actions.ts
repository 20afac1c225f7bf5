import type { Message } from '../../../shared/contract/conversation';
import type { ConnectionId, MessageId } from '../../../shared/ids';

/** What can be done with the messages of a thread; the same object as long as it can be. */
export interface MessageActions {
  readonly connectionId: ConnectionId | null;
  readonly selectVersion: (id: MessageId) => void;
  /** Shows the answers to the same message side by side. */
  readonly compare: (message: Message) => void;
  /** Goes on from a message in a conversation of its own. */
  readonly fork: (id: MessageId) => void;
  /** Deletes a message, or it and all that follows it on every branch. */
  readonly remove: (id: MessageId, following: boolean) => void;
  /** Asks the model of the conversation, or another. Null while an answer runs or nothing can be sent. */
  readonly answerAgain: ((message: Message, model?: string) => void) | null;
  /** Asks one more model the same, also while others answer. Null while nothing can be sent. */
  readonly addAnswer: ((message: Message, model: string) => void) | null;
  /** Models that answered here lately, the last first. */
  readonly models: readonly string[];
}

const MOST_RECENT = 5;

/** The models that answered in a conversation, the last first, without those of a super query. */
export function recentModels(
  messages: readonly Pick<Message, 'run'>[],
  current: string | null,
): readonly string[] {
  const models = new Set<string>(current === null ? [] : [current]);
  for (let at = messages.length - 1; at >= 0 && models.size < MOST_RECENT; at--) {
    const model = messages[at]?.run?.requestedModel;
    if (model !== undefined && !model.includes(',')) models.add(model);
  }
  return [...models];
}
