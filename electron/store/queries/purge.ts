import { type ConversationId, conversationId } from '../../../shared/ids';
import type { ReadDb, WriteDb } from '../connection';
import { statement } from '../statement';
import { unsentImages } from './drafts';
import { GIVING_UP } from './imports';
import { countRun, endedRuns } from './usage';
import { UsageChange } from './usage-sums';

/**
 * Deletes conversations for good, all in one transaction, as far as they are in the trash. Their ledger
 * rows stay, with the last title. Returns the hashes of the files that no message has any more.
 */
export function purgeConversations(db: WriteDb, ids: readonly ConversationId[]): string[] {
  const isTrash = statement<{ id: ConversationId }>(
    db,
    'SELECT id FROM conversation WHERE id = ? AND deleted_at IS NOT NULL',
  );
  return db
    .transaction(() => {
      const files = new Set<number>();
      const change = new UsageChange();
      for (const id of ids) {
        if (!isTrash.get(id)) continue;
        for (const file of filesOf(db, id)) files.add(file);
        const runs = runsOf(db, id);
        for (const run of endedRuns(db, runs)) countRun(change, run, -1);
        purge(db, id);
        for (const run of endedRuns(db, runs)) countRun(change, run, 1);
      }
      change.write(db);
      return forgetAttachments(db, [...files]);
    })
    .immediate();
}

/**
 * Puts those of some conversations in the trash that have more than `longest` messages out of sight for good, to
 * be deleted piece by piece: halves must not be brought back. Returns them. `importsOnTheirWay` has them, too.
 */
export function hideLongTrash(
  db: WriteDb,
  ids: readonly ConversationId[],
  longest: number,
): ConversationId[] {
  return statement<{ id: number }>(
    db,
    `UPDATE conversation SET ${GIVING_UP} WHERE id IN (SELECT value FROM json_each(?))
       AND shelf = 'trash' AND EXISTS
         (SELECT 1 FROM message WHERE conversation_id = conversation.id LIMIT 1 OFFSET ?)
     RETURNING id`,
  )
    .all(JSON.stringify(ids), longest)
    .map(({ id }) => conversationId.parse(id));
}

function purge(db: WriteDb, id: ConversationId): void {
  // While the texts are still there: the index has to be told what it was made of.
  statement(
    db,
    `INSERT INTO message_fts (message_fts, rowid, text)
     SELECT 'delete', id, text FROM message_text
     WHERE id IN (SELECT id FROM message WHERE conversation_id = ?)`,
  ).run(id);
  statement(
    db,
    `UPDATE run SET conversation_title = (SELECT title FROM conversation WHERE id = ?),
       waste = CASE WHEN state <> 'running' THEN 'deleted' END
     WHERE conversation_id = ?`,
  ).run(id, id);
  // A branch is deeper than a chain of deletions may be, so it is taken apart first.
  statement(db, 'UPDATE conversation SET active_leaf_id = NULL WHERE id = ?').run(id);
  statement(db, 'UPDATE message SET parent_id = NULL WHERE conversation_id = ?').run(id);
  statement(db, 'DELETE FROM message WHERE conversation_id = ?').run(id);
  statement(db, 'DELETE FROM draft WHERE conversation_id = ?').run(id);
  statement(db, 'DELETE FROM conversation WHERE id = ?').run(id);
}

function runsOf(db: WriteDb, id: ConversationId): number[] {
  return statement<{ id: number }>(db, 'SELECT id FROM run WHERE conversation_id = ?')
    .all(id)
    .map((run) => run.id);
}

function filesOf(db: WriteDb, id: ConversationId): number[] {
  return statement<{ attachment_id: number }>(
    db,
    `SELECT DISTINCT attachment_id FROM message JOIN part ON part.message_id = message.id
     WHERE conversation_id = ? AND attachment_id IS NOT NULL`,
  )
    .all(id)
    .map(({ attachment_id }) => attachment_id);
}

/** Up to `limit` conversations that were put into the trash before a moment (ms since 1970), the oldest first. */
export function trashedBefore(db: ReadDb, at: number, limit: number): ConversationId[] {
  return statement<{ id: number }>(
    db,
    `SELECT id FROM conversation WHERE shelf = 'trash' AND deleted_at < ?
     ORDER BY deleted_at, id LIMIT ?`,
  )
    .all(at, limit)
    .map(({ id }) => conversationId.parse(id));
}

/**
 * Forgets those of some attachments that no message has any more, nor one that is not sent, nor one of an import that
 * is being written or of a demo that may come back; returns the hashes of their files.
 */
export function forgetAttachments(db: WriteDb, files: readonly number[]): string[] {
  const isImporting = statement(db, "SELECT 1 FROM pragma_database_list WHERE name = 'staged'");
  const staged = 'AND sha256 NOT IN (SELECT sha256 FROM staged.image)';
  const mayComeBack = statement(
    db,
    "SELECT 1 FROM pragma_table_list WHERE schema = 'gone' AND name = 'part'",
  );
  const gone = `AND NOT EXISTS (SELECT 1 FROM gone.part WHERE attachment_id = attachment.id)
    AND id NOT IN (${unsentImages('gone.draft')})`;
  return statement<{ sha256: string }>(
    db,
    `DELETE FROM attachment WHERE id IN (SELECT value FROM json_each(?))
       AND NOT EXISTS (SELECT 1 FROM part WHERE attachment_id = attachment.id)
       AND id NOT IN (${unsentImages('draft')})
       ${isImporting.get() ? staged : ''}
       ${mayComeBack.get() ? gone : ''}
     RETURNING sha256`,
  )
    .all(JSON.stringify(files))
    .map(({ sha256 }) => sha256);
}
