import type { ConversationId } from '../../../shared/ids';
import type { ReadDb, WriteDb } from '../connection';
import { statement } from '../statement';

/** Stands for the conversation that has not begun. */
const NOT_BEGUN = 0;

export function getDraft(db: ReadDb, id: ConversationId | null): string {
  const row = statement<{ text: string }>(
    db,
    'SELECT text FROM draft WHERE conversation_id = ?',
  ).get(id ?? NOT_BEGUN);
  return row?.text ?? '';
}

/** Keeps what stands in a composer; an empty one is forgotten. */
export function saveDraft(db: WriteDb, id: ConversationId | null, text: string, at: number): void {
  if (text === '') {
    statement(db, 'DELETE FROM draft WHERE conversation_id = ?').run(id ?? NOT_BEGUN);
    return;
  }
  statement(
    db,
    `INSERT INTO draft (conversation_id, text, updated_at) VALUES (?, ?, ?)
     ON CONFLICT (conversation_id) DO UPDATE SET text = excluded.text, updated_at = excluded.updated_at`,
  ).run(id ?? NOT_BEGUN, text, at);
}
