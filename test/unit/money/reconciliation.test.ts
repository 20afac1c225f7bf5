import { describe, expect, it } from 'vitest';
import { reconcile } from '../../../electron/money/reconciliation';
import type { OpenEntry, OpenRun } from '../../../electron/store/queries/billing-match';
import { nano } from '../../../shared/money';
import { cutRun, entryOf, openRun } from '../../fixtures/bill';
import fc from '../../fixtures/fast-check';
import { NOON } from '../../fixtures/ledger';
import { processorMs } from '../../fixtures/processor-time';

/** Which entry each run got. */
function found(runs: readonly OpenRun[], entries: readonly OpenEntry[], own: string[] = []) {
  return Object.fromEntries(
    reconcile(runs, entries, own).map(({ runId, id, confidence }) => [runId, [id, confidence]]),
  );
}

describe('a complete run', () => {
  it('is certainly the entry with its model, counts and time', () => {
    const run = openRun(1);
    expect(found([run], [entryOf(run)])).toEqual({ 1: [10_001, 'certain'] });
  });

  it.each([
    ['gpt-4o', 'openai/gpt-4o'],
    ['openai/GPT-4o', 'gpt-4o-2024-08-06'],
    ['gpt-4-0613', 'openai/gpt-4'],
  ])('may be %s here and %s on the bill', (requestedModel, route) => {
    const run = openRun(1, { requestedModel, servedModel: null });
    expect(found([run], [entryOf(run, { route })])).toEqual({ 1: [10_001, 'certain'] });
  });

  it('is compared by characters where there are no tokens', () => {
    const run = openRun(1, { promptTokens: null, completionTokens: null });
    expect(found([run], [entryOf(run)])).toEqual({ 1: [10_001, 'certain'] });
    expect(found([run], [entryOf(run, { responseCharacters: 528 })])).toEqual({});
  });

  it.each<[string, Partial<OpenEntry>]>([
    ['another count', { completionTokens: 101 }],
    ['another minute', { at: NOON + 90_000 }],
  ])('is not an entry with %s', (_, more) => {
    const run = openRun(1);
    expect(found([run], [entryOf(run, more)])).toEqual({});
  });

  it('is likely the entry with its counts under a name that is not known', () => {
    const run = openRun(1, { requestedModel: 'the-best', servedModel: null });
    expect(found([run], [entryOf(run, { route: 'gpt-4o' })])).toEqual({ 1: [10_001, 'likely'] });
  });
});

describe('a run whose counts nobody was told', () => {
  it('is likely the one entry with its model and time', () => {
    const run = cutRun(1);
    expect(found([run], [entryOf(run)])).toEqual({ 1: [10_001, 'likely'] });
  });

  it('is not what a complete run certainly is, nor what another program asked for', () => {
    const [complete, cut] = [openRun(1), cutRun(2, { startedAt: NOON + 400 })];
    expect(found([complete, cut], [entryOf(complete)])).toEqual({ 1: [10_001, 'certain'] });
    const foreign = entryOf(cut, { app: 'cron' });
    expect(found([complete, cut], [entryOf(complete), foreign])).toEqual({
      1: [10_001, 'certain'],
    });
    expect(found([cut], [foreign], ['slice'])).toEqual({});
  });

  it('stays open where two entries or two runs could be meant', () => {
    const [one, other] = [cutRun(1), cutRun(2, { startedAt: NOON + 300 })];
    const entries = [entryOf(one), entryOf(other, { cost: nano(1n) })];
    expect(found([one, other], entries)).toEqual({});
    expect(found([one], entries)).toEqual({});
    expect(found([one, other], entries.slice(1))).toEqual({});
  });

  it('keeps nobody waiting, however many entries could be meant', () => {
    const run = openRun(1);
    const entries = Array.from({ length: 60_000 }, (_, at) =>
      entryOf(run, { id: 10_000 + at, cost: nano(BigInt(at)) }),
    );
    expect(found([run], entries)).toEqual({});
  });

  it('keeps nobody waiting either, however many are alike as their entries are', () => {
    const runs = Array.from({ length: 1_000 }, (_, at) =>
      cutRun(at + 1, { startedAt: NOON + at * 200, endedAt: NOON + at * 200 + 20_000 }),
    );
    const entries = runs.map((run) => entryOf(run, { at: run.startedAt + 15_000 }));
    const tookMs = processorMs(() => {
      expect(Object.keys(found(runs, entries))).toHaveLength(1_000);
    });
    expect(tookMs).toBeLessThan(10_000);
  });

  it('takes one of several entries that cost the same', () => {
    const [one, other] = [cutRun(1), cutRun(2, { startedAt: NOON + 300 })];
    const both = found([one, other], [entryOf(one), entryOf(other)]);
    expect(Object.keys(both)).toEqual(['1', '2']);
    expect(new Set(Object.values(both).map(([id]) => id)).size).toBe(2);
  });

  it('stays open beside one that several models were asked with, or that is on its way', () => {
    const cut = cutRun(1);
    const several = cutRun(2, { requestedModel: 'gpt-4o,mistral-large', single: false });
    expect(found([cut, several], [entryOf(cut)])).toEqual({});
  });
});

describe('a run that seemed to cost nothing', () => {
  it('comes after the attempt that followed it', () => {
    const refused = cutRun(1, { costSource: 'none', endedAt: NOON + 100 });
    const cut = cutRun(2, { startedAt: NOON + 1_000 });
    expect(found([refused, cut], [entryOf(cut)])).toEqual({ 2: [10_002, 'likely'] });
    expect(found([refused], [entryOf(refused)])).toEqual({ 1: [10_001, 'likely'] });
  });
});

describe('clocks that differ', () => {
  it('are told from each other by the entries that can only be one run', () => {
    const runs = [0, 1, 2, 3].map((n) =>
      openRun(n + 1, { startedAt: NOON + n * 120_000, completionTokens: 100 + n }),
    );
    const cut = cutRun(9, { startedAt: NOON + 500_000 });
    const entries = [...runs, cut].map((run) => {
      const entry = entryOf(run);
      return { ...entry, at: entry.at + 240_000 };
    });
    expect(found([...runs, cut], entries)).toEqual({
      1: [10_001, 'certain'],
      2: [10_002, 'certain'],
      3: [10_003, 'certain'],
      4: [10_004, 'certain'],
      9: [10_009, 'likely'],
    });
  });
});

const MODELS = ['gpt-4o', 'mistral-large', 'deepseek-r1'] as const;

/** Requests of one person: often the same ones, often at the same time. */
const requests = fc.array(
  fc.record({
    gap: fc.oneof(fc.constant(0), fc.nat(900), fc.nat(200_000)),
    took: fc.integer({ min: 200, max: 40_000 }),
    model: fc.constantFrom(...MODELS),
    promptTokens: fc.integer({ min: 1, max: 3 }),
    completionTokens: fc.integer({ min: 1, max: 4 }),
    isCut: fc.boolean(),
  }),
  { maxLength: 40 },
);
type Request = typeof requests extends fc.Arbitrary<(infer One)[]> ? One : never;

function ledgerOf(asked: readonly Request[], cuts: boolean): OpenRun[] {
  let startedAt = NOON;
  return asked.map(({ gap, took, model, promptTokens, completionTokens, isCut }, at) => {
    startedAt += gap;
    const more = {
      startedAt,
      endedAt: startedAt + took,
      requestedModel: model,
      servedModel: model,
    };
    return cuts && isCut
      ? cutRun(at + 1, more)
      : openRun(at + 1, { ...more, promptTokens, completionTokens });
  });
}

function shuffled<Item>(items: readonly Item[], order: readonly number[]): Item[] {
  return items
    .map((item, at) => ({ item, key: order[at % Math.max(1, order.length)] ?? 0, at }))
    .sort((a, b) => a.key - b.key || b.at - a.at)
    .map(({ item }) => item);
}

describe('any ledger and any bill', () => {
  const order = fc.array(fc.nat(1000), { minLength: 1, maxLength: 60 });

  it('a whole bill gives every run an entry of its own cost, in whatever order it comes', () => {
    fc.assert(
      fc.property(requests, order, fc.integer({ min: -300, max: 300 }), (asked, keys, skew) => {
        const runs = ledgerOf(asked, false);
        // With fewer there is nothing to tell the clocks by.
        const shift = runs.length > 2 && hasOwnCounts(runs) ? skew * 1000 : 0;
        const entries = runs.map((run) => {
          const entry = entryOf(run);
          return { ...entry, at: entry.at + shift };
        });
        const matches = reconcile(shuffled(runs, keys), shuffled(entries, keys), []);
        expect(matches.map(({ runId }) => runId).toSorted((a, b) => a - b)).toEqual(
          runs.map(({ id }) => id),
        );
        for (const { id, runId, confidence } of matches) {
          expect(confidence).toBe('certain');
          const entry = entries.find((one) => one.id === id);
          const own = entries.find((one) => one.id === runId + 10_000);
          expect(entry?.cost).toBe(own?.cost);
        }
      }),
    );
  });

  it('no run has two entries and no entry two runs, whatever is missing or foreign', () => {
    fc.assert(
      fc.property(
        requests,
        requests,
        order,
        fc.array(fc.boolean()),
        (asked, foreign, keys, gone) => {
          const runs = ledgerOf(asked, true);
          const entries = [
            ...runs.filter((_, at) => !gone[at]).map((run) => entryOf(run)),
            ...ledgerOf(foreign, true).map((run) =>
              entryOf(run, { id: run.id + 20_000, app: run.id % 2 === 0 ? 'slice' : 'cron' }),
            ),
          ];
          const matches = reconcile(runs, entries, []);
          expect(new Set(matches.map(({ id }) => id)).size).toBe(matches.length);
          expect(new Set(matches.map(({ runId }) => runId)).size).toBe(matches.length);
          const again = reconcile(shuffled(runs, keys), shuffled(entries, keys), []);
          expect(new Set(again.map(textOf))).toEqual(new Set(matches.map(textOf)));
        },
      ),
    );
  });

  it('what is missing on the bill does not make a complete run another one’s cost', () => {
    fc.assert(
      fc.property(requests, fc.array(fc.boolean()), (asked, gone) => {
        const runs = ledgerOf(asked, true);
        const entries = runs.filter((_, at) => !gone[at]).map((run) => entryOf(run));
        const costs = new Map(runs.map((run) => [run.id, entryOf(run).cost]));
        for (const { id, runId, confidence } of reconcile(runs, entries, [])) {
          if (confidence !== 'certain') continue;
          expect(entries.find((one) => one.id === id)?.cost).toBe(costs.get(runId));
        }
      }),
    );
  });
});

function textOf({ id, runId, confidence }: ReturnType<typeof reconcile>[number]): string {
  return `${id} ${runId} ${confidence}`;
}

/** Whether there are runs enough that nobody can take for another. */
function hasOwnCounts(runs: readonly OpenRun[]): boolean {
  const counts = runs.map((run) => `${run.promptTokens}/${run.completionTokens}`);
  return counts.filter((one) => counts.filter((other) => other === one).length === 1).length > 2;
}
