import type { Attachment } from '../../../shared/contract/attachment';
import type { Message, Run } from '../../../shared/contract/conversation';
import { type AttachmentId, type MessageId, messageId, type RunId } from '../../../shared/ids';
import type { AnswerPart } from '../../../shared/run-view';
import type { ReadDb, WriteDb } from '../connection';
import { StoreError } from '../errors';
import { statement } from '../statement';
import { imagesOf } from './attachments';
import { runsOf } from './runs';

interface Row {
  readonly id: number;
  readonly conversation_id: number;
  readonly parent_id: number | null;
  readonly role: Message['role'];
  readonly run_id: number | null;
  readonly created_at: number;
}

const COLUMNS =
  'message.id, message.conversation_id, message.parent_id, message.role, message.run_id, message.created_at';

/** The messages from the first one to `leaf`, or only the `newest` so many of them. */
export function branchTo(db: ReadDb, leaf: MessageId, newest = Number.MAX_SAFE_INTEGER): Message[] {
  const rows = statement<Row>(
    db,
    `WITH RECURSIVE up (id, parent_id, depth) AS (
       SELECT id, parent_id, 0 FROM message WHERE id = ?
       UNION ALL
       SELECT message.id, message.parent_id, depth + 1
       FROM message JOIN up ON message.id = up.parent_id WHERE depth + 1 < ?)
     SELECT ${COLUMNS} FROM up JOIN message ON message.id = up.id
     WHERE deleted_at IS NULL ORDER BY depth DESC`,
  ).all(leaf, newest);
  return whole(db, rows);
}

/**
 * A message and all its siblings, oldest first: for an answer, every answer to the same question.
 * Throws `not_found` when there is no such message.
 */
export function answersTo(db: ReadDb, answer: MessageId): Message[] {
  const rows = statement<Row>(
    db,
    `SELECT ${COLUMNS} FROM message AS this
     JOIN message ON message.conversation_id = this.conversation_id
       AND message.parent_id IS this.parent_id AND message.role = this.role
     WHERE this.id = ? AND this.deleted_at IS NULL AND message.deleted_at IS NULL
     ORDER BY message.id`,
  ).all(answer);
  if (rows.length === 0) throw new StoreError('not_found', `there is no message ${answer}`);
  return whole(db, rows);
}

/** Messages with all that belongs to them, in as many statements for a thousand as for one. */
function whole(db: ReadDb, rows: readonly Row[]): Message[] {
  const ids = rows.map(({ id }) => id);
  const parts = partsOf(db, ids);
  const images = grouped<Attachment>(
    imagesOf(db, ids).map(({ messageId: id, image }) => [id, image]),
  );
  const runs = runsOf(db, ids);
  const attempts = grouped<Run>(runs.map(({ messageId: id, run }) => [id, run]));
  const byId = new Map(runs.map(({ run }) => [Number(run.id), run]));
  const siblings = siblingsOf(db, rows);
  return rows.map((row) => ({
    id: messageId.parse(row.id),
    parentId: row.parent_id === null ? null : messageId.parse(row.parent_id),
    role: row.role,
    createdAt: row.created_at,
    parts: parts.get(row.id) ?? [],
    images: images.get(row.id) ?? [],
    run: row.run_id === null ? null : (byId.get(row.run_id) ?? null),
    attempts: (attempts.get(row.id) ?? []).filter(({ id }) => id !== row.run_id),
    siblings: siblings.get(row.parent_id) ?? [],
  }));
}

interface PartRow {
  readonly message_id: number;
  readonly kind: AnswerPart['kind'];
  readonly text: string;
  readonly name: string | null;
}

function partsOf(db: ReadDb, ids: readonly number[]): Map<number, AnswerPart[]> {
  const rows = statement<PartRow>(
    db,
    `SELECT message_id, kind, text, name
     FROM part WHERE message_id IN (SELECT value FROM json_each(?))
       AND kind IN ('text', 'reasoning', 'refusal', 'tool')
     ORDER BY message_id, position`,
  ).all(JSON.stringify(ids));
  return grouped<AnswerPart>(rows.map(({ message_id, ...part }) => [message_id, part]));
}

/** The children of each message that one of these follows; they are all of one conversation. */
function siblingsOf(db: ReadDb, rows: readonly Row[]): Map<number | null, MessageId[]> {
  const parents = [...new Set(rows.map(({ parent_id }) => parent_id))];
  const found = statement<Pick<Row, 'id' | 'parent_id'>>(
    db,
    `SELECT message.id, parent_id
     FROM json_each(?) AS parent
     CROSS JOIN message ON message.conversation_id = ? AND message.parent_id IS parent.value
     WHERE deleted_at IS NULL ORDER BY message.id`,
  ).all(JSON.stringify(parents), rows[0]?.conversation_id ?? null);
  return grouped<MessageId, number | null>(
    found.map((row) => [row.parent_id, messageId.parse(row.id)]),
  );
}

function grouped<Value, Key = number>(
  entries: readonly (readonly [Key, Value])[],
): Map<Key, Value[]> {
  const groups = new Map<Key, Value[]>();
  for (const [key, value] of entries) {
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  return groups;
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

/** Puts images behind what a message says. Throws `not_found` when one is not there. */
export function writeImages(db: WriteDb, id: MessageId, images: readonly AttachmentId[]): void {
  const insert = statement(
    db,
    `INSERT INTO part (message_id, position, kind, text, attachment_id)
     SELECT ?, (SELECT count(*) FROM part WHERE message_id = ?), 'image', '', id
     FROM attachment WHERE id = ?`,
  );
  for (const image of images) {
    const { changes } = insert.run(id, id, image);
    if (changes === 0) throw new StoreError('not_found', `there is no attachment ${image}`);
  }
}
