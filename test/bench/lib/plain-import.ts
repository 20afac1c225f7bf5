import type { WriteDb } from '../../../electron/store/connection';

/** Puts the rows of a staged file into an empty store as plainly as it can be done, in one transaction. */
export function writePlainly(db: WriteDb, staged: string): void {
  db.prepare('ATTACH ? AS staged').run(staged);
  db.transaction(() =>
    db.exec(`
INSERT INTO main.conversation (id, uid, title, created_at, updated_at)
  SELECT number, uid, title, created_at, updated_at FROM staged.conversation;
INSERT INTO main.message (id, conversation_id, parent_id, role, created_at)
  SELECT place, conversation, parent, role, created_at FROM staged.message ORDER BY place;
INSERT INTO main.part (message_id, position, kind, text, name)
  SELECT place, position, kind, text, name FROM staged.message CROSS JOIN staged.part USING (arrival);
INSERT INTO message_fts (rowid, text) SELECT id, text FROM message_text;`),
  )();
}
