import type { Migration } from './migration';

/** What a request can be made of: how a server is reached, settings, attempts, images, the catalogue. */
export const requests: Migration = {
  version: 20,
  name: 'requests',
  sql: `
ALTER TABLE connection DROP COLUMN headers;
ALTER TABLE connection ADD COLUMN auth TEXT NOT NULL DEFAULT 'bearer';
ALTER TABLE connection ADD COLUMN proxy TEXT NOT NULL DEFAULT '{"mode":"system"}';
ALTER TABLE connection ADD COLUMN ca_file TEXT;
ALTER TABLE connection ADD COLUMN roles TEXT NOT NULL DEFAULT 'any';
ALTER TABLE connection ADD COLUMN header_names TEXT NOT NULL DEFAULT '[]';
ALTER TABLE connection ADD COLUMN learned TEXT NOT NULL DEFAULT '[]';
ALTER TABLE connection ADD COLUMN models_at INTEGER;

DROP TABLE model;
-- The last model list of each connection, so that it can be chosen from offline. The prices in \`offers\`
-- are decimal strings of nano-dollars.
CREATE TABLE model (
  connection_id INTEGER NOT NULL REFERENCES connection(id) ON DELETE CASCADE,
  id TEXT NOT NULL,
  type TEXT,
  subtype TEXT,
  description TEXT,
  sees_images INTEGER CHECK (sees_images IN (0, 1)),
  takes TEXT,
  offers TEXT NOT NULL,
  PRIMARY KEY (connection_id, id)
) STRICT;

-- Kept apart from the list, which is replaced as a whole and may lack a model for a while.
CREATE TABLE favourite_model (
  connection_id INTEGER NOT NULL REFERENCES connection(id) ON DELETE CASCADE,
  model_id TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (connection_id, model_id)
) STRICT, WITHOUT ROWID;

ALTER TABLE conversation ADD COLUMN settings TEXT NOT NULL DEFAULT '{}';

ALTER TABLE run ADD COLUMN fan_out TEXT;
ALTER TABLE run ADD COLUMN adaptations TEXT NOT NULL DEFAULT '[]';
ALTER TABLE run ADD COLUMN extra TEXT NOT NULL DEFAULT '{}';
CREATE INDEX run_by_message ON run (message_id) WHERE message_id IS NOT NULL;
CREATE INDEX run_by_connection ON run (connection_id, started_at, state)
  WHERE connection_id IS NOT NULL;
DROP TRIGGER run_is_final;
CREATE TRIGGER run_is_final BEFORE UPDATE ON run
  WHEN old.state <> 'running' AND (
    new.state <> old.state OR new.started_at <> old.started_at OR new.ended_at <> old.ended_at
    OR new.day <> old.day OR new.attempt <> old.attempt OR new.fan_out IS NOT old.fan_out
    OR new.requested_model <> old.requested_model OR new.parameters <> old.parameters
    OR new.extra <> old.extra OR new.adaptations <> old.adaptations
    OR new.raw_usage IS NOT old.raw_usage)
  BEGIN SELECT raise(ABORT, 'an ended run does not change'); END;
`,
};
