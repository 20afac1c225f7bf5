import i18next from 'i18next';
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeAll, describe, expect, it } from 'vitest';
import { endsText, turnOf } from '../../../renderer/features/chat/announcer';
import { AnswerParts } from '../../../renderer/features/chat/answer-parts';
import {
  firstFrom,
  folded,
  hitsIn,
  occurrences,
  shownAgain,
} from '../../../renderer/features/chat/find-hits';
import { recentModels } from '../../../renderer/features/chat/message-actions';
import { threadRows } from '../../../renderer/features/chat/thread-rows';
import { startTexts } from '../../../renderer/locales/i18n';
import { TooltipProvider } from '../../../renderer/ui/tooltip';
import type { Message } from '../../../shared/contract/conversation';
import { messageId } from '../../../shared/ids';
import type { AnswerPart } from '../../../shared/run-view';
import { answer, answeredRun, refusedRun } from '../../fixtures/answered';

beforeAll(() => startTexts());

const text = (words: string): AnswerPart => ({ kind: 'text', text: words, name: null });

function asked(id: number, words: string, change: Partial<Message> = {}): Message {
  return answer(id, null, { role: 'user', parts: [text(words)], ...change });
}

describe('the rows of a thread', () => {
  const noon = new Date(2026, 4, 1, 12).getTime();
  const messages = [
    asked(1, 'one', { createdAt: noon }),
    answer(2, answeredRun(), { createdAt: noon + 60_000 }),
    asked(3, 'two', { createdAt: noon + 86_400_000 }),
    answer(4, answeredRun(), { createdAt: noon + 86_460_000 }),
    asked(5, 'three', { createdAt: noon + 3 * 86_400_000 }),
  ];

  it('begin a day where the day changes, and not with the first message', () => {
    const days = threadRows(messages, []).map(({ day }) => day !== null);
    expect(days).toEqual([false, false, true, false, true]);
  });

  it('know what was asked and how much was sent', () => {
    const rows = threadRows(messages, []);
    expect(rows[1]?.question?.id).toBe(1);
    expect(rows[2]?.question).toBeNull();
    expect(rows.map(({ promptCharacters }) => promptCharacters)).toEqual([0, 3, 8, 11, 16]);
  });

  it('stay the same where their message does, so that they are not drawn anew', () => {
    const before = threadRows(messages, []);
    const after = threadRows([...messages, answer(6, null)], before);
    expect(after.slice(0, 5).every((row, at) => row === before[at])).toBe(true);
  });
});

describe('what is found', () => {
  it('is counted by the group it is drawn in, also where marks stand between the words', () => {
    const filler = Array.from({ length: 40 }, (_, at) => `Paragraph ${at}.`).join('\n\n');
    const message = answer(7, null, {
      parts: [text(`The **blue** sky.\n\n${filler}\n\nA blue sky, a BLUE SKY.`)],
    });
    const hits = hitsIn(message, 3, folded('Blue Sky'));
    expect(hits).toHaveLength(3);
    expect(hits[0]).toEqual({ messageId: message.id, row: 3, part: 0, group: 0, nth: 0 });
    expect(hits[1]?.group).toBeGreaterThan(0);
    expect([hits[1]?.nth, hits[2]?.nth]).toEqual([0, 1]);
  });

  it('is what was said, not what was thought or sent to a tool', () => {
    const parts: AnswerPart[] = [
      { kind: 'reasoning', text: 'needle', name: null },
      { kind: 'tool', text: 'needle', name: 'f' },
      text('needle'),
    ];
    const hits = hitsIn(answer(7, null, { parts }), 0, 'needle');
    expect(hits.map(({ part }) => part)).toEqual([2]);
  });

  it('does not overlap, and is none for no words', () => {
    expect([occurrences('aaaa', 'aa'), occurrences('a', '')]).toEqual([2, 0]);
  });

  it('begins with what is on screen', () => {
    const hit = (row: number) => ({
      messageId: messageId.parse(1),
      row,
      part: 0,
      group: 0,
      nth: 0,
    });
    expect(firstFrom([hit(0), hit(4), hit(9)], 3)).toBe(1);
    expect(firstFrom([hit(0)], 3)).toBe(0);
  });

  it('stays at what is shown when more is said, wherever the thread stands', () => {
    const said = (id: number, row: number) =>
      hitsIn(answer(id, null, { parts: [text('blue, blue')] }), row, 'blue');
    const before = [...said(7, 0), ...said(8, 1)];
    const shown = before[2];
    const after = [...said(7, 0), ...said(8, 1), ...said(9, 2)];
    const again = shownAgain(after, shown);
    expect(again?.at).toBe(2);
    // The very same, so that nobody is taken back to it who has scrolled on.
    expect(again?.hits[2]).toBe(shown);
    expect(again?.hits).toEqual(after);
    expect(shownAgain(said(7, 0), shown)).toBeNull();
    // What came before it only now has moved it.
    expect(shownAgain([...said(6, 0), ...said(7, 1), ...said(8, 2)], shown)?.at).toBe(4);
  });
});

describe('what an answer consists of', () => {
  const shown = (parts: AnswerPart[], growing: boolean, thoughtMs: number | null) =>
    renderToStaticMarkup(
      <TooltipProvider>
        <AnswerParts
          parts={parts}
          growing={growing}
          startedAt={growing ? Date.now() : null}
          thoughtMs={thoughtMs}
        />
      </TooltipProvider>,
    );
  const thought: AnswerPart = { kind: 'reasoning', text: 'let me see', name: null };

  it('is open while the model thinks, with its time, and closed with its time afterwards', () => {
    const thinking = shown([thought], true, null);
    expect(thinking).toContain('Thinking for 0 s');
    expect(thinking).toContain('let me see');
    const over = shown([thought, text('Yes.')], false, 12_400);
    expect(over).toContain('Thought for 12 s');
    expect(over).not.toContain('let me see');
  });

  it('says nothing of a time that nobody took', () => {
    expect(shown([thought, text('Yes.')], false, null)).toContain('>Reasoning<');
  });

  it('folds what was sent to a tool', () => {
    const call: AnswerPart = { kind: 'tool', text: '{"city":"Lisbon"}', name: 'weather' };
    expect(shown([call], true, null)).toContain('Lisbon');
    const over = shown([call], false, null);
    expect(over).toContain('Asks for weather');
    expect(over).not.toContain('Lisbon');
  });
});

describe('the models to answer again', () => {
  it('are those that were asked last, each once, without super queries', () => {
    const by = (id: number, requestedModel: string) => answer(id, answeredRun({ requestedModel }));
    const messages = [by(1, 'a'), by(2, 'b'), by(3, 'c,d'), by(4, 'a')];
    expect(recentModels(messages, 'z')).toEqual(['z', 'a', 'b']);
    expect(recentModels([], null)).toEqual([]);
  });
});

describe('what a screen reader is told of answers', () => {
  const t = i18next.t;

  it('is how each of several ended, and that all are there', () => {
    const run = answeredRun({ servedModel: 'gpt-4o' });
    const failed = refusedRun({ requestedModel: 'other' });
    expect(endsText([run], 2, true, t)).toBe('gpt-4o: complete. Cost: $0.003205.');
    expect(endsText([failed], 0, true, t)).toBe(
      'other: APIpie is receiving too many requests. Cost: $0.000000. All answers are there.',
    );
  });

  it('waits for the row of one that has ended, but not for one of another branch', () => {
    const [first, second] = [messageId.parse(2), messageId.parse(4)];
    const running = answer(2, answeredRun({ state: 'running' }));
    const parts = { before: [first], arriving: [], siblings: [first] };
    expect(turnOf({ ...parts, answers: [running] })).toBeNull();
    const ended = turnOf({ ...parts, answers: [answer(2, answeredRun())] });
    expect(ended?.ended).toHaveLength(1);
    // Another branch was chosen while it arrived, where a new answer begins.
    const elsewhere = { before: [first], arriving: [second], siblings: [second] };
    expect(turnOf({ ...elsewhere, answers: [answer(4, null)] })).toEqual({
      begun: [second],
      ended: [],
    });
  });

  it('is the end alone of a single one', () => {
    expect(endsText([answeredRun()], 0, false, t)).toBe('The answer is complete. Cost: $0.003205.');
  });
});
