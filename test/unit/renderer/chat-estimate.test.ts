import { describe, expect, it } from 'vitest';
import {
  answerPrice,
  contextTokens,
  likelyReply,
  messagePrice,
  possibleOffers,
  promptTotal,
} from '../../../renderer/features/chat/send-estimate';
import { tokensBefore } from '../../../renderer/features/chat/use-estimate';
import type { Offer } from '../../../shared/contract/connection';
import type { Message } from '../../../shared/contract/conversation';
import { messageTokens } from '../../../shared/history-window';
import { messageId } from '../../../shared/ids';
import { nano } from '../../../shared/money';
import { answeredRun } from '../../fixtures/answered';

const offer = (change: Partial<Offer> = {}): Offer => ({
  provider: null,
  inputPrice: nano(2_500_000_000n),
  outputPrice: nano(10_000_000_000n),
  unit: 'token',
  inferred: false,
  contextTokens: null,
  maxReplyTokens: null,
  latencyMs: null,
  ...change,
});
const reply = { low: 100, high: 200 };

describe('what a message costs, about', () => {
  it('is its prompt and a likely reply at the prices of the list', () => {
    expect(answerPrice([offer()], 1000, reply)).toEqual({
      low: nano(3_500_000n),
      high: nano(4_500_000n),
    });
  });

  it('reaches from the cheapest offer to the dearest', () => {
    const dear = offer({ inputPrice: nano(5_000_000_000n), outputPrice: nano(20_000_000_000n) });
    expect(answerPrice([offer(), dear], 1000, reply)).toEqual({
      low: nano(3_500_000n),
      high: nano(9_000_000n),
    });
  });

  it('is not known unless every offer states its prices for tokens', () => {
    expect(answerPrice([], 1000, reply)).toBeNull();
    expect(answerPrice([offer(), offer({ outputPrice: null })], 1000, reply)).toBeNull();
    expect(answerPrice([offer({ unit: null })], 1000, reply)).toBeNull();
    expect(answerPrice([offer({ unit: 'character' })], 1000, reply)).toBeNull();
  });

  it('is that of all models, as many times as each answers', () => {
    const one = { low: nano(10n), high: nano(20n) };
    expect(messagePrice([one, one], 3)).toEqual({ low: nano(60n), high: nano(120n) });
    expect(messagePrice([one, null], 1)).toBeNull();
    expect(messagePrice([one, undefined], 1)).toBeNull();
    expect(messagePrice([], 1)).toBeNull();
  });

  it('counts the offers that the parameters leave', () => {
    const offers = [offer({ provider: 'a' }), offer({ provider: 'b' })];
    expect(possibleOffers({ offers }, {})).toHaveLength(2);
    expect(possibleOffers({ offers }, { provider: 'b' })).toEqual([offers[1]]);
    expect(possibleOffers({ offers }, { routing: 'price' })).toEqual([offers[0]]);
    expect(possibleOffers({ offers }, { provider: 'unheard-of' })).toHaveLength(2);
  });

  it('adds up its parts', () => {
    expect(promptTotal({ history: 1, typed: 20, files: 300, images: 4000 })).toBe(4321);
  });
});

describe('a likely reply', () => {
  const answered = (completionTokens: number | null) => ({
    run: answeredRun({ state: 'complete', completionTokens }),
  });

  it('is as long as the last ones of the conversation', () => {
    const messages = [answered(9), ...[40, 50, 60, 70, 80].map(answered), answered(null)];
    expect(likelyReply(messages, {})).toEqual({ low: 40, high: 80 });
    expect(likelyReply([], {})).toEqual({ low: 150, high: 600 });
  });

  it('is never longer than it may be', () => {
    expect(likelyReply([], { max_tokens: 300 })).toEqual({ low: 150, high: 300 });
    expect(likelyReply([], { max_completion_tokens: 100 })).toEqual({ low: 100, high: 100 });
  });
});

describe('what goes before a new message', () => {
  let id = 0;
  const message = (role: Message['role'], text: string): Message => {
    id += 1;
    return {
      id: messageId.parse(id),
      parentId: null,
      role,
      createdAt: id,
      parts: text === '' ? [] : [{ kind: 'text', text, name: null }],
      images: [],
      run: null,
      attempts: [],
      siblings: [messageId.parse(id)],
    };
  };
  const talk = [
    message('user', 'q'.repeat(400)),
    message('assistant', 'a'.repeat(800)),
    message('user', 'q'.repeat(40)),
    message('assistant', ''),
  ];
  const unlimited = { messages: null, tokens: null };

  it('is the system prompt and everything said that came to something', () => {
    expect(tokensBefore(talk, { system: '', history: unlimited })).toBe(104 + 204 + 14);
    const system = 'Be brief.';
    expect(tokensBefore(talk, { system, history: unlimited })).toBe(
      104 + 204 + 14 + messageTokens(system, 0),
    );
  });

  it('is less where limits keep some of it back', () => {
    expect(tokensBefore(talk, { system: '', history: { messages: 1, tokens: null } })).toBe(14);
    expect(tokensBefore(talk, { system: '', history: { messages: 0, tokens: null } })).toBe(0);
    expect(tokensBefore(talk, { system: '', history: { messages: null, tokens: 250 } })).toBe(14);
  });
});

describe('the context of a model', () => {
  it('is the largest that any possible offer has', () => {
    expect(contextTokens([offer({ contextTokens: 8000 }), offer({ contextTokens: 128_000 })])).toBe(
      128_000,
    );
    expect(contextTokens([offer()])).toBeNull();
  });
});
