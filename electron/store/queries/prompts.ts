import type { Prompt } from '../../../shared/contract/preset';
import { type PromptId, promptId } from '../../../shared/ids';
import type { ReadDb, WriteDb } from '../connection';
import { StoreError } from '../errors';
import { statement } from '../statement';

interface Row {
  readonly id: number;
  readonly title: string;
  readonly text: string;
}

/** All prompts by title. */
export function listPrompts(db: ReadDb): Prompt[] {
  return statement<Row>(db, 'SELECT id, title, text FROM prompt ORDER BY title COLLATE NOCASE, id')
    .all()
    .map((row) => ({ ...row, id: promptId.parse(row.id) }));
}

/** Adds a prompt, or changes the one of this id. Throws `not_found` when that is not there. */
export function savePrompt(
  db: WriteDb,
  { id, title, text }: { id: PromptId | null; title: string; text: string },
  at: number,
): Prompt {
  if (id === null) {
    const { lastInsertRowid } = statement(
      db,
      'INSERT INTO prompt (title, text, created_at) VALUES (?, ?, ?)',
    ).run(title, text, at);
    return { id: promptId.parse(Number(lastInsertRowid)), title, text };
  }
  const { changes } = statement(db, 'UPDATE prompt SET title = ?, text = ? WHERE id = ?').run(
    title,
    text,
    id,
  );
  if (changes === 0) throw new StoreError('not_found', `there is no prompt ${id}`);
  return { id, title, text };
}

/** Throws `not_found` when there is no such prompt. */
export function removePrompt(db: WriteDb, id: PromptId): void {
  const { changes } = statement(db, 'DELETE FROM prompt WHERE id = ?').run(id);
  if (changes === 0) throw new StoreError('not_found', `there is no prompt ${id}`);
}
