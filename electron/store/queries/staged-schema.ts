/**
 * The file that stands between what is read and the store: rows that fit into it, numbered from 1. A
 * `place` is the number of a message; its parent's is lower.
 */
export const STAGED_SCHEMA = `
CREATE TABLE conversation (
  number INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, title TEXT NOT NULL, title_source TEXT NOT NULL,
  created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, pinned_at INTEGER, archived_at INTEGER,
  deleted_at INTEGER, is_demo INTEGER NOT NULL, tags TEXT NOT NULL, connection TEXT, profile TEXT,
  base_url TEXT, model TEXT, preset TEXT, settings TEXT NOT NULL, draft TEXT NOT NULL, leaf INTEGER,
  messages INTEGER NOT NULL, known INTEGER NOT NULL DEFAULT 0, taken INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE message (
  place INTEGER PRIMARY KEY, arrival INTEGER NOT NULL UNIQUE, conversation INTEGER NOT NULL, parent INTEGER,
  role TEXT NOT NULL, created_at INTEGER NOT NULL, run TEXT, size INTEGER NOT NULL
) STRICT;
CREATE TABLE part (
  arrival INTEGER NOT NULL, position INTEGER NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL, name TEXT,
  sha256 TEXT, PRIMARY KEY (arrival, position)
) STRICT;
CREATE INDEX part_by_image ON part (sha256) WHERE sha256 IS NOT NULL;
CREATE TABLE image (
  sha256 TEXT PRIMARY KEY, name TEXT NOT NULL, media_type TEXT NOT NULL, bytes INTEGER NOT NULL
) STRICT;
CREATE TABLE run (
  number INTEGER PRIMARY KEY, conversation INTEGER NOT NULL, uid TEXT NOT NULL UNIQUE, body TEXT NOT NULL,
  place INTEGER
) STRICT;
CREATE TABLE apart (
  number INTEGER PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL, text TEXT NOT NULL,
  UNIQUE (kind, key)
) STRICT;
`;
