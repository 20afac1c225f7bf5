import type { Migration } from './migration';

/**
 * Chinese, Japanese and Korean are found within what is written without blanks: each sign is a word of the
 * index. Messages without such signs have the same words as before, and their index stays as it is.
 */
export const scripts: Migration = {
  version: 140,
  name: 'scripts',
  sql: `
-- A text of ASCII alone is as long in bytes as in letters: most need no look at their letters.
CREATE TEMP TABLE scripted AS
  SELECT DISTINCT message_id AS id FROM part
  WHERE kind IN ('text', 'refusal') AND octet_length(text) <> length(text)
    AND search_words(text) <> text;
-- While the view still has the words that the index was told. What was saved from a broken file is in none.
INSERT INTO message_fts (message_fts, rowid, text)
  SELECT 'delete', id, text FROM message_text
  WHERE id IN (SELECT id FROM temp.scripted) AND id IN (SELECT id FROM message_fts_docsize);

DROP VIEW message_text;
-- What a message says, without the reasoning. A message that says nothing has no row.
CREATE VIEW message_said (id, text) AS
  SELECT message.id,
    (SELECT group_concat(part.text, char(10)) FROM part
      WHERE part.message_id = message.id AND part.kind IN ('text', 'refusal'))
  FROM message
  WHERE EXISTS (SELECT 1 FROM part
    WHERE part.message_id = message.id AND part.kind IN ('text', 'refusal'));
-- What message_said has, as the index takes it apart: what it was told of a message, and is told again when
-- that goes. search_words is a function of the app.
CREATE VIEW message_text (id, text) AS
  SELECT id, search_words(text) FROM message_said;
INSERT INTO message_fts (rowid, text)
  SELECT id, text FROM message_text WHERE id IN (SELECT id FROM temp.scripted);
DROP TABLE temp.scripted;

-- Titles as the index takes them apart.
CREATE VIEW conversation_words (id, title) AS
  SELECT id, search_words(title) FROM conversation;
DROP TRIGGER conversation_title_added;
DROP TRIGGER conversation_title_changed;
DROP TRIGGER conversation_title_gone;
DROP TABLE conversation_fts;
CREATE VIRTUAL TABLE conversation_fts USING fts5 (
  title, content = 'conversation_words', content_rowid = 'id', prefix = '1 2 3 4',
  tokenize = "unicode61 remove_diacritics 2");
INSERT INTO conversation_fts (rowid, title) SELECT id, title FROM conversation_words;
CREATE TRIGGER conversation_title_added AFTER INSERT ON conversation BEGIN
  INSERT INTO conversation_fts (rowid, title) VALUES (new.id, search_words(new.title));
END;
CREATE TRIGGER conversation_title_changed AFTER UPDATE OF title ON conversation
  WHEN new.title IS NOT old.title BEGIN
  INSERT INTO conversation_fts (conversation_fts, rowid, title)
    VALUES ('delete', old.id, search_words(old.title));
  INSERT INTO conversation_fts (rowid, title) VALUES (new.id, search_words(new.title));
END;
CREATE TRIGGER conversation_title_gone AFTER DELETE ON conversation BEGIN
  INSERT INTO conversation_fts (conversation_fts, rowid, title)
    VALUES ('delete', old.id, search_words(old.title));
END;
`,
};
