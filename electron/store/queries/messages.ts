import type { Message } from '../../../shared/contract/conversation';
import { type MessageId, messageId, type RunId, runId } from '../../../shared/ids';
import type { AnswerPart } from '../../../shared/run-view';
import type { ReadDb, WriteDb } from '../connection';
import { statement } from '../statement';
import { getRuns } from './runs';

interface Row {
  readonly id: number;
  readonly conversation_id: number;
  readonly parent_id: number | null;
  readonly role: Message['role'];
  readonly run_id: number | null;
  readonly created_at: number;
}

interface PartRow {
  readonly message_id: number;
  readonly kind: AnswerPart['kind'];
  readonly text: string;
  readonly name: string | null;
}

const BRANCH = `WITH RECURSIVE up (id, parent_id, depth) AS (
    SELECT id, parent_id, 0 FROM message WHERE id = ?
    UNION ALL
    SELECT message.id, message.parent_id, depth + 1 FROM message JOIN up ON message.id = up.parent_id)`;

/** The messages from the first one to `leaf`, each with its parts, its run and its siblings. */
export function branchTo(db: ReadDb, leaf: MessageId): Message[] {
  const rows = statement<Row>(
    db,
    `${BRANCH} SELECT message.id, conversation_id, message.parent_id, role, run_id, created_at
     FROM up JOIN message ON message.id = up.id WHERE deleted_at IS NULL ORDER BY depth DESC`,
  ).all(leaf);
  const parts = partsOf(db, leaf);
  const runs = getRuns(
    db,
    rows.flatMap((row) => (row.run_id === null ? [] : [runId.parse(row.run_id)])),
  );
  return rows.map((row) => ({
    id: messageId.parse(row.id),
    parentId: row.parent_id === null ? null : messageId.parse(row.parent_id),
    role: row.role,
    createdAt: row.created_at,
    parts: parts.get(row.id) ?? [],
    run: row.run_id === null ? null : (runs.get(row.run_id) ?? null),
    siblings: siblingsOf(db, row),
  }));
}

function partsOf(db: ReadDb, leaf: MessageId): Map<number, AnswerPart[]> {
  const byMessage = new Map<number, AnswerPart[]>();
  const rows = statement<PartRow>(
    db,
    `${BRANCH} SELECT message_id, kind, text, name FROM up JOIN part ON part.message_id = up.id
     WHERE kind IN ('text', 'reasoning', 'refusal', 'tool') ORDER BY message_id, position`,
  ).all(leaf);
  for (const { message_id, ...part } of rows) {
    const parts = byMessage.get(message_id);
    if (parts) parts.push(part);
    else byMessage.set(message_id, [part]);
  }
  return byMessage;
}

function siblingsOf(db: ReadDb, row: Row): MessageId[] {
  return statement<{ id: number }>(
    db,
    `SELECT id FROM message
     WHERE conversation_id = ? AND parent_id IS ? AND role = ? AND deleted_at IS NULL ORDER BY id`,
  )
    .all(row.conversation_id, row.parent_id, row.role)
    .map(({ id }) => messageId.parse(id));
}

export interface NewMessage {
  readonly conversationId: number;
  readonly parentId: number | null;
  readonly role: Message['role'];
  readonly runId: RunId | null;
  readonly at: number;
  readonly parts: readonly AnswerPart[];
}

export function insertMessage(db: WriteDb, input: NewMessage): MessageId {
  const { lastInsertRowid } = statement(
    db,
    'INSERT INTO message (conversation_id, parent_id, role, run_id, created_at) VALUES (?, ?, ?, ?, ?)',
  ).run(input.conversationId, input.parentId, input.role, input.runId, input.at);
  const id = messageId.parse(Number(lastInsertRowid));
  writeParts(db, id, input.parts);
  return id;
}

/** Writes what a message says and makes it findable. The message must have no parts yet. */
export function writeParts(db: WriteDb, id: MessageId, parts: readonly AnswerPart[]): void {
  if (parts.length === 0) return;
  const insert = statement(
    db,
    'INSERT INTO part (message_id, position, kind, text, name) VALUES (?, ?, ?, ?, ?)',
  );
  for (const [position, { kind, text, name }] of parts.entries()) {
    insert.run(id, position, kind, text, name);
  }
  statement(
    db,
    'INSERT INTO message_fts (rowid, text) SELECT id, text FROM message_text WHERE id = ?',
  ).run(id);
}
