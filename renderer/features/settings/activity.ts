import type {
  Connection,
  ConnectionActivity,
  ConnectionReport,
} from '../../../shared/contract/connection';
import { needsKey } from '../../../shared/profile';

/** One part of the line that says how a connection does. */
export type ActivityPart =
  | { readonly kind: 'latency'; readonly ms: number }
  | { readonly kind: 'failed'; readonly failed: number; readonly requests: number }
  | { readonly kind: 'requests'; readonly requests: number }
  | { readonly kind: 'refusedSince' | 'failingSince' | 'offlineSince'; readonly at: number }
  | { readonly kind: 'ready' | 'notRunning' | 'reached' | 'unchecked' | 'free' | 'noCost' };

/** So many failures in a row are more than bad luck. */
const FAILING = 3;

/** At most two parts: how it is reached, and how its requests went or what it costs. */
export function activityParts(
  connection: Connection,
  activity: ConnectionActivity | undefined,
  report: ConnectionReport | undefined,
): readonly ActivityPart[] {
  const { isDemo } = connection;
  if (isDemo) return [{ kind: 'ready' }, { kind: 'noCost' }];
  const local = isLocal(connection);
  const free: readonly ActivityPart[] = isFree(connection, activity) ? [{ kind: 'free' }] : [];
  const offlineSince = offline(connection, report);
  if (offlineSince !== null) {
    return local ? [{ kind: 'notRunning' }, ...free] : [{ kind: 'offlineSince', at: offlineSince }];
  }
  const recent = activity?.recent ?? [];
  const failing = trailingFailures(recent);
  const since = recent.at(-failing)?.at;
  if (report?.key === 'rejected') return [{ kind: 'refusedSince', at: since ?? report.at }];
  if (failing >= FAILING && since !== undefined) return [{ kind: 'failingSince', at: since }];
  const reach = reached(connection, recent, report);
  const requests = activity?.requests ?? 0;
  const failed = activity?.failed ?? 0;
  if (failed > 0) return [...reach, { kind: 'failed', failed, requests }];
  if (free.length > 0) return [...reach, ...free];
  if (requests > 0) return [...reach, { kind: 'requests', requests }];
  return reach.length > 0 ? reach : [{ kind: 'unchecked' }];
}

/** Since when it cannot be reached, by what was seen last: by main, or by a test. */
function offline(
  { reachability }: Connection,
  report: ConnectionReport | undefined,
): number | null {
  if (reachability.state === 'offline') return reachability.since;
  const away = report?.failure?.code === 'network' || report?.failure?.code === 'offline';
  return report && away && report.at >= reachability.since ? report.at : null;
}

function reached(
  { reachability: { state, latencyMs } }: Connection,
  recent: ConnectionActivity['recent'],
  report: ConnectionReport | undefined,
): readonly ActivityPart[] {
  const ms =
    latencyMs ?? report?.latencyMs ?? recent.findLast((request) => request.ms !== null)?.ms ?? null;
  if (ms !== null) return [{ kind: 'latency', ms: Math.round(ms) }];
  return state === 'online' ? [{ kind: 'reached' }] : [];
}

/** A model on this computer costs nothing. Any other server here may pass requests on to a paid one. */
function isFree(connection: Connection, activity: ConnectionActivity | undefined): boolean {
  const charges = activity?.costs === 'reported' || activity?.costs === 'some';
  return isLocal(connection) && connection.profile !== 'other' && !charges;
}

/** A server of one's own on this computer. */
export function isLocal({ baseUrl, profile }: Pick<Connection, 'baseUrl' | 'profile'>): boolean {
  if (needsKey(profile) || !URL.canParse(baseUrl)) return false;
  return /^(?:localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1\])$/.test(new URL(baseUrl).hostname);
}

function trailingFailures(recent: ConnectionActivity['recent']): number {
  const lastGood = recent.findLastIndex((request) => !request.failed);
  return recent.length - 1 - lastGood;
}

export interface SparkBar {
  /** Of the height there is, 0 to 1; 0 where there was no request. */
  readonly height: number;
  /** `warn`: a failure that passed. `danger`: one of those it has not recovered from. */
  readonly tone: 'plain' | 'warn' | 'danger' | 'none';
}

/** A request that took no time to speak of is still to be seen. */
const LOWEST = 0.2;

/** The newest requests as bars, the newest at the right; what is missing at the left is `none`. */
export function sparkBars(
  recent: ConnectionActivity['recent'],
  slots: number,
): readonly SparkBar[] {
  const shown = recent.slice(-slots);
  const longest = Math.max(1, ...shown.map((request) => (request.failed ? 0 : (request.ms ?? 0))));
  const failing = trailingFailures(shown);
  const bars = shown.map((request, index): SparkBar => {
    if (request.failed) {
      return { height: 1, tone: index >= shown.length - failing ? 'danger' : 'warn' };
    }
    const share = request.ms === null ? 0 : request.ms / longest;
    return { height: LOWEST + share * (0.8 - LOWEST), tone: 'plain' };
  });
  const missing = Array.from({ length: slots - bars.length }, (): SparkBar => {
    return { height: 0, tone: 'none' };
  });
  return [...missing, ...bars];
}
