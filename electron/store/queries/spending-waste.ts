import type { SpendingFilter, Waste, WastedSpending } from '../../../shared/contract/spending';
import type { Total } from '../../../shared/money';
import { type DayRange, monthsIn } from '../../../shared/spending-period';
import type { ReadDb } from '../connection';
import { all, isPlain, ledgerCondition } from './ledger-filter';
import type { Condition } from './search-terms';
import { allGroups, type GroupFigures, totalOf, without } from './spending-figures';
import { type Calendar, rangeOf } from './spending-report';
import { both, type Figures, groupSums, runFigures } from './spending-source';

const NOTHING: GroupFigures = {
  key: '',
  known: 0n,
  estimated: 0n,
  unknown: 0,
  running: 0,
  runs: 0,
  prompt: 0,
  completion: 0,
};

/** What was spent for nothing, each row in one class at most. */
export function wastedSpending(
  db: ReadDb,
  filter: SpendingFilter,
  calendar: Calendar,
): WastedSpending {
  const range = rangeOf(db, filter, calendar);
  const found = isPlain(filter)
    ? fromSums(db, filter, range)
    : byClass(db, fromLedger(filter, range));
  const total = (waste: Waste): Total => totalOf(found.get(waste) ?? NOTHING);
  return {
    replaced: total('replaced'),
    stopped: total('stopped'),
    failed: total('failed'),
    deleted: total('deleted'),
  };
}

function byClass(db: ReadDb, figures: Figures): Map<string, GroupFigures> {
  return new Map(allGroups(db, figures).map((group) => [group.key, group]));
}

/**
 * The sums of each class as the rows say, and from that moved to what is deleted whatever is in the trash:
 * it may come back, so its rows do not say so.
 */
function fromSums(db: ReadDb, filter: SpendingFilter, range: DayRange): Map<string, GroupFigures> {
  const found = byClass(db, groupSums(filter, 'waste', null, range, 'month'));
  const inTrash = byClass(db, both(trashedSums(filter, range), trashedWaste(filter, range)));
  for (const waste of ['replaced', 'stopped', 'failed']) {
    const trashed = inTrash.get(waste);
    if (trashed) found.set(waste, without(found.get(waste) ?? NOTHING, [trashed]));
  }
  const trashed = inTrash.get('deleted');
  if (trashed) {
    const others = plus(found.get('deleted') ?? NOTHING, trashed);
    found.set('deleted', without(others, [inTrash.get('twice') ?? NOTHING]));
  }
  return found;
}

function plus(one: GroupFigures, other: GroupFigures): GroupFigures {
  return without(one, [without(NOTHING, [other])]);
}

/** All that conversations in the trash have cost. */
function trashedSums(filter: SpendingFilter, range: DayRange): Figures {
  const { months, days } = monthsIn(range);
  const stretches = [
    ...days.map((stretch) => ['day', stretch] as const),
    ...(months ? [['month', months] as const] : []),
  ].map(([size, { from, to }]) => ({
    sql: `size = '${size}' AND period BETWEEN ? AND ?`,
    values: [from, to],
  }));
  return {
    sql: `SELECT 'deleted' AS key, period, known_nanousd AS known,
        usage_group.estimated_nanousd AS estimated, unknown, 0 AS running, usage_group.runs, prompt_tokens AS prompt,
        completion_tokens AS completion, '[]' AS total_steps, '[]' AS first_steps
      FROM conversation CROSS JOIN usage_group INDEXED BY usage_of_conversation
        ON usage_group.grouping = 'conversation' AND usage_group.key = CAST(conversation.id AS TEXT)
      WHERE shelf = 'trash' AND usage_group.is_demo = ?
        AND (${stretches.map(({ sql }) => sql).join(' OR ')})`,
    values: [filter.demo ? 1 : 0, ...stretches.flatMap(({ values }) => values)],
  };
}

/** What of that is in a class by itself, too: `twice` is what was deleted before its conversation was. */
function trashedWaste(filter: SpendingFilter, { from, to }: DayRange): Figures {
  return {
    sql: `SELECT iif(waste = 'deleted', 'twice', waste) AS key, day AS period,
        CASE WHEN cost_source = 'estimated' THEN 0 ELSE coalesce(run.cost_nanousd, 0) END AS known,
        CASE WHEN cost_source = 'estimated' THEN run.cost_nanousd ELSE 0 END AS estimated,
        cost_source = 'unknown' AS unknown, 0 AS running, 1 AS runs, 0 AS prompt, 0 AS completion,
        '[]' AS total_steps, '[]' AS first_steps
      FROM conversation CROSS JOIN run INDEXED BY run_wasted ON run.conversation_id = conversation.id
      WHERE shelf = 'trash' AND run.waste IN ('replaced', 'stopped', 'failed', 'deleted')
        AND run.is_demo = ? AND run.day BETWEEN ? AND ?`,
    values: [filter.demo ? 1 : 0, from, to],
  };
}

function fromLedger(filter: SpendingFilter, range: DayRange): Figures {
  const meant = ledgerCondition(filter, range);
  const trashed = "(SELECT id FROM conversation WHERE shelf = 'trash')";
  const rows = (table: string, key: string, which: string): Figures => {
    const condition: Condition = all([{ sql: which, values: [] }, meant]);
    return {
      sql: `${runFigures(table, key, 'day')} WHERE ${condition.sql}`,
      values: condition.values,
    };
  };
  return both(
    rows(
      'run INDEXED BY run_by_waste',
      'run.waste',
      `run.waste IN ('replaced', 'stopped', 'failed', 'deleted')
         AND (run.conversation_id IS NULL OR run.conversation_id NOT IN ${trashed})`,
    ),
    rows(
      'run INDEXED BY run_by_conversation',
      "'deleted'",
      `run.conversation_id IN ${trashed} AND run.state <> 'running'`,
    ),
  );
}
