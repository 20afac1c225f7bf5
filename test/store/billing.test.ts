import { describe, expect, it } from 'vitest';
import { writeUsage } from '../../electron/money/usage-writing';
import type { WriteDb } from '../../electron/store/connection';
import {
  addBilling,
  type BillingEntry,
  beginBillingImport,
  billingProgress,
  knownBilling,
} from '../../electron/store/queries/billing';
import {
  finishBillingImport,
  openEntries,
  openRuns,
  ownApps,
  undoBillingImport,
} from '../../electron/store/queries/billing-match';
import { billingReport } from '../../electron/store/queries/billing-report';
import { removeConversations } from '../../electron/store/queries/conversations';
import { purgeConversations } from '../../electron/store/queries/purge';
import { endRun } from '../../electron/store/queries/run-life';
import { spendingBetween } from '../../electron/store/queries/spending';
import type { MatchConfidence } from '../../shared/contract/billing';
import { USUAL_FORM } from '../../shared/contract/usage-file';
import type { ConnectionId, ConversationId, RunId } from '../../shared/ids';
import { type CostSource, nano } from '../../shared/money';
import { billingEntry } from '../fixtures/bill';
import fc from '../fixtures/fast-check';
import { begin, connect, NOON, outcome, refused, say } from '../fixtures/ledger';
import { readRecords } from '../fixtures/rfc4180';
import { connections, ledgerRows } from '../fixtures/store';

/** An ended run whose cost is known or not, from a source. */
function ended(
  writer: WriteDb,
  connection: ConnectionId,
  cost: bigint | null,
  costSource: CostSource,
): { readonly runId: RunId; readonly conversationId: ConversationId } {
  const { runId, conversationId } = begin(writer, connection);
  const money = { cost: cost === null ? null : nano(cost), costSource };
  endRun(writer, runId, costSource === 'none' ? refused() : outcome(money), [say('x')]);
  return { runId, conversationId };
}

/** Reads these entries and gives each the run beside it. */
function imported(
  writer: WriteDb,
  connection: ConnectionId,
  pairs: readonly (readonly [BillingEntry, RunId | null, MatchConfidence?])[],
) {
  const { id } = beginBillingImport(writer, connection, NOON);
  addBilling(
    writer,
    id,
    pairs.map(([one]) => one),
    0,
  );
  const open = openEntries(writer, connection);
  const ids = writer
    .prepare<[], { id: number; remote_id: string }>('SELECT id, remote_id FROM billing_record')
    .all();
  const matches = pairs.flatMap(([{ remoteId }, runId, confidence = 'certain']) => {
    const found = ids.find((row) => row.remote_id === remoteId);
    return runId === null || !found ? [] : [{ id: found.id, runId, confidence }];
  });
  finishBillingImport(writer, id, matches, NOON + 1);
  return { id, open };
}

const today = (db: WriteDb) => spendingBetween(db, '2024-10-21', '2024-10-21', false);

describe('what a bill changes', () => {
  it('is what was unknown, estimated, or thought to be nothing', () => {
    const { writer } = connections();
    const connection = connect(writer);
    const unknown = ended(writer, connection, null, 'unknown');
    const estimated = ended(writer, connection, 900n, 'estimated');
    const nothing = ended(writer, connection, 0n, 'none');
    const reported = ended(writer, connection, 1_878_000n, 'reported');
    imported(writer, connection, [
      [billingEntry('1'), unknown.runId, 'likely'],
      [billingEntry('2', { cost: nano(3n) }), estimated.runId],
      [billingEntry('3', { cost: nano(4n) }), nothing.runId],
      [billingEntry('4', { cost: nano(5n) }), reported.runId],
    ]);
    expect(today(writer)).toEqual({
      known: 1_878_000n + 2_000_007n,
      estimated: 0n,
      unknown: 0,
      runs: 4,
      running: 0,
    });
    expect(billingProgress(writer)).toMatchObject([
      {
        unfinished: null,
        last: { rows: 4, certain: 3, likely: 1, filled: { count: 3, sum: 2_000_007n } },
      },
    ]);
    const report = billingReport(writer, connection);
    expect(report.filled.items.map(({ before, beforeSource }) => [before, beforeSource])).toEqual([
      [0n, 'none'],
      [900n, 'estimated'],
      [null, 'unknown'],
    ]);
    expect(report.differences).toMatchObject({
      count: 1,
      items: [{ billed: 5n, before: 1_878_000n, beforeSource: 'reported' }],
    });
    expect(report.open).toBe(0);
  });

  it('leaves nothing to pay as it is where the bill agrees', () => {
    const { writer } = connections();
    const connection = connect(writer);
    const { runId } = ended(writer, connection, 0n, 'none');
    const before = ledgerRows(writer);
    imported(writer, connection, [[billingEntry('1', { cost: nano(0n) }), runId]]);
    expect(ledgerRows(writer)).toEqual(before);
  });

  it('reaches the totals of a conversation that lies in the trash', () => {
    const { writer } = connections();
    const connection = connect(writer);
    const { runId, conversationId } = ended(writer, connection, null, 'unknown');
    removeConversations(writer, [conversationId], NOON);
    imported(writer, connection, [[billingEntry('1'), runId]]);
    expect(
      writer
        .prepare('SELECT unknown_runs, cost_nanousd FROM conversation WHERE id = ?')
        .get(conversationId),
    ).toEqual({ unknown_runs: 0, cost_nanousd: 2_000_000 });
  });
});

describe('entries without a run', () => {
  it('are apart by the names of keys', () => {
    const { writer } = connections();
    const connection = connect(writer);
    const { runId } = ended(writer, connection, null, 'unknown');
    imported(writer, connection, [
      [billingEntry('1'), runId],
      [billingEntry('2', { cost: nano(7n) }), null],
      [billingEntry('3', { app: 'cron', cost: nano(8n) }), null],
      [billingEntry('4', { app: 'cron', cost: null }), null],
      [billingEntry('5', { app: null, cost: nano(1n) }), null],
      [billingEntry('6', { cost: null }), null],
    ]);
    const { unmatched, others } = billingReport(writer, connection);
    expect(unmatched).toMatchObject({
      count: 2,
      cost: 7n,
      unknown: 1,
      items: [{ cost: null }, { cost: 7n }],
    });
    expect(others.items).toMatchObject([
      { app: 'cron', rows: 2, cost: 8n, unknown: 1 },
      { app: null, rows: 1, cost: 1n, unknown: 0 },
    ]);
    expect(others).toMatchObject({ count: 2, cost: 9n, unknown: 1 });
    expect(ownApps(writer, connection)).toEqual(['slice']);
  });

  it('are listed by no more than the dearest names, and summed over all', () => {
    const { writer } = connections();
    const connection = connect(writer);
    const { runId } = ended(writer, connection, null, 'unknown');
    const programs = Array.from({ length: 1_000 }, (_, at) =>
      billingEntry(`of ${at}`, { app: `program ${at}`, cost: nano(BigInt(at)) }),
    );
    imported(writer, connection, [
      [billingEntry('1'), runId],
      ...programs.map((one) => [one, null] as const),
    ]);
    const { others } = billingReport(writer, connection);
    expect(others.items).toHaveLength(200);
    expect(others.items[0]).toMatchObject({ app: 'program 999', cost: 999n });
    expect(others).toMatchObject({ count: 1_000, cost: 499_500n, unknown: 0 });
  });

  it('may find their run with the next import, and lose it again with that', () => {
    const { writer } = connections();
    const connection = connect(writer);
    const { runId } = ended(writer, connection, null, 'unknown');
    imported(writer, connection, [[billingEntry('1'), null]]);
    const before = ledgerRows(writer);
    const { id } = imported(writer, connection, [[billingEntry('1'), runId]]);
    expect(today(writer).unknown).toBe(0);
    undoBillingImport(writer, id);
    expect(ledgerRows(writer)).toEqual(before);
    expect(openEntries(writer, connection)).toHaveLength(1);
  });
});

describe('the file of the bill', () => {
  it('has each entry once, beside what the ledger said, and the sums of the page', () => {
    const { writer } = connections();
    const connection = connect(writer);
    const unknown = ended(writer, connection, null, 'unknown');
    const estimated = ended(writer, connection, 900n, 'estimated');
    const reported = ended(writer, connection, 1_878_000n, 'reported');
    const agreed = ended(writer, connection, 6n, 'reported');
    imported(writer, connection, [
      [billingEntry('1'), unknown.runId, 'likely'],
      [billingEntry('2', { cost: nano(3n) }), estimated.runId],
      [billingEntry('3', { cost: nano(5n) }), reported.runId],
      [billingEntry('4', { cost: nano(6n) }), agreed.runId],
      [billingEntry('5', { cost: nano(7n) }), null],
      [billingEntry('6', { app: '=cron', cost: nano(8n) }), null],
      [billingEntry('7', { app: null, cost: null }), null],
      [billingEntry('8', { at: NOON + 3 * 86_400_000, cost: nano(1n) }), null],
    ]);
    let text = '';
    const filter = { from: '2024-10-21', to: '2024-10-21', demo: false, only: {} };
    const { rows, sum } = writeUsage(
      writer,
      { ...USUAL_FORM, kind: 'billing', filter, groupBy: 'model' },
      { today: '2024-10-21', timeZone: 'Europe/Berlin' },
      {
        take: (piece) => {
          text += piece;
        },
        reached: () => undefined,
      },
    );
    const records = readRecords(text);
    expect(records.map(({ entry_id: id, outcome: what }) => `${id} ${what}`)).toEqual([
      '1 filled',
      '2 filled',
      '3 differs',
      '4 same',
      '5 unmatched',
      '6 other_program',
      '7 other_program',
    ]);
    expect(records.map(({ difference_usd: off }) => off)).toEqual([
      '',
      '-0.000000897',
      '-0.001877995',
      '0.000000000',
      '',
      '',
      '',
    ]);
    expect(records[0]).toMatchObject({ ledger_usd: '', ledger_source: 'unknown' });
    expect(records[5]).toMatchObject({ app: "'=cron", run_id: '' });
    const report = billingReport(writer, connection);
    const listed = report.filled.items.concat(report.differences.items);
    const billed = listed.reduce((all, { billed: one }) => all + one, 0n);
    expect({ rows, sum }).toEqual({ rows: 7, sum: billed + 6n + 7n + 8n });
  });
});

describe('a run', () => {
  it('is open until it has an entry, and only as itself when it is alone', () => {
    const { writer } = connections();
    const connection = connect(writer);
    const { runId } = ended(writer, connection, null, 'unknown');
    begin(writer, connection, 'Why?', { models: 3 });
    const open = () => openRuns(writer, connection, NOON - 1, NOON + 1);
    expect(open().map(({ single }) => single)).toEqual([true, false]);
    imported(writer, connection, [[billingEntry('1'), runId]]);
    expect(open().map(({ single }) => single)).toEqual([false]);
  });

  it('never gets two entries, nor an entry two runs', () => {
    const { writer } = connections();
    const connection = connect(writer);
    const [one, other] = [1, 2].map(() => ended(writer, connection, null, 'unknown').runId);
    if (one === undefined || other === undefined) throw new Error('two runs were begun');
    imported(writer, connection, [
      [billingEntry('1'), one],
      [billingEntry('2'), one],
      [billingEntry('1'), other],
    ]);
    expect(today(writer)).toMatchObject({ known: 2_000_000n, unknown: 1 });
  });
});

describe('an import that is not finished', () => {
  it('is gone on with, and its entries are known', () => {
    const { writer } = connections();
    const connection = connect(writer);
    const { id } = beginBillingImport(writer, connection, NOON);
    expect(addBilling(writer, id, [billingEntry('1'), billingEntry('1')], 1)).toBe(1);
    expect(beginBillingImport(writer, connection, NOON + 1)).toEqual({ id, entries: 2 });
    expect(knownBilling(writer, connection, ['1', '2'])).toEqual([
      { remoteId: '1', finished: false },
    ]);
    expect(billingProgress(writer)).toMatchObject([{ unfinished: 1, last: null }]);
    finishBillingImport(writer, id, [], NOON);
    expect(knownBilling(writer, connection, ['1'])).toEqual([{ remoteId: '1', finished: true }]);
    expect(() => finishBillingImport(writer, id, [], NOON)).toThrow('is finished');
  });
});

describe('taking back', () => {
  it('is possible for the last import alone', () => {
    const { writer } = connections();
    const connection = connect(writer);
    const first = imported(writer, connection, [[billingEntry('1'), null]]).id;
    const second = imported(writer, connection, [[billingEntry('2'), null]]).id;
    expect(() => undoBillingImport(writer, first)).toThrow('is not the last');
    undoBillingImport(writer, second);
    undoBillingImport(writer, first);
    expect(billingProgress(writer)).toEqual([]);
    expect(() => undoBillingImport(writer, first)).toThrow('no finished import');
  });

  it('leaves what is deleted for good', () => {
    const { writer } = connections();
    const connection = connect(writer);
    const { runId, conversationId } = ended(writer, connection, null, 'unknown');
    const { id } = imported(writer, connection, [[billingEntry('1'), runId]]);
    removeConversations(writer, [conversationId], NOON);
    purgeConversations(writer, [conversationId]);
    undoBillingImport(writer, id);
    expect(today(writer)).toMatchObject({ known: 0n, unknown: 1 });
  });

  it('makes everything what it was, to the nano-dollar, whatever was imported', () => {
    const source = fc.constantFrom<CostSource>('unknown', 'estimated', 'none', 'reported');
    const one = fc.record({
      source,
      cost: fc.bigInt({ min: 0n, max: 5_000_000_000n }),
      billed: fc.option(fc.bigInt({ min: 0n, max: 5_000_000_000n })),
    });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 6 }), fc.array(one, { maxLength: 4 }), (a, b) => {
        const { writer } = connections();
        const connection = connect(writer);
        const states: unknown[][] = [];
        const imports = [a, b].map((asked) => {
          const pairs = asked.map(({ source: costSource, cost, billed }, at) => {
            const known = costSource === 'unknown' ? null : cost;
            const { runId } = ended(writer, connection, known, costSource);
            const name = `${runId} ${at}`;
            return [
              billingEntry(name, { cost: billed === null ? null : nano(billed) }),
              runId,
            ] as const;
          });
          states.push(ledgerRows(writer));
          return imported(writer, connection, pairs).id;
        });
        // What the second import's runs add was there before it as well.
        const [, before] = states;
        const [first, second] = imports;
        if (!first || !second) throw new Error('two imports were made');
        undoBillingImport(writer, second);
        expect(ledgerRows(writer)).toEqual(before);
        undoBillingImport(writer, first);
        const sum = today(writer);
        const all = [...a, ...b];
        expect(sum.unknown).toBe(all.filter((run) => run.source === 'unknown').length);
        expect(sum.known).toBe(
          all.reduce((known, run) => known + (run.source === 'reported' ? run.cost : 0n), 0n),
        );
      }),
      { numRuns: 15 },
    );
  });
});
