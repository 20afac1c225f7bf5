import type { Migration } from './migration';

const SHELF_TRIGGERS = `
CREATE TRIGGER conversation_added AFTER INSERT ON conversation BEGIN
  UPDATE shelf SET conversations = conversations + 1 WHERE name = new.shelf;
END;
CREATE TRIGGER conversation_moved AFTER UPDATE OF pinned_at, archived_at, deleted_at ON conversation
  WHEN new.shelf <> old.shelf BEGIN
  UPDATE shelf SET conversations = conversations - 1 WHERE name = old.shelf;
  UPDATE shelf SET conversations = conversations + 1 WHERE name = new.shelf;
END;
CREATE TRIGGER conversation_gone AFTER DELETE ON conversation BEGIN
  UPDATE shelf SET conversations = conversations - 1 WHERE name = old.shelf;
END;`;

/**
 * A shelf for conversations that are being brought from a file, piece by piece, so that answers can be
 * saved meanwhile. No list shows it and nothing counts what stands on it (decision 0024).
 */
export const imports: Migration = {
  version: 130,
  name: 'imports',
  sql: `
DROP TRIGGER conversation_added;
DROP TRIGGER conversation_moved;
DROP TRIGGER conversation_gone;
DROP INDEX conversation_by_use;
DROP INDEX conversation_by_title;
DROP INDEX conversation_by_cost;
ALTER TABLE conversation DROP COLUMN shelf;
ALTER TABLE conversation ADD COLUMN shelf TEXT NOT NULL AS (
  CASE WHEN deleted_at >= 9000000000000000 THEN 'import' WHEN deleted_at IS NOT NULL THEN 'trash'
    WHEN archived_at IS NOT NULL THEN 'archive' WHEN pinned_at IS NOT NULL THEN 'pinned'
    ELSE 'list' END) VIRTUAL;
CREATE INDEX conversation_by_use ON conversation (shelf, updated_at DESC, id DESC);
CREATE INDEX conversation_by_title ON conversation (shelf, title COLLATE NOCASE, id);
CREATE INDEX conversation_by_cost ON conversation
  (shelf, cost_nanousd + estimated_nanousd DESC, id DESC);
${SHELF_TRIGGERS}
`,
};
