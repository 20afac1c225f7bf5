import { useRef } from 'react';
import type { Message } from '../../../shared/contract/conversation';
import type { ConversationId } from '../../../shared/ids';
import { client } from '../../rpc/client';
import type { ComposingKey } from './composing';
import { AT_THE_START, ownMessages, type Walk, walked } from './message-history';

/** Other conversations whose messages one can go back to; further back nobody walks. */
const OTHERS = 10;

export interface MessageHistory {
  /** What stands at the next place back (1) or forth (-1); null when there is none. */
  readonly walk: (shown: string, by: 1 | -1) => string | null;
  /** The message was sent: what was being typed before one walked, or nothing. */
  readonly leave: () => string;
}

/** Earlier messages of the user: those of this conversation, then those of the last others. */
export function useMessageHistory(of: ComposingKey, messages: readonly Message[]): MessageHistory {
  const walk = useRef<Walk>(AT_THE_START);
  const others = useRef<Others | null>(null);
  return {
    walk(shown, by) {
      others.current ??= new Others(of);
      const own = ownMessages(messages);
      const entries = [...own, ...others.current.texts];
      // The next ones are read before they are needed.
      if (walk.current.at + 2 > entries.length) others.current.readMore();
      const next = walked(walk.current, shown, entries, by);
      if (next === null) return null;
      walk.current = next.walk;
      return next.text;
    },
    leave() {
      const { at, texts } = walk.current;
      walk.current = AT_THE_START;
      return at === 0 ? '' : (texts[0] ?? '');
    },
  };
}

/** What the user wrote elsewhere, read one conversation at a time. */
class Others {
  readonly #of: ComposingKey;
  #ids: ConversationId[] | null = null;
  #reading = false;
  texts: readonly string[] = [];

  constructor(of: ComposingKey) {
    this.#of = of;
  }

  readMore(): void {
    if (this.#reading) return;
    this.#reading = true;
    this.#read().finally(() => {
      this.#reading = false;
    });
  }

  async #read(): Promise<void> {
    try {
      if (this.#ids === null) {
        const { items } = await client.conversations.list({ offset: 0, limit: OTHERS + 1 });
        this.#ids = items.flatMap(({ id }) => (id === this.#of ? [] : [id]));
      }
      const id = this.#ids.shift();
      if (id === undefined) return;
      const { messages } = await client.conversations.get({ id });
      this.texts = [...this.texts, ...ownMessages(messages)];
    } catch {
      // What cannot be read is not offered.
      this.#ids = [];
    }
  }
}
