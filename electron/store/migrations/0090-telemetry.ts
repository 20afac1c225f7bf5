import type { Migration } from './migration';

/** What the user's own collector is told of ended runs, and what it has been told. */
export const telemetry: Migration = {
  version: 90,
  name: 'telemetry',
  sql: `
-- The collector, in one row. A batch that is on its way has an end, \`window_end\`; until it has arrived it
-- is sent again as it was, also after a restart.
CREATE TABLE telemetry (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  is_on INTEGER NOT NULL DEFAULT 0 CHECK (is_on IN (0, 1)),
  endpoint TEXT NOT NULL DEFAULT '',
  name TEXT NOT NULL DEFAULT '',
  signals TEXT NOT NULL DEFAULT 'both' CHECK (signals IN ('both', 'spans', 'metrics')),
  header_names TEXT NOT NULL DEFAULT '[]',
  instance TEXT NOT NULL,
  told_until INTEGER,
  window_end INTEGER,
  spans_told INTEGER NOT NULL DEFAULT 0 CHECK (spans_told IN (0, 1)),
  delivered_at INTEGER,
  earlier_after INTEGER,
  earlier_last INTEGER,
  earlier_done INTEGER NOT NULL DEFAULT 0,
  earlier_total INTEGER NOT NULL DEFAULT 0,
  CHECK ((earlier_after IS NULL) = (earlier_last IS NULL))
) STRICT;
INSERT INTO telemetry (id, instance) VALUES (1, lower(hex(randomblob(16))));

-- The runs that the collector knows or is to know. \`sent\` is what the batch on its way says of the cost,
-- \`told\` what the collector was told last; a source that is null means nothing was.
CREATE TABLE telemetry_run (
  run_id INTEGER PRIMARY KEY REFERENCES run(id) ON DELETE CASCADE,
  waits INTEGER NOT NULL DEFAULT 1 CHECK (waits IN (0, 1)),
  revision INTEGER NOT NULL DEFAULT 0,
  sent_source TEXT,
  sent_nanousd INTEGER,
  told_source TEXT,
  told_nanousd INTEGER
) STRICT;
CREATE INDEX telemetry_run_waiting ON telemetry_run (run_id) WHERE waits = 1;
CREATE INDEX telemetry_run_sent ON telemetry_run (run_id) WHERE sent_source IS NOT NULL;

-- In the transaction that ends a run, whatever ends it; the demo's are not real.
CREATE TRIGGER telemetry_run_ended AFTER UPDATE OF state ON run
  WHEN old.state = 'running' AND new.state <> 'running' AND new.is_demo = 0
    AND (SELECT is_on FROM telemetry) = 1
  BEGIN INSERT OR IGNORE INTO telemetry_run (run_id) VALUES (new.id); END;
-- A cost that becomes known, or another, later: the collector is told again.
CREATE TRIGGER telemetry_run_priced AFTER UPDATE OF cost_nanousd, cost_source ON run
  WHEN old.state <> 'running'
    AND (new.cost_nanousd IS NOT old.cost_nanousd OR new.cost_source <> old.cost_source)
  BEGIN UPDATE telemetry_run SET waits = 1 WHERE run_id = new.id; END;
`,
};
