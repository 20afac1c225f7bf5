import { describe, expect, it } from 'vitest';
import { contextTokens, promptTotal } from '../../../renderer/features/chat/send-estimate';
import { tokensBefore } from '../../../renderer/features/chat/use-estimate';
import type { Offer } from '../../../shared/contract/connection';
import type { Message } from '../../../shared/contract/conversation';
import { messageTokens } from '../../../shared/history-window';
import { messageId } from '../../../shared/ids';
import { nano } from '../../../shared/money';

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
describe('what the next request carries', () => {
  it('adds up from its parts', () => {
    expect(promptTotal({ history: 1, typed: 20, files: 300, images: 4000 })).toBe(4321);
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
