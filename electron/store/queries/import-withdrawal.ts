import { type ConversationId, conversationId } from '../../../shared/ids';
import type { ReadDb, WriteDb } from '../connection';
import { statement } from '../statement';
import { batches, GIVEN_UP, GIVING_UP, type ImportPlace } from './imports';
import { deleteForGood } from './message-removal';
import { forgetAttachments } from './purge';
import { ofConversation } from './sum-faults';
import { countRun, endedRuns } from './usage';
import { UsageChange } from './usage-sums';

const CONVERSATIONS_AT_ONCE = 20;

/**
 * Takes an import out of sight again, with its rows of the ledger and what they added to the sums; all but
 * the conversations that have gone on since. Returns how many conversations went. `importsOnTheirWay` has
 * them now, to be deleted.
 */
export function withdrawImport(db: WriteDb, place: ImportPlace): number {
  return db
    .transaction(() => {
      const going = statement<{ id: number }>(
        db,
        `SELECT id FROM conversation WHERE id BETWEEN ? AND ?
           AND NOT EXISTS (SELECT 1 FROM message WHERE conversation_id = conversation.id
             AND message.id NOT BETWEEN ? AND ?)`,
      )
        .all(
          place.conversations + 1,
          place.conversations + place.conversationCount,
          place.messages + 1,
          place.messages + place.messageCount,
        )
        .map(({ id }) => id);
      const list = JSON.stringify(going);
      const runs = statement<{ id: number }>(
        db,
        `SELECT id FROM run WHERE id BETWEEN ? AND ?
           AND conversation_id IN (SELECT value FROM json_each(?))`,
      )
        .all(place.runs + 1, place.runs + place.runCount, list)
        .map(({ id }) => id);
      const change = new UsageChange();
      for (const ids of batches(runs)) {
        for (const run of endedRuns(db, ids)) countRun(change, run, -1);
      }
      change.write(db);
      statement(db, 'DELETE FROM run WHERE id IN (SELECT value FROM json_each(?))').run(
        JSON.stringify(runs),
      );
      statement(
        db,
        `UPDATE conversation SET ${GIVING_UP},
           (runs, running, unknown_runs, cost_nanousd, estimated_nanousd) = (
             SELECT ${ofConversation} FROM run WHERE run.conversation_id = conversation.id)
         WHERE id IN (SELECT value FROM json_each(?))`,
      ).run(list);
      return going.length;
    })
    .immediate();
}

/**
 * Conversations of an import that was given up before its end, or was taken back: they are to be deleted, and
 * none of one that is being brought. The next one, and those after it for as long as they have no more than
 * `limit` messages together.
 */
export function importsOnTheirWay(db: ReadDb, limit: number): ConversationId[] {
  const next = statement<{ id: number; messages: number }>(
    db,
    `SELECT id, (SELECT count(*) FROM message WHERE conversation_id = conversation.id) AS messages
     FROM conversation WHERE shelf = 'import' AND deleted_at >= ${GIVEN_UP}
     ORDER BY updated_at, id LIMIT ${CONVERSATIONS_AT_ONCE}`,
  ).all();
  let messages = 0;
  const end = next.findIndex((one) => {
    messages += one.messages;
    return messages > limit;
  });
  const together = end < 0 ? next : next.slice(0, Math.max(1, end));
  return together.map(({ id }) => conversationId.parse(id));
}

/**
 * Deletes the last `limit` messages for good of a conversation that `importsOnTheirWay` has: all of a long one
 * at once would keep answers from being saved. Returns how many they were, and the hashes of the files that no
 * message has any more.
 */
export function shortenUnseen(
  db: WriteDb,
  id: ConversationId,
  limit: number,
): { messages: number; files: string[] } {
  return db
    .transaction(() => {
      const last = statement<{ id: number }>(
        db,
        `SELECT message.id FROM conversation JOIN message ON message.conversation_id = conversation.id
         WHERE conversation.id = ? AND shelf = 'import' ORDER BY message.id DESC LIMIT ?`,
      ).all(id, limit);
      return deleteForGood(
        db,
        last.map((message) => message.id),
      );
    })
    .immediate();
}

/** Forgets those of some images that no message has; returns which files are of no use then. */
export function unusedImages(db: WriteDb, hashes: readonly string[]): string[] {
  const files = statement<{ id: number }>(
    db,
    'SELECT id FROM attachment WHERE sha256 IN (SELECT value FROM json_each(?))',
  )
    .all(JSON.stringify(hashes))
    .map(({ id }) => id);
  forgetAttachments(db, files);
  return statement<{ sha256: string }>(
    db,
    `SELECT value AS sha256 FROM json_each(?)
     WHERE value NOT IN (SELECT sha256 FROM attachment)`,
  )
    .all(JSON.stringify(hashes))
    .map(({ sha256 }) => sha256);
}
