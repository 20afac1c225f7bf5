import type { ConnectionActivity } from '../../../shared/contract/connection';
import type { ConnectionId } from '../../../shared/ids';
import type { ReadDb } from '../connection';
import { statement } from '../statement';

/** How many requests are looked at one by one. */
const RECENT = 24;

/** How many complete answers say whether a server tells its costs. */
const BILLED = 20;

interface RecentRow {
  readonly at: number;
  readonly ms: number | null;
  readonly failed: number;
}

const FAILED = "state IN ('failed', 'incomplete')";

/** How requests to a connection went, from the ledger; the counts are of those since a time (ms). */
export function connectionActivity(
  db: ReadDb,
  id: ConnectionId,
  since: number,
): ConnectionActivity {
  const recent = statement<RecentRow>(
    db,
    `SELECT started_at AS at, coalesce(latency_ms, first_token_ms) AS ms, ${FAILED} AS failed
     FROM run WHERE connection_id = ? AND state <> 'running' ORDER BY started_at DESC LIMIT ${RECENT}`,
  ).all(id);
  const counts = statement<{ requests: number; failed: number }>(
    db,
    `SELECT count(*) AS requests, count(*) FILTER (WHERE ${FAILED}) AS failed
     FROM run WHERE connection_id = ? AND started_at >= ? AND state <> 'running'`,
  ).get(id, since);
  return {
    recent: recent.toReversed().map(({ at, ms, failed }) => ({
      at,
      ms: ms === null ? null : Math.max(0, ms),
      failed: failed === 1,
    })),
    requests: counts?.requests ?? 0,
    failed: counts?.failed ?? 0,
    costs: costsOf(db, id),
  };
}

function costsOf(db: ReadDb, id: ConnectionId): ConnectionActivity['costs'] {
  const sources = statement<{ cost_source: string }>(
    db,
    `SELECT cost_source FROM run WHERE connection_id = ? AND state = 'complete'
     ORDER BY started_at DESC LIMIT ${BILLED}`,
  ).all(id);
  const reported = sources.filter(({ cost_source }) => cost_source === 'reported').length;
  if (sources.length === 0) return 'unknown';
  if (reported === sources.length) return 'reported';
  return reported === 0 ? 'never' : 'some';
}
