import type { ReadDb, WriteDb } from '../connection';
import { StoreError } from '../errors';
import { statement } from '../statement';
import { SAMPLE_PRESETS_KEY } from './demo-samples';
import { forgetAttachments } from './purge';
import { countRun, endedRuns } from './usage';
import { UsageChange } from './usage-sums';

/** Conversations of the demo. One in which real money was spent as well is not: it stays. */
const CONVERSATIONS = `SELECT id FROM conversation WHERE is_demo = 1 AND NOT EXISTS
  (SELECT 1 FROM run WHERE run.conversation_id = conversation.id AND run.is_demo = 0)`;

const MESSAGES =
  'SELECT id FROM message WHERE conversation_id IN (SELECT id FROM gone.conversation)';
const CONNECTIONS = 'SELECT id FROM connection WHERE is_demo = 1';

/** Presets that came with the samples, as far as nobody has made them their own. */
const PRESETS = `SELECT preset.id FROM preset
  JOIN json_each((SELECT value FROM setting WHERE key = '${SAMPLE_PRESETS_KEY}')) AS made
    ON preset.id = made.value ->> 'id' AND preset.name = made.value ->> 'name'
    AND preset.content = made.value ->> 'content'
  WHERE is_default = 0
    AND NOT EXISTS (SELECT 1 FROM run WHERE preset_id = preset.id AND is_demo = 0)
    AND NOT EXISTS (SELECT 1 FROM conversation WHERE preset_id = preset.id
      AND id NOT IN (SELECT id FROM gone.conversation))`;

/** What belongs to the demo, table by table, in an order in which each finds what it is chosen by. */
const PARTS: readonly (readonly [table: string, which: string])[] = [
  ['conversation', `id IN (${CONVERSATIONS})`],
  ['conversation_tag', 'conversation_id IN (SELECT id FROM gone.conversation)'],
  ['draft', 'conversation_id IN (SELECT id FROM gone.conversation)'],
  ['message', `id IN (${MESSAGES})`],
  ['part', `message_id IN (${MESSAGES})`],
  ['run', 'is_demo = 1'],
  ['connection', `id IN (${CONNECTIONS})`],
  ['model', `connection_id IN (${CONNECTIONS})`],
  ['favourite_model', `connection_id IN (${CONNECTIONS})`],
  ['billing_import', `connection_id IN (${CONNECTIONS})`],
  ['billing_record', `connection_id IN (${CONNECTIONS})`],
  ['preset', `id IN (${PRESETS})`],
  ['setting', `key = '${SAMPLE_PRESETS_KEY}'`],
];

/** What stays and has to do with the demo: the conversation, and the answer to a request of it. */
const TOUCHED = `SELECT id, is_demo, connection_id FROM conversation
  WHERE id NOT IN (SELECT id FROM gone.conversation) AND (connection_id IN (${CONNECTIONS})
    OR EXISTS (SELECT 1 FROM run WHERE run.conversation_id = conversation.id AND run.is_demo = 1))`;
const ANSWERS = `SELECT message.id, run_id FROM message JOIN run ON run.id = message.run_id
  WHERE run.is_demo = 1 AND message.conversation_id NOT IN (SELECT id FROM gone.conversation)`;

/**
 * Removes the demo: its connection, conversations, presets, and, unlike anything else that is deleted,
 * its rows of the ledger, which never were money. What is real stays as it is; a conversation that has
 * both loses the demo's part of its bill. All is kept in memory, for `restoreDemo`, until the app ends.
 * Returns the attachments that its messages had. Throws `conflict` while an answer of it is on its way.
 */
export function removeDemo(db: WriteDb): number[] {
  keepInMemory(db);
  return db
    .transaction(() => {
      if (statement(db, "SELECT 1 FROM run WHERE state = 'running' AND is_demo = 1").get()) {
        throw new StoreError('conflict', 'an answer of the demo is on its way');
      }
      forgetKept(db);
      for (const [table, which] of PARTS) {
        keep(db, table, `SELECT ${columnsOf(db, table)} FROM main.${table} WHERE ${which}`);
      }
      keep(db, 'touched', TOUCHED);
      keep(db, 'answer', ANSWERS);
      const files = db
        .prepare<[], { id: number }>(
          'SELECT DISTINCT attachment_id AS id FROM gone.part WHERE attachment_id IS NOT NULL',
        )
        .all();
      deleteKept(db);
      db.exec('UPDATE conversation SET is_demo = 0 WHERE id IN (SELECT id FROM gone.touched)');
      recount(db);
      return files.map(({ id }) => id);
    })
    .immediate();
}

/**
 * Brings back what `removeDemo` took, under the same ids. Throws `not_found` when nothing is kept any
 * more and `conflict` when there is a new demo.
 */
export function restoreDemo(db: WriteDb): void {
  keepInMemory(db);
  db.transaction(() => {
    if (!isKept(db)) throw new StoreError('not_found', 'there is no demo to bring back');
    if (db.prepare(CONNECTIONS).get()) {
      throw new StoreError('conflict', 'there is a new demo');
    }
    // Conversations, messages and runs name each other.
    db.pragma('defer_foreign_keys = ON');
    for (const [table] of PARTS) {
      const columns = columnsOf(db, table);
      db.exec(`INSERT INTO main.${table} (${columns}) SELECT ${columns} FROM gone.${table}`);
    }
    db.exec(`
      INSERT INTO message_fts (rowid, text) SELECT id, text FROM message_text
        WHERE id IN (SELECT id FROM gone.message);
      UPDATE message SET run_id = answer.run_id FROM gone.answer AS answer
        WHERE answer.id = message.id AND message.run_id IS NULL;
      UPDATE conversation SET is_demo = touched.is_demo,
        connection_id = coalesce(conversation.connection_id, touched.connection_id)
        FROM gone.touched AS touched WHERE touched.id = conversation.id;`);
    recount(db);
    const runs = db.prepare<[], { id: number }>('SELECT id FROM gone.run').all();
    const change = new UsageChange();
    const ids = runs.map(({ id }) => id);
    for (const run of endedRuns(db, ids)) countRun(change, run, 1);
    change.write(db);
    forgetKept(db);
  }).immediate();
}

/** Gives up what `removeDemo` kept. Returns the hashes of those of its attachments that nothing has then. */
export function forgetDemo(db: WriteDb, files: readonly number[]): string[] {
  keepInMemory(db);
  return db
    .transaction(() => {
      forgetKept(db);
      return forgetAttachments(db, files);
    })
    .immediate();
}

/** Beside the file, so that what was removed is on no disk; it can only be attached between transactions. */
function keepInMemory(db: WriteDb): void {
  const databases = db.prepare<[], { name: string }>('SELECT name FROM pragma_database_list').all();
  if (!databases.some(({ name }) => name === 'gone')) db.exec("ATTACH ':memory:' AS gone");
}

function keep(db: WriteDb, name: string, rows: string): void {
  db.exec(`CREATE TABLE gone.${name} AS ${rows}`);
}

function isKept(db: ReadDb): boolean {
  return keptTables(db).length > 0;
}

function forgetKept(db: WriteDb): void {
  for (const name of keptTables(db)) db.exec(`DROP TABLE gone.${name}`);
}

function keptTables(db: ReadDb): string[] {
  return db
    .prepare<[], { name: string }>("SELECT name FROM gone.sqlite_schema WHERE type = 'table'")
    .all()
    .map(({ name }) => name);
}

/** The columns of a table that can be written. */
function columnsOf(db: ReadDb, table: string): string {
  return statement<{ name: string }>(
    db,
    'SELECT name FROM pragma_table_xinfo(?) WHERE hidden = 0 ORDER BY cid',
  )
    .all(table)
    .map(({ name }) => name)
    .join(', ');
}

/** Takes away what is kept. */
function deleteKept(db: WriteDb): void {
  db.exec(`
    -- While the texts are still there: the index has to be told what it was made of.
    INSERT INTO message_fts (message_fts, rowid, text) SELECT 'delete', id, text FROM message_text
      WHERE id IN (SELECT id FROM gone.message);
    DELETE FROM usage_day WHERE is_demo = 1;
    DELETE FROM usage_group WHERE is_demo = 1;
    DELETE FROM run WHERE id IN (SELECT id FROM gone.run);
    -- A branch is deeper than a chain of deletions may be, so it is taken apart first.
    UPDATE conversation SET active_leaf_id = NULL WHERE id IN (SELECT id FROM gone.conversation);
    UPDATE message SET parent_id = NULL WHERE id IN (SELECT id FROM gone.message);
    DELETE FROM message WHERE id IN (SELECT id FROM gone.message);
    DELETE FROM draft WHERE conversation_id IN (SELECT id FROM gone.conversation);
    DELETE FROM conversation WHERE id IN (SELECT id FROM gone.conversation);
    DELETE FROM preset WHERE id IN (SELECT id FROM gone.preset);
    DELETE FROM connection WHERE id IN (SELECT id FROM gone.connection);
    DELETE FROM setting WHERE key IN (SELECT key FROM gone.setting);`);
}

/** Adds up what conversations have cost that had to do with the demo, from the rows they have now. */
function recount(db: WriteDb): void {
  db.exec(`
    UPDATE conversation SET (runs, running, unknown_runs, cost_nanousd, estimated_nanousd) = (
      SELECT count(*), count(*) FILTER (WHERE state = 'running'),
        count(*) FILTER (WHERE state <> 'running' AND cost_nanousd IS NULL),
        coalesce(sum(cost_nanousd) FILTER (WHERE cost_source <> 'estimated'), 0),
        coalesce(sum(cost_nanousd) FILTER (WHERE cost_source = 'estimated'), 0)
      FROM run WHERE run.conversation_id = conversation.id)
    WHERE id IN (SELECT id FROM gone.touched)`);
}
