import type { Grouping, SpendingFilter } from '../../../shared/contract/spending';
import type { DayRange } from '../../../shared/spending-period';
import type { Condition } from './search-terms';

/** What a row of the ledger is grouped by. Those of a conversation's tags are in `LEDGER_TAGS`. */
const LEDGER_KEYS: Readonly<Record<Grouping, string>> = {
  model: 'coalesce(run.served_model, run.requested_model)',
  provider: "coalesce(run.served_provider, '')",
  connection: 'run.connection_name',
  preset: "coalesce(run.preset_name, '')",
  conversation: "coalesce(CAST(run.conversation_id AS TEXT), '')",
  tag: "coalesce(conversation_tag.key, '')",
  routing: "coalesce(run.routing, '')",
  day: 'run.day',
  state: 'run.state',
};

/** What stands behind `FROM run` where rows are grouped by tag: a row of each tag, or one without. */
const LEDGER_TAGS =
  'LEFT JOIN conversation_tag ON conversation_tag.conversation_id = run.conversation_id';

/**
 * Each ended row that was spent for nothing, once. One that is deleted, or whose conversation is, is only
 * that. An answer is replaced when its question was asked again, and another of its answers is shown or,
 * where none is, was asked for last. Those asked for side by side count as one.
 */
export const WASTED_ROWS = `
  shown (id, parent_id) AS (
    SELECT message.id, message.parent_id FROM conversation
    JOIN message ON message.id = conversation.active_leaf_id
    UNION ALL
    SELECT message.id, message.parent_id FROM shown JOIN message ON message.id = shown.parent_id),
  answered (question, run_id, asking, last, is_shown) AS (
    SELECT message.parent_id, run.id, coalesce(run.fan_out, run.uid), message.id,
      EXISTS (SELECT 1 FROM shown WHERE shown.id = message.id)
    FROM message JOIN run ON run.id = message.run_id WHERE message.parent_id IS NOT NULL),
  kept (question, asking) AS (
    SELECT question, asking FROM (SELECT question, asking, row_number() OVER (
      PARTITION BY question ORDER BY is_shown DESC, last DESC) AS place FROM answered)
    WHERE place = 1),
  wasted (run_id, waste) AS (
    SELECT run.id, CASE
      WHEN conversation.id IS NULL OR conversation.deleted_at IS NOT NULL
        OR message.id IS NULL OR message.deleted_at IS NOT NULL THEN 'deleted'
      WHEN run.state IN ('failed', 'incomplete') THEN 'failed'
      WHEN run.state = 'stopped' THEN 'stopped'
      WHEN EXISTS (SELECT 1 FROM answered JOIN kept USING (question)
        WHERE answered.run_id = run.id AND answered.asking <> kept.asking) THEN 'replaced' END
    FROM run LEFT JOIN conversation ON conversation.id = run.conversation_id
    LEFT JOIN message ON message.id = run.message_id WHERE run.state <> 'running')`;

/** The rows of `run` that a filter means. `range` is what its days came to. */
export function ledgerCondition(filter: SpendingFilter, range: DayRange): Condition {
  const conditions: Condition[] = [
    { sql: 'run.is_demo = ?', values: [filter.demo ? 1 : 0] },
    { sql: 'run.day BETWEEN ? AND ?', values: [range.from, range.to] },
  ];
  for (const [grouping, keys] of Object.entries(filter.only) as [Grouping, string[]][]) {
    conditions.push(keysCondition(grouping, keys));
  }
  if (filter.sources) {
    conditions.push({
      sql: "run.state <> 'running' AND run.cost_source IN (SELECT value FROM json_each(?))",
      values: [JSON.stringify(filter.sources)],
    });
  }
  if (filter.waste) {
    conditions.push({
      sql: `run.id IN (WITH RECURSIVE ${WASTED_ROWS} SELECT run_id FROM wasted WHERE waste = ?)`,
      values: [filter.waste],
    });
  }
  return {
    sql: conditions.map(({ sql }) => `(${sql})`).join(' AND '),
    values: conditions.flatMap(({ values }) => values),
  };
}

function keysCondition(grouping: Grouping, keys: readonly string[]): Condition {
  const values = [JSON.stringify(keys)];
  const wanted = '(SELECT value FROM json_each(?))';
  if (grouping !== 'tag') return { sql: `${LEDGER_KEYS[grouping]} IN ${wanted}`, values };
  return {
    sql: `EXISTS (SELECT 1 FROM (SELECT run.conversation_id AS id) AS its ${LEDGER_TAGS.replace(
      'run.conversation_id',
      'its.id',
    )} WHERE ${LEDGER_KEYS.tag} IN ${wanted})`,
    values,
  };
}

/** The rows of the ledger that a filter means, each with its key; without a grouping that is empty. */
export interface LedgerRows extends Condition {
  readonly key: string;
}

export function ledgerRows(
  filter: SpendingFilter,
  range: DayRange,
  groupBy: Grouping | null,
): LedgerRows {
  const { sql, values } = ledgerCondition(filter, range);
  const tags = groupBy === 'tag' ? LEDGER_TAGS : '';
  return {
    key: groupBy === null ? "''" : LEDGER_KEYS[groupBy],
    sql: `FROM run ${tags} WHERE ${sql}`,
    values,
  };
}
