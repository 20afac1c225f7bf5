import type { KnownChoice } from '../../../shared/contract/import';
import { type ConversationId, conversationId } from '../../../shared/ids';
import type { ReadDb, WriteDb } from '../connection';
import { StoreError } from '../errors';
import { statement } from '../statement';
import { saveDraft, withOwnImages } from './drafts';
import { FILED_RUN_COLUMNS } from './filed-run-columns';
import { markReplaced } from './replaced';
import { tagKey } from './tags';
import { countRun, endedRuns } from './usage';
import { UsageChange } from './usage-sums';

/**
 * What `deleted_at` of a conversation says while it is being brought: the shelf `import`, which no list shows
 * (migration 130).
 */
const ON_ITS_WAY = 9_000_000_000_000_000;

/** The same of one that nobody brings any more: it is to be deleted. */
export const GIVEN_UP = ON_ITS_WAY + 1;

/** What gives one up. Another import may bring it again before it is deleted, so it loses its name. */
export const GIVING_UP = `deleted_at = ${GIVEN_UP}, uid = lower(hex(randomblob(16)))`;

/** Where the rows of an import stand in the store: each is so much higher than in the staged file. */
export interface ImportPlace {
  readonly conversations: number;
  readonly conversationCount: number;
  readonly messages: number;
  readonly messageCount: number;
  readonly runs: number;
  readonly runCount: number;
}

export interface ImportBegun extends ImportPlace {
  /** What will come. */
  readonly taken: { readonly conversations: number; readonly messages: number };
}

/** Whether a conversation is here, also in the trash. */
export function hasConversation(db: ReadDb, uid: string): boolean {
  return statement(db, 'SELECT 1 FROM conversation WHERE uid = ?').get(uid) !== undefined;
}

/**
 * Begins to bring what a staged file has: the conversations, which nobody sees before `finishImport`, and
 * the images that they name. Answers are saved between this and the other steps.
 */
export function beginImport(
  db: WriteDb,
  path: string,
  known: KnownChoice,
  at: number,
): ImportBegun {
  detach(db);
  db.prepare('ATTACH ? AS staged').run(path);
  return db
    .transaction((): ImportBegun => {
      db.exec(`UPDATE staged.conversation SET known =
        EXISTS (SELECT 1 FROM main.conversation AS here WHERE here.uid = staged.conversation.uid)`);
      statement(db, 'UPDATE staged.conversation SET taken = (known = 0 OR ?)').run(
        known === 'again' ? 1 : 0,
      );
      const [conversationCount, conversations] = reserve(db, 'conversation', 'number');
      const [messageCount, messages] = reserve(db, 'message', 'place');
      const [runCount, runs] = reserve(db, 'run', 'number');
      insertNames(db, at);
      // The first of the file was used last: of two that were used in one moment it gets the higher id.
      statement(
        db,
        `INSERT INTO main.conversation (id, uid, title, title_source, connection_id, preset_id, model,
           settings, is_demo, created_at, updated_at, pinned_at, archived_at, deleted_at)
         SELECT ? + 1 - number, iif(known, lower(hex(randomblob(16))), uid), title, title_source,
           (SELECT id FROM main.connection AS one WHERE one.name = come.connection
             ORDER BY one.deleted_at IS NOT NULL, one.id LIMIT 1),
           (SELECT id FROM main.preset AS one WHERE one.name = come.preset
             ORDER BY one.deleted_at IS NOT NULL, one.id LIMIT 1),
           model, settings, is_demo, created_at, updated_at, pinned_at, archived_at, ?
         FROM staged.conversation AS come WHERE taken ORDER BY number DESC`,
      ).run(conversations + conversationCount, ON_ITS_WAY);
      statement(
        db,
        `INSERT INTO main.attachment (sha256, name, media_type, bytes, created_at)
         SELECT sha256, name, media_type, bytes, ? FROM staged.image AS image
         WHERE EXISTS (SELECT 1 FROM staged.part AS part
           JOIN staged.message AS said ON said.arrival = part.arrival
           JOIN staged.conversation AS come ON come.number = said.conversation AND come.taken
           WHERE part.sha256 = image.sha256)
         ON CONFLICT DO NOTHING`,
      ).run(at);
      const taken = statement<ImportBegun['taken']>(
        db,
        `SELECT count(*) AS conversations, coalesce(sum(messages), 0) AS messages
         FROM staged.conversation WHERE taken`,
      ).get();
      return {
        conversations,
        conversationCount,
        messages,
        messageCount,
        runs,
        runCount,
        taken: taken ?? { conversations: 0, messages: 0 },
      };
    })
    .immediate();
}

/** Keeps ids for the rows of a table; how many, and what they come after. */
function reserve(
  db: WriteDb,
  table: 'conversation' | 'message' | 'run',
  number: 'number' | 'place',
): [count: number, after: number] {
  const { count = 0 } =
    statement<{ count: number }>(
      db,
      `SELECT coalesce(max(${number}), 0) AS count FROM staged.${table}`,
    ).get() ?? {};
  statement(
    db,
    `INSERT INTO main.sqlite_sequence (name, seq) SELECT ?, 0
     WHERE NOT EXISTS (SELECT 1 FROM main.sqlite_sequence WHERE name = ?)`,
  ).run(table, table);
  const kept = statement<{ seq: number }>(
    db,
    'UPDATE main.sqlite_sequence SET seq = seq + ? WHERE name = ? RETURNING seq',
  ).get(count, table);
  if (!kept) throw new StoreError('logic', `${table} has no sequence`);
  return [count, kept.seq - count];
}

/** A connection or a preset that is not here any more, so that the conversation can name it. */
function insertNames(db: WriteDb, at: number): void {
  statement(
    db,
    `INSERT INTO main.connection (name, profile, base_url, created_at, deleted_at)
     SELECT connection, coalesce(max(profile), 'other'), coalesce(max(base_url), ''), ?, ?
     FROM staged.conversation WHERE taken AND connection IS NOT NULL
       AND connection NOT IN (SELECT name FROM main.connection) GROUP BY connection`,
  ).run(at, at);
  statement(
    db,
    `INSERT INTO main.preset (name, content, created_at, deleted_at)
     SELECT DISTINCT preset, '{}', ?, ? FROM staged.conversation
     WHERE taken AND preset IS NOT NULL AND preset NOT IN (SELECT name FROM main.preset)`,
  ).run(at, at);
}

/** So much text is written at once: what else is to be saved waits no longer than that takes. */
const CHARACTERS_AT_ONCE = 128_000;
const MESSAGES_AT_ONCE = 200;

/** Brings messages from a place on. Returns the place after the last of them, null when there are no more. */
export function importMessages(
  db: WriteDb,
  { conversations, conversationCount, messages }: ImportPlace,
  from: number,
): number | null {
  const to = endOfBatch(db, from);
  if (to === null) return null;
  // In this order: each is found by what stands before it, however large the file is.
  const those = `FROM staged.message AS said CROSS JOIN staged.conversation AS come
    ON come.number = said.conversation AND come.taken WHERE said.place BETWEEN ? AND ?`;
  db.transaction(() => {
    statement(
      db,
      `INSERT INTO main.message (id, conversation_id, parent_id, role, created_at)
       SELECT ? + said.place, ? + 1 - said.conversation, ? + said.parent, said.role, said.created_at
       ${those} ORDER BY said.place`,
    ).run(messages, conversations + conversationCount, messages, from, to);
    statement(
      db,
      `INSERT INTO main.part (message_id, position, kind, text, name, attachment_id)
       SELECT ? + place, part.position, part.kind, part.text, part.name,
         (SELECT id FROM main.attachment AS file WHERE file.sha256 = part.sha256)
       FROM (SELECT said.place, said.arrival ${those}) AS said
         CROSS JOIN staged.part AS part ON part.arrival = said.arrival`,
    ).run(messages, from, to);
    statement(
      db,
      `INSERT INTO message_fts (rowid, text) SELECT id, text FROM message_text
       WHERE id BETWEEN ? AND ?`,
    ).run(messages + from, messages + to);
  }).immediate();
  return to + 1;
}

function endOfBatch(db: ReadDb, from: number): number | null {
  const rows = statement<{ place: number; size: number }>(
    db,
    'SELECT place, size FROM staged.message WHERE place >= ? ORDER BY place LIMIT ?',
  ).all(from, MESSAGES_AT_ONCE);
  let characters = 0;
  for (const { place, size } of rows) {
    characters += size;
    if (characters >= CHARACTERS_AT_ONCE) return place;
  }
  return rows.at(-1)?.place ?? null;
}

/** Columns that are never null. */
const COUNTED_FROM_0: ReadonlySet<string> = new Set(['sent_characters', 'received_characters']);

/** Where the values of a request's row come from: its JSON in `body`. */
const RUN_VALUES = Object.entries(FILED_RUN_COLUMNS).map(([key, column]) => {
  const value = `body ->> '${key}'`;
  if (column.endsWith('_nanousd')) return [column, `CAST(${value} AS INTEGER)`] as const;
  return [column, COUNTED_FROM_0.has(column) ? `coalesce(${value}, 0)` : value] as const;
});

/** So many rows of the ledger are added up at once. */
const RUNS_AT_ONCE = 500;

/**
 * Ends an import: brings its rows of the ledger with what they add to the sums, and shows the
 * conversations, all in one transaction. A row that the ledger has already stays as it is and counts once;
 * one that had lost its conversation finds it again. `at` in ms since 1970.
 */
export function finishImport(db: WriteDb, place: ImportPlace, at: number): void {
  db.transaction(() => {
    const found = findAgain(db, place);
    insertRuns(db, place);
    showImported(db, place, at);
    // Only now is it known under which tags they count.
    countImported(db, place, found);
  }).immediate();
  detach(db);
}

function insertRuns(db: WriteDb, place: ImportPlace): void {
  const { conversations, conversationCount, messages, runs } = place;
  const top = conversations + conversationCount;
  statement(
    db,
    `INSERT INTO main.run (id, uid, conversation_id, message_id, connection_id, preset_id,
       conversation_title, waste, ${RUN_VALUES.map(([column]) => column).join(', ')})
     SELECT ? + run.number, run.uid, ? + 1 - run.conversation, ? + run.place,
       (SELECT id FROM main.connection AS one WHERE one.name = body ->> 'connection'
         AND one.base_url = body ->> 'baseUrl' ORDER BY one.deleted_at IS NOT NULL, one.id LIMIT 1),
       (SELECT id FROM main.preset AS one WHERE one.name = body ->> 'preset'
         ORDER BY one.deleted_at IS NOT NULL, one.id LIMIT 1),
       come.title, CASE body ->> 'state' WHEN 'failed' THEN 'failed' WHEN 'incomplete' THEN 'failed'
         WHEN 'stopped' THEN 'stopped' END, ${RUN_VALUES.map(([, value]) => value).join(', ')}
     FROM staged.run AS run JOIN staged.conversation AS come ON come.number = run.conversation
     WHERE come.taken ORDER BY run.number ON CONFLICT (uid) DO NOTHING`,
  ).run(runs, top, messages);
  statement(
    db,
    `UPDATE main.message SET run_id = here.id
     FROM staged.message AS said JOIN staged.conversation AS come
       ON come.number = said.conversation AND come.taken JOIN main.run AS here ON here.uid = said.run
     WHERE main.message.id = ? + said.place`,
  ).run(messages);
}

/** Rows of the ledger whose conversation was deleted for good have it again. They are to be counted anew. */
function findAgain(
  db: WriteDb,
  { conversations, conversationCount, messages }: ImportPlace,
): number[] {
  const found = statement<{ id: number; conversation: number; message: number | null }>(
    db,
    `SELECT here.id, ? + 1 - run.conversation AS conversation, ? + run.place AS message
     FROM staged.run AS run JOIN staged.conversation AS come ON come.number = run.conversation
       JOIN main.run AS here ON here.uid = run.uid
     WHERE come.taken AND here.conversation_id IS NULL AND here.state <> 'running'`,
  ).all(conversations + conversationCount, messages);
  // The day stays; naming it has budgets count the row anew, now in the one of its conversation too.
  const move = statement(
    db,
    `UPDATE run SET conversation_id = ?, message_id = ?, day = day,
       waste = CASE WHEN state = 'complete' THEN NULL WHEN state = 'stopped' THEN 'stopped' ELSE 'failed' END
     WHERE id = ?`,
  );
  const change = new UsageChange();
  const ids = found.map(({ id }) => id);
  for (const run of endedRuns(db, ids)) countRun(change, run, -1);
  change.write(db);
  for (const { id, conversation, message } of found) move.run(conversation, message, id);
  return ids;
}

function showImported(db: WriteDb, place: ImportPlace, at: number): void {
  const { conversations, conversationCount, messages } = place;
  const top = conversations + conversationCount;
  const tags = statement<{ id: number; tags: string }>(
    db,
    "SELECT ? + 1 - number AS id, tags FROM staged.conversation WHERE taken AND tags <> '[]'",
  ).all(top);
  const tag = statement(
    db,
    `INSERT INTO conversation_tag (conversation_id, key, name)
     VALUES (?, ?, coalesce((SELECT name FROM conversation_tag WHERE key = ? LIMIT 1), ?))
     ON CONFLICT DO NOTHING`,
  );
  for (const { id, tags: names } of tags) {
    const parsed: unknown = JSON.parse(names);
    for (const name of Array.isArray(parsed) ? parsed.map(String) : []) {
      tag.run(id, tagKey(name), tagKey(name), name);
    }
  }
  const drafts = statement<{ id: number }>(
    db,
    "SELECT ? + 1 - number AS id FROM staged.conversation WHERE taken AND draft <> ''",
  ).all(top);
  // One at a time: a draft may be large.
  const draftOf = statement<{ draft: string }>(
    db,
    'SELECT draft FROM staged.conversation WHERE number = ? + 1 - ?',
  );
  for (const { id } of drafts) {
    const draft = draftOf.get(top, id)?.draft ?? '';
    saveDraft(db, conversationId.parse(id), withOwnImages(db, draft), at);
  }
  statement(
    db,
    `UPDATE main.conversation SET active_leaf_id = ? + come.leaf, deleted_at = come.deleted_at
     FROM staged.conversation AS come WHERE come.taken AND main.conversation.id = ? + 1 - come.number`,
  ).run(messages, top);
  const costs = statement(
    db,
    `UPDATE conversation SET (runs, unknown_runs, cost_nanousd, estimated_nanousd) = (
       SELECT count(*), count(*) FILTER (WHERE cost_nanousd IS NULL),
         coalesce(sum(cost_nanousd) FILTER (WHERE cost_source <> 'estimated'), 0),
         coalesce(sum(cost_nanousd) FILTER (WHERE cost_source = 'estimated'), 0)
       FROM run WHERE run.conversation_id = conversation.id)
     WHERE id IN (SELECT ? + 1 - run.conversation FROM staged.run AS run
       JOIN staged.conversation AS come ON come.number = run.conversation WHERE come.taken)`,
  );
  costs.run(top);
}

/** Adds the rows that came to the sums, and marks those whose answers were replaced. */
function countImported(
  db: WriteDb,
  { conversations, conversationCount, runs, runCount }: ImportPlace,
  found: readonly number[],
): void {
  const change = new UsageChange();
  for (const ids of batches([...found, ...runsIn(db, runs, runCount)])) {
    for (const run of endedRuns(db, ids)) countRun(change, run, 1);
  }
  change.write(db);
  const several = statement<{ id: ConversationId }>(
    db,
    `SELECT DISTINCT message.conversation_id AS id FROM message JOIN message AS other
       ON other.conversation_id = message.conversation_id AND other.parent_id = message.parent_id
       AND other.id > message.id AND other.run_id IS NOT NULL
     WHERE message.run_id IS NOT NULL AND message.conversation_id BETWEEN ? AND ?`,
  ).all(conversations + 1, conversations + conversationCount);
  for (const { id } of several) markReplaced(db, id);
}

/** The rows of the ledger that came. */
function runsIn(db: ReadDb, after: number, count: number): number[] {
  return statement<{ id: number }>(db, 'SELECT id FROM run WHERE id BETWEEN ? AND ?')
    .all(after + 1, after + count)
    .map(({ id }) => id);
}

export function batches(ids: readonly number[]): number[][] {
  const found: number[][] = [];
  for (let at = 0; at < ids.length; at += RUNS_AT_ONCE)
    found.push(ids.slice(at, at + RUNS_AT_ONCE));
  return found;
}

/** Lets go of the staged file, and gives up what was brought of any before its end. */
export function leaveImport(db: WriteDb): void {
  detach(db);
  statement(
    db,
    `UPDATE conversation SET ${GIVING_UP} WHERE shelf = 'import' AND deleted_at < ${GIVEN_UP}`,
  ).run();
}

function detach(db: WriteDb): void {
  const databases = db.prepare<[], { name: string }>('SELECT name FROM pragma_database_list').all();
  if (databases.some(({ name }) => name === 'staged')) db.exec('DETACH staged');
}
