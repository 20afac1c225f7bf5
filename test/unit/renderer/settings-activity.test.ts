import { describe, expect, it } from 'vitest';
import { activityParts, isLocal, sparkBars } from '../../../renderer/features/settings/activity';
import type { ConnectionActivity, ConnectionReport } from '../../../shared/contract/connection';
import { describedConnection } from '../../fixtures/connections';

const NONE: ConnectionActivity = { recent: [], requests: 0, failed: 0, costs: 'unknown' };

/** Requests in the order they were made: a number is its milliseconds, `x` a failure. */
function activity(...requests: readonly (number | 'x' | null)[]): ConnectionActivity {
  const recent = requests.map((request, index) => ({
    at: 1000 + index,
    ms: request === 'x' ? null : request,
    failed: request === 'x',
  }));
  const failed = recent.filter((request) => request.failed).length;
  return { recent, requests: recent.length, failed, costs: 'reported' };
}

const rejected: ConnectionReport = {
  at: 5000,
  failure: { code: 'key_rejected' },
  latencyMs: 12,
  key: 'rejected',
  credit: 'unknown',
  models: null,
  proxy: null,
  certificate: null,
};

const online = describedConnection({
  reachability: { state: 'online', since: 0, latencyMs: 212 },
});
const ollama = describedConnection({
  profile: 'ollama',
  keyState: 'missing',
  baseUrl: 'http://127.0.0.1:11434/v1',
});

describe('the line about a connection', () => {
  it('says how fast it was reached and how many requests failed', () => {
    expect(activityParts(online, activity(200, 'x', 210), undefined)).toEqual([
      { kind: 'latency', ms: 212 },
      { kind: 'failed', failed: 1, requests: 3 },
    ]);
    expect(activityParts(online, activity(200), undefined)).toEqual([
      { kind: 'latency', ms: 212 },
      { kind: 'requests', requests: 1 },
    ]);
  });

  it('takes the last request for the latency where nothing else measured it', () => {
    const [first] = activityParts(describedConnection(), activity(90.4, null), undefined);
    expect(first).toEqual({ kind: 'latency', ms: 90 });
  });

  it('says since when a key is refused, by the requests that were', () => {
    expect(activityParts(online, activity(200, 'x', 'x'), rejected)).toEqual([
      { kind: 'refusedSince', at: 1001 },
    ]);
    expect(activityParts(online, NONE, rejected)).toEqual([{ kind: 'refusedSince', at: 5000 }]);
  });

  it('calls it failing only after several failures in a row', () => {
    expect(activityParts(online, activity(9, 'x', 'x'), undefined)[0]?.kind).toBe('latency');
    expect(activityParts(online, activity(9, 'x', 'x', 'x'), undefined)).toEqual([
      { kind: 'failingSince', at: 1001 },
    ]);
  });

  it('tells a server of one’s own that is not running from one that cannot be reached', () => {
    const off = { state: 'offline', since: 77, latencyMs: null } as const;
    expect(activityParts({ ...ollama, reachability: off }, NONE, undefined)).toEqual([
      { kind: 'notRunning' },
      { kind: 'free' },
    ]);
    expect(activityParts({ ...online, reachability: off }, NONE, undefined)).toEqual([
      { kind: 'offlineSince', at: 77 },
    ]);
  });

  it('does not call free what may pass requests on, or charges', () => {
    const other = { ...ollama, profile: 'other' } as const;
    const reached = { state: 'online', since: 0, latencyMs: 8 } as const;
    const parts = (connection: typeof ollama, costs: ConnectionActivity['costs']) =>
      activityParts({ ...connection, reachability: reached }, { ...NONE, costs }, undefined);
    expect(parts(ollama, 'unknown')).toEqual([{ kind: 'latency', ms: 8 }, { kind: 'free' }]);
    expect(parts(ollama, 'reported')).toEqual([{ kind: 'latency', ms: 8 }]);
    expect(parts(other, 'never')).toEqual([{ kind: 'latency', ms: 8 }]);
  });

  it('believes the last test that nothing answers, and what was seen after it', () => {
    const away: ConnectionReport = {
      ...rejected,
      failure: { code: 'network', reason: 'refused' },
      key: 'unknown',
    };
    expect(activityParts(ollama, NONE, away)).toEqual([{ kind: 'notRunning' }, { kind: 'free' }]);
    const back = { state: 'online', since: 6000, latencyMs: 8 } as const;
    const [first] = activityParts({ ...ollama, reachability: back }, NONE, away);
    expect(first).toEqual({ kind: 'latency', ms: 8 });
  });

  it('says that the demo costs nothing, and what nobody has looked at yet', () => {
    expect(activityParts(describedConnection({ isDemo: true }), NONE, undefined)).toEqual([
      { kind: 'ready' },
      { kind: 'noCost' },
    ]);
    expect(activityParts(describedConnection(), NONE, undefined)).toEqual([{ kind: 'unchecked' }]);
  });
});

describe('a server of one’s own', () => {
  it('runs on this computer and wants no key', () => {
    expect(isLocal(ollama)).toBe(true);
    expect(isLocal({ ...ollama, baseUrl: 'http://[::1]:8080/v1' })).toBe(true);
    expect(isLocal({ ...ollama, baseUrl: 'http://192.168.1.5:11434/v1' })).toBe(false);
    expect(isLocal({ ...ollama, profile: 'openai' })).toBe(false);
  });
});

describe('the bars of the last requests', () => {
  it('stand at the right, newest last, and the slowest is the tallest that did not fail', () => {
    const bars = sparkBars(activity(100, 50, 'x', 0).recent, 6);
    expect(bars.map((bar) => bar.tone)).toEqual([
      'none',
      'none',
      'plain',
      'plain',
      'warn',
      'plain',
    ]);
    expect(bars.map((bar) => bar.height)).toEqual([0, 0, 0.8, 0.5, 1, 0.2]);
  });

  it('are red from where it has not recovered', () => {
    const bars = sparkBars(activity('x', 5, 'x', 'x').recent, 3);
    expect(bars.map((bar) => bar.tone)).toEqual(['plain', 'danger', 'danger']);
  });
});
