import { randomUUID } from 'node:crypto';
import type Database from 'better-sqlite3';

/**
 * Makes what was saved refer to nothing that was not. Messages and their texts are given a place to stand
 * in where theirs is lost; anything else loses the reference, or goes when it is nothing without it. The
 * schema may be any version's.
 */
export function mendReferences(db: Database.Database): void {
  replaceMessages(db);
  replaceConversations(db);
  joinBranches(db);
  letGo(db);
}

/** A text whose message is lost gets another: in the conversation of its run, or in one of its own. */
function replaceMessages(db: Database.Database): void {
  const lost = db
    .prepare<[], { id: bigint; run: bigint | null; conversation: bigint | null; at: bigint }>(
      `SELECT gone.id, run.id AS run, run.conversation_id AS conversation,
         coalesce(run.started_at, (SELECT max(created_at) FROM message WHERE id < gone.id), 0) AS at
       FROM (SELECT DISTINCT message_id AS id FROM part
         WHERE message_id NOT IN (SELECT id FROM message)) AS gone
       LEFT JOIN run ON run.id = (SELECT max(id) FROM run WHERE message_id = gone.id)`,
    )
    .safeIntegers()
    .all();
  if (lost.length === 0) return;
  const own = db
    .prepare<[], bigint>(
      `SELECT max(coalesce((SELECT max(id) FROM conversation), 0),
         coalesce((SELECT max(conversation_id) FROM message), 0),
         coalesce((SELECT max(conversation_id) FROM run), 0)) + 1`,
    )
    .pluck()
    .safeIntegers()
    .get();
  const insert = db.prepare(
    `INSERT INTO message (id, conversation_id, role, run_id, created_at) VALUES (?, ?, ?, ?, ?)`,
  );
  for (const { id, run, conversation, at } of lost) {
    insert.run(id, conversation ?? own, run === null ? 'user' : 'assistant', run, at);
  }
}

/** Messages whose conversation is lost get one that is called as the ledger does, or as it begins. */
function replaceConversations(db: Database.Database): void {
  const lost = db
    .prepare<[], { id: bigint; title: string; first: bigint; last: bigint }>(
      `SELECT id, first, last, coalesce(
           (SELECT conversation_title FROM run WHERE conversation_id = gone.id ORDER BY id DESC LIMIT 1),
           (SELECT substr(replace(text, char(10), ' '), 1, 60) FROM part
            WHERE message_id = gone.message_id AND kind = 'text' ORDER BY position LIMIT 1),
           '…') AS title
       FROM (SELECT conversation_id AS id, min(id) AS message_id, min(created_at) AS first,
           max(created_at) AS last FROM message
         WHERE conversation_id NOT IN (SELECT id FROM conversation) GROUP BY conversation_id) AS gone`,
    )
    .safeIntegers()
    .all();
  const insert = db.prepare(
    `INSERT INTO conversation (id, uid, title, created_at, updated_at, runs, unknown_runs, cost_nanousd,
       estimated_nanousd)
     SELECT ?, ?, ?, ?, ?, count(*), count(*) FILTER (WHERE cost_source = 'unknown' AND state <> 'running'),
       coalesce(sum(cost_nanousd) FILTER (WHERE cost_source <> 'estimated'), 0),
       coalesce(sum(cost_nanousd) FILTER (WHERE cost_source = 'estimated'), 0)
     FROM run WHERE conversation_id = ?`,
  );
  for (const { id, title, first, last } of lost) {
    insert.run(id, randomUUID(), title, first, last, id);
  }
}

/** A message whose question is lost follows what was said before it in the same conversation. */
function joinBranches(db: Database.Database): void {
  db.exec(`
    UPDATE message SET parent_id = (SELECT max(id) FROM message AS earlier
        WHERE earlier.conversation_id = message.conversation_id AND earlier.id < message.id)
      WHERE parent_id NOT IN (SELECT id FROM message) OR parent_id >= id;
    UPDATE conversation SET active_leaf_id = (SELECT max(id) FROM message
        WHERE conversation_id = conversation.id AND deleted_at IS NULL)
      WHERE active_leaf_id IS NULL OR active_leaf_id NOT IN
        (SELECT id FROM message WHERE conversation_id = conversation.id);
    UPDATE conversation SET running = (SELECT count(*) FROM run
        WHERE conversation_id = conversation.id AND state = 'running')
      WHERE running <> 0 OR id IN (SELECT conversation_id FROM run WHERE state = 'running');
  `);
}

interface Violation {
  readonly table: string;
  readonly rowid: bigint | null;
  readonly parent: string;
  readonly fkid: bigint;
}

interface Reference {
  readonly id: number;
  readonly from: string;
  readonly to: string | null;
}

/** Whatever else refers to something that is lost. One that goes may take others with it. */
function letGo(db: Database.Database): void {
  for (;;) {
    const broken = db
      .prepare<[], Violation>(
        `SELECT DISTINCT "table", parent, fkid, NULL AS rowid FROM pragma_foreign_key_check`,
      )
      .safeIntegers()
      .all();
    if (broken.length === 0) return;
    for (const { table, parent, fkid } of broken) {
      const reference = db
        .prepare<[string], Reference>('SELECT id, "from", "to" FROM pragma_foreign_key_list(?)')
        .all(table)
        .find(({ id }) => BigInt(id) === fkid);
      if (!reference) return;
      const { from, to } = reference;
      const isNeeded =
        db
          .prepare('SELECT "notnull" FROM pragma_table_info(?) WHERE name = ?')
          .pluck()
          .get(table, from) === 1;
      const isLost = `"${from}" IS NOT NULL AND "${from}" NOT IN (SELECT "${to ?? 'id'}" FROM "${parent}")`;
      db.exec(
        isNeeded || table === 'telemetry_run'
          ? `DELETE FROM "${table}" WHERE ${isLost}`
          : `UPDATE "${table}" SET "${from}" = NULL WHERE ${isLost}`,
      );
    }
  }
}
