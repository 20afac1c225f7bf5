import { describe, expect, it } from 'vitest';
import { Trash } from '../../electron/runs/trash';
import { removeConversations } from '../../electron/store/queries/conversations';
import { removeMessages } from '../../electron/store/queries/message-removal';
import { endRun } from '../../electron/store/queries/run-life';
import { conversationId, messageId } from '../../shared/ids';
import { testApp } from '../fixtures/app';
import { importFileOf } from '../fixtures/importing';
import { begin, connect, NOON, outcome, say } from '../fixtures/ledger';
import { connections, temporaryFolder } from '../fixtures/store';
import { countedAnew, sumRows } from '../fixtures/sums';

const DAY = 86_400_000;

/** Conversations that were deleted so many days ago; null: not at all. */
async function deleted(
  ages: readonly (number | null)[],
  days: number | null,
  messages: readonly number[] = [],
) {
  const path = `${temporaryFolder()}/slice.db`;
  const { writer } = connections(path);
  const connection = connect(writer);
  for (const [at, age] of ages.entries()) {
    const { runId, conversationId } = begin(writer, connection, `number ${at}`);
    endRun(writer, runId, outcome(), [say('x')]);
    if (age !== null) removeConversations(writer, [conversationId], NOON - age * DAY);
  }
  for (const [at, age] of messages.entries()) {
    const id = messageId.parse(at + 1);
    removeMessages(writer, conversationId.parse(1), id, false, NOON - age * DAY);
  }
  const app = await testApp({ path });
  const clock = { at: NOON };
  const trash = new Trash({
    store: app.store,
    attachments: app.attachments,
    days: async () => days,
    keepsFiles: async () => false,
    now: () => clock.at,
    changed: () => undefined,
    log: () => undefined,
  });
  const left = () =>
    writer.prepare<[], string>('SELECT title FROM conversation ORDER BY id').pluck().all();
  const runs = () => writer.prepare<[], number>('SELECT count(*) FROM run').pluck().get();
  const count = writer.prepare<[], number>('SELECT count(*) FROM message').pluck();
  return { trash, left, runs, messages: () => count.get(), writer, store: app.store, clock };
}

describe('what lies in the trash', () => {
  it('is deleted for good once it has been there as long as wanted, and its spend stays', async () => {
    const { trash, left, runs } = await deleted([null, 29, 31, 400], 30);
    expect(await trash.purgeDue()).toBe(2);
    expect(left()).toEqual(['number 0', 'number 1']);
    expect(runs()).toBe(4);
    expect(await trash.purgeDue()).toBe(0);
  });

  it('has single messages in it too', async () => {
    const { trash, messages } = await deleted([null], 30, [31, 29]);
    expect(messages()).toBe(2);
    expect(await trash.purgeDue()).toBe(1);
    expect(messages()).toBe(1);
  });

  it('stays for ever where that was wanted, and where the clock was set back', async () => {
    const never = await deleted([400], null);
    expect(await never.trash.purgeDue()).toBe(0);
    const ahead = await deleted([-400], 30);
    expect(await ahead.trash.purgeDue()).toBe(0);
    expect(ahead.left()).toEqual(['number 0']);
  });

  it('stays while a clock that has leapt ahead may still be set right', async () => {
    const { trash, left, clock } = await deleted([1], 30);
    expect(await trash.purgeDue()).toBe(0);
    clock.at = NOON + 5000 * DAY;
    expect(await trash.purgeDue()).toBe(0);
    clock.at += DAY / 2;
    expect(await trash.purgeDue()).toBe(0);
    clock.at = NOON + DAY;
    expect(await trash.purgeDue()).toBe(0);
    expect(left()).toEqual(['number 0']);
  });

  it.each([6, 60])(
    'goes though Slice was not open for %d days, at the latest a day later',
    async (away) => {
      const { trash, clock } = await deleted([29], 30);
      expect(await trash.purgeDue()).toBe(0);
      clock.at += away * DAY;
      const atOnce = await trash.purgeDue();
      expect(atOnce).toBe(away === 6 ? 1 : 0);
      clock.at += DAY;
      expect(atOnce + (await trash.purgeDue())).toBe(1);
    },
  );

  it('goes also for who opens Slice once in a while only', async () => {
    const { trash, clock } = await deleted([29], 30);
    const purged: number[] = [];
    for (let times = 0; times < 4; times += 1) {
      purged.push(await trash.purgeDue());
      clock.at += 20 * DAY;
    }
    expect(purged).toEqual([0, 0, 1, 0]);
  });

  it('goes in steps also where the user empties it, and answers are saved in between', async () => {
    const { trash, left, store } = await deleted([null, ...Array(45).fill(1)], 30);
    const ids = left().map((_, at) => conversationId.parse(at + 1));
    const emptied = trash.purge(ids);
    await store.write.probeWrite();
    expect(left().length).toBeGreaterThan(20);
    await emptied;
    expect(left()).toEqual(['number 0']);
  });

  it('goes in steps also where one conversation is very long, and does not come back with half of it', async () => {
    const { trash, left, messages, store, writer } = await deleted([1], 30);
    const list = Array.from({ length: 700 }, (_, at) => ({
      role: 'user',
      content: `number ${at}`,
    }));
    importFileOf(writer, JSON.stringify(list));
    const long = conversationId.parse(2);
    removeConversations(writer, [long], NOON);
    const emptied = trash.purge([conversationId.parse(1), long]);
    await store.write.probeWrite();
    expect(messages()).toBeGreaterThan(400);
    // As the next start would find it: it goes on with that.
    expect(await store.read.importsOnTheirWay(99)).toEqual([long]);
    const broughtBack = store.write.restoreConversations([long]);
    await expect(broughtBack).rejects.toMatchObject({ kind: 'not_found' });
    await emptied;
    expect(left()).toEqual([]);
    expect(messages()).toBe(0);
    expect(sumRows(writer)).toEqual(sumRows(countedAnew(writer)));
  });

  it('goes in steps, however much there is', async () => {
    const { trash, left } = await deleted(Array(45).fill(31), 30);
    expect(await trash.purgeDue()).toBe(45);
    expect(left()).toEqual([]);
  });
});
