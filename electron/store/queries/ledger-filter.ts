import type { Grouping, SpendingFilter, Waste } from '../../../shared/contract/spending';
import type { DayRange } from '../../../shared/spending-period';
import type { Condition } from './search-terms';

/** What a row of the ledger is grouped by. */
export const LEDGER_KEYS: Readonly<Record<Exclude<Grouping, 'tag'>, string>> = {
  model: 'coalesce(run.served_model, run.requested_model)',
  provider: "coalesce(run.served_provider, '')",
  connection: 'run.connection_name',
  preset: "coalesce(run.preset_name, '')",
  conversation: "coalesce(CAST(run.conversation_id AS TEXT), '')",
  routing: "coalesce(run.routing, '')",
  day: 'run.day',
  state: 'run.state',
};

const DAY_MS = 86_400_000;

/** A day is a little before or after the same of UTC; between those limits the index by time leads to it. */
const FARTHEST_ZONE_MS = 2 * DAY_MS;

/** In the trash; what is deleted for good is so in the row itself. */
const IN_TRASH = "run.conversation_id IN (SELECT id FROM conversation WHERE shelf = 'trash')";

/** The rows of `run` that a filter means. `range` is what its days came to. */
export function ledgerCondition(filter: SpendingFilter, range: DayRange): Condition {
  return all([
    { sql: 'run.is_demo = ?', values: [filter.demo ? 1 : 0] },
    {
      sql: 'run.day BETWEEN ? AND ? AND run.started_at BETWEEN ? AND ?',
      values: [
        range.from,
        range.to,
        Date.parse(range.from) - FARTHEST_ZONE_MS,
        Date.parse(range.to) + DAY_MS + FARTHEST_ZONE_MS,
      ],
    },
    ...narrowing(filter),
  ]);
}

/** The same without its days. */
export function narrowing({ only, sources, waste }: SpendingFilter): Condition[] {
  return [
    ...namedKeys(only).map(([grouping, keys]) => keysCondition(grouping, keys)),
    ...(sources
      ? [
          {
            sql: "run.state <> 'running' AND run.cost_source IN (SELECT value FROM json_each(?))",
            values: [JSON.stringify(sources)],
          },
        ]
      : []),
    ...(waste ? [wasteCondition(waste)] : []),
  ];
}

/** The groupings that a filter narrows by. */
export function namedKeys(
  only: SpendingFilter['only'],
): (readonly [Grouping, readonly string[]])[] {
  return (Object.keys(only) as Grouping[]).flatMap((grouping) => {
    const keys = only[grouping];
    return keys ? [[grouping, keys] as const] : [];
  });
}

/** Whether a filter means every row of its days. */
export function isPlain({ only, sources, waste }: SpendingFilter): boolean {
  return namedKeys(only).length === 0 && !sources && !waste;
}

export function all(conditions: readonly Condition[]): Condition {
  return {
    sql: conditions.map(({ sql }) => `(${sql})`).join(' AND '),
    values: conditions.flatMap(({ values }) => values),
  };
}

function wasteCondition(waste: Waste): Condition {
  return {
    sql:
      waste === 'deleted'
        ? `run.state <> 'running' AND (run.waste = ? OR ${IN_TRASH})`
        : `run.waste = ? AND NOT (run.conversation_id IS NOT NULL AND ${IN_TRASH})`,
    values: [waste],
  };
}

function keysCondition(grouping: Grouping, keys: readonly string[]): Condition {
  const wanted = '(SELECT value FROM json_each(?))';
  const values = [JSON.stringify(keys)];
  switch (grouping) {
    case 'tag': {
      const tagged = 'SELECT conversation_id FROM conversation_tag';
      const sql = `run.conversation_id IN (${tagged} WHERE key IN ${wanted})`;
      if (!keys.includes('')) return { sql, values };
      const untagged = `run.conversation_id IS NULL OR run.conversation_id NOT IN (${tagged})`;
      return { sql: `${sql} OR ${untagged}`, values };
    }
    case 'conversation': {
      const sql = `run.conversation_id IN (SELECT CAST(value AS INTEGER) FROM json_each(?))`;
      return { sql: keys.includes('') ? `${sql} OR run.conversation_id IS NULL` : sql, values };
    }
    default:
      return { sql: `${LEDGER_KEYS[grouping]} IN ${wanted}`, values };
  }
}
