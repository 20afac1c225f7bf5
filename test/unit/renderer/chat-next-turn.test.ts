import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fewerMessages,
  lastExchange,
  turnCost,
  turnEstimate,
  withHistory,
} from '../../../renderer/features/chat/next-turn';
import { goingAlong } from '../../../renderer/features/chat/use-estimate';
import { EMPTY_CHAT_SETTINGS } from '../../../shared/chat-settings';
import { NO_RECORD } from '../../../shared/estimate';
import { nano } from '../../../shared/money';
import { answer } from '../../fixtures/answered';

const price = fc.bigInt(0n, 10n ** 11n).map(nano);
const sources = fc.array(
  fc.record({ input: price, output: price }).map((prices) => ({
    record: { ...NO_RECORD, prices, reply: { low: 100, high: 200 } },
    offers: [],
  })),
  { minLength: 1, maxLength: 3 },
);

describe('the next turn', () => {
  it('costs what its parts do', () => {
    const tokens = fc.nat(100_000);
    fc.assert(
      fc.property(
        sources,
        tokens,
        tokens,
        fc.integer({ min: 1, max: 5 }),
        (known, history, fresh, times) => {
          const turn = { sources: known, times, values: [] };
          const cost = turnCost(turn, history, fresh);
          expect(cost).not.toBeNull();
          if (!cost) return;
          for (const end of ['low', 'high'] as const) {
            const parts = [cost.history[end], cost.fresh[end], cost.reply[end]];
            for (const part of parts) expect(part).toBeGreaterThanOrEqual(0n);
            expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(cost.total[end]);
          }
          expect(cost.total).toEqual(turnEstimate(turn, history + fresh));
        },
      ),
    );
  });

  it('is not known where a price is not', () => {
    expect(
      turnCost({ sources: [{ record: NO_RECORD, offers: [] }], times: 1, values: [] }, 1, 1),
    ).toBeNull();
  });
});

describe('fewer messages', () => {
  const talk = (length: number) =>
    Array.from({ length }, (_, at) =>
      answer(at + 1, null, { role: at % 2 === 0 ? 'user' : 'assistant' }),
    );
  const all = { messages: null, tokens: null };

  it.each([
    [2, null],
    [4, 2],
    [6, 2],
    [8, 4],
    [20, 10],
  ])('of %i are %s, in whole exchanges', (length, fewer) => {
    expect(fewerMessages(talk(length), all)).toBe(fewer);
  });

  it('are fewer each time, until one exchange is left', () => {
    const messages = talk(40);
    let history = { messages: null as number | null, tokens: null };
    const counts: number[] = [];
    for (;;) {
      const fewer = fewerMessages(messages, history);
      if (fewer === null) break;
      history = withHistory({ ...EMPTY_CHAT_SETTINGS, history }, fewer).history as typeof history;
      expect(goingAlong(messages, history)).toHaveLength(fewer);
      counts.push(fewer);
    }
    expect(counts).toEqual([20, 10, 4, 2]);
  });

  it('are all again without limits of any kind', () => {
    const history = { messages: 2, tokens: 500 };
    expect(withHistory({ ...EMPTY_CHAT_SETTINGS, history }, null).history).toEqual(all);
    expect(withHistory({ ...EMPTY_CHAT_SETTINGS, history }, 4).history).toEqual({
      messages: 4,
      tokens: 500,
    });
  });

  it('in a fork are those of the last question on', () => {
    expect(lastExchange(talk(6))).toBe(2);
    expect(lastExchange(talk(5))).toBe(1);
    expect(lastExchange([])).toBe(0);
  });
});
