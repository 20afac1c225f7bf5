import { describe, expect, it } from 'vitest';
import { recoverRuns } from '../../electron/runs/recovery';
import type { Store } from '../../electron/store/client';
import { nano } from '../../shared/money';
import { EMPTY_RUN_VIEW, reduceRun } from '../../shared/run-view';
import type { StreamEvent } from '../../shared/stream-event';
import {
  type BegunRun,
  NOON,
  newConversation,
  outcome,
  runHead,
  say,
  single,
} from '../fixtures/ledger';
import { connections, openTestStore, temporaryFolder } from '../fixtures/store';

async function begun(store: Store, ...entries: readonly StreamEvent[][]): Promise<BegunRun> {
  const connection = await store.write.insertConnection({
    name: 'APIpie',
    profile: 'apipie',
    baseUrl: 'https://apipie.ai/v1',
    isDemo: false,
    at: NOON,
  });
  const run = single(await store.write.beginRuns(newConversation('Why?'), [runHead(connection)]));
  for (const [at, events] of entries.entries()) {
    await store.write.checkpoint(run.runId, at, events);
  }
  return run;
}

const text = (said: string): StreamEvent => ({ type: 'text', choice: 0, text: said });
const finish: StreamEvent = { type: 'finish', choice: 0, reason: 'stop' };
const usage: StreamEvent = {
  type: 'usage',
  usage: {
    promptTokens: 13,
    completionTokens: 100,
    totalTokens: 113,
    cachedTokens: null,
    reasoningTokens: null,
    promptCharacters: 20,
    responseCharacters: 527,
    cost: nano(999_999_999_999_999n),
    costText: '999999.999999999',
    latencyMs: 2_831,
    raw: '{"cost":"x"}',
  },
};

async function answerOf(store: Store, { conversationId }: BegunRun) {
  const { messages, total } = await store.read.getConversation(conversationId);
  return { ...messages[1], total };
}

describe('a run that the app did not live to end', () => {
  it('keeps what the journal holds; its cost is unknown', async () => {
    const store = await openTestStore();
    const run = await begun(
      store,
      [{ type: 'served', completionId: 'c', model: 'm', provider: 'p' }, text('The')],
      [text(' sky'), { type: 'reasoning', choice: 0, text: 'Hm' }],
    );
    expect(await recoverRuns(store, NOON + 60_000)).toBe(1);
    expect(await answerOf(store, run)).toMatchObject({
      parts: [...say('The sky'), { kind: 'reasoning', text: 'Hm', name: null }],
      run: {
        state: 'incomplete',
        failure: { code: 'incomplete', reason: 'app_ended' },
        servedModel: 'm',
        servedProvider: 'p',
        cost: null,
        costSource: 'unknown',
        totalMs: null,
      },
      total: { unknown: 1, running: 0, runs: 1, known: 0n },
    });
  });

  it('that had not begun to answer is unknown, too', async () => {
    const store = await openTestStore();
    const run = await begun(store);
    await recoverRuns(store, NOON);
    expect(await answerOf(store, run)).toMatchObject({
      parts: [],
      run: { state: 'incomplete', cost: null },
      total: { unknown: 1, running: 0 },
    });
  });

  it('is complete when its finish and its bill had come', async () => {
    const store = await openTestStore();
    const run = await begun(store, [text('The sky')], [finish, usage]);
    await recoverRuns(store, NOON);
    expect(await answerOf(store, run)).toMatchObject({
      parts: say('The sky'),
      run: {
        state: 'complete',
        failure: null,
        cost: 999_999_999_999_999n,
        costSource: 'reported',
        promptTokens: 13,
        latencyMs: 2_831,
      },
    });
  });

  it('is failed when an error had come, whatever finish came with it', async () => {
    const store = await openTestStore();
    const failure = { code: 'provider_failed', detail: 'gone', status: 502 } as const;
    const run = await begun(store, [
      text('The'),
      { type: 'error', failure },
      { type: 'finish', choice: 0, reason: 'error' },
    ]);
    await recoverRuns(store, NOON);
    expect(await answerOf(store, run)).toMatchObject({
      parts: say('The'),
      run: { state: 'failed', failure, cost: null },
    });
  });

  it.each([
    ['is no JSON', '[{"type":"text","choice":0,'],
    ['has events nobody knows', '[{"type":"from_the_future"}]'],
    ['has a cost that is none', JSON.stringify([{ type: 'usage', usage: { cost: 'free' } }])],
    ['is not a list', '7'],
  ])('loses of its journal only the entry that %s', async (_, entry) => {
    const path = `${temporaryFolder()}/slice.db`;
    const store = await openTestStore(path);
    const run = await begun(store, [text('The')], [text(' LOST')], [text(' sky')]);
    const { writer } = connections(path);
    writer.prepare('UPDATE run_journal SET events = ? WHERE position = 1').run(entry);
    expect(await recoverRuns(store, NOON)).toBe(1);
    expect(await answerOf(store, run)).toMatchObject({ parts: say('The sky') });
  });

  it('ends with what its journal holds and what came since', async () => {
    const store = await openTestStore();
    const run = await begun(store, [text('The')], [text(' sky')]);
    const rest = [
      text(' is'),
      text(' blue'),
      { type: 'finish', choice: 0, reason: 'stop' } as const,
    ];
    const whole = 'The sky is blue';
    expect(await store.write.endRunFromJournal(run.runId, outcome(), rest, whole.length)).toBe(
      true,
    );
    expect(await answerOf(store, run)).toMatchObject({
      parts: say(whole),
      run: { state: 'complete' },
    });
  });

  it('is not ended from a journal that does not hold it all', async () => {
    const path = `${temporaryFolder()}/slice.db`;
    const store = await openTestStore(path);
    const run = await begun(store, [text('The')], [text(' sky')]);
    const { writer } = connections(path);
    writer.prepare('DELETE FROM run_journal WHERE position = 1').run();
    expect(await store.write.endRunFromJournal(run.runId, outcome(), [], 7)).toBe(false);
    expect((await store.read.listUnendedRuns()).map(({ id }) => id)).toEqual([run.runId]);
    await store.write.endRun(run.runId, outcome(), [say('The sky')]);
    expect(await answerOf(store, run)).toMatchObject({ parts: say('The sky') });
  });

  it('is recovered with all others, and only once', async () => {
    const store = await openTestStore();
    const runs = [await begun(store, [text('a')]), await begun(store), await begun(store)];
    const [, , ended] = runs;
    if (ended) await store.write.endRun(ended.runId, outcome(), [say('done')]);
    expect(await recoverRuns(store, NOON)).toBe(2);
    expect(await recoverRuns(store, NOON)).toBe(0);
    expect((await store.read.spendingBetween('2024-10-21', '2024-10-21', false)).running).toBe(0);
  });

  it('never ends before it began', async () => {
    const store = await openTestStore();
    const run = await begun(store);
    await recoverRuns(store, NOON - 60_000);
    const { updatedAt } = await store.read.getConversation(run.conversationId);
    expect(updatedAt).toBe(NOON);
  });
});

describe('the journal of a run that waits for its next attempt', () => {
  const waiting: StreamEvent = {
    type: 'waiting',
    until: NOON + 20_000,
    cause: { code: 'rate_limited', status: 429, retryAfterMs: 20_000, detail: 'Slow down' },
  };

  it('comes back as it went in', async () => {
    const store = await openTestStore();
    await begun(store, [waiting]);
    await begun(store, [waiting, { type: 'sent' }], [text('The')]);
    const unended = await store.read.listUnendedRuns();
    expect(unended.map(({ events }) => events)).toEqual([
      [waiting],
      [waiting, { type: 'sent' }, text('The')],
    ]);
  });

  it('does not deny that the request left when it may have said so and cannot be read', async () => {
    const path = `${temporaryFolder()}/slice.db`;
    const store = await openTestStore(path);
    await begun(store, [waiting], [{ type: 'sent' }]);
    const { writer } = connections(path);
    writer.prepare("UPDATE run_journal SET events = '[{' WHERE position = 1").run();
    const [run] = await store.read.listUnendedRuns();
    expect(run?.events.reduce(reduceRun, EMPTY_RUN_VIEW).waiting).toBeNull();
  });
});
