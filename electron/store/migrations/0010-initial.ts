import type { Migration } from './migration';

/** The first schema. Frozen: a later change is a migration of its own. */
export const initial: Migration = {
  version: 10,
  name: 'initial',
  sql: `
-- A server one can talk to. Its key is not here: the operating system keeps it.
CREATE TABLE connection (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  profile TEXT NOT NULL,
  base_url TEXT NOT NULL,
  is_demo INTEGER NOT NULL DEFAULT 0 CHECK (is_demo IN (0, 1)),
  headers TEXT NOT NULL DEFAULT '{}',
  limits TEXT NOT NULL DEFAULT '{}',
  position INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  deleted_at INTEGER
) STRICT;

-- The last model list of each connection, so that it can be chosen from offline.
CREATE TABLE model (
  connection_id INTEGER NOT NULL REFERENCES connection(id) ON DELETE CASCADE,
  id TEXT NOT NULL,
  provider TEXT,
  type TEXT,
  description TEXT,
  context_tokens INTEGER,
  fetched_at INTEGER NOT NULL,
  PRIMARY KEY (connection_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE preset (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  content TEXT NOT NULL,
  position INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  deleted_at INTEGER
) STRICT;

-- The totals change in the same transaction as the run that they count.
CREATE TABLE conversation (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  title_source TEXT NOT NULL DEFAULT 'rule' CHECK (title_source IN ('rule', 'model', 'user')),
  connection_id INTEGER REFERENCES connection(id) ON DELETE SET NULL,
  preset_id INTEGER REFERENCES preset(id) ON DELETE SET NULL,
  model TEXT,
  active_leaf_id INTEGER REFERENCES message(id) ON DELETE SET NULL,
  is_demo INTEGER NOT NULL DEFAULT 0 CHECK (is_demo IN (0, 1)),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  pinned_at INTEGER,
  archived_at INTEGER,
  deleted_at INTEGER,
  unread INTEGER NOT NULL DEFAULT 0 CHECK (unread IN (0, 1)),
  runs INTEGER NOT NULL DEFAULT 0,
  running INTEGER NOT NULL DEFAULT 0,
  unknown_runs INTEGER NOT NULL DEFAULT 0,
  cost_nanousd INTEGER NOT NULL DEFAULT 0,
  estimated_nanousd INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX conversation_by_use ON conversation (updated_at DESC, id DESC)
  WHERE deleted_at IS NULL AND archived_at IS NULL AND pinned_at IS NULL;
CREATE INDEX conversation_pinned ON conversation (pinned_at)
  WHERE deleted_at IS NULL AND archived_at IS NULL AND pinned_at IS NOT NULL;

-- The integer key is also the row of the search index; it is never renumbered.
CREATE TABLE message (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  conversation_id INTEGER NOT NULL REFERENCES conversation(id) ON DELETE CASCADE,
  parent_id INTEGER REFERENCES message(id) ON DELETE CASCADE,
  role TEXT NOT NULL CHECK (role IN ('system', 'user', 'assistant')),
  run_id INTEGER REFERENCES run(id) ON DELETE SET NULL,
  created_at INTEGER NOT NULL,
  deleted_at INTEGER
) STRICT;
CREATE INDEX message_by_parent ON message (conversation_id, parent_id);
CREATE INDEX message_by_run ON message (run_id) WHERE run_id IS NOT NULL;

CREATE TABLE attachment (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  sha256 TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE part (
  message_id INTEGER NOT NULL REFERENCES message(id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('text', 'reasoning', 'refusal', 'tool', 'image', 'file')),
  text TEXT NOT NULL,
  name TEXT,
  attachment_id INTEGER REFERENCES attachment(id),
  PRIMARY KEY (message_id, position)
) STRICT, WITHOUT ROWID;

-- The ledger: one row for each billable request, committed before the request leaves. Names are
-- copied in and references may become null, so that it outlives what it belongs to.
CREATE TABLE run (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL UNIQUE,
  conversation_id INTEGER REFERENCES conversation(id) ON DELETE SET NULL,
  message_id INTEGER REFERENCES message(id) ON DELETE SET NULL,
  connection_id INTEGER REFERENCES connection(id) ON DELETE SET NULL,
  preset_id INTEGER REFERENCES preset(id) ON DELETE SET NULL,
  conversation_title TEXT NOT NULL,
  connection_name TEXT NOT NULL,
  preset_name TEXT,
  profile TEXT NOT NULL,
  base_url TEXT NOT NULL,
  is_demo INTEGER NOT NULL CHECK (is_demo IN (0, 1)),
  attempt INTEGER NOT NULL DEFAULT 1,
  requested_model TEXT NOT NULL,
  requested_provider TEXT,
  routing TEXT,
  parameters TEXT NOT NULL,
  answers INTEGER NOT NULL DEFAULT 1,
  models INTEGER NOT NULL DEFAULT 1,
  votes INTEGER NOT NULL DEFAULT 1,
  state TEXT NOT NULL CHECK (state IN ('running', 'complete', 'stopped', 'incomplete', 'failed')),
  error_code TEXT,
  error TEXT,
  http_status INTEGER,
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  day TEXT NOT NULL,
  completion_id TEXT,
  served_model TEXT,
  served_provider TEXT,
  finish_reason TEXT,
  prompt_tokens INTEGER,
  completion_tokens INTEGER,
  total_tokens INTEGER,
  cached_tokens INTEGER,
  reasoning_tokens INTEGER,
  prompt_characters INTEGER,
  response_characters INTEGER,
  sent_characters INTEGER NOT NULL DEFAULT 0,
  received_characters INTEGER NOT NULL DEFAULT 0,
  cost_nanousd INTEGER CHECK (cost_nanousd >= 0),
  cost_text TEXT,
  cost_source TEXT NOT NULL
    CHECK (cost_source IN ('reported', 'reconciled', 'estimated', 'unknown', 'none')),
  latency_ms INTEGER,
  first_token_ms INTEGER,
  total_ms INTEGER,
  raw_usage TEXT,
  CHECK ((cost_nanousd IS NULL) = (cost_source = 'unknown')),
  CHECK ((state = 'running') = (ended_at IS NULL))
) STRICT;
CREATE INDEX run_by_time ON run (started_at);
CREATE INDEX run_by_conversation ON run (conversation_id) WHERE conversation_id IS NOT NULL;
CREATE INDEX run_running ON run (id) WHERE state = 'running';
CREATE TRIGGER run_is_final BEFORE UPDATE ON run
  WHEN old.state <> 'running' AND (
    new.state <> old.state OR new.started_at <> old.started_at OR new.ended_at <> old.ended_at
    OR new.requested_model <> old.requested_model OR new.parameters <> old.parameters
    OR new.raw_usage IS NOT old.raw_usage)
  BEGIN SELECT raise(ABORT, 'an ended run does not change'); END;

-- What arrived of a running answer since its row was made: the events between two checkpoints. Gone
-- when the run ends; replayed after a crash.
CREATE TABLE run_journal (
  run_id INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  events TEXT NOT NULL,
  PRIMARY KEY (run_id, position)
) STRICT, WITHOUT ROWID;

-- Spending by calendar day in the user's time zone. Empty text stands for what is not known, because
-- a key cannot be null.
CREATE TABLE usage_day (
  day TEXT NOT NULL,
  is_demo INTEGER NOT NULL,
  connection TEXT NOT NULL,
  model TEXT NOT NULL,
  provider TEXT NOT NULL,
  preset TEXT NOT NULL,
  routing TEXT NOT NULL,
  cost_source TEXT NOT NULL,
  state TEXT NOT NULL,
  runs INTEGER NOT NULL,
  cost_nanousd INTEGER NOT NULL,
  prompt_tokens INTEGER NOT NULL,
  completion_tokens INTEGER NOT NULL,
  total_ms INTEGER NOT NULL,
  PRIMARY KEY (day, is_demo, connection, model, provider, preset, routing, cost_source, state)
) STRICT, WITHOUT ROWID;

CREATE TABLE billing_record (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  connection_id INTEGER REFERENCES connection(id) ON DELETE SET NULL,
  remote_id TEXT NOT NULL,
  run_id INTEGER UNIQUE REFERENCES run(id) ON DELETE SET NULL,
  at INTEGER NOT NULL,
  app TEXT,
  provider TEXT,
  route TEXT,
  prompt_tokens INTEGER,
  prompt_characters INTEGER,
  completion_tokens INTEGER,
  response_characters INTEGER,
  cost_nanousd INTEGER,
  latency_ms INTEGER,
  UNIQUE (connection_id, remote_id)
) STRICT;

CREATE TABLE budget (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  scope TEXT NOT NULL CHECK (scope IN ('day', 'month', 'conversation', 'preset', 'connection')),
  scope_id INTEGER,
  limit_nanousd INTEGER NOT NULL CHECK (limit_nanousd > 0),
  warn_percent INTEGER NOT NULL DEFAULT 80 CHECK (warn_percent BETWEEN 1 AND 100),
  stops INTEGER NOT NULL DEFAULT 1 CHECK (stops IN (0, 1)),
  created_at INTEGER NOT NULL,
  UNIQUE (scope, scope_id)
) STRICT;

-- What stands in the composer; conversation 0 is the one not yet begun.
CREATE TABLE draft (
  conversation_id INTEGER PRIMARY KEY,
  text TEXT NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE setting (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The searchable words of a message: what was said, without the reasoning. A message that says nothing
-- has no row, as it has none in the index.
CREATE VIEW message_text (id, text) AS
  SELECT message.id,
    (SELECT group_concat(part.text, char(10)) FROM part
      WHERE part.message_id = message.id AND part.kind IN ('text', 'refusal'))
  FROM message
  WHERE EXISTS (SELECT 1 FROM part
    WHERE part.message_id = message.id AND part.kind IN ('text', 'refusal'));
CREATE VIRTUAL TABLE message_fts USING fts5 (
  text, content = 'message_text', content_rowid = 'id', prefix = '2 3',
  tokenize = "unicode61 remove_diacritics 2");
`,
};
