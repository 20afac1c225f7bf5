import { describe, expect, it } from 'vitest';
import type { HistoryLimits } from '../../../shared/chat-settings';
import { historyStart } from '../../../shared/history-window';

const talk = ['user', 'assistant', 'user', 'assistant', 'user'].map((role) => ({ role }));
const start = (limits: Partial<HistoryLimits>) =>
  historyStart({ messages: null, tokens: null, ...limits }, talk, () => 10);

describe('the history that goes along', () => {
  it('is all of it without limits', () => {
    expect(start({})).toBe(0);
  });

  it('is the newest, and the new message always', () => {
    expect(start({ messages: 2 })).toBe(2);
    expect(start({ messages: 0 })).toBe(4);
    expect(start({ tokens: 20 })).toBe(2);
    expect(start({ tokens: 5 })).toBe(4);
  });

  it('does not begin with an answer without its question', () => {
    expect(start({ messages: 3 })).toBe(2);
    expect(start({ messages: 1 })).toBe(4);
  });
});
