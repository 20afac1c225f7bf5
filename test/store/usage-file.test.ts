import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeUsageFile } from '../../electron/money/usage-file';
import { writeUsage } from '../../electron/money/usage-writing';
import type { ReadDb, WriteDb } from '../../electron/store/connection';
import { removeConversations } from '../../electron/store/queries/conversations';
import { purgeConversations } from '../../electron/store/queries/purge';
import { endRun } from '../../electron/store/queries/run-life';
import { spendingReport } from '../../electron/store/queries/spending-report';
import { tagConversations } from '../../electron/store/queries/tags';
import { GROUPINGS, type SpendingFilter, WASTES } from '../../shared/contract/spending';
import { USUAL_FORM, type UsageOrder } from '../../shared/contract/usage-file';
import type { ConversationId } from '../../shared/ids';
import { localDay } from '../../shared/local-day';
import { costSource, nano, parseUsd } from '../../shared/money';
import fc from '../fixtures/fast-check';
import {
  begin,
  beginRun,
  connect,
  NOON,
  nextMessage,
  outcome,
  runHead,
  say,
} from '../fixtures/ledger';
import { readRecords } from '../fixtures/rfc4180';
import { connections, temporaryFolder } from '../fixtures/store';

const ALL: SpendingFilter = { from: null, to: null, demo: false, only: {} };
const CALENDAR = { today: '2024-11-05', timeZone: 'Europe/Berlin' };
const DAY = 86_400_000;

function order(more: Partial<UsageOrder> = {}): UsageOrder {
  return { ...USUAL_FORM, filter: ALL, groupBy: 'model', ...more };
}

/** The whole text of a file, and what was said of it. */
function textOf(db: ReadDb, wanted: UsageOrder) {
  let text = '';
  const written = writeUsage(db, wanted, CALENDAR, {
    take: (piece) => {
      text += piece;
    },
    reached: () => undefined,
  });
  return { text, ...written };
}

/** The sum of a column, exactly. */
function sumOf(text: string, column: string): bigint {
  return readRecords(text)
    .map((record) => record[column] ?? '')
    .reduce((sum, cell) => sum + (cell === '' ? 0n : (parseUsd(cell) ?? -1n)), 0n);
}

/** One request of a random ledger. */
const request = fc.record({
  daysLater: fc.integer({ min: 0, max: 15 }),
  hour: fc.integer({ min: 0, max: 23 }),
  demo: fc.boolean(),
  follows: fc.boolean(),
  model: fc.constantFrom('gpt-4o', 'claude, sonnet', '=SUM(A1)', 'llama "3"'),
  provider: fc.constantFrom(null, 'openrouter', 'azure'),
  preset: fc.constantFrom(null, 'Precise'),
  routing: fc.constantFrom(null, 'price', 'perf'),
  state: fc.constantFrom('running', 'complete', 'stopped', 'incomplete', 'failed'),
  source: fc.constantFrom(...costSource.options),
  cost: fc.bigInt({ min: 0n, max: 10n ** 14n }),
  tags: fc.subarray(['work', 'rust']),
  fate: fc.constantFrom('kept', 'kept', 'in the trash', 'gone'),
});
type Request = typeof request extends fc.Arbitrary<infer Value> ? Value : never;

function fill(writer: WriteDb, requests: readonly Request[]): void {
  const real = connect(writer);
  const demo = connect(writer, 'Demo', true);
  const last = new Map<boolean, ConversationId>();
  const fates = new Map<ConversationId, Request['fate']>();
  for (const one of requests) {
    const startedAt = NOON + one.daysLater * DAY + one.hour * 3_600_000;
    const head = runHead(one.demo ? demo : real, {
      startedAt,
      day: localDay(startedAt, CALENDAR.timeZone),
      isDemo: one.demo,
      connectionName: one.demo ? 'Demo' : 'APIpie',
      model: one.model,
      presetName: one.preset,
      routing: one.routing,
      parameters: JSON.stringify(one.routing === null ? {} : { routing: one.routing }),
    });
    const before = one.follows ? last.get(one.demo) : undefined;
    const { conversationId, runId } =
      before === undefined
        ? begin(writer, one.demo ? demo : real, 'A title, with "quotes"', head)
        : beginRun(writer, nextMessage(before, 'And then?'), head);
    last.set(one.demo, conversationId);
    fates.set(conversationId, one.fate);
    tagConversations(writer, [conversationId], one.tags, []);
    if (one.state === 'running') continue;
    endRun(
      writer,
      runId,
      outcome({
        state: one.state,
        endedAt: startedAt + 2_000,
        servedModel: one.model,
        servedProvider: one.provider,
        costSource: one.source,
        cost: one.source === 'unknown' ? null : nano(one.cost),
      }),
      [say('x')],
    );
  }
  for (const [id, fate] of fates) {
    if (fate !== 'kept') removeConversations(writer, [id], NOON);
    if (fate === 'gone') purgeConversations(writer, [id]);
  }
}

const keys = fc.constantFrom(
  'gpt-4o',
  '=SUM(A1)',
  'azure',
  '',
  'Precise',
  'price',
  'work',
  'complete',
  'APIpie',
  '2024-10-27',
  '1',
);

const filter: fc.Arbitrary<SpendingFilter> = fc
  .record({
    from: fc.constantFrom(null, '2024-10-01', '2024-10-22', '2024-10-27'),
    to: fc.constantFrom(null, '2024-10-27', '2024-11-02'),
    demo: fc.boolean(),
    only: fc.dictionary(fc.constantFrom(...GROUPINGS), fc.uniqueArray(keys, { minLength: 1 }), {
      maxKeys: 1,
    }),
    sources: fc.option(fc.subarray([...costSource.options], { minLength: 1 })),
    waste: fc.option(fc.constantFrom(...WASTES)),
  })
  .map(({ sources, waste, ...rest }) => ({
    ...rest,
    ...(sources && { sources }),
    ...(waste && { waste }),
  }));

describe('the column of costs', () => {
  it('comes to the sum on the screen, to the nano-dollar, for any ledger, filter and grouping', () => {
    fc.assert(
      fc.property(
        fc.array(request, { minLength: 1, maxLength: 25 }),
        fc.array(filter, { minLength: 2, maxLength: 2 }),
        (requests, filters) => {
          const { writer, reader } = connections();
          fill(writer, requests);
          for (const one of [ALL, ...filters]) {
            const report = spendingReport(reader, one, 'model', 3, CALENDAR).sum.total;
            const screen = report.known + report.estimated;
            const runs = textOf(reader, order({ filter: one }));
            expect(sumOf(runs.text, 'cost_usd')).toBe(screen);
            expect(runs).toMatchObject({ sum: screen, rows: report.runs });
            expect(readRecords(runs.text)).toHaveLength(report.runs);
            for (const groupBy of GROUPINGS) {
              const totals = textOf(reader, order({ kind: 'totals', filter: one, groupBy }));
              expect(sumOf(totals.text, 'cost_usd')).toBe(totals.sum);
              // A row of two tags is in two groups.
              if (groupBy === 'tag') expect(totals.sum).toBeGreaterThanOrEqual(screen);
              else expect(totals.sum).toBe(screen);
              const known = sumOf(totals.text, 'known_usd');
              expect(known + sumOf(totals.text, 'estimated_usd')).toBe(totals.sum);
            }
          }
        },
      ),
      { numRuns: 20 },
    );
  });
});

/** A ledger of one answer for each of so many days. */
function ledgerOf(writer: WriteDb, days: number): void {
  const connection = connect(writer);
  for (let at = 0; at < days; at++) {
    const startedAt = NOON + at * DAY;
    const day = localDay(startedAt, 'UTC');
    const { runId } = begin(writer, connection, `Question ${at}`, { startedAt, day });
    endRun(writer, runId, outcome({ endedAt: startedAt + 1 }), [say('x')]);
  }
}

describe('a file', () => {
  it('stands in its place as a whole, over what was there, and nothing else does', () => {
    const { writer, reader } = connections();
    ledgerOf(writer, 3);
    const folder = temporaryFolder();
    const path = join(folder, 'usage.csv');
    writeFileSync(path, 'what was there before');
    const steps: [number, number][] = [];
    const written = writeUsageFile(reader, path, order(), CALENDAR, (rows, of) => {
      steps.push([rows, of]);
      expect(readFileSync(path, 'utf8')).toBe('what was there before');
    });
    expect(written).toEqual({ rows: 3, sum: 5_634_000n });
    expect(steps).toEqual([
      [0, 3],
      [3, 3],
    ]);
    expect(readdirSync(folder)).toEqual(['usage.csv']);
    expect(readFileSync(path, 'utf8')).toBe(textOf(reader, order()).text);
  });

  it('that is given up on the way leaves no trace, and what was there stays', () => {
    const { writer, reader } = connections();
    ledgerOf(writer, 3);
    const folder = temporaryFolder();
    const path = join(folder, 'usage.csv');
    writeFileSync(path, 'what was there before');
    const giveUp = (rows: number) => {
      if (rows > 0) throw new Error('given up');
    };
    expect(() => writeUsageFile(reader, path, order(), CALENDAR, giveUp)).toThrow('given up');
    expect(readdirSync(folder)).toEqual(['usage.csv']);
    expect(readFileSync(path, 'utf8')).toBe('what was there before');
    // The connection is as good as before.
    expect(textOf(reader, order()).rows).toBe(3);
  });

  it.each([
    [
      'a folder that is not there',
      'no_folder',
      (folder: string) => join(folder, 'no', 'usage.csv'),
    ],
    [
      'a place where a folder is',
      'not_written',
      (folder: string) => {
        mkdirSync(join(folder, 'usage.csv'));
        return join(folder, 'usage.csv');
      },
    ],
  ])('cannot be written to %s', (_, reason, placeIn) => {
    const { writer, reader } = connections();
    ledgerOf(writer, 1);
    const folder = temporaryFolder();
    const path = placeIn(folder);
    expect(() => writeUsageFile(reader, path, order(), CALENDAR, () => undefined)).toThrow(
      expect.objectContaining({ failure: { code: 'store_full', reason } }),
    );
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('is of one moment, whatever is written while it grows', () => {
    const { writer, reader } = connections();
    ledgerOf(writer, 3);
    let text = '';
    const written = writeUsage(reader, order(), CALENDAR, {
      take: (piece) => {
        text += piece;
      },
      reached: (rows) => {
        if (rows === 0) ledgerOf(writer, 5);
      },
    });
    expect(written.rows).toBe(3);
    expect(readRecords(text)).toHaveLength(3);
    expect(textOf(reader, order()).rows).toBe(8);
  });

  it('has the oldest row first', () => {
    const { writer, reader } = connections();
    ledgerOf(writer, 3);
    const days = readRecords(textOf(reader, order()).text).map(({ day }) => day);
    expect(days).toEqual(['2024-10-21', '2024-10-22', '2024-10-23']);
  });

  it('of JSON lines says the same as one of CSV', () => {
    const { writer, reader } = connections();
    ledgerOf(writer, 2);
    const rows = readRecords(textOf(reader, order()).text);
    const lines = textOf(reader, order({ format: 'jsonl' }))
      .text.trimEnd()
      .split('\n')
      .map((line) => Object.entries(JSON.parse(line) as Record<string, unknown>));
    const asCells = lines.map((fields) =>
      Object.fromEntries(fields.map(([key, value]) => [key, value === null ? '' : String(value)])),
    );
    expect(asCells).toEqual(rows);
  });
});
