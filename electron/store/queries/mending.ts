import type { WriteDb } from '../connection';
import { ofConversation } from './sum-faults';
import { recountUsage } from './usage-recount';

/** Makes the search index anew from the messages and titles. All at once; it takes its time. */
export function rebuildSearch(db: WriteDb): void {
  db.transaction(() => {
    db.exec(`INSERT INTO message_fts (message_fts) VALUES ('rebuild');
             INSERT INTO conversation_fts (conversation_fts) VALUES ('rebuild');`);
  }).immediate();
}

/** Makes every sum anew from the rows of the ledger, which it does not change. All at once. */
export function recountSums(db: WriteDb): void {
  db.transaction(() => {
    recountUsage(db);
    db.exec(`UPDATE conversation
      SET (runs, running, unknown_runs, cost_nanousd, estimated_nanousd) = (
        SELECT ${ofConversation} FROM run WHERE run.conversation_id = conversation.id)`);
  }).immediate();
}
