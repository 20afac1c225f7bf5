import { describe, expect, it } from 'vitest';
import type { ReadDb, WriteDb } from '../../electron/store/connection';
import { getAttachments, insertAttachment } from '../../electron/store/queries/attachments';
import {
  addBilling,
  beginBillingImport,
  billingProgress,
} from '../../electron/store/queries/billing';
import {
  finishBillingImport,
  openEntries,
  undoBillingImport,
} from '../../electron/store/queries/billing-match';
import { getConversation, removeConversations } from '../../electron/store/queries/conversations';
import { forgetDemo, removeDemo, restoreDemo } from '../../electron/store/queries/demo-removal';
import { hasSamples, insertSamples, type Samples } from '../../electron/store/queries/demo-samples';
import { saveDraft } from '../../electron/store/queries/drafts';
import { changePreset, insertPresets, listPresets } from '../../electron/store/queries/presets';
import { purgeConversations } from '../../electron/store/queries/purge';
import { beginRuns, endRun } from '../../electron/store/queries/run-life';
import { spendingBetween } from '../../electron/store/queries/spending';
import { draftText } from '../../renderer/features/chat/kept-draft';
import { EMPTY_CHAT_SETTINGS } from '../../shared/chat-settings';
import type { ConnectionId, ConversationId } from '../../shared/ids';
import { nano, sumUsd, ZERO_USD } from '../../shared/money';
import { billingEntry } from '../fixtures/bill';
import fc from '../fixtures/fast-check';
import {
  begin,
  connect,
  NOON,
  newConversation,
  nextMessage,
  outcome,
  runHead,
  say,
} from '../fixtures/ledger';
import { runsOfSamples, samplesAt } from '../fixtures/samples';
import { connections } from '../fixtures/store';

const SAMPLES = samplesAt();

/** Enough to have of everything, and quick to bring often. */
const FEW: Samples = { ...SAMPLES, conversations: SAMPLES.conversations.slice(0, 25) };

function open() {
  const store = connections();
  // What is tested is what the rows say, not the disk.
  store.writer.pragma('synchronous = OFF');
  return store;
}

function bring(writer: WriteDb, samples = SAMPLES): ConnectionId {
  const demo = connect(writer, 'Demo', true);
  expect(insertSamples(writer, demo, samples)).toBe(true);
  return demo;
}

/** Every row of every table, as they are, but for the counters of keys and the insides of the index. */
function everything(db: ReadDb): Record<string, unknown[]> {
  const tables = db
    .prepare<[], { name: string }>(
      `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'
       AND name NOT LIKE 'sqlite_%' ORDER BY name`,
    )
    .all();
  return Object.fromEntries(
    tables.map(({ name }) => [
      name,
      db.prepare(`SELECT * FROM ${name}`).safeIntegers().all().map(asText).toSorted(),
    ]),
  );
}

function asText(row: unknown): string {
  return JSON.stringify(row, (_, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  );
}

function countOf(db: ReadDb, table: string, where = 'true'): unknown {
  return db.prepare(`SELECT count(*) FROM ${table} WHERE ${where}`).pluck().get();
}

/** Compares both indexes with the texts they were made of; throws where they differ. */
function checkIndexes(db: WriteDb): void {
  for (const index of ['message_fts', 'conversation_fts']) {
    db.prepare(`INSERT INTO ${index} (${index}, rank) VALUES ('integrity-check', 1)`).run();
  }
}

function spent(db: ReadDb, demo: boolean) {
  return spendingBetween(db, '2000-01-01', '2100-01-01', demo);
}

describe('samples', () => {
  it('come once, all of them of the demo', () => {
    const { writer, reader } = open();
    const demo = bring(writer);
    const before = everything(reader);
    expect(hasSamples(reader)).toBe(true);
    expect(insertSamples(writer, demo, SAMPLES)).toBe(false);
    expect(everything(reader)).toEqual(before);
    expect(countOf(reader, 'conversation', 'is_demo = 0')).toBe(0);
    expect(countOf(reader, 'conversation')).toBe(SAMPLES.conversations.length);
    expect(countOf(reader, 'run', "is_demo = 0 OR state = 'running'")).toBe(0);
    checkIndexes(writer);
  });

  it('add up to what their answers cost, by day and by conversation, apart from what is real', () => {
    const { writer, reader } = open();
    bring(writer);
    const runs = runsOfSamples(SAMPLES);
    const cost = sumUsd(runs.map((run) => run.outcome.cost ?? ZERO_USD));
    expect(cost).toBeGreaterThan(0n);
    expect(spent(reader, true)).toEqual({
      known: cost,
      estimated: 0n,
      unknown: runs.filter((run) => run.outcome.cost === null).length,
      runs: runs.length + runs.filter(({ refused }) => refused !== null).length,
      running: 0,
    });
    expect(spent(reader, false)).toMatchObject({ known: 0n, runs: 0 });
    const sum = reader
      .prepare('SELECT CAST(sum(cost_nanousd) AS TEXT) FROM conversation')
      .pluck()
      .get();
    expect(sum).toBe(cost.toString());
  });

  it('bring presets beside those that are there, under names of their own', () => {
    const { writer, reader } = open();
    const content = { connectionId: null, model: null, settings: EMPTY_CHAT_SETTINGS, opening: [] };
    insertPresets(writer, [{ name: 'Precise', content }], 0);
    bring(writer, FEW);
    const names = listPresets(reader, 0).map(({ name }) => name);
    expect(names).toContain('Precise (2)');
    expect(countOf(reader, 'run', "preset_name = 'Precise'")).toBe(0);
    expect(countOf(reader, 'run', "preset_name = 'Precise (2)'")).not.toBe(0);
  });
});

describe('removing the demo', () => {
  it('leaves nothing of it', () => {
    const { writer, reader } = open();
    const empty = everything(reader);
    bring(writer);
    removeDemo(writer);
    expect(everything(reader)).toEqual(empty);
    expect(hasSamples(reader)).toBe(false);
    checkIndexes(writer);
  });

  it('leaves what is real as it was, to the last digit, and can be undone', () => {
    const answer = fc.record({
      conversation: fc.integer({ min: 0, max: 3 }),
      cost: fc.bigInt({ min: 0n, max: 10n ** 15n }),
      unknown: fc.boolean(),
      deleted: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.array(answer, { maxLength: 8 }),
        fc.integer({ min: 0, max: 8 }),
        (answers, first) => {
          const { writer, reader } = open();
          const real = connect(writer);
          const begun: ConversationId[] = [];
          const play = (some: typeof answers) => {
            for (const { conversation, cost, unknown, deleted } of some) {
              const known = begun[conversation];
              const target = known === undefined ? newConversation('x') : nextMessage(known, 'y');
              const sent = beginRuns(writer, target, [runHead(real)]);
              const [run] = sent.runs;
              if (!run) throw new Error('a run was not begun');
              const end = unknown
                ? outcome({ cost: null, costSource: 'unknown' })
                : outcome({ cost: nano(cost) });
              endRun(writer, run.runId, end, [say('z')]);
              begun[conversation] = sent.conversationId;
              if (deleted) {
                removeConversations(writer, [sent.conversationId], 1);
                delete begun[conversation];
              }
            }
          };
          play(answers.slice(0, first));
          bring(writer, FEW);
          play(answers.slice(first));
          const spentForReal = spent(reader, false);
          const both = everything(reader);
          removeDemo(writer);
          const only = everything(reader);
          expect(spent(reader, false)).toEqual(spentForReal);
          for (const [table, rows] of Object.entries(only)) {
            if (table === 'shelf') continue;
            // What is left was there before, unchanged.
            expect(both[table]).toEqual(expect.arrayContaining(rows));
          }
          expect(countOf(reader, 'run')).toBe(answers.length);
          expect(countOf(reader, 'usage_day', 'is_demo = 1')).toBe(0);
          expect(countOf(reader, 'conversation', 'is_demo = 1')).toBe(0);
          checkIndexes(writer);
          restoreDemo(writer);
          expect(everything(reader)).toEqual(both);
          checkIndexes(writer);
        },
      ),
      { numRuns: 15 },
    );
  });

  it('brings back what was read of its billing history, with the way to undo that', () => {
    const { writer, reader } = open();
    const demo = connect(writer, 'Demo', true);
    const sent = beginRuns(writer, newConversation('x'), [runHead(demo, { isDemo: true })]);
    const [run] = sent.runs;
    if (!run) throw new Error('a run was not begun');
    endRun(writer, run.runId, outcome({ cost: null, costSource: 'unknown' }), [say('z')]);
    const before = everything(reader);
    const { id } = beginBillingImport(writer, demo, NOON);
    addBilling(writer, id, [billingEntry('1')], 1);
    const [entry] = openEntries(writer, demo);
    if (!entry) throw new Error('the entry is not there');
    const match = { id: entry.id, runId: run.runId, confidence: 'certain' } as const;
    finishBillingImport(writer, id, [match], NOON);
    const progress = billingProgress(reader);
    removeDemo(writer);
    expect(billingProgress(reader)).toEqual([]);
    restoreDemo(writer);
    expect(billingProgress(reader)).toEqual(progress);
    undoBillingImport(writer, id);
    expect(everything(reader)).toEqual(before);
    checkIndexes(writer);
  });

  it('takes only its part of the bill from a conversation in which both were spent', () => {
    const { writer, reader } = open();
    const real = connect(writer);
    const demo = connect(writer, 'Demo', true);
    const mine = begin(writer, real, 'Mine');
    endRun(writer, mine.runId, outcome(), [say('real')]);
    const inIt = beginRuns(writer, nextMessage(mine.conversationId, 'And in the demo?'), [
      runHead(demo, { isDemo: true }),
    ]);
    const theirs = begin(writer, demo, 'Theirs', { isDemo: true });
    endRun(writer, theirs.runId, outcome(), [say('of the demo')]);
    const realInIt = beginRuns(writer, nextMessage(theirs.conversationId, 'And for real?'), [
      runHead(real),
    ]);
    for (const { runId } of [...inIt.runs, ...realInIt.runs]) {
      endRun(writer, runId, outcome(), [say('x')]);
    }
    const before = everything(reader);
    removeDemo(writer);
    for (const { conversationId: id } of [mine, theirs]) {
      const { total, isDemo, messages } = getConversation(reader, id);
      expect(total).toMatchObject({ known: 1_878_000n, runs: 1 });
      expect(isDemo).toBe(false);
      expect(messages).toHaveLength(4);
    }
    expect(spent(reader, true).runs).toBe(0);
    expect(spent(reader, false).runs).toBe(2);
    restoreDemo(writer);
    expect(everything(reader)).toEqual(before);
  });

  it('keeps the presets of the samples that were made one’s own', () => {
    const { writer, reader } = open();
    const real = connect(writer);
    bring(writer, FEW);
    const [changed, used, ...others] = listPresets(reader, 0);
    if (!changed || !used) throw new Error('the samples have no presets');
    changePreset(writer, changed.id, { name: 'Mine' });
    endRun(writer, begin(writer, real, 'x', { presetId: used.id }).runId, outcome(), []);
    removeDemo(writer);
    expect(listPresets(reader, 0).map(({ name }) => name)).toEqual(['Mine', used.name]);
    restoreDemo(writer);
    expect(listPresets(reader, 0)).toHaveLength(2 + others.length);
  });

  it('can be undone after a real conversation with the same image was deleted for good', () => {
    const { writer, reader } = open();
    const [said, unsent] = ['a', 'b'].map((digit) =>
      insertAttachment(writer, {
        sha256: digit.repeat(64),
        name: 'sky.png',
        mediaType: 'image/png',
        bytes: 1_000,
        at: NOON,
      }),
    );
    if (!said || !unsent) throw new Error('the images are not there');
    const demo = connect(writer, 'Demo', true);
    const shown = newConversation('x', { images: [said.id] });
    const theirs = beginRuns(writer, shown, [runHead(demo, { isDemo: true })]);
    const both = newConversation('y', { images: [said.id, unsent.id] });
    const real = beginRuns(writer, both, [runHead(connect(writer))]);
    for (const { runId } of [...theirs.runs, ...real.runs]) {
      endRun(writer, runId, outcome(), [say('z')]);
    }
    const draft = draftText({ text: '', images: [unsent], files: [], queue: [] });
    saveDraft(writer, theirs.conversationId, draft, NOON);
    const files = removeDemo(writer);
    removeConversations(writer, [real.conversationId], NOON);
    expect(purgeConversations(writer, [real.conversationId])).toEqual([]);
    restoreDemo(writer);
    expect(getAttachments(reader, [said.id, unsent.id])).toEqual([said, unsent]);
    expect(removeDemo(writer)).toEqual(files);
    expect(forgetDemo(writer, files)).toEqual([said.sha256]);
    expect(() => restoreDemo(writer)).toThrow('there is no demo to bring back');
  });

  it('waits for answers that are on their way', () => {
    const { writer } = open();
    const demo = connect(writer, 'Demo', true);
    const run = begin(writer, demo, 'x', { isDemo: true });
    expect(() => removeDemo(writer)).toThrow('an answer of the demo is on its way');
    endRun(writer, run.runId, outcome(), []);
    removeDemo(writer);
  });

  it('cannot be undone twice, nor beside a new demo', () => {
    const { writer } = open();
    expect(() => restoreDemo(writer)).toThrow('there is no demo to bring back');
    bring(writer, FEW);
    removeDemo(writer);
    restoreDemo(writer);
    expect(() => restoreDemo(writer)).toThrow('there is no demo to bring back');
    removeDemo(writer);
    bring(writer, FEW);
    expect(() => restoreDemo(writer)).toThrow('there is a new demo');
  });
});
