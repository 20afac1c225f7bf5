import { describe, expect, it } from 'vitest';
import { removeConversations } from '../../electron/store/queries/conversations';
import { beginRuns, endRun } from '../../electron/store/queries/run-life';
import { countInDay, spendingBetween, uncountInDay } from '../../electron/store/queries/spending';
import { spendingExtent } from '../../electron/store/queries/spending-extent';
import { spendingReport } from '../../electron/store/queries/spending-report';
import { routingFigures } from '../../electron/store/queries/spending-routing';
import { spendingRows } from '../../electron/store/queries/spending-rows';
import { wastedSpending } from '../../electron/store/queries/spending-waste';
import { tagConversations } from '../../electron/store/queries/tags';
import type { SpendingFilter } from '../../shared/contract/spending';
import { nano } from '../../shared/money';
import {
  anotherAnswer,
  begin,
  connect,
  NOON,
  outcome,
  runHead,
  say,
  single,
} from '../fixtures/ledger';
import { connections } from '../fixtures/store';

const ALL: SpendingFilter = { from: null, to: null, demo: false, only: {} };
const CALENDAR = { today: '2024-10-21', timeZone: 'UTC' };
const PAGE = { offset: 0, limit: 10, sort: 'cost', descending: true, hour: null } as const;

describe('the report of one answer', () => {
  it('says what it was and when', () => {
    const { writer, reader } = connections();
    endRun(writer, begin(writer, connect(writer)).runId, outcome(), [say('x')]);
    const report = spendingReport(reader, ALL, 'model', 5, CALENDAR);
    expect(report).toMatchObject({
      from: '2024-10-21',
      to: '2024-10-21',
      bucket: 'hour',
      groups: [
        { key: 'openai/gpt-4o', name: 'openai/gpt-4o', total: { known: 1_878_000n, runs: 1 } },
      ],
      other: null,
      otherCount: 0,
      sum: { totalMs: { p50: 2_900, p95: 2_900 }, firstTokenMs: { p50: 410, p95: 410 } },
      previous: null,
    });
    expect(report.buckets).toHaveLength(24);
    expect(report.buckets[18]).toEqual({
      start: '2024-10-21T18:00+00:00',
      parts: [nano(1_878_000n)],
      unknown: 0,
    });
  });

  it('is found by its tag', () => {
    const { writer, reader } = connections();
    const { conversationId, runId } = begin(writer, connect(writer));
    endRun(writer, runId, outcome(), [say('x')]);
    tagConversations(writer, [conversationId], ['Work', 'rust'], []);
    const report = spendingReport(reader, ALL, 'tag', 1, CALENDAR);
    expect(report.groups).toMatchObject([{ key: 'rust', name: 'rust' }]);
    expect(report.other?.total.known).toBe(1_878_000n);
    expect(report.sum.total.known).toBe(1_878_000n);
    const only = { ...ALL, only: { tag: ['work'] } };
    expect(spendingRows(reader, only, PAGE, CALENDAR).rows).toMatchObject([
      { conversationId, waste: null },
    ]);
    expect(routingFigures(reader, only, CALENDAR)).toMatchObject([
      { routing: '', answers: 1, costPerAnswer: 1_878_000n },
    ]);
  });
});

describe('a filter by one of two tags', () => {
  it('counts a row on its way once, under that tag alone', () => {
    const { writer, reader } = connections();
    const { conversationId } = begin(writer, connect(writer));
    tagConversations(writer, [conversationId], ['work', 'rust'], []);
    const only = { ...ALL, from: '2024-10-01', to: '2024-10-31', only: { tag: ['work'] } };
    const report = spendingReport(reader, only, 'tag', 5, CALENDAR);
    expect(report.groups.map(({ key }) => key)).toEqual(['work']);
    expect(report.sum.total).toMatchObject({ runs: 1, running: 1 });
    expect(spendingRows(reader, only, PAGE, CALENDAR).count).toBe(1);
  });
});

describe('the rows of one hour', () => {
  it('are those that began in it', () => {
    const { writer, reader } = connections();
    endRun(writer, begin(writer, connect(writer)).runId, outcome(), [say('x')]);
    const countIn = (hour: string) =>
      spendingRows(reader, ALL, { ...PAGE, hour: Date.parse(hour) }, CALENDAR).count;
    expect(countIn('2024-10-21T18:00+00:00')).toBe(1);
    expect(countIn('2024-10-21T20:00+02:00')).toBe(1);
    expect(countIn('2024-10-21T19:00+00:00')).toBe(0);
  });
});

describe('from when to when there is something', () => {
  it('counts what is still on its way, and keeps the demo apart', () => {
    const { writer, reader } = connections();
    expect(spendingExtent(reader)).toEqual({ real: null, demo: null });
    const connection = connect(writer);
    const on = (day: string, isDemo: boolean) =>
      begin(writer, connection, 'Why?', { day, isDemo }).runId;
    endRun(writer, on('2024-10-21', false), outcome(), [say('x')]);
    on('2024-10-25', false);
    expect(spendingExtent(reader)).toEqual({
      real: { first: '2024-10-21', last: '2024-10-25' },
      demo: null,
    });
    on('2024-10-19', true);
    expect(spendingExtent(reader).demo).toEqual({ first: '2024-10-19', last: '2024-10-19' });
  });
});

describe('wasted spending', () => {
  it('is what was replaced, until all is deleted', () => {
    const { writer, reader } = connections();
    const connection = connect(writer);
    const first = begin(writer, connection);
    endRun(writer, first.runId, outcome(), [say('x')]);
    const again = single(
      beginRuns(writer, anotherAnswer(first.conversationId, first.messageId), [
        runHead(connection),
      ]),
    );
    endRun(writer, again.runId, outcome({ cost: nano(7n) }), [say('y')]);
    expect(wastedSpending(reader, ALL, CALENDAR)).toMatchObject({
      replaced: { known: 1_878_000n, runs: 1 },
      deleted: { runs: 0 },
    });
    removeConversations(writer, [first.conversationId], NOON);
    expect(wastedSpending(reader, ALL, CALENDAR)).toMatchObject({
      replaced: { runs: 0 },
      deleted: { known: 1_878_007n, runs: 2 },
    });
  });
});

describe('a run that is taken out of its day', () => {
  it('can change and be counted again', () => {
    const { writer, reader } = connections();
    const { runId } = begin(writer, connect(writer));
    endRun(writer, runId, outcome({ cost: null, costSource: 'unknown' }), [say('x')]);
    uncountInDay(writer, runId);
    expect(spendingBetween(reader, '2024-10-21', '2024-10-21', false).runs).toBe(0);
    writer.prepare("UPDATE run SET cost_nanousd = 5, cost_source = 'reconciled'").run();
    countInDay(writer, runId);
    expect(spendingBetween(reader, '2024-10-21', '2024-10-21', false)).toMatchObject({
      known: 5n,
      unknown: 0,
      runs: 1,
    });
  });
});
