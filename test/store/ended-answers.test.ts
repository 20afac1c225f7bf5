import { describe, expect, it } from 'vitest';
import { removeConversations } from '../../electron/store/queries/conversations';
import { endedAnswers, lastAnswer } from '../../electron/store/queries/ended-answers';
import { beginRuns, endRun } from '../../electron/store/queries/run-life';
import { nano } from '../../shared/money';
import {
  connect,
  newConversation,
  nextMessage,
  outcome,
  refused,
  runHead,
  say,
} from '../fixtures/ledger';
import { connections } from '../fixtures/store';

describe('answers that ended', () => {
  it('are told of by the title, how each ended, and what is known of the cost', () => {
    const { writer, reader } = connections();
    const connection = connect(writer);
    const { runs, conversationId } = beginRuns(writer, newConversation('Which?'), [
      runHead(connection),
      runHead(connection),
      runHead(connection),
    ]);
    const [one, two, three] = runs;
    if (!one || !two || !three) throw new Error('three were begun');
    endRun(writer, one.runId, outcome(), [say('one')]);
    endRun(writer, two.runId, refused(), []);
    endRun(
      writer,
      three.runId,
      outcome({ state: 'incomplete', cost: null, costText: null, costSource: 'unknown' }),
      [say('th')],
    );
    const answers = runs.map((run) => run.messageId);
    expect(endedAnswers(reader, conversationId, answers)).toEqual({
      title: 'Which?',
      states: ['complete', 'failed', 'incomplete'],
      known: nano(1_878_000n),
      unknown: 1,
    });
  });

  it('are not told of once their conversation is in the trash', () => {
    const { writer, reader } = connections();
    const { runs, conversationId } = beginRuns(writer, newConversation('Which?'), [
      runHead(connect(writer)),
    ]);
    removeConversations(writer, [conversationId], 1);
    const answers = runs.map((run) => run.messageId);
    expect(endedAnswers(reader, conversationId, answers)).toBeNull();
  });
});

describe('the answer a conversation ends with', () => {
  it('is the last of the branch that is read', () => {
    const { writer, reader } = connections();
    const connection = connect(writer);
    const first = beginRuns(writer, newConversation('One?'), [runHead(connection)]);
    const second = beginRuns(writer, nextMessage(first.conversationId, 'Two?'), [
      runHead(connection),
    ]);
    expect(lastAnswer(reader, first.conversationId)).toBe(second.runs[0]?.messageId);
  });
});
