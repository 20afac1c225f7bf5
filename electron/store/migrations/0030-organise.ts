import type { Migration } from './migration';

/** What keeps many conversations in order: places, tags, presets, prompts, and what finds them again. */
export const organise: Migration = {
  version: 30,
  name: 'organise',
  sql: `
ALTER TABLE preset ADD COLUMN is_default INTEGER NOT NULL DEFAULT 0 CHECK (is_default IN (0, 1));
CREATE UNIQUE INDEX preset_default ON preset (is_default) WHERE is_default = 1;

-- Texts to be put into the composer by their names.
CREATE TABLE prompt (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  title TEXT NOT NULL,
  text TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

-- \`key\` is the name without capitals: SQLite knows only those of ASCII.
CREATE TABLE conversation_tag (
  conversation_id INTEGER NOT NULL REFERENCES conversation(id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (conversation_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX conversation_by_tag ON conversation_tag (key, name);

-- Where a conversation stands: each list is a stretch of one index, whatever its order.
ALTER TABLE conversation ADD COLUMN shelf TEXT NOT NULL AS (
  CASE WHEN deleted_at IS NOT NULL THEN 'trash' WHEN archived_at IS NOT NULL THEN 'archive'
    WHEN pinned_at IS NOT NULL THEN 'pinned' ELSE 'list' END) VIRTUAL;
DROP INDEX conversation_by_use;
DROP INDEX conversation_pinned;
CREATE INDEX conversation_by_use ON conversation (shelf, updated_at DESC, id DESC);
CREATE INDEX conversation_by_title ON conversation (shelf, title COLLATE NOCASE, id);
CREATE INDEX conversation_by_cost ON conversation
  (shelf, cost_nanousd + estimated_nanousd DESC, id DESC);
CREATE INDEX conversation_by_time ON conversation (updated_at DESC, id DESC)
  WHERE deleted_at IS NULL;

-- How many conversations stand on each shelf: counting them would go through them all.
CREATE TABLE shelf (
  name TEXT PRIMARY KEY,
  conversations INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO shelf (name, conversations)
  SELECT value, (SELECT count(*) FROM conversation WHERE shelf = value)
  FROM json_each('["pinned", "list", "archive", "trash"]');
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
END;

-- What a conversation that is deleted for good is looked for by.
CREATE INDEX conversation_by_leaf ON conversation (active_leaf_id) WHERE active_leaf_id IS NOT NULL;
CREATE INDEX message_child ON message (parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX part_by_attachment ON part (attachment_id) WHERE attachment_id IS NOT NULL;

CREATE INDEX run_by_fan_out ON run (fan_out, message_id) WHERE fan_out IS NOT NULL;
CREATE INDEX run_by_preset ON run
  (preset_id, started_at, is_demo, state, cost_source, cost_nanousd) WHERE preset_id IS NOT NULL;
CREATE INDEX run_by_model ON run (connection_id, requested_model, state, started_at)
  WHERE connection_id IS NOT NULL;
DROP INDEX run_by_conversation;
CREATE INDEX run_by_conversation ON run
  (conversation_id, state, requested_model, served_model, served_provider, preset_name)
  WHERE conversation_id IS NOT NULL;

-- A word is looked for from its first letter on: what that begins must not be put together each time.
DROP TABLE message_fts;
CREATE VIRTUAL TABLE message_fts USING fts5 (
  text, content = 'message_text', content_rowid = 'id', prefix = '1 2 3 4',
  tokenize = "unicode61 remove_diacritics 2");
INSERT INTO message_fts (message_fts) VALUES ('rebuild');

-- The words of the titles.
CREATE VIRTUAL TABLE conversation_fts USING fts5 (
  title, content = 'conversation', content_rowid = 'id', prefix = '1 2 3 4',
  tokenize = "unicode61 remove_diacritics 2");
INSERT INTO conversation_fts (rowid, title) SELECT id, title FROM conversation;
CREATE TRIGGER conversation_title_added AFTER INSERT ON conversation BEGIN
  INSERT INTO conversation_fts (rowid, title) VALUES (new.id, new.title);
END;
CREATE TRIGGER conversation_title_changed AFTER UPDATE OF title ON conversation
  WHEN new.title IS NOT old.title BEGIN
  INSERT INTO conversation_fts (conversation_fts, rowid, title) VALUES ('delete', old.id, old.title);
  INSERT INTO conversation_fts (rowid, title) VALUES (new.id, new.title);
END;
CREATE TRIGGER conversation_title_gone AFTER DELETE ON conversation BEGIN
  INSERT INTO conversation_fts (conversation_fts, rowid, title) VALUES ('delete', old.id, old.title);
END;
`,
};
