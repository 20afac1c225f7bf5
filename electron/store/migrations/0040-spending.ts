import type { Migration } from './migration';

/** Where a time in milliseconds is counted: from 10 to 20, 50 and 100 in steps of 1, 2 and 5, and so on. */
function stepOf(ms: string): string {
  const cases: string[] = [];
  for (let unit = 1; unit <= 10_000_000; unit *= 10) {
    for (const [below, width] of [
      [20, 1],
      [50, 2],
      [100, 5],
    ] as const) {
      cases.push(`WHEN ${ms} < ${below * unit} THEN ${ms} / ${width * unit} * ${width * unit}`);
    }
  }
  return `CASE WHEN ${ms} IS NULL THEN NULL WHEN ${ms} < 0 THEN 0 ${cases.join(' ')} ELSE 1000000000 END`;
}

/** The steps of a group of rows as a list of beginnings and numbers. */
function packSteps(table: string, key: string, column: string, step: string): string {
  const names = key.split(', ');
  const of = (owner: string) => names.map((name) => `${owner}.${name}`).join(', ');
  const from = table === 'usage_day' ? 'counted' : 'counted_sum';
  return `UPDATE ${table} SET ${column} = packed.steps FROM (
    SELECT ${key}, '[' || group_concat(step || ',' || rows) || ']' AS steps FROM (
      SELECT ${key}, ${step} AS step, count(*) AS rows FROM ${from}
      WHERE ${step} IS NOT NULL GROUP BY ${key}, ${step}) GROUP BY ${key}) AS packed
  WHERE (${of(table)}) = (${of('packed')});`;
}

const DAY_KEY = 'day, is_demo, connection, model, provider, preset, routing, cost_source, state';
const GROUP_KEY = 'grouping, is_demo, size, period, key';

const GROUPINGS = ['model', 'provider', 'connection', 'preset', 'routing', 'state', 'conversation'];

/** What was spent by whatever it is grouped, for nothing, and by another calendar. */
export const spending: Migration = {
  version: 40,
  name: 'spending',
  sql: `
ALTER TABLE run ADD COLUMN waste TEXT CHECK (waste IN ('replaced', 'stopped', 'failed', 'deleted'));
DROP TRIGGER run_is_final;
WITH RECURSIVE shown (id, parent_id) AS (
    SELECT message.id, message.parent_id FROM conversation
    JOIN message ON message.id = conversation.active_leaf_id
    UNION ALL
    SELECT message.id, message.parent_id FROM shown JOIN message ON message.id = shown.parent_id),
  answered (question, run_id, asking, answer, is_shown) AS (
    SELECT message.parent_id, run.id, coalesce(run.fan_out, run.uid), message.id,
      message.id IN (SELECT id FROM shown)
    FROM message JOIN run ON run.id = message.run_id WHERE message.parent_id IS NOT NULL),
  kept (question, asking) AS (
    SELECT question, asking FROM (SELECT question, asking, row_number() OVER (
      PARTITION BY question ORDER BY is_shown DESC, answer DESC) AS place FROM answered)
    WHERE place = 1),
  replaced (run_id) AS MATERIALIZED (
    SELECT run_id FROM answered JOIN kept USING (question) WHERE answered.asking <> kept.asking)
UPDATE run SET waste = CASE WHEN conversation_id IS NULL THEN 'deleted'
    WHEN state IN ('failed', 'incomplete') THEN 'failed' WHEN state = 'stopped' THEN 'stopped'
    ELSE 'replaced' END
  WHERE state <> 'running' AND (conversation_id IS NULL OR state <> 'complete'
    OR id IN (SELECT run_id FROM replaced));
-- The day may change while the rows move to another calendar, and at no other time.
CREATE TRIGGER run_is_final BEFORE UPDATE ON run
  WHEN old.state <> 'running' AND (
    new.state <> old.state OR new.started_at <> old.started_at OR new.ended_at <> old.ended_at
    OR new.attempt <> old.attempt OR new.fan_out IS NOT old.fan_out
    OR new.requested_model <> old.requested_model OR new.parameters <> old.parameters
    OR new.extra <> old.extra OR new.adaptations <> old.adaptations
    OR new.raw_usage IS NOT old.raw_usage
    OR (new.day <> old.day AND NOT EXISTS (SELECT 1 FROM setting WHERE key = 'calendar_move')))
  BEGIN SELECT raise(ABORT, 'an ended run does not change'); END;
CREATE INDEX run_by_waste ON run (waste, started_at) WHERE waste IS NOT NULL;
CREATE INDEX run_wasted ON run (conversation_id, waste, is_demo, day, cost_source, cost_nanousd)
  WHERE waste IS NOT NULL;
CREATE INDEX run_by_cost ON run (is_demo, coalesce(cost_nanousd, -1), id);
CREATE INDEX run_by_duration ON run (is_demo, coalesce(total_ms, -1), id);
CREATE INDEX run_by_tokens ON run
  (is_demo, coalesce(prompt_tokens, 0) + coalesce(completion_tokens, 0), id);

ALTER TABLE usage_day ADD COLUMN total_steps TEXT NOT NULL DEFAULT '[]';
ALTER TABLE usage_day ADD COLUMN first_steps TEXT NOT NULL DEFAULT '[]';

-- Ended runs by one thing that they have in common, in each calendar day and again in each month, so
-- that a long range is a few rows. \`key\` is empty where it is not known or not there. The steps are a
-- list of times in milliseconds, each followed by how many runs took about so long.
CREATE TABLE usage_group (
  grouping TEXT NOT NULL,
  is_demo INTEGER NOT NULL,
  size TEXT NOT NULL CHECK (size IN ('day', 'month')),
  period TEXT NOT NULL,
  key TEXT NOT NULL,
  runs INTEGER NOT NULL,
  unknown INTEGER NOT NULL,
  known_nanousd INTEGER NOT NULL,
  estimated_nanousd INTEGER NOT NULL,
  prompt_tokens INTEGER NOT NULL,
  completion_tokens INTEGER NOT NULL,
  total_steps TEXT NOT NULL DEFAULT '[]',
  first_steps TEXT NOT NULL DEFAULT '[]',
  PRIMARY KEY (${GROUP_KEY})
) STRICT, WITHOUT ROWID;
CREATE INDEX usage_of_conversation ON usage_group (key) WHERE grouping = 'conversation';

CREATE TABLE counted AS
  SELECT is_demo, day, connection_name AS connection,
    coalesce(served_model, requested_model) AS model, coalesce(served_provider, '') AS provider,
    coalesce(preset_name, '') AS preset, coalesce(routing, '') AS routing, cost_source, state,
    coalesce(CAST(conversation_id AS TEXT), '') AS conversation, conversation_id, waste,
    cost_nanousd, prompt_tokens, completion_tokens, total_ms,
    ${stepOf('total_ms')} AS total_step, ${stepOf('first_token_ms')} AS first_step
  FROM run WHERE state <> 'running';
CREATE VIEW counted_key AS
  ${GROUPINGS.map((name) => `SELECT *, '${name}' AS grouping, ${name} AS key FROM counted`).join(' UNION ALL ')}
  UNION ALL SELECT *, 'answered', routing FROM counted WHERE state = 'complete'
  UNION ALL SELECT *, 'waste', waste FROM counted WHERE waste IS NOT NULL
  UNION ALL SELECT counted.*, 'tag', coalesce(conversation_tag.key, '') FROM counted
    LEFT JOIN conversation_tag ON conversation_tag.conversation_id = counted.conversation_id;
CREATE VIEW counted_sum AS
  SELECT *, 'day' AS size, day AS period FROM counted_key
  UNION ALL SELECT *, 'month', substr(day, 1, 7) FROM counted_key;
INSERT INTO usage_group (${GROUP_KEY}, runs, unknown, known_nanousd, estimated_nanousd,
    prompt_tokens, completion_tokens)
  SELECT ${GROUP_KEY}, count(*), count(*) FILTER (WHERE cost_source = 'unknown'),
    coalesce(sum(cost_nanousd) FILTER (WHERE cost_source <> 'estimated'), 0),
    coalesce(sum(cost_nanousd) FILTER (WHERE cost_source = 'estimated'), 0),
    coalesce(sum(prompt_tokens), 0), coalesce(sum(completion_tokens), 0)
  FROM counted_sum GROUP BY ${GROUP_KEY};
${packSteps('usage_group', GROUP_KEY, 'total_steps', 'total_step')}
${packSteps('usage_group', GROUP_KEY, 'first_steps', 'first_step')}
DELETE FROM usage_day;
INSERT INTO usage_day (${DAY_KEY}, runs, cost_nanousd, prompt_tokens, completion_tokens, total_ms)
  SELECT ${DAY_KEY}, count(*), coalesce(sum(cost_nanousd), 0), coalesce(sum(prompt_tokens), 0),
    coalesce(sum(completion_tokens), 0), coalesce(sum(total_ms), 0)
  FROM counted GROUP BY ${DAY_KEY};
${packSteps('usage_day', DAY_KEY, 'total_steps', 'total_step')}
${packSteps('usage_day', DAY_KEY, 'first_steps', 'first_step')}
DROP VIEW counted_sum;
DROP VIEW counted_key;
DROP TABLE counted;
`,
};
