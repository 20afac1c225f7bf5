import { describe, expect, it } from 'vitest';
import { budgetStates, insertBudget } from '../../electron/store/queries/budgets';
import { listConversations } from '../../electron/store/queries/conversation-list';
import { getConversation } from '../../electron/store/queries/conversations';
import { endRun } from '../../electron/store/queries/run-life';
import { findConversations } from '../../electron/store/queries/search';
import { spendingBetween } from '../../electron/store/queries/spending';
import { nano } from '../../shared/money';
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
import { connections } from '../fixtures/store';

const DAY = 86_400_000;
const TODAY = '2024-10-21';
/** The clock stood a year ahead, and was then set right. */
const AHEAD = { startedAt: NOON + 365 * DAY, day: '2025-10-21' };

function asked() {
  const { writer, reader } = connections();
  const connection = connect(writer);
  const first = begin(writer, connection, 'What was asked ahead of time?', AHEAD);
  const ended = outcome({ endedAt: AHEAD.startedAt + 1 });
  endRun(writer, first.runId, ended, [say('The first answer.')]);
  const then = beginRun(
    writer,
    nextMessage(first.conversationId, 'And what was asked then?'),
    runHead(connection),
  );
  endRun(writer, then.runId, outcome(), [say('The second answer.')]);
  return { writer, reader, connection, first, then };
}

describe('a clock that was set back', () => {
  it('leaves a conversation in the order in which it was held', () => {
    const { reader, first, then } = asked();
    const { messages } = getConversation(reader, first.conversationId);
    expect(messages.map(({ parts }) => parts[0]?.text)).toEqual([
      'What was asked ahead of time?',
      'The first answer.',
      'And what was asked then?',
      'The second answer.',
    ]);
    expect(then.messageId).toBeGreaterThan(first.messageId);
    expect(then.runId).toBeGreaterThan(first.runId);
  });

  it('leaves every conversation in the list, and what is said last is found first', () => {
    const { writer, reader, connection } = asked();
    const now = begin(writer, connection, 'What is asked now?');
    endRun(writer, now.runId, outcome(), [say('The third answer.')]);
    const { items, count } = listConversations(reader, 0, 9);
    expect(count).toBe(2);
    expect(items.map(({ title }) => title).toSorted()).toEqual([
      'What is asked now?',
      'What was asked ahead of time?',
    ]);
    const words = [{ text: 'answer', open: false }];
    const { hits } = findConversations(reader, { words, without: [], filters: [] }, 0, 9);
    expect(hits[0]?.title[0]?.text).toBe('What is asked now?');
  });

  it('counts each answer on its own day, and nothing of days to come today', () => {
    const { writer, reader } = asked();
    const budget = {
      scope: { kind: 'all' } as const,
      limit: nano(10n ** 9n),
      warnPercent: 80,
      stops: true,
    };
    insertBudget(writer, { ...budget, period: 'day' }, NOON);
    insertBudget(writer, { ...budget, period: 'month' }, NOON);
    expect(spendingBetween(reader, TODAY, TODAY, false)).toMatchObject({
      runs: 1,
      known: 1_878_000n,
    });
    expect(spendingBetween(reader, AHEAD.day, AHEAD.day, false)).toMatchObject({ runs: 1 });
    expect(budgetStates(reader, TODAY, null).map(({ spent }) => spent)).toMatchObject([
      { known: 1_878_000n },
      { known: 1_878_000n },
    ]);
  });
});
