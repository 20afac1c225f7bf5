import type { Grouping, SpendingFilter } from '../../../shared/contract/spending';
import { type DayRange, monthsIn } from '../../../shared/spending-period';
import { sqlStep } from './latencies';
import { all, LEDGER_KEYS, ledgerCondition, namedKeys, narrowing } from './ledger-filter';
import type { Condition } from './search-terms';

/**
 * Where figures are read from: rows of key, period, known, estimated, unknown, running, runs, prompt,
 * completion, total_steps and first_steps. A row may stand for many runs.
 */
export type Figures = Condition;

/**
 * How finely time must be known: a report over months may read whole months as one row; within a day the
 * period is the quarter of an hour, in milliseconds since 1970.
 */
export type Fineness = 'month' | 'day' | 'quarter';

/** The runs that a filter means, put together by a grouping. */
export interface Source {
  /** Each run once in each of its groups; where `keys` are given, of these groups at least. */
  grouped(range: DayRange, fineness: Fineness, keys?: readonly string[]): Figures;
  /** Each run once; the key says nothing. */
  whole(range: DayRange, fineness: Fineness): Figures;
  /** A run may be in several groups. */
  readonly overlaps: boolean;
  /** A few groups are found much sooner than all of them. */
  readonly isKeyed: boolean;
  /** The cost of every group by its key, where that stands somewhere already. */
  readonly ranked: Condition | null;
}

/**
 * The quickest source for what is asked: the sums of one grouping; the sums of days by all that a run itself
 * says; the ledger, for hours and for what belongs to the conversation.
 */
export function sourceOf(filter: SpendingFilter, groupBy: Grouping, withinDay: boolean): Source {
  const named = namedKeys(filter.only);
  const byItself = named.every(
    ([grouping, keys]) => grouping === groupBy && isWhole(groupBy, keys),
  );
  if (withinDay || filter.waste) return ledger(filter, groupBy);
  if (byItself && !filter.sources) return groups(filter, groupBy, named[0]?.[1] ?? null);
  const ofRun = [groupBy, ...named.map(([grouping]) => grouping)].every(
    (grouping) => grouping in CUBE,
  );
  return ofRun ? cube(filter, groupBy) : ledger(filter, groupBy);
}

/** Runs of several tags would be counted once for each. */
function isWhole(groupBy: Grouping, keys: readonly string[]): boolean {
  return groupBy !== 'tag' || keys.length === 1;
}

function groups(filter: SpendingFilter, groupBy: Grouping, keys: readonly string[] | null): Source {
  const grouped: Source['grouped'] = (range, fineness, some) =>
    both(
      groupSums(filter, groupBy, some ?? keys, range, fineness),
      ofKeys(running(filter, groupBy, range), keys),
    );
  return {
    grouped,
    whole: keys
      ? (range, fineness) => grouped(range, fineness)
      : (range, fineness) =>
          both(groupSums(filter, 'state', null, range, fineness), running(filter, null, range)),
    overlaps: groupBy === 'tag' && keys === null,
    isKeyed: true,
    ranked: groupBy === 'conversation' && keys === null ? everyConversation(filter) : null,
  };
}

/** Those of some groups: a row of a conversation with two tags is narrowed by one of them and in both. */
function ofKeys(figures: Figures, keys: readonly string[] | null): Figures {
  if (keys === null) return figures;
  return {
    sql: `SELECT * FROM (${figures.sql}) WHERE key IN (SELECT value FROM json_each(?))`,
    values: [...figures.values, JSON.stringify(keys)],
  };
}

/**
 * What each conversation has cost in all, as it is kept with it; null for less than all time. Only right
 * while the ledger has nothing but the demo's rows or none of them: a conversation may have both.
 */
function everyConversation({ from, to, demo }: SpendingFilter): Condition | null {
  if (from !== null || to !== null) return null;
  return {
    sql: `SELECT CAST(id AS TEXT) AS key, cost_nanousd + estimated_nanousd AS cost
        FROM conversation WHERE runs + running > 0
      UNION ALL
      SELECT '', sum(known_nanousd + estimated_nanousd) FROM usage_group
        WHERE grouping = 'conversation' AND is_demo = ? AND size = 'month' AND key = ''
        HAVING count(*) > 0`,
    values: [demo ? 1 : 0],
  };
}

/** The sums of one grouping, of complete answers by their routing, or of what was spent for nothing. */
export function groupSums(
  filter: SpendingFilter,
  groupBy: Grouping | 'answered' | 'waste',
  keys: readonly string[] | null,
  range: DayRange,
  fineness: Fineness,
): Figures {
  const { months, days } =
    fineness === 'month' && groupBy !== 'day' ? monthsIn(range) : { months: null, days: [range] };
  const stretches = [
    ...days.map((stretch) => ({ size: 'day', start: 'period', ...stretch })),
    ...(months ? [{ size: 'month', start: "period || '-01'", ...months }] : []),
  ];
  const key = groupBy === 'day' ? 'period' : 'key';
  const narrowed = keys ? `AND ${key} IN (SELECT value FROM json_each(?))` : '';
  const index = keys && groupBy === 'conversation' ? 'INDEXED BY usage_of_conversation' : '';
  return both(
    ...stretches.map(({ size, start, from, to }) => ({
      sql: `SELECT ${key} AS key, ${start} AS period, known_nanousd AS known,
          estimated_nanousd AS estimated, unknown, 0 AS running, runs, prompt_tokens AS prompt,
          completion_tokens AS completion, total_steps, first_steps
        FROM usage_group ${index} WHERE grouping = '${groupBy === 'day' ? 'state' : groupBy}'
          AND is_demo = ? AND size = ? AND period BETWEEN ? AND ? ${narrowed}`,
      values: [filter.demo ? 1 : 0, size, from, to, ...(keys ? [JSON.stringify(keys)] : [])],
    })),
  );
}

/** What a run says itself, in the sums of the days. */
const CUBE: Readonly<Partial<Record<Grouping, string>>> = {
  model: 'model',
  provider: 'provider',
  connection: 'connection',
  preset: 'preset',
  routing: 'routing',
  state: 'state',
  day: 'day',
};

function cube(filter: SpendingFilter, groupBy: Grouping): Source {
  const sums = (key: string, { from, to }: DayRange): Figures => {
    const narrowed = namedKeys(filter.only).map(([grouping, keys]) => ({
      sql: `${CUBE[grouping] ?? 'day'} IN (SELECT value FROM json_each(?))`,
      values: [JSON.stringify(keys)],
    }));
    const sources = {
      sql: 'cost_source IN (SELECT value FROM json_each(?))',
      values: [JSON.stringify(filter.sources ?? [])],
    };
    const days = {
      sql: 'day BETWEEN ? AND ? AND is_demo = ?',
      values: [from, to, filter.demo ? 1 : 0],
    };
    const { sql, values } = all([days, ...narrowed, ...(filter.sources ? [sources] : [])]);
    return {
      sql: `SELECT ${key} AS key, day AS period,
          CASE WHEN cost_source = 'estimated' THEN 0 ELSE cost_nanousd END AS known,
          CASE WHEN cost_source = 'estimated' THEN cost_nanousd ELSE 0 END AS estimated,
          CASE WHEN cost_source = 'unknown' THEN runs ELSE 0 END AS unknown, 0 AS running, runs,
          prompt_tokens AS prompt, completion_tokens AS completion, total_steps, first_steps
        FROM usage_day WHERE ${sql}`,
      values,
    };
  };
  return {
    grouped: (range) => both(sums(CUBE[groupBy] ?? 'day', range), running(filter, groupBy, range)),
    whole: (range) => both(sums("''", range), running(filter, null, range)),
    overlaps: false,
    isKeyed: false,
    ranked: null,
  };
}

function ledger(filter: SpendingFilter, groupBy: Grouping): Source {
  const rows = (of: Grouping | null, range: DayRange, fineness: Fineness): Figures => {
    const { sql, values } = ledgerCondition(filter, range);
    return { sql: `${runFigures(tableOf('run', of), keyOf(of), fineness)} WHERE ${sql}`, values };
  };
  return {
    grouped: (range, fineness) => rows(groupBy, range, fineness),
    whole: (range, fineness) => rows(null, range, fineness),
    overlaps: groupBy === 'tag',
    isKeyed: false,
    ranked: null,
  };
}

/** Those without an end, which no sum has. */
function running(filter: SpendingFilter, of: Grouping | null, { from, to }: DayRange): Figures {
  const { sql, values } = all([
    {
      sql: "run.state = 'running' AND run.is_demo = ? AND run.day BETWEEN ? AND ?",
      values: [filter.demo ? 1 : 0, from, to],
    },
    ...narrowing(filter),
  ]);
  const table = tableOf('run INDEXED BY run_running', of);
  return { sql: `${runFigures(table, keyOf(of), 'day')} WHERE ${sql}`, values };
}

const QUARTER_MS = 900_000;

const TAGS = 'LEFT JOIN conversation_tag ON conversation_tag.conversation_id = run.conversation_id';

/** The figures of each row of the ledger, under a key. */
export function runFigures(table: string, key: string, fineness: Fineness): string {
  const period =
    fineness === 'quarter' ? `run.started_at / ${QUARTER_MS} * ${QUARTER_MS}` : 'run.day';
  const steps = (column: string) =>
    `CASE WHEN ${column} IS NULL THEN '[]' ELSE '[' || ${sqlStep(column)} || ',1]' END`;
  return `SELECT ${key} AS key, ${period} AS period,
      CASE WHEN cost_source = 'estimated' THEN 0 ELSE coalesce(cost_nanousd, 0) END AS known,
      CASE WHEN cost_source = 'estimated' THEN cost_nanousd ELSE 0 END AS estimated,
      cost_source = 'unknown' AND state <> 'running' AS unknown, state = 'running' AS running,
      1 AS runs, coalesce(prompt_tokens, 0) AS prompt,
      coalesce(completion_tokens, 0) AS completion, ${steps('run.total_ms')} AS total_steps,
      ${steps('run.first_token_ms')} AS first_steps
    FROM ${table}`;
}

function tableOf(run: string, of: Grouping | null): string {
  return of === 'tag' ? `${run} ${TAGS}` : run;
}

function keyOf(of: Grouping | null): string {
  if (of === null) return "''";
  return of === 'tag' ? "coalesce(conversation_tag.key, '')" : LEDGER_KEYS[of];
}

/** Figures of two and more sources. */
export function both(...figures: readonly Figures[]): Figures {
  return {
    sql: figures.map(({ sql }) => sql).join(' UNION ALL '),
    values: figures.flatMap(({ values }) => values),
  };
}
