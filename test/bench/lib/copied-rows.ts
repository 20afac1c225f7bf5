import { z } from 'zod';
import type { WriteDb } from '../../../electron/store/connection';
import type { ConversationId } from '../../../shared/ids';

const column = z.object({ name: z.string() });
const lowest = z.object({ low: z.number() });

/**
 * Copies a conversation of one question and answer so many times, each copy a second older than the one
 * before. Writing each of a hundred thousand the usual way would take a minute; the rows are the same.
 * Foreign keys have to be off: a conversation comes before the answer that it names.
 */
export function copyConversation(db: WriteDb, id: ConversationId, copies: number): void {
  const { low } = lowest.parse(
    db.prepare('SELECT min(id) AS low FROM message WHERE conversation_id = ?').get(id),
  );
  // Ids of copies follow those of the rows, and a question is as far from its answer as before.
  const conversation = `${id} + n`;
  const message = (of: string) => `${of} + 2 * n`;
  const run = (of: string) => `${of} + n`;
  const older = (of: string) => `${of} - 1000 * n`;
  copyRows(db, 'conversation', `id = ${id}`, copies, {
    id: conversation,
    uid: `uid || '-' || n`,
    title: `title || ' ' || n`,
    active_leaf_id: message('active_leaf_id'),
    created_at: older('created_at'),
    updated_at: older('updated_at'),
  });
  copyRows(db, 'message', `conversation_id = ${id}`, copies, {
    id: message('id'),
    conversation_id: conversation,
    parent_id: message('parent_id'),
    run_id: run('run_id'),
    created_at: older('created_at'),
  });
  copyRows(db, 'part', `message_id IN (${low}, ${low + 1})`, copies, {
    message_id: message('message_id'),
  });
  copyRows(db, 'run', `conversation_id = ${id}`, copies, {
    id: run('id'),
    uid: `uid || '-' || n`,
    conversation_id: conversation,
    message_id: message('message_id'),
    started_at: older('started_at'),
    ended_at: older('ended_at'),
  });
  db.prepare(
    'INSERT INTO message_fts (rowid, text) SELECT id, text FROM message_text WHERE id > ?',
  ).run(low + 1);
}

/** Copies rows with some columns changed; `n` counts the copies from 1. */
export function copyRows(
  db: WriteDb,
  table: string,
  which: string,
  copies: number,
  changed: Readonly<Record<string, string>>,
): void {
  const names = z
    .array(column)
    .parse(db.pragma(`table_info(${table})`))
    .map(({ name }) => name);
  db.prepare(
    `INSERT INTO ${table} (${names.join(', ')})
     WITH RECURSIVE copy (n) AS (
       SELECT 1 WHERE ? > 0 UNION ALL SELECT n + 1 FROM copy WHERE n < ?)
     SELECT ${names.map((name) => changed[name] ?? name).join(', ')}
     FROM copy CROSS JOIN ${table} WHERE ${which}`,
  ).run(copies, copies);
}
