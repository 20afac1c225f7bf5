import type { ReadDb } from '../connection';
import { statement } from '../statement';

/** The kinds of sums that are kept beside the rows of the ledger. */
export type SumKind = 'days' | 'groups' | 'conversations';

const ENDED = "FROM run WHERE state <> 'running'";
const COST = 'sum(coalesce(cost_nanousd, 0))';

/**
 * What the rows of one conversation come to: `runs`, `running`, `unknown_runs`, `cost_nanousd` and
 * `estimated_nanousd`, in this order.
 */
export const ofConversation = `count(run.id), count(CASE WHEN run.state = 'running' THEN 1 END),
  count(CASE WHEN run.state <> 'running' AND run.cost_nanousd IS NULL THEN 1 END),
  coalesce(sum(CASE WHEN run.cost_source <> 'estimated' THEN run.cost_nanousd END), 0),
  coalesce(sum(CASE WHEN run.cost_source = 'estimated' THEN run.cost_nanousd END), 0)`;

/** What is kept, and what the rows come to: each as one query of the same columns. */
const SUMS: Readonly<Record<SumKind, readonly [kept: string, counted: string]>> = {
  days: [
    `SELECT day, is_demo, state, sum(runs) AS runs, sum(cost_nanousd) AS cost FROM usage_day
     GROUP BY day, is_demo, state HAVING sum(runs) <> 0`,
    `SELECT day, is_demo, state, count(*), ${COST} ${ENDED} GROUP BY day, is_demo, state`,
  ],
  groups: [
    `SELECT size, period, is_demo, key, runs, known_nanousd + estimated_nanousd AS cost
     FROM usage_group WHERE grouping = 'state' AND runs <> 0`,
    `SELECT 'day', day, is_demo, state, count(*), ${COST} ${ENDED} GROUP BY day, is_demo, state
     UNION ALL
     SELECT 'month', substr(day, 1, 7), is_demo, state, count(*), ${COST} ${ENDED}
     GROUP BY substr(day, 1, 7), is_demo, state`,
  ],
  conversations: [
    `SELECT id, runs, running, unknown_runs, cost_nanousd, estimated_nanousd FROM conversation`,
    `SELECT conversation.id, ${ofConversation}
     FROM conversation LEFT JOIN run ON run.conversation_id = conversation.id
     GROUP BY conversation.id`,
  ],
};

/** How many of the sums are not what the rows of the ledger come to, by their kind. */
export function sumFaults(db: ReadDb): Readonly<Record<SumKind, number>> {
  const found = (kind: SumKind) => {
    const [kept, counted] = SUMS[kind];
    // Each way, so that what only one side has is found too; a wrong one would count twice.
    const missing = (one: string, other: string) =>
      statement<{ count: number }>(
        db,
        `SELECT count(*) AS count FROM (SELECT * FROM (${one}) EXCEPT SELECT * FROM (${other}))`,
      ).get()?.count ?? 0;
    return Math.max(missing(kept, counted), missing(counted, kept));
  };
  return { days: found('days'), groups: found('groups'), conversations: found('conversations') };
}
