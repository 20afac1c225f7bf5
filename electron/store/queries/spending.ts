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

/**
 * Takes an ended run out of its day, so that what it cost can be changed: taken out, changed and counted
 * again in one transaction. The totals of its conversation are not touched.
 */
export function uncountInDay(db: WriteDb, id: RunId): void {
  const day = `(day, is_demo, connection, model, provider, preset, routing, cost_source, state) = (
     SELECT day, is_demo, connection_name, coalesce(served_model, requested_model),
       coalesce(served_provider, ''), coalesce(preset_name, ''), coalesce(routing, ''), cost_source,
       state FROM run WHERE id = ?)`;
  statement(
    db,
    `UPDATE usage_day SET runs = usage_day.runs - 1,
       cost_nanousd = usage_day.cost_nanousd - coalesce(run.cost_nanousd, 0),
       prompt_tokens = usage_day.prompt_tokens - coalesce(run.prompt_tokens, 0),
       completion_tokens = usage_day.completion_tokens - coalesce(run.completion_tokens, 0),
       total_ms = usage_day.total_ms - coalesce(run.total_ms, 0)
     FROM run WHERE run.id = ? AND (usage_day.day, usage_day.is_demo, usage_day.connection,
       usage_day.model, usage_day.provider, usage_day.preset, usage_day.routing,
       usage_day.cost_source, usage_day.state) = (run.day, run.is_demo, run.connection_name,
       coalesce(run.served_model, run.requested_model), coalesce(run.served_provider, ''),
       coalesce(run.preset_name, ''), coalesce(run.routing, ''), run.cost_source, run.state)`,
  ).run(id);
  statement(db, `DELETE FROM usage_day WHERE runs = 0 AND ${day}`).run(id);
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
