import type { Migration } from './migration';

/** Where a budget can stand, and what names the place in a row of the ledger. */
const PLACES = [
  ['all', '0'],
  ['conversation', 'conversation_id'],
  ['preset', 'preset_id'],
  ['connection', 'connection_id'],
] as const;

const COUNTED = 'state, day, is_demo, preset_id, connection_id, cost_nanousd, cost_source';

/** Adds a row of the ledger to its days, or takes it out of them. */
function count(row: 'old' | 'new', sign: '' | '-'): string {
  const figures = ['known_nanousd', 'estimated_nanousd', 'unknown_runs'];
  return `INSERT INTO budget_day
    SELECT scope, scope_id, day, ${figures.map((name) => sign + name).join(', ')}
    FROM budget_run WHERE run_id = ${row}.id
    ON CONFLICT DO UPDATE SET ${figures.map((name) => `${name} = ${name} + excluded.${name}`).join(', ')};`;
}

/** Budgets of anything for any time, and what was spent of them without looking through the ledger. */
export const budgets: Migration = {
  version: 50,
  name: 'budgets',
  sql: `
ALTER TABLE budget RENAME TO old_budget;
-- What may be spent: on everything, or in one conversation, with one preset, over one connection; in a
-- day or a month of the user's calendar, or ever.
CREATE TABLE budget (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  scope TEXT NOT NULL CHECK (scope IN ('all', 'conversation', 'preset', 'connection')),
  scope_id INTEGER,
  period TEXT NOT NULL CHECK (period IN ('day', 'month', 'total')),
  limit_nanousd INTEGER NOT NULL CHECK (limit_nanousd > 0),
  warn_percent INTEGER NOT NULL DEFAULT 80 CHECK (warn_percent BETWEEN 1 AND 100),
  stops INTEGER NOT NULL DEFAULT 1 CHECK (stops IN (0, 1)),
  created_at INTEGER NOT NULL,
  deleted_at INTEGER,
  CHECK ((scope = 'all') = (scope_id IS NULL))
) STRICT;
INSERT INTO budget (id, scope, scope_id, period, limit_nanousd, warn_percent, stops, created_at)
  SELECT id, iif(scope IN ('day', 'month'), 'all', scope), iif(scope IN ('day', 'month'), NULL, scope_id),
    iif(scope IN ('day', 'month'), scope, 'total'), limit_nanousd, warn_percent, stops, created_at
  FROM old_budget WHERE id IN (SELECT max(id) FROM old_budget GROUP BY scope, scope_id)
    AND (scope IN ('day', 'month') OR scope_id IS NOT NULL);
DROP TABLE old_budget;
CREATE UNIQUE INDEX budget_by_scope ON budget (scope, coalesce(scope_id, 0), period)
  WHERE deleted_at IS NULL;

-- 1: the user sent it although it could pass a budget.
ALTER TABLE run ADD COLUMN over_budget INTEGER NOT NULL DEFAULT 0 CHECK (over_budget IN (0, 1));

-- What each ended run, the demo's apart, counts for, and in which budgets it can count. Id 0 is
-- everything.
CREATE VIEW budget_run (run_id, scope, scope_id, day, known_nanousd, estimated_nanousd, unknown_runs) AS
  ${PLACES.map(
    ([scope, id]) => `SELECT id, '${scope}', ${id}, day,
    iif(cost_source = 'estimated', 0, coalesce(cost_nanousd, 0)),
    iif(cost_source = 'estimated', cost_nanousd, 0), cost_source = 'unknown'
  FROM run WHERE state <> 'running' AND is_demo = 0 AND ${id} IS NOT NULL`,
  ).join('\n  UNION ALL ')};

-- What was spent by calendar day wherever a budget can stand. It changes with the run, in one
-- transaction.
CREATE TABLE budget_day (
  scope TEXT NOT NULL,
  scope_id INTEGER NOT NULL,
  day TEXT NOT NULL,
  known_nanousd INTEGER NOT NULL,
  estimated_nanousd INTEGER NOT NULL,
  unknown_runs INTEGER NOT NULL,
  PRIMARY KEY (scope, scope_id, day)
) STRICT, WITHOUT ROWID;
INSERT INTO budget_day
  SELECT scope, scope_id, day, sum(known_nanousd), sum(estimated_nanousd), sum(unknown_runs)
  FROM budget_run GROUP BY scope, scope_id, day;
CREATE TRIGGER budget_day_of_new AFTER INSERT ON run WHEN new.state <> 'running' BEGIN
  ${count('new', '')}
END;
CREATE TRIGGER budget_day_before BEFORE UPDATE OF ${COUNTED} ON run WHEN old.state <> 'running' BEGIN
  ${count('old', '-')}
END;
CREATE TRIGGER budget_day_after AFTER UPDATE OF ${COUNTED} ON run WHEN new.state <> 'running' BEGIN
  ${count('new', '')}
END;
CREATE TRIGGER budget_day_of_deleted BEFORE DELETE ON run WHEN old.state <> 'running' BEGIN
  ${count('old', '-')}
END;
-- A conversation that is gone for good takes its budget along; what it cost counts on elsewhere.
CREATE TRIGGER budget_of_conversation AFTER DELETE ON conversation BEGIN
  DELETE FROM budget WHERE scope = 'conversation' AND scope_id = old.id;
  DELETE FROM budget_day WHERE scope = 'conversation' AND scope_id = old.id;
END;
`,
};
