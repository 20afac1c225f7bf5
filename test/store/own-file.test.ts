import { describe, expect, it } from 'vitest';
import type { ReadDb } from '../../electron/store/connection';
import { listConversations } from '../../electron/store/queries/conversation-list';
import { removeConversations, selectBranch } from '../../electron/store/queries/conversations';
import { purgeConversations } from '../../electron/store/queries/purge';
import { endRun } from '../../electron/store/queries/run-life';
import { moveCalendar } from '../../electron/store/queries/usage-calendar';
import fc from '../fixtures/fast-check';
import { filled, fresh } from '../fixtures/importable';
import { exportedFrom, importFileOf, readFileOf, saidIn, writeRead } from '../fixtures/importing';
import {
  anotherAnswer,
  beginRun,
  connect,
  NOON,
  newConversation,
  outcome,
  runHead,
  say,
} from '../fixtures/ledger';
import { playLedger, randomLedger } from '../fixtures/random-ledger';
import { countedAnew, sumRows } from '../fixtures/sums';

/** A store whose first conversation was deleted for good, and the file that was made before. */
function purged() {
  const { writer, attachments, first } = filled();
  const text = exportedFrom(writer, attachments);
  removeConversations(writer, [first.conversationId], NOON);
  purgeConversations(writer, [first.conversationId]);
  return { writer, attachments, text };
}

describe('our own file', () => {
  it('comes back equal to the byte from an empty store, images and costs included', () => {
    const { writer, attachments } = filled();
    const text = exportedFrom(writer, attachments);
    const empty = fresh();
    const read = readFileOf(empty.reader, text);
    expect(read.preview).toMatchObject({
      formats: ['slice'],
      conversations: 2,
      messages: 5,
      runs: 3,
      images: 1,
      known: 0,
      problemCount: 0,
    });
    writeRead(empty.writer, read);
    expect(exportedFrom(empty.reader, read.attachments)).toBe(text);
    expect(sumRows(empty.reader)).toEqual(sumRows(countedAnew(empty.writer)));
  });

  it('comes back equal to the byte whatever happened in the ledger, and every sum is right', () => {
    fc.assert(
      fc.property(randomLedger, (ledger) => {
        const { writer } = fresh();
        playLedger(writer, ledger);
        fc.pre(writer.prepare("SELECT 1 FROM run WHERE state = 'running'").get() === undefined);
        const text = exportedFrom(writer);
        const empty = fresh();
        const { preview } = importFileOf(empty.writer, text);
        expect(preview.problems).toEqual([]);
        expect(exportedFrom(empty.reader)).toBe(text);
        expect(sumRows(empty.reader)).toEqual(sumRows(countedAnew(empty.writer)));
      }),
      { numRuns: 8 },
    );
  });

  it('is recognised when it comes again, and counts nothing twice even as a copy', () => {
    const { writer, attachments } = filled();
    const text = exportedFrom(writer, attachments);
    const sums = sumRows(writer);
    const again = readFileOf(writer, text);
    expect(again.preview.known).toBe(2);
    expect(writeRead(writer, again).taken).toEqual({ conversations: 0, messages: 0 });
    expect(exportedFrom(writer, attachments)).toBe(text);
    expect(importFileOf(writer, text, 'again').begun.taken.conversations).toBe(2);
    expect(saidIn(writer)).toHaveLength(4);
    expect(sumRows(writer)).toEqual(sums);
    expect(sumRows(writer)).toEqual(sumRows(countedAnew(writer)));
  });

  it('gives rows of the ledger back the conversation that was deleted for good', () => {
    const { writer, attachments, text } = purged();
    const read = readFileOf(writer, text, attachments);
    expect(read.preview.known).toBe(1);
    writeRead(writer, read);
    expect(exportedFrom(writer, attachments)).toBe(text);
    expect(sumRows(writer)).toEqual(sumRows(countedAnew(writer)));
  });

  it('counts what they cost in the budget of the conversation that came back', () => {
    const { writer, text } = purged();
    importFileOf(writer, text);
    const spent = (db: ReadDb) =>
      db
        .prepare("SELECT * FROM budget_day WHERE scope = 'conversation' ORDER BY scope_id, day")
        .all();
    expect(spent(writer)).toHaveLength(2);
    expect(spent(writer)).toEqual(spent(countedAnew(writer)));
  });

  it('changes nothing of what was spent for nothing when it comes as a copy', () => {
    const { writer } = fresh();
    const connection = connect(writer);
    const first = beginRun(writer, newConversation('Why?'), runHead(connection));
    endRun(writer, first.runId, outcome(), [say('Because.')]);
    const again = anotherAnswer(first.conversationId, first.messageId);
    const second = beginRun(writer, again, runHead(connection));
    endRun(writer, second.runId, outcome(), [say('For it is so.')]);
    const text = exportedFrom(writer);
    selectBranch(writer, first.conversationId, first.messageId);
    const wasted = () => writer.prepare('SELECT id, waste FROM run ORDER BY id').all();
    const before = wasted();
    expect(before).toEqual([
      { id: first.runId, waste: null },
      { id: second.runId, waste: 'replaced' },
    ]);
    importFileOf(writer, text, 'again');
    expect(wasted()).toEqual(before);
  });

  it('counts a request once that stands in it twice', () => {
    const { writer, attachments } = filled();
    const file = JSON.parse(exportedFrom(writer, attachments));
    const [one, other] = file.conversations;
    other.runs.push({ ...one.runs[0], message: null });
    const empty = fresh();
    const { preview } = importFileOf(empty.writer, JSON.stringify(file));
    expect(preview).toMatchObject({ conversations: 2, runs: 3, problemCount: 0 });
    expect(sumRows(empty.writer)).toEqual(sumRows(writer));
  });

  it('is refused where a request counts on a day that is not that of its time', () => {
    const { writer, attachments } = filled();
    const file = JSON.parse(exportedFrom(writer, attachments));
    file.conversations[0].runs[0].day = '2031-01-01';
    file.conversations[1].runs[0].startedAt = 9_000_000_000_000_000;
    const empty = fresh();
    const { preview } = importFileOf(empty.writer, JSON.stringify(file));
    expect(preview.problems).toMatchObject([
      { fault: 'wrong_shape', detail: 'runs[0]', skipped: true },
      { fault: 'wrong_shape', detail: 'runs[0]', skipped: true },
    ]);
  });

  it('is refused row by row where it says what cannot be, with the place', () => {
    const { writer, attachments } = filled();
    const file = JSON.parse(exportedFrom(writer, attachments));
    file.conversations[0].runs[0].costNanoUsd = '9'.repeat(19);
    file.conversations[1].messages[1].role = 'robot';
    file.conversations.push({ ...file.conversations[0], uid: 'third', runs: [] });
    file.conversations.push({ ...file.conversations[0], uid: 'third', runs: [] });
    const empty = fresh();
    const { preview } = importFileOf(empty.writer, JSON.stringify(file));
    expect(preview.problems.map(({ fault, detail, skipped }) => [fault, detail, skipped])).toEqual([
      ['wrong_shape', 'runs[0]', true],
      ['wrong_shape', 'messages[1].role', true],
      ['same_twice', null, true],
    ]);
    expect(saidIn(empty.reader).map(({ title }) => title)).toEqual(['The sea']);
    expect(
      readFileOf(empty.reader, '{"format":"slice-conversations","version":2,"conversations":[]}')
        .preview.problems,
    ).toMatchObject([{ fault: 'newer' }]);
  });
});

describe('what is strange in our own file', () => {
  const changed = (change: (conversation: { messages: unknown[]; runs: unknown[] }) => void) => {
    const { writer, attachments } = filled();
    const file = JSON.parse(exportedFrom(writer, attachments));
    for (const conversation of file.conversations) change(conversation);
    return JSON.stringify(file);
  };
  const later = (entry: unknown, times: object) =>
    typeof entry === 'object' && entry !== null ? { ...entry, ...times } : entry;

  it.each([8_640_000_000_000_001, 253_402_300_800_000, -1])(
    'is left out where it names a time that no day has: %s',
    (at) => {
      const empty = fresh();
      const messages = changed((one) => {
        one.messages = one.messages.map((message) => later(message, { createdAt: at }));
      });
      expect(readFileOf(empty.reader, messages).preview.problems).toMatchObject([
        { fault: 'wrong_shape', detail: 'messages[0].createdAt' },
        { fault: 'wrong_shape', detail: 'messages[0].createdAt' },
      ]);
      const runs = changed((one) => {
        one.runs = one.runs.map((run) => later(run, { startedAt: at }));
      });
      importFileOf(empty.writer, runs);
      expect(saidIn(empty.reader)).toEqual([]);
      expect(moveCalendar(empty.writer, 'Pacific/Auckland').done).toBe(true);
    },
  );

  it('comes with a title that a list can show, and with tags that can be taken off again', () => {
    const { writer, attachments } = filled();
    const file = JSON.parse(exportedFrom(writer, attachments));
    file.conversations[0].title = 'sky '.repeat(1_000_000);
    file.conversations[0].tags = ['', 'two words', 'x'.repeat(1_000_000), 'sky'];
    const empty = fresh();
    const { preview } = importFileOf(empty.writer, JSON.stringify(file));
    expect(preview.problems).toMatchObject([
      { fault: 'wrong_shape', detail: 'tags', skipped: false },
      { fault: 'wrong_shape', detail: 'tags', skipped: false },
      { fault: 'wrong_shape', detail: 'tags', skipped: false },
    ]);
    const [first, second] = listConversations(empty.reader, 0, 9).items;
    expect(first?.title).toHaveLength(500);
    expect([first?.tags, second?.tags]).toContainEqual(['sky']);
  });

  it('comes with names that can be drawn', () => {
    const { writer, attachments } = filled();
    const file = JSON.parse(exportedFrom(writer, attachments));
    const long = 'x'.repeat(1_000_000);
    for (const conversation of file.conversations) {
      conversation.model = long;
      for (const run of conversation.runs) Object.assign(run, { servedModel: long, error: long });
    }
    const empty = fresh();
    importFileOf(empty.writer, JSON.stringify(file));
    const text = exportedFrom(empty.reader);
    expect(text).toContain('xxx');
    expect(text.length).toBeLessThan(100_000);
  });

  it('comes with each request once, whoever names it', () => {
    const { writer, attachments } = filled();
    const file = JSON.parse(exportedFrom(writer, attachments));
    const [first, second] = file.conversations;
    first.runs.push({ ...second.runs.at(-1), message: null });
    const empty = fresh();
    importFileOf(empty.writer, JSON.stringify(file));
    expect(saidIn(empty.reader)).toHaveLength(2);
    expect(empty.reader.prepare('SELECT count(*) FROM run').pluck().get()).toBe(3);
    expect(sumRows(empty.reader)).toEqual(sumRows(countedAnew(empty.writer)));
  });
});
