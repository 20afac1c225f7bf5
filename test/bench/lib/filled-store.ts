import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openWriter, type WriteDb } from '../../../electron/store/connection';
import { insertConnection } from '../../../electron/store/queries/connections';
import { endRun } from '../../../electron/store/queries/run-life';
import { saveSetting } from '../../../electron/store/queries/settings';
import type { ConnectionId, ConversationId } from '../../../shared/ids';
import {
  beginRun,
  newConversation,
  nextMessage,
  outcome,
  runHead,
  say,
} from '../../fixtures/ledger';
import { copyConversation } from './copied-rows';
import { longAnswer } from './long-answer';

/** What a data folder is filled with before Slice is started on it. */
export interface StoreContents {
  /** Conversations of one short question and answer. */
  readonly conversations?: number;
  /** Conversations of so many messages each, half of them answers of a few hundred characters. */
  readonly long?: { readonly conversations: number; readonly messages: number };
  /** Conversations whose one answer has so many characters. */
  readonly wide?: { readonly conversations: number; readonly characters: number };
  /** The server that new conversations go to, and a model of it. */
  readonly server?: { readonly baseUrl: string; readonly model: string };
}

export interface FilledStore {
  /** The conversations of `long`. */
  readonly long: readonly ConversationId[];
  /** The conversations of `wide`. */
  readonly wide: readonly ConversationId[];
}

/** Nobody answers here: a start does not wait for it either. */
const NOWHERE = { baseUrl: 'http://127.0.0.1:9/v1', model: 'nobody' };

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Makes a store in a new data folder, by the same code that writes it while the app runs. */
export function fillStore(folder: string, contents: StoreContents): FilledStore {
  mkdirSync(folder, { recursive: true });
  const db = openWriter(join(folder, 'slice.db'));
  try {
    db.pragma('foreign_keys = OFF');
    return db.transaction(() => new Filling(db, contents).fill())();
  } finally {
    db.pragma('wal_checkpoint(TRUNCATE)');
    db.close();
  }
}

class Filling {
  readonly #db: WriteDb;
  readonly #contents: StoreContents;
  readonly #connection: ConnectionId;
  #now = Date.now() - DAY;

  constructor(db: WriteDb, contents: StoreContents) {
    this.#db = db;
    this.#contents = contents;
    const { baseUrl, model } = contents.server ?? NOWHERE;
    const server = { name: 'Bench', profile: 'other', baseUrl, isDemo: false } as const;
    this.#connection = insertConnection(db, { ...server, at: this.#now });
    const settings = { theme: 'light', lastModel: model, lastConnectionId: this.#connection };
    saveSetting(db, 'app', JSON.stringify(settings));
  }

  fill(): FilledStore {
    const { conversations = 0, long, wide } = this.#contents;
    if (conversations > 0) {
      const first = this.#exchange(
        null,
        'What does the sea depend on?',
        'On the *wind* above all.',
      );
      copyConversation(this.#db, first, conversations - 1);
    }
    return {
      long: several(long?.conversations, (index) => this.#long(index, long?.messages ?? 0)),
      wide: several(wide?.conversations, (index) =>
        this.#exchange(null, `Wide ${index}`, longAnswer(wide?.characters ?? 0)),
      ),
    };
  }

  #long(index: number, messages: number): ConversationId {
    const text = longAnswer(60_000);
    let id: ConversationId | null = null;
    for (let at = 0; at < messages / 2; at += 1) {
      const start = (at * 997 + index * 131) % 50_000;
      const length = 200 + ((at * 613) % 800);
      id = this.#exchange(id, `Long ${index}, question ${at}?`, text.slice(start, start + length));
    }
    if (id === null) throw new Error('a conversation has two messages at least');
    return id;
  }

  /** A question and its answer, each conversation a little older than the next. */
  #exchange(into: ConversationId | null, question: string, answer: string): ConversationId {
    this.#now += 10;
    const target = into === null ? newConversation(question) : nextMessage(into, question);
    const head = runHead(this.#connection, {
      uid: randomUUID(),
      connectionName: 'Bench',
      profile: 'other',
      startedAt: this.#now,
      day: new Date(this.#now).toISOString().slice(0, 10),
    });
    const { runId, conversationId } = beginRun(this.#db, target, head);
    endRun(this.#db, runId, outcome({ endedAt: this.#now + 5 }), [say(answer)]);
    return conversationId;
  }
}

function several<Value>(count = 0, make: (index: number) => Value): Value[] {
  return Array.from({ length: count }, (_, index) => make(index));
}
