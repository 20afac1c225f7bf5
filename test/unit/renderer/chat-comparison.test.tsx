import i18next from 'i18next';
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeAll, describe, expect, it } from 'vitest';
import { ColumnBill, costSoFar } from '../../../renderer/features/chat/compare-bill';
import {
  bestOf,
  columnFigures,
  comparedWith,
  comparisonTotal,
  isElsewhere,
  speedOf,
} from '../../../renderer/features/chat/compare-figures';
import { pricesOf, priceText } from '../../../renderer/features/chat/compare-prices';
import { arrivingTogether } from '../../../renderer/features/chat/use-comparison';
import { type LiveRun, startedRun } from '../../../renderer/live/live-run';
import { startTexts } from '../../../renderer/locales/i18n';
import type { Catalogue, Offer } from '../../../shared/contract/connection';
import type { Message, Run } from '../../../shared/contract/conversation';
import { conversationId, messageId, runId } from '../../../shared/ids';
import { nano } from '../../../shared/money';
import { answer, answeredRun, refusedRun } from '../../fixtures/answered';

beforeAll(() => startTexts());

const run = (id: number, change: Partial<Run> = {}) =>
  answeredRun({ id: runId.parse(id), fanOut: 'f', ...change });

function liveRun(of: Message, change: Partial<LiveRun> = {}): LiveRun {
  const ref = {
    runId: of.run?.id ?? runId.parse(99),
    conversationId: conversationId.parse(1),
    messageId: of.id,
  };
  return { ...startedRun(ref, 0, 1000), ...change };
}

const figuresOf = (answers: readonly Message[], live: readonly (LiveRun | null)[] = []) =>
  columnFigures(answers, live, 40);

describe('what stands side by side', () => {
  it('is what was asked for side by side, without older answers', () => {
    const old = answer(2, run(1, { fanOut: null }));
    const both = [answer(3, run(2)), answer(4, run(3))];
    expect(comparedWith([old, ...both], messageId.parse(4))).toEqual(both);
  });

  it('is also what was added to it later, each by itself', () => {
    const both = [answer(3, run(2)), answer(4, run(3))];
    const added = answer(5, run(4, { fanOut: null }));
    expect(comparedWith([...both, added], messageId.parse(3))).toEqual([...both, added]);
  });

  it('is what one request brought', () => {
    const one = answeredRun({ id: runId.parse(5) });
    const three = [answer(3, one), answer(4, one), answer(5, one)];
    expect(comparedWith([answer(2, answeredRun()), ...three], messageId.parse(4))).toEqual(three);
  });

  it('is on another branch only where all of the one that is shown has been read', () => {
    const ask = answer(1, null, { role: 'user', parentId: null });
    const both = [answer(3, run(2)), answer(4, run(3))];
    const later = answer(9, null, { parentId: messageId.parse(8) });
    expect(isElsewhere([ask, ...both], both)).toBe(false);
    expect(isElsewhere([{ ...ask, id: messageId.parse(2) }], both)).toBe(true);
    // What stands before the newest messages is still on its way.
    expect(isElsewhere([later], both)).toBe(false);
    expect(isElsewhere([ask], [])).toBe(false);
  });

  it('is every answer where nothing else joins them', () => {
    const all = [answer(2, answeredRun()), answer(3, answeredRun({ id: runId.parse(2) }))];
    expect(comparedWith(all, messageId.parse(3))).toEqual(all);
  });
});

describe('a comparison', () => {
  const answers = [answer(2, run(1)), answer(3, run(2))];
  const siblings = answers.map(({ id }) => id);

  it('opens by itself when two answers arrive together, and for nothing else', () => {
    const shown = { siblings, run: run(1) };
    expect(
      arrivingTogether(
        shown,
        answers.map(({ id }) => ({ messageId: id })),
      ),
    ).toBe('f');
    expect(arrivingTogether(shown, [{ messageId: messageId.parse(2) }])).toBeNull();
    expect(arrivingTogether(shown, [])).toBeNull();
  });

  it('adds up each request once, with its attempts, and what is not known apart', () => {
    const shared = run(7, { cost: nano(500n) });
    const total = comparisonTotal(
      [
        answer(2, run(1, { cost: nano(1000n) }), {
          attempts: [refusedRun({ id: runId.parse(20), cost: null, costSource: 'unknown' })],
        }),
        answer(3, shared),
        answer(4, shared),
        answer(5, run(3, { cost: nano(9n), costSource: 'estimated' })),
        answer(6, run(4, { state: 'running', cost: null, costSource: 'unknown' })),
      ],
      [],
    );
    expect(total).toMatchObject({ known: 1500n, estimated: 9n, unknown: 1, running: 1 });
  });

  it('counts the next attempt of an answer as running before its row is read', () => {
    const failed = answer(2, refusedRun({ id: runId.parse(1) }));
    const again = liveRun(failed, { runId: runId.parse(2) });
    expect(comparisonTotal([failed], [again])).toMatchObject({ known: 0n, running: 1 });
  });
});

describe('the best of a row', () => {
  it('is marked once it can no longer change', () => {
    const answers = [
      answer(2, run(1, { firstTokenMs: 500, totalMs: 2000, cost: nano(9n) })),
      answer(3, run(2, { state: 'running', cost: null, firstTokenMs: null, totalMs: null })),
      answer(4, run(3, { firstTokenMs: 700, totalMs: 4000, cost: nano(7n) })),
    ];
    const silent = liveRun(answers[1] ?? answer(3, null));
    expect(bestOf(figuresOf(answers, [null, silent, null]))).toEqual({
      firstToken: null,
      whole: null,
      speed: null,
      cost: null,
    });
    const begun = { ...silent, firstTokenMs: 300 };
    expect(bestOf(figuresOf(answers, [null, begun, null]))).toMatchObject({
      firstToken: 1,
      whole: null,
    });
  });

  it('is the quickest and the cheapest of the complete answers', () => {
    const best = bestOf(
      figuresOf([
        answer(2, run(1, { firstTokenMs: 500, totalMs: 2000, cost: nano(9n) })),
        answer(3, run(2, { firstTokenMs: 900, totalMs: 1900, cost: nano(8n) })),
        answer(4, refusedRun({ id: runId.parse(3), totalMs: 10 })),
      ]),
    );
    expect(best).toMatchObject({ firstToken: 0, whole: 1, speed: 1, cost: 1 });
  });

  it('is nothing where two are equal, one is alone, or a cost is not known', () => {
    const equal = [answer(2, run(1)), answer(3, run(2))];
    expect(Object.values(bestOf(figuresOf(equal)))).toEqual([null, null, null, null]);
    expect(bestOf(figuresOf(equal.slice(0, 1))).cost).toBeNull();
    const unsure = [
      answer(2, run(1, { cost: nano(1n) })),
      answer(3, run(2, { cost: nano(2n) })),
      answer(4, run(3, { cost: null, costSource: 'unknown' })),
    ];
    expect(bestOf(figuresOf(unsure)).cost).toBeNull();
  });

  it('does not set answers of one request against each other', () => {
    const one = answeredRun();
    const figures = figuresOf([answer(2, one), answer(3, one)]);
    expect(figures.map(({ follows }) => follows)).toEqual([false, true]);
    expect(bestOf(figures).cost).toBeNull();
  });
});

describe('the receipt of a column', () => {
  const textOf = (figures: Parameters<typeof ColumnBill>[0]['figures']) =>
    renderToStaticMarkup(
      <ColumnBill
        figures={figures}
        prices={null}
        best={{ firstToken: false, whole: false, speed: false, cost: true }}
      />,
    )
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ');

  it('has the same rows for an answer and for a refusal', () => {
    const labels = ['Tokens', 'First token', 'Whole answer', 'Speed', 'Served by', 'Cost'];
    const [served, refused] = figuresOf([
      answer(2, run(1)),
      answer(3, refusedRun({ id: runId.parse(2) })),
    ]).map(textOf);
    for (const label of labels) {
      expect(served).toContain(label);
      expect(refused).toContain(label);
    }
    expect(served).toContain('69 tokens/s');
    expect(served).toContain('lowest $0.003205');
  });

  it('says where the cost of one request for several answers stands', () => {
    const one = answeredRun();
    const [first, second] = figuresOf([answer(2, one), answer(3, one)]).map(textOf);
    expect(first).toContain('Cost for 2 answers together');
    expect(second).not.toContain('$');
    expect(second).toContain(i18next.t('compare.withFirst'));
  });

  it('tells no speed from a moment', () => {
    const [figures] = figuresOf([answer(2, run(1, { firstTokenMs: 4000, totalMs: 4100 }))]);
    expect(figures && speedOf(figures, 0)).toBeNull();
  });
});

describe('prices beside an answer', () => {
  const offer = (provider: string, input: bigint): Offer => ({
    provider,
    inputPrice: nano(input),
    outputPrice: nano(10_000_000_000n),
    unit: 'token',
    inferred: false,
    contextTokens: null,
    maxReplyTokens: null,
    latencyMs: null,
  });
  const catalogue = (offers: Offer[]): Catalogue => ({
    fetchedAt: 0,
    models: [
      {
        id: 'gpt-4o',
        type: 'llm',
        subtype: null,
        description: null,
        seesImages: null,
        takes: null,
        favourite: false,
        offers,
      },
    ],
  });
  const asked = { requestedModel: 'gpt-4o', servedProvider: null };

  it('are those of whoever served, and none while several could', () => {
    const two = catalogue([offer('openrouter', 2_500_000_000n), offer('azure', 3_000_000_000n)]);
    expect(pricesOf(two, asked)).toBeNull();
    expect(pricesOf(two, { ...asked, servedProvider: 'azure' })?.input).toBe(3_000_000_000n);
    expect(pricesOf(catalogue([offer('azure', 1n)]), asked)?.input).toBe(1n);
  });

  it('are written with as many places as they need', () => {
    expect(priceText(nano(2_500_000_000n))).toBe('$2.50');
    expect(priceText(nano(75_000_000n))).toBe('$0.075');
  });

  it('give about what an answer has cost so far', () => {
    const tokens = (count: number) => ({ count, counted: false });
    const prices = { input: nano(2_000_000_000n), output: nano(10_000_000_000n) };
    expect(costSoFar({ prompt: tokens(50), reply: tokens(200) }, prices)).toBe(2_100_000n);
    expect(costSoFar({ prompt: null, reply: tokens(1) }, prices)).toBeNull();
  });
});
