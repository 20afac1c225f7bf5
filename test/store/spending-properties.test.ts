import { describe, expect, it } from 'vitest';
import type { ReadDb } from '../../electron/store/connection';
import { endRun } from '../../electron/store/queries/run-life';
import {
  type Calendar,
  rangeOf,
  spendingReport,
} from '../../electron/store/queries/spending-report';
import { routingFigures } from '../../electron/store/queries/spending-routing';
import { spendingRows } from '../../electron/store/queries/spending-rows';
import { wastedSpending } from '../../electron/store/queries/spending-waste';
import { moveCalendar } from '../../electron/store/queries/usage-calendar';
import { GROUPINGS, type SpendingFilter, WASTES } from '../../shared/contract/spending';
import { localDay } from '../../shared/local-day';
import { previousRange } from '../../shared/spending-period';
import fc from '../fixtures/fast-check';
import { begin, connect, outcome, say } from '../fixtures/ledger';
import { playLedger, randomLedger, withoutDeletions, ZONES } from '../fixtures/random-ledger';
import {
  costOfRuns,
  groupsOfRuns,
  meant,
  type PlainRun,
  plainRuns,
  totalOfRuns,
} from '../fixtures/spending-model';
import { connections } from '../fixtures/store';
import { countedAnew, sumRows } from '../fixtures/sums';

const day = fc.constantFrom(
  null,
  '2011-12-29',
  '2011-12-31',
  '2024-01-01',
  '2024-03-01',
  '2024-03-10',
  '2024-03-31',
  '2024-10-27',
  '2024-11-01',
  '2024-11-03',
  '2024-12-31',
  '2025-01-02',
);

/** Any filter; the keys are some of those that the ledgers here have, and some that none has. */
const filter = fc
  .record({
    days: fc.tuple(day, day),
    demo: fc.nat(4).map((one) => one === 0),
    only: fc.record(
      {
        model: fc.subarray(['openai/gpt-4o', 'claude', 'o3', 'nobody']),
        provider: fc.subarray(['', 'azure']),
        connection: fc.subarray(['APIpie', 'Other']),
        preset: fc.subarray(['', 'Code']),
        conversation: fc.subarray(['', '1', '2', '99']),
        tag: fc.subarray(['', 'work', 'été', 'all']),
        routing: fc.subarray(['', 'price']),
        day: fc.subarray(['2024-03-31', '2024-10-27', '2024-11-03']),
        state: fc.subarray(['complete', 'failed', 'running']),
      },
      { requiredKeys: [] },
    ),
    narrow: fc.integer({ min: 0, max: 2 }),
    sources: fc.option(fc.subarray(['reported', 'unknown', 'estimated'] as const), {
      nil: undefined,
      freq: 4,
    }),
    waste: fc.option(fc.constantFrom(...WASTES), { nil: undefined, freq: 4 }),
  })
  .map(({ days: [one, other], only, narrow, sources, waste, demo }): SpendingFilter => {
    const [from, to] = one !== null && other !== null && one > other ? [other, one] : [one, other];
    const named = Object.fromEntries(Object.entries(only).slice(0, narrow));
    return {
      from,
      to,
      demo,
      only: named,
      ...(sources ? { sources } : {}),
      ...(waste ? { waste } : {}),
    };
  });

const calendarIn = (timeZone: string): Calendar => ({ today: '2025-01-01', timeZone });

/** Everything that a report says, worked out from the rows one by one. */
function expectReport(db: ReadDb, all: readonly PlainRun[], asked: SpendingFilter, zone: string) {
  const calendar = calendarIn(zone);
  const range = rangeOf(db, asked, calendar);
  const runs = meant(all, asked, range);
  const before = asked.from === null ? null : previousRange(range);
  const earlier = before ? meant(all, asked, before) : [];
  for (const groupBy of GROUPINGS) {
    const limit = 2;
    const report = spendingReport(db, asked, groupBy, limit, calendar);
    const groups = groupsOfRuns(runs, groupBy);
    const earlierGroups = new Map(
      groupsOfRuns(earlier, groupBy).map(({ key, runs: those }) => [key, costOfRuns(those)]),
    );
    const others = groups.slice(limit).flatMap((group) => group.runs);
    expect(
      report.groups.map(({ key, total, previous, promptTokens }) => ({
        key,
        total,
        previous,
        promptTokens,
      })),
    ).toEqual(
      groups.slice(0, limit).map(({ key, runs: those }) => ({
        key,
        total: totalOfRuns(those),
        previous: earlierGroups.get(key) ?? null,
        promptTokens: those.reduce((sum, { tokens }) => sum + tokens[0], 0),
      })),
    );
    expect(report.sum.total).toEqual(totalOfRuns(runs));
    expect(report.sum.previous).toEqual(earlier.length === 0 ? null : costOfRuns(earlier));
    expect(report.previous).toEqual(before && { ...before, total: totalOfRuns(earlier) });
    expect(report.otherCount).toBe(Math.max(0, groups.length - limit));
    expect(report.other?.total ?? null).toEqual(groups.length > limit ? totalOfRuns(others) : null);
    expectBuckets(report, [...groups.slice(0, limit).map((group) => group.runs), others]);
    const whole = report.sum.trend.reduce((sum, cost) => sum + cost, 0n);
    expect(whole).toBe(costOfRuns(runs));
    expect(report.buckets.reduce((sum, { unknown }) => sum + unknown, 0)).toBe(
      totalOfRuns(runs).unknown,
    );
    for (const [at, group] of groups.slice(0, limit).entries()) {
      expectPercentiles(report.groups[at]?.totalMs ?? null, group.runs, 'totalMs');
    }
    expectPercentiles(report.other?.firstTokenMs ?? null, others, 'firstTokenMs');
    expectPercentiles(report.sum.totalMs, runs, 'totalMs');
  }
}

type Report = ReturnType<typeof spendingReport>;

/** Each part of a bucket is what the rows of its days, or of its hour, cost. */
function expectBuckets(report: Report, groups: readonly (readonly PlainRun[])[]) {
  const starts = report.buckets.map(({ start }) => start);
  const placeOf = (run: PlainRun) =>
    report.bucket === 'hour'
      ? starts.findLastIndex((start) => Date.parse(start) <= run.startedAt)
      : starts.findLastIndex((start) => start <= (run.keys.day[0] ?? ''));
  for (const [at, bucket] of report.buckets.entries()) {
    for (const [index, part] of bucket.parts.entries()) {
      const those = (groups[index] ?? []).filter((run) => placeOf(run) === at);
      expect(part, `${bucket.start}, part ${index}`).toBe(costOfRuns(those));
    }
  }
}

/** Nearest rank, at most a twentieth beside it. */
function expectPercentiles(
  found: { p50: number; p95: number } | null,
  runs: readonly PlainRun[],
  which: 'totalMs' | 'firstTokenMs',
) {
  const times = runs.flatMap((run) => run[which] ?? []).toSorted((a, b) => a - b);
  expect(found === null).toBe(times.length === 0);
  if (!found) return;
  for (const [percent, figure] of [
    [50, found.p50],
    [95, found.p95],
  ] as const) {
    const exact = times[Math.ceil((times.length * percent) / 100) - 1] ?? 0;
    expect(Math.abs(figure - exact)).toBeLessThanOrEqual(exact * 0.05);
  }
}

function expectWaste(db: ReadDb, all: readonly PlainRun[], asked: SpendingFilter, zone: string) {
  const runs = meant(all, asked, rangeOf(db, asked, calendarIn(zone)));
  const found = wastedSpending(db, asked, calendarIn(zone));
  for (const waste of WASTES) {
    expect(found[waste], waste).toEqual(totalOfRuns(runs.filter((run) => run.waste === waste)));
  }
}

function expectRows(db: ReadDb, all: readonly PlainRun[], asked: SpendingFilter, zone: string) {
  const runs = meant(all, asked, rangeOf(db, asked, calendarIn(zone)));
  const page = { offset: 0, limit: 500, sort: 'time', descending: false, hour: null } as const;
  const { rows, count } = spendingRows(db, asked, page, calendarIn(zone));
  expect(count).toBe(runs.length);
  expect(rows.map(({ run, waste }) => [run.id, run.cost, waste])).toEqual(
    runs
      .toSorted((a, b) => a.startedAt - b.startedAt || a.id - b.id)
      .map(({ id, cost, waste }) => [id, cost, waste]),
  );
  for (const [sort, figure] of [
    ['cost', (run: PlainRun) => run.cost ?? -1n],
    ['totalMs', (run: PlainRun) => run.totalMs ?? -1],
    ['tokens', (run: PlainRun) => run.tokens[0] + run.tokens[1]],
  ] as const) {
    const byId = new Map(runs.map((run) => [run.id, figure(run)]));
    const sorted = spendingRows(db, asked, { ...page, sort, descending: true }, calendarIn(zone));
    const figures = sorted.rows.map(({ run }) => byId.get(run.id) ?? 0);
    expect(figures).toEqual(figures.toSorted((a, b) => (a > b ? -1 : a < b ? 1 : 0)));
  }
}

function fresh(): ReturnType<typeof connections> {
  const store = connections();
  // What is tested is the sums, not the disk.
  store.writer.pragma('synchronous = OFF');
  return store;
}

describe('the sums that are kept, over any ledger', () => {
  it('say by every grouping what the rows say one by one, in any range and under any filter', () => {
    fc.assert(
      fc.property(
        randomLedger,
        fc.array(filter, { minLength: 4, maxLength: 4 }),
        (ledger, asked) => {
          const { writer, reader } = fresh();
          const zone = playLedger(writer, ledger);
          const all = plainRuns(reader);
          for (const one of [{ from: null, to: null, demo: false, only: {} }, ...asked]) {
            expectReport(reader, all, one, zone);
            expectWaste(reader, all, one, zone);
            expectRows(reader, all, one, zone);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('say how each routing did', () => {
    fc.assert(
      fc.property(randomLedger, filter, (ledger, asked) => {
        const { writer, reader } = fresh();
        const zone = playLedger(writer, ledger);
        const runs = meant(plainRuns(reader), asked, rangeOf(reader, asked, calendarIn(zone)));
        const found = routingFigures(reader, asked, calendarIn(zone));
        expect(found.map(({ routing, total }) => [routing, total])).toEqual(
          groupsOfRuns(runs, 'routing').map(({ key, runs: those }) => [key, totalOfRuns(those)]),
        );
        for (const { routing, answers, costPerAnswer, totalMs } of found) {
          const complete = runs.filter(
            ({ keys }) => keys.state.includes('complete') && keys.routing.includes(routing),
          );
          const priced = BigInt(complete.filter(({ cost }) => cost !== null).length);
          expect(answers).toBe(complete.length);
          expect(costPerAnswer).toBe(
            priced === 0n ? null : (costOfRuns(complete) * 2n + priced) / (priced * 2n),
          );
          expectPercentiles(totalMs, complete, 'totalMs');
        }
      }),
      { numRuns: 25 },
    );
  });

  it('are those that an empty store would come to by counting all rows anew', () => {
    fc.assert(
      fc.property(randomLedger.map(withoutDeletions), (ledger) => {
        const { writer, reader } = fresh();
        playLedger(writer, ledger);
        expect(sumRows(reader)).toEqual(sumRows(countedAnew(writer)));
      }),
      { numRuns: 12 },
    );
  });
});

describe('a change of the time zone', () => {
  it('gives every row the day that it has there, however often it is broken off', () => {
    fc.assert(
      fc.property(randomLedger.map(withoutDeletions), fc.constantFrom(...ZONES), (ledger, zone) => {
        const { writer, reader } = fresh();
        playLedger(writer, ledger);
        // Another zone comes in between, before the first is done.
        const slice = { rows: 2, ms: 0 };
        moveCalendar(writer, 'Pacific/Kiritimati', slice);
        while (!moveCalendar(writer, zone, slice).done);
        for (const run of plainRuns(reader)) {
          expect(run.keys.day).toEqual([localDay(run.startedAt, zone)]);
        }
        expect(sumRows(reader)).toEqual(sumRows(countedAnew(writer)));
        expect(moveCalendar(writer, zone)).toEqual({ done: true, moved: 0 });
      }),
      { numRuns: 12 },
    );
  });

  it('is the only time at which the day of an ended row may change', () => {
    const { writer } = fresh();
    endRun(writer, begin(writer, connect(writer)).runId, outcome(), [say('x')]);
    const change = () => writer.prepare("UPDATE run SET day = '2020-01-01'").run();
    expect(change).toThrow('an ended run does not change');
  });
});
