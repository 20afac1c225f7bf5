import { createContext, type ReactNode } from 'react';
import type { Message } from '../../../shared/contract/conversation';

/** What an editor of a message needs to know of the conversation. */
export interface Editing {
  /** Why nothing can be sent at present; null when it can. */
  readonly hindrance: string | null;
  /** What sending it would cost and multiply. */
  readonly price: (message: Message, text: string) => ReactNode;
  /** False when it was called off; rejects when the message was not taken. */
  readonly send: (message: Message, text: string) => Promise<boolean>;
  /** A failure in words. */
  readonly reason: (error: unknown) => string;
}

/** Apart from the messages' own properties: it may change without any of them being drawn anew. */
export const EditingContext = createContext<Editing | null>(null);
