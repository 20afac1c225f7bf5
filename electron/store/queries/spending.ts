import type { RunId } from '../../../shared/ids';
import { nano, type Total } from '../../../shared/money';
import type { ReadDb, WriteDb } from '../connection';
import { statement } from '../statement';

/** Adds an ended run to its day. Called once, in the transaction that ends it. */
export function countInDay(db: WriteDb, id: RunId): void {
  statement(
    db,
    `INSERT INTO usage_day (day, is_demo, connection, model, provider, preset, routing, cost_source,
       state, runs, cost_nanousd, prompt_tokens, completion_tokens, total_ms)
     SELECT day, is_demo, connection_name, coalesce(served_model, requested_model),
       coalesce(served_provider, ''), coalesce(preset_name, ''), coalesce(routing, ''), cost_source,
       state, 1, coalesce(cost_nanousd, 0), coalesce(prompt_tokens, 0),
       coalesce(completion_tokens, 0), coalesce(total_ms, 0)
     FROM run WHERE id = ?
     ON CONFLICT DO UPDATE SET runs = runs + 1,
       cost_nanousd = cost_nanousd + excluded.cost_nanousd,
       prompt_tokens = prompt_tokens + excluded.prompt_tokens,
       completion_tokens = completion_tokens + excluded.completion_tokens,
       total_ms = total_ms + excluded.total_ms`,
  ).run(id);
}

interface SumRow {
  readonly known: string;
  readonly estimated: string;
  readonly unknown: number;
  readonly runs: number;
}

/** The sum of all days from `from` to `to`, both included, as `YYYY-MM-DD`. */
export function spendingBetween(db: ReadDb, from: string, to: string, demo: boolean): Total {
  const row = statement<SumRow>(
    db,
    `SELECT
       CAST(coalesce(sum(cost_nanousd) FILTER (WHERE cost_source <> 'estimated'), 0) AS TEXT) AS known,
       CAST(coalesce(sum(cost_nanousd) FILTER (WHERE cost_source = 'estimated'), 0) AS TEXT) AS estimated,
       coalesce(sum(runs) FILTER (WHERE cost_source = 'unknown'), 0) AS unknown,
       coalesce(sum(runs), 0) AS runs
     FROM usage_day WHERE day BETWEEN ? AND ? AND is_demo = ?`,
  ).get(from, to, demo ? 1 : 0);
  const running = statement<{ count: number }>(
    db,
    "SELECT count(*) AS count FROM run WHERE state = 'running' AND day BETWEEN ? AND ? AND is_demo = ?",
  ).get(from, to, demo ? 1 : 0);
  return {
    known: nano(BigInt(row?.known ?? '0')),
    estimated: nano(BigInt(row?.estimated ?? '0')),
    unknown: row?.unknown ?? 0,
    runs: (row?.runs ?? 0) + (running?.count ?? 0),
    running: running?.count ?? 0,
  };
}
