import { describe, expect, it } from 'vitest';
import { fitsColumns } from '../../../renderer/features/chat/compare-room';
import {
  comparisonRow,
  NEWEST,
  nextOrder,
  sortedRows,
} from '../../../renderer/features/chat/comparison-rows';
import type { Run } from '../../../shared/contract/conversation';
import type { Comparison } from '../../../shared/contract/run';
import { conversationId, messageId, runId } from '../../../shared/ids';
import { nano } from '../../../shared/money';
import { answeredRun } from '../../fixtures/answered';

function comparison(at: number, runs: readonly Partial<Run>[], chosen = 0): Comparison {
  return {
    conversationId: conversationId.parse(1),
    title: 'Title',
    questionId: messageId.parse(at),
    question: `Question ${at}`,
    at,
    answers: runs.map((change, index) => ({
      messageId: messageId.parse(at * 10 + index),
      run: answeredRun({
        id: runId.parse(at * 10 + index),
        servedModel: null,
        requestedModel: `m${index}`,
        ...change,
      }),
      chosen: index === chosen,
    })),
  };
}

describe('a row of the comparisons', () => {
  it('has the sum, the fastest, the cheapest and the chosen one', () => {
    const row = comparisonRow(
      comparison(
        1,
        [
          { cost: nano(5n), totalMs: 4000, firstTokenMs: 1000, completionTokens: 300 },
          { cost: nano(9n), totalMs: 2000, firstTokenMs: 500, completionTokens: 300 },
        ],
        1,
      ),
    );
    expect(row.total.known).toBe(14n);
    expect(row.fastest).toEqual({ model: 'm1', ms: 2000, speed: 200 });
    expect(row.cheapest).toEqual({ model: 'm0', cost: 5n });
    expect([row.chosen, row.open]).toEqual(['m1', 11]);
  });

  it('names no cheapest while a cost is unknown, and no fastest where nothing is complete', () => {
    const unknown = comparisonRow(
      comparison(1, [{ cost: null, costSource: 'unknown' }, { cost: nano(9n) }]),
    );
    expect(unknown.cheapest).toBeNull();
    const estimated = comparisonRow(
      comparison(1, [{ cost: nano(5n), costSource: 'estimated' }, { cost: nano(9n) }]),
    );
    expect(estimated.cheapest).toBeNull();
    expect(unknown.total).toMatchObject({ known: 9n, unknown: 1 });
    const failed = comparisonRow(comparison(1, [{ state: 'failed' }, { state: 'stopped' }]));
    expect(failed.fastest).toBeNull();
  });

  it('counts what one request brought once', () => {
    const same = { id: runId.parse(7), cost: nano(5n) };
    expect(comparisonRow(comparison(1, [same, same])).total).toMatchObject({ known: 5n, runs: 1 });
  });
});

describe('the order of the comparisons', () => {
  const rows = [
    comparisonRow(comparison(1, [{ cost: nano(5n), totalMs: null }])),
    comparisonRow(comparison(2, [{ cost: nano(1n), totalMs: 900 }])),
    comparisonRow(comparison(3, [{ cost: nano(3n), totalMs: 300 }])),
  ];
  const orderOf = (order: typeof NEWEST) =>
    sortedRows(rows, order).map(({ comparison: { at } }) => at);

  it('is the newest first, until another is chosen', () => {
    expect(orderOf(NEWEST)).toEqual([3, 2, 1]);
    expect(orderOf(nextOrder(NEWEST, 'cost'))).toEqual([1, 3, 2]);
    expect(orderOf(nextOrder(nextOrder(NEWEST, 'cost'), 'cost'))).toEqual([2, 3, 1]);
  });

  it('has what is not known at the end either way', () => {
    expect(orderOf({ by: 'fastest', descending: false })).toEqual([3, 2, 1]);
    expect(orderOf({ by: 'fastest', descending: true })).toEqual([2, 3, 1]);
  });
});

describe('the room for columns', () => {
  it('is 300 pixels for each, below which there are tabs', () => {
    expect([fitsColumns(900, 3), fitsColumns(899, 3)]).toEqual([true, false]);
  });
});
