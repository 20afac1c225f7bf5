import type { Migration } from './migration';

/** What a run was thought to cost before it left, so that it can be seen how good the thought was. */
export const estimates: Migration = {
  version: 80,
  name: 'estimates',
  sql: `
ALTER TABLE run ADD COLUMN estimate_tokens INTEGER CHECK (estimate_tokens >= 0);
ALTER TABLE run ADD COLUMN estimate_low_nanousd INTEGER CHECK (estimate_low_nanousd >= 0);
ALTER TABLE run ADD COLUMN estimate_high_nanousd INTEGER CHECK (estimate_high_nanousd >= 0);
ALTER TABLE run ADD COLUMN estimate_basis TEXT CHECK (estimate_basis IN ('ledger', 'prices')
  AND estimate_low_nanousd <= estimate_high_nanousd);
CREATE INDEX run_by_estimate ON run
  (is_demo, started_at, state, cost_source) WHERE estimate_basis IS NOT NULL;
CREATE TRIGGER run_estimate_is_final
  BEFORE UPDATE OF estimate_tokens, estimate_low_nanousd, estimate_high_nanousd, estimate_basis ON run
  BEGIN SELECT raise(ABORT, 'an estimate is made before the run'); END;
`,
};
