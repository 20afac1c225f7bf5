import type { Migration } from './migration';

/** What was read of a server's bill, and what the ledger took over from it. */
export const billing: Migration = {
  version: 60,
  name: 'billing',
  sql: `
-- One reading of a connection's billing history, newest first. Until it is finished the next one goes
-- on behind the entries that it has.
CREATE TABLE billing_import (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  connection_id INTEGER NOT NULL REFERENCES connection(id) ON DELETE CASCADE,
  started_at INTEGER NOT NULL,
  finished_at INTEGER,
  entries INTEGER NOT NULL DEFAULT 0,
  skipped INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX billing_import_unfinished ON billing_import (connection_id)
  WHERE finished_at IS NULL;

-- Nobody has written entries of a bill before.
DROP TABLE billing_record;

-- An entry of a bill. It has no user name and no address of the network. \`before_nanousd\` and
-- \`before_source\` are what the ledger said of its run until the bill took its place.
CREATE TABLE billing_record (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  connection_id INTEGER NOT NULL REFERENCES connection(id) ON DELETE CASCADE,
  import_id INTEGER NOT NULL REFERENCES billing_import(id),
  remote_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  app TEXT,
  provider TEXT,
  route TEXT,
  prompt_tokens INTEGER,
  prompt_characters INTEGER,
  completion_tokens INTEGER,
  response_characters INTEGER,
  cost_nanousd INTEGER CHECK (cost_nanousd >= 0),
  latency_ms INTEGER,
  run_id INTEGER UNIQUE REFERENCES run(id) ON DELETE SET NULL,
  match_import_id INTEGER REFERENCES billing_import(id),
  confidence TEXT CHECK (confidence IN ('certain', 'likely')),
  matched_at INTEGER,
  before_nanousd INTEGER CHECK (before_nanousd >= 0),
  before_source TEXT CHECK (before_source IN ('unknown', 'estimated', 'none')),
  UNIQUE (connection_id, remote_id),
  CHECK ((match_import_id IS NULL) = (confidence IS NULL)),
  CHECK ((match_import_id IS NULL) = (matched_at IS NULL))
) STRICT;
CREATE INDEX billing_record_by_time ON billing_record (connection_id, at);
CREATE INDEX billing_record_by_import ON billing_record (import_id);
CREATE INDEX billing_record_by_match ON billing_record (match_import_id)
  WHERE match_import_id IS NOT NULL;
CREATE INDEX billing_record_by_app ON billing_record (connection_id, app, match_import_id);
`,
};
