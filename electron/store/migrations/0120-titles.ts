import type { Migration } from './migration';

/** What a request was made for: not every one is for an answer that stands in a conversation. */
export const titles: Migration = {
  version: 120,
  name: 'titles',
  sql: `
ALTER TABLE run ADD COLUMN purpose TEXT NOT NULL DEFAULT 'answer' CHECK (purpose IN ('answer', 'title'));
CREATE INDEX run_of_title ON run (conversation_id) WHERE purpose = 'title' AND conversation_id IS NOT NULL;
CREATE TRIGGER run_purpose_is_final BEFORE UPDATE OF purpose ON run
  BEGIN SELECT raise(ABORT, 'what a run is for is known before it'); END;
`,
};
