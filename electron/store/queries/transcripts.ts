import {
  type FiledHead,
  type FiledMessage,
  type FiledPart,
  type FiledRun,
  filedRun,
} from '../../../shared/conversation-file';
import type { ConversationId } from '../../../shared/ids';
import type { ReadDb } from '../connection';
import { statement } from '../statement';
import { FILED_RUN_COLUMNS } from './filed-run-columns';

/** A part as it is stored; the bytes of its image are in a file of their own. */
export interface StoredPart extends Pick<FiledPart, 'kind' | 'text' | 'name'> {
  readonly image: {
    readonly name: string;
    readonly mediaType: string;
    readonly sha256: string;
  } | null;
}

export interface StoredMessage extends Omit<FiledMessage, 'parts'> {
  readonly parts: readonly StoredPart[];
}

/** A whole conversation: its head, and what is read as it is taken. */
export interface Transcript {
  readonly head: FiledHead;
  /** How many messages there are. */
  readonly size: number;
  /** Every version, in the order of writing. */
  readonly messages: Iterable<StoredMessage>;
  readonly runs: Iterable<FiledRun>;
  /** The same, each as it stands in a file of JSON. */
  readonly runLines: Iterable<string>;
  /** The numbers of the messages of the branch that is shown, from the first on. */
  readonly shown: readonly number[];
}

/** These conversations, or all that are in no trash, the last used first. */
export function transcriptIds(db: ReadDb, ids: readonly ConversationId[] | null): number[] {
  const those = ids === null ? 'deleted_at IS NULL' : 'id IN (SELECT value FROM json_each(?))';
  return statement<{ id: number }>(
    db,
    `SELECT id FROM conversation WHERE ${those} ORDER BY updated_at DESC, id DESC`,
  )
    .all(...(ids === null ? [] : [JSON.stringify(ids)]))
    .map(({ id }) => id);
}

interface HeadRow extends Omit<FiledHead, 'demo' | 'tags' | 'leaf'> {
  readonly demo: number;
  readonly tags: string;
  readonly leaf_id: number | null;
}

interface MessageRow {
  readonly id: number;
  readonly parent_id: number | null;
  readonly role: FiledMessage['role'];
  readonly created_at: number;
  readonly run_id: number | null;
}

interface PartRow extends Pick<FiledPart, 'kind' | 'text' | 'name'> {
  readonly message_id: number;
  readonly file_name: string | null;
  readonly media_type: string | null;
  readonly sha256: string | null;
}

/** All that a conversation is; null where it is gone. Nothing may be written by the same connection meanwhile. */
export function transcriptOf(db: ReadDb, id: number): Transcript | null {
  const row = statement<HeadRow>(
    db,
    `SELECT conversation.uid, title, title_source AS titleSource, conversation.created_at AS createdAt,
       updated_at AS updatedAt, pinned_at AS pinnedAt, archived_at AS archivedAt,
       conversation.deleted_at AS deletedAt, conversation.is_demo AS demo, connection.name AS connection,
       conversation.model, preset.name AS preset, conversation.settings, active_leaf_id AS leaf_id,
       coalesce((SELECT text FROM draft WHERE conversation_id = conversation.id), '') AS draft,
       (SELECT json_group_array(name ORDER BY name) FROM conversation_tag
         WHERE conversation_id = conversation.id) AS tags
     FROM conversation LEFT JOIN connection ON connection.id = connection_id
       LEFT JOIN preset ON preset.id = preset_id
     WHERE conversation.id = CAST(? AS INTEGER)`,
  ).get(id);
  if (!row) return null;
  const rows = statement<MessageRow>(
    db,
    `SELECT id, parent_id, role, created_at, run_id FROM message
     WHERE conversation_id = CAST(? AS INTEGER) AND deleted_at IS NULL ORDER BY id`,
  ).all(id);
  const numbers = new Map(rows.map((message, at) => [message.id, at + 1]));
  const numberOf = (message: number | null) =>
    message === null ? null : (numbers.get(message) ?? null);
  const { demo, tags, leaf_id: leaf, ...head } = row;
  const runs = statement<RunLine>(db, RUN_LINES).all(id);
  const own = new Map(runs.map(({ id: run, uid }) => [run, uid]));
  // What was forked names requests of the conversation that it was forked from.
  const other = statement<{ uid: string }>(db, 'SELECT uid FROM run WHERE id = ?');
  const uidOf = (run: number | null) =>
    run === null ? null : (own.get(run) ?? other.get(run)?.uid ?? null);
  const runLines = () => linesOf(runs, numberOf);
  return {
    head: { ...head, demo: demo === 1, tags: tagsIn(tags), leaf: numberOf(leaf) },
    size: rows.length,
    messages: storedMessages(db, rows, numberOf, uidOf),
    runs: mapped(runLines(), (line) => filedRun.parse(JSON.parse(line))),
    runLines: runLines(),
    shown: branch(rows, leaf).flatMap((message) => numberOf(message) ?? []),
  };
}

function tagsIn(json: string): string[] {
  const parsed: unknown = JSON.parse(json);
  return Array.isArray(parsed) ? parsed.map(String) : [];
}

function branch(rows: readonly MessageRow[], leaf: number | null): number[] {
  const parents = new Map(rows.map((row) => [row.id, row.parent_id]));
  const path: number[] = [];
  for (let at = leaf; at !== null && parents.has(at); at = parents.get(at) ?? null) path.push(at);
  return path.reverse();
}

/** So many messages are read at once. */
const TOGETHER = 100;

function* storedMessages(
  db: ReadDb,
  rows: readonly MessageRow[],
  numberOf: (message: number | null) => number | null,
  uidOf: (run: number | null) => string | null,
): Generator<StoredMessage> {
  const parts = statement<PartRow>(
    db,
    `SELECT message_id, kind, text, part.name, attachment.name AS file_name, media_type, sha256
     FROM json_each(?) AS wanted CROSS JOIN part ON part.message_id = wanted.value
       LEFT JOIN attachment ON attachment.id = attachment_id
     ORDER BY message_id, position`,
  );
  for (let first = 0; first < rows.length; first += TOGETHER) {
    const those = rows.slice(first, first + TOGETHER);
    const found = parts.all(JSON.stringify(those.map(({ id }) => id)));
    let next = 0;
    for (const { id, parent_id: parent, role, created_at: createdAt, run_id } of those) {
      const own: StoredPart[] = [];
      for (; found[next]?.message_id === id; next += 1) {
        const part = found[next];
        if (part) own.push(partOf(part));
      }
      yield {
        id: numberOf(id) ?? 0,
        parent: numberOf(parent),
        role,
        createdAt,
        run: uidOf(run_id),
        parts: own,
      };
    }
  }
}

function partOf({ kind, text, name, file_name, media_type, sha256 }: PartRow): StoredPart {
  const image =
    sha256 === null ? null : { name: file_name ?? '', mediaType: media_type ?? '', sha256 };
  return { kind, text, name, image };
}

/** SQLite writes the JSON: as an object of so many fields a row takes three times as long. */
const RUN_LINES = `SELECT id, uid, message_id, json_object(${Object.entries(FILED_RUN_COLUMNS)
  .map(([key, column]) => `'${key}', ${jsonOf(column)}`)
  .join(', ')}) AS rest FROM run WHERE conversation_id = CAST(? AS INTEGER) ORDER BY id`;

function jsonOf(column: string): string {
  if (column === 'is_demo' || column === 'over_budget')
    return `json(iif(${column}, 'true', 'false'))`;
  return column.endsWith('_nanousd') ? `CAST(${column} AS TEXT)` : column;
}

interface RunLine {
  readonly id: number;
  readonly uid: string;
  readonly message_id: number | null;
  readonly rest: string;
}

function* linesOf(
  runs: readonly RunLine[],
  numberOf: (message: number | null) => number | null,
): Generator<string> {
  for (const { uid, message_id, rest } of runs) {
    yield `{"uid":${JSON.stringify(uid)},"message":${numberOf(message_id)},${rest.slice(1)}`;
  }
}

function* mapped<From, To>(items: Iterable<From>, made: (item: From) => To): Generator<To> {
  for (const item of items) yield made(item);
}
