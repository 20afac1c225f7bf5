import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { openWriter, type WriteDb } from '../../../electron/store/connection';
import { insertConnection } from '../../../electron/store/queries/connections';
import { endRun } from '../../../electron/store/queries/run-life';
import type { ConnectionId, ConversationId } from '../../../shared/ids';
import {
  beginRun,
  newConversation,
  nextMessage,
  outcome,
  runHead,
  say,
} from '../../fixtures/ledger';
import { copyRows } from './copied-rows';
import { wordOf, wordsOf } from './words';

/** Messages of each conversation; half of them answers, each with two rows in the ledger. */
export const MESSAGES_EACH = 10;
const EXCHANGES = MESSAGES_EACH / 2;

const MINUTE = 60_000;

export interface Scale {
  readonly conversations: number;
  /** Messages of the one conversation that is longer than all others. */
  readonly long: number;
}

export interface StoreAtScale {
  readonly path: string;
  readonly long: ConversationId;
}

const found = z.object({ id: z.number(), first: z.number(), run: z.number() });

/**
 * Makes a store of so many conversations of ten messages each, sixty words in a message on average, and
 * of as many rows of the ledger as messages. The same scale makes the same texts whenever it is made.
 * The first conversations are written by the code that writes them in the app; the others are copies of
 * those rows with texts of their own.
 */
export function buildStore(path: string, { conversations, long }: Scale): StoreAtScale {
  mkdirSync(dirname(path), { recursive: true });
  const making = `${path}.making`;
  for (const end of ['', '-wal', '-shm']) rmSync(making + end, { force: true });
  const db = openWriter(making);
  db.pragma('foreign_keys = OFF');
  db.pragma('synchronous = OFF');
  db.pragma('cache_size = -400000');
  db.function('words_of', { deterministic: true }, (seed) => wordsOf(Number(seed)));
  db.function('title_of', { deterministic: true }, (seed) => titleOf(Number(seed)));
  const connection = insertConnection(db, {
    name: 'APIpie',
    profile: 'apipie',
    baseUrl: 'https://apipie.ai/v1',
    isDemo: false,
    at: 0,
  });
  const now = Date.UTC(2026, 10, 1);
  const longId = db.transaction(() => {
    const first = converse(db, connection, now - conversations * MINUTE * 10, EXCHANGES);
    copyWholes(db, first, conversations - 1);
    return converse(db, connection, now, long / 2);
  })();
  db.transaction(() => {
    secondAttempts(db);
    db.exec(`UPDATE part SET text = words_of(message_id);
      INSERT INTO message_fts (rowid, text) SELECT id, text FROM message_text
        WHERE id NOT IN (SELECT id FROM message_fts_docsize);`);
  })();
  db.exec('ANALYZE');
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.pragma('journal_mode = DELETE');
  db.close();
  renameSync(making, path);
  return { path, long: longId };
}

/** A conversation of so many questions and answers, written as the app writes it. */
function converse(
  db: WriteDb,
  connection: ConnectionId,
  startedAt: number,
  exchanges: number,
): ConversationId {
  let id: ConversationId | null = null;
  for (let at = 0; at < exchanges; at += 1) {
    const target = id === null ? newConversation('x') : nextMessage(id, 'x');
    const time = startedAt + at * MINUTE;
    const day = new Date(time).toISOString().slice(0, 10);
    const head = runHead(connection, { startedAt: time, day });
    const begun = beginRun(db, target, head);
    endRun(db, begun.runId, outcome({ endedAt: time + 2_831 }), [say('x')]);
    id = begun.conversationId;
  }
  if (id === null) throw new Error('a conversation has two messages at least');
  // The index is made at the end, of the texts that stand there then.
  db.prepare("INSERT INTO message_fts (message_fts) VALUES ('delete-all')").run();
  return id;
}

/** Copies a conversation with all its rows, each copy ten minutes younger than the one before. */
function copyWholes(db: WriteDb, id: ConversationId, copies: number): void {
  const { first, run } = found.parse(
    db
      .prepare(
        `SELECT conversation.id, min(message.id) AS first, min(run_id) AS run
         FROM conversation JOIN message ON message.conversation_id = conversation.id
         WHERE conversation.id = ?`,
      )
      .get(id),
  );
  const own = `BETWEEN ${first} AND ${first + MESSAGES_EACH - 1}`;
  const message = (of: string) => `${of} + ${MESSAGES_EACH} * n`;
  const later = (of: string) => `${of} + ${10 * MINUTE} * n`;
  copyRows(db, 'conversation', `id = ${id}`, copies, {
    id: `${id} + n`,
    uid: `uid || '-' || n`,
    title: 'title_of(n)',
    active_leaf_id: message('active_leaf_id'),
    created_at: later('created_at'),
    updated_at: later('updated_at'),
    cost_nanousd: 'cost_nanousd + n * 7919 % 1000003',
  });
  copyRows(db, 'message', `id ${own}`, copies, {
    id: message('id'),
    conversation_id: `${id} + n`,
    parent_id: message('parent_id'),
    run_id: `run_id + ${EXCHANGES} * n`,
    created_at: later('created_at'),
  });
  copyRows(db, 'part', `message_id ${own}`, copies, { message_id: message('message_id') });
  copyRows(db, 'run', `id BETWEEN ${run} AND ${run + EXCHANGES - 1}`, copies, {
    id: `id + ${EXCHANGES} * n`,
    uid: `uid || '-' || n`,
    conversation_id: `${id} + n`,
    message_id: message('message_id'),
    conversation_title: 'title_of(n)',
    started_at: later('started_at'),
    ended_at: later('ended_at'),
    day: `date((${later('started_at')}) / 1000, 'unixepoch')`,
    served_model: `CASE n % 5 WHEN 0 THEN 'anthropic/claude-sonnet' WHEN 1 THEN 'openai/o3' ELSE served_model END`,
    cost_nanousd: 'cost_nanousd + n * 7919 % 1000003',
  });
}

/** Each answer was asked for twice. */
function secondAttempts(db: WriteDb): void {
  const { last } = z
    .object({ last: z.number() })
    .parse(db.prepare('SELECT max(id) AS last FROM run').get());
  copyRows(db, 'run', `id <= ${last}`, 1, {
    id: `id + ${last}`,
    uid: `uid || '-again'`,
    attempt: '2',
  });
}

function titleOf(seed: number): string {
  return `${wordOf(seed * 3)} ${wordOf(seed * 3 + 1)} ${wordOf(seed * 3 + 2)}`;
}
