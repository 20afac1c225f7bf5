import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { recoverRuns } from '../../electron/runs/recovery';
import { type Simulator, startSimulator } from '../../electron/simulator/simulator';
import type { Store } from '../../electron/store/client';
import { StoreError } from '../../electron/store/errors';
import type { FeedEvent } from '../../shared/contract/events';
import { FailureError } from '../../shared/errors';
import { connectionId, type RunId } from '../../shared/ids';
import { parseUsd } from '../../shared/money';
import { answerText, type RunView, reduceRun } from '../../shared/run-view';
import { TestApp, TestVault, testApp } from '../fixtures/app';
import { NOON } from '../fixtures/ledger';
import { loopback, nobody, saying } from '../fixtures/loopback';
import { SOON_MS } from '../fixtures/soon';
import { connections, crashingStore, openTestStore, temporaryFolder } from '../fixtures/store';

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({ pace: 'instant', seed: 1 });
});

afterAll(async () => {
  await simulator.close();
});

const isEnd = (id: RunId) => (event: FeedEvent) => event.type === 'run.ended' && event.runId === id;

/** A server that speaks when it is told to. */
async function puppet() {
  let say: (text: string) => void = () => undefined;
  let end: () => void = () => undefined;
  const asked: (() => void)[] = [];
  let requests = 0;
  const server = await loopback((_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    say = (text) => void response.write(saying(text));
    end = () => void response.end(`${saying('', 'stop')}data: [DONE]\n\n`);
    requests += 1;
    for (const wake of asked.splice(0)) wake();
  });
  return {
    baseUrl: server.baseUrl,
    asked: () => (requests > 0 ? undefined : new Promise<void>((wake) => asked.push(wake))),
    say: (text: string) => say(text),
    end: () => end(),
  };
}

describe('a run', () => {
  it('is in the file when its request arrives', async () => {
    const path = join(temporaryFolder(), 'slice.db');
    const app = await testApp({ path });
    const { reader } = connections(path);
    const seen: unknown[] = [];
    const server = await loopback((_, response) => {
      seen.push(
        reader.prepare('SELECT state, requested_model, cost_source FROM run').all(),
        reader.prepare('SELECT text FROM part JOIN message ON id = message_id').pluck().all(),
      );
      response.end(saying('Because.', 'stop'));
    });
    await app.answer(await app.connectUnchecked(server.baseUrl), 'm');
    expect(seen).toEqual([
      [{ state: 'running', requested_model: 'm', cost_source: 'unknown' }],
      ['Why is the sky blue?'],
    ]);
  });

  it('ends with text, bill and times in its row', async () => {
    const app = await testApp();
    const { id } = await app.connect(simulator);
    const { parts, run } = await app.answer(id, 'gpt-4o', {
      parameters: { provider: 'openrouter' },
    });
    const bill = simulator.log.at(-1)?.usage;
    expect(answerText(parts)).toContain('scattering');
    expect(run).toMatchObject({
      state: 'complete',
      failure: null,
      connectionName: 'APIpie',
      requestedModel: 'gpt-4o',
      servedModel: 'openai/gpt-4o',
      servedProvider: 'openrouter',
      finishReason: 'stop',
      promptTokens: bill?.promptTokens,
      completionTokens: bill?.completionTokens,
      cost: parseUsd(bill?.cost ?? ''),
      costSource: 'reported',
      latencyMs: bill?.latencyMs,
      firstTokenMs: 0,
      totalMs: 0,
      startedAt: NOON,
    });
  });

  it('is timed to its first word and its end', async () => {
    const app = await testApp();
    const server = await puppet();
    const sent = await app.ask(await app.connectUnchecked(server.baseUrl), 'm');
    const events = app.follow();
    await server.asked();
    app.clock.pass(400);
    server.say('The');
    await events.until(({ type }) => type === 'run.delta');
    app.clock.pass(600);
    server.say(' sky');
    server.end();
    await events.until(isEnd(sent.runId));
    expect((await app.stored(sent)).run).toMatchObject({ firstTokenMs: 400, totalMs: 1_000 });
  });

  it('has its text on disk long before it ends', async () => {
    const path = join(temporaryFolder(), 'slice.db');
    const app = await testApp({ path });
    const { reader } = connections(path);
    const journal = reader.prepare('SELECT group_concat(events) FROM run_journal').pluck();
    const server = await puppet();
    const sent = await app.ask(await app.connectUnchecked(server.baseUrl), 'm');
    await server.asked();
    server.say('The');
    await expect
      .poll(() => String(journal.get()), { interval: 10, timeout: 1_000 })
      .toContain('The');
    for (const word of [' sky', ' is', ' blue']) server.say(word);
    await expect
      .poll(() => String(journal.get()), { interval: 10, timeout: 1_000 })
      .toContain(' blue');
    app.runs.stop(sent.runId);
    await expect.poll(() => journal.get()).toBeNull();
  });

  it('that never ended is recovered with its text', async () => {
    const path = join(temporaryFolder(), 'slice.db');
    const app = await testApp({ path });
    const server = await puppet();
    const sent = await app.ask(await app.connectUnchecked(server.baseUrl), 'm');
    await server.asked();
    server.say('The sky');
    const { reader } = connections(path);
    await expect
      .poll(() => reader.prepare('SELECT count(*) FROM run_journal').pluck().get())
      .toBe(1);
    await app.store.close();

    const store = await openTestStore(path);
    expect(await recoverRuns(store, NOON + 1)).toBe(1);
    const [, answer] = await store.read.branchTo(sent.messageId);
    expect(answer).toMatchObject({
      parts: [{ text: 'The sky' }],
      run: { state: 'incomplete', cost: null, costSource: 'unknown' },
    });
    app.runs.stop(sent.runId);
  });
});

describe('the events of a run', () => {
  it('come in order, numbered without a gap, the end after the row is saved', async () => {
    const app = await testApp();
    const { id } = await app.connect(simulator);
    const events = app.follow();
    await events.until(({ type }) => type === 'hello');
    const sent = await app.ask(id, 'sim-reasoning');
    await events.until(isEnd(sent.runId));
    expect((await app.stored(sent)).run?.state).toBe('complete');

    const { seen } = events;
    const first = seen[0]?.sequence ?? -1;
    expect(seen.map(({ sequence }) => sequence)).toEqual(seen.map((_, at) => first + at));
    const ofRun = seen.map(({ type }) => type).filter((type) => type.startsWith('run.'));
    expect(ofRun[0]).toBe('run.started');
    expect(ofRun.at(-1)).toBe('run.ended');
    expect(new Set(ofRun.slice(1, -1))).toEqual(new Set(['run.delta']));
    await events.until(
      (event) => event.type === 'data.changed' && event.topics.includes('spending'),
    );
  });

  it('add up from any moment to what is stored', async () => {
    const app = await testApp();
    const server = await puppet();
    const events = app.follow();
    const sent = await app.ask(await app.connectUnchecked(server.baseUrl), 'm');
    await server.asked();
    const attached: { sequence: number; view: RunView }[] = [];
    for (const word of ['The', ' sky', ' is', ' blue']) {
      server.say(word);
      // Often enough to see words that have not gone out yet.
      await expect
        .poll(
          () => {
            const at = app.runs.attach(sent.runId);
            if (at) attached.push(at);
            return JSON.stringify(at?.view.choices);
          },
          { interval: 1 },
        )
        .toContain(word);
    }
    server.end();
    await events.until(isEnd(sent.runId));
    expect(app.runs.attach(sent.runId)).toBeNull();

    const stored = await app.stored(sent);
    expect(attached.length).toBeGreaterThanOrEqual(4);
    for (const { sequence, view } of attached) {
      const whole = events.seen
        .filter((event) => event.sequence > sequence)
        .flatMap((event) => (event.type === 'run.delta' ? event.events : []))
        .reduce(reduceRun, view);
      expect(whole.choices).toEqual([{ parts: stored.parts, finishReason: 'stop' }]);
    }
  });

  it('are at most one a frame', async () => {
    const app = await testApp();
    const { id } = await app.connect(simulator);
    const events = app.follow();
    const started = performance.now();
    const sent = await app.ask(id, 'sim-long-20000');
    await events.until(isEnd(sent.runId));
    const frames = (performance.now() - started) / 16 + 2;
    expect(events.seen.filter(({ type }) => type === 'run.delta').length).toBeLessThan(frames);
  });
});

describe('stop', () => {
  it('ends a run at once; its text is kept and its cost unknown', async () => {
    const app = await testApp();
    const { id } = await app.connect(simulator);
    const events = app.follow();
    const sent = await app.ask(id, 'sim-endless');
    await events.until(({ type }) => type === 'run.delta');
    expect(app.runs.live.map(({ ids }) => ids.runId)).toEqual([sent.runId]);
    app.runs.stop(sent.runId);
    await events.until(isEnd(sent.runId));
    expect(app.runs.live).toEqual([]);
    const { parts, run } = await app.stored(sent);
    expect(answerText(parts).length).toBeGreaterThan(0);
    expect(run).toMatchObject({ state: 'stopped', failure: null, cost: null });
    app.runs.stop(sent.runId);
  });

  it('of all waits until each row is saved, and lets nothing begin', async () => {
    const app = await testApp();
    const { id } = await app.connect(simulator);
    const sent = [await app.ask(id, 'sim-endless'), await app.ask(id, 'sim-stall-start')];
    await app.runs.stopAll();
    for (const one of sent) expect((await app.stored(one)).run?.state).toBe('stopped');
    await expect(app.ask(id, 'sim-fast')).rejects.toMatchObject({ failure: { code: 'stopped' } });
  });

  it.each([0, 1, 3, 6, 10])(
    'of all covers a message that is on its way to its row for %i turns',
    async (turns) => {
      const app = await testApp();
      const server = await loopback(() => undefined);
      const id = await app.connectUnchecked(server.baseUrl);
      const asked = app.ask(id, 'm').then(
        (sent) => async () => (await app.stored(sent)).run?.state,
        (error: unknown) => async () => error instanceof FailureError && error.failure.code,
      );
      for (let turn = 0; turn < turns; turn += 1) await app.store.read.listConnections();
      await app.runs.stopAll();
      const sent = server.requests.length;
      expect(await app.store.read.listUnendedRuns()).toEqual([]);
      expect(await (await asked)()).toBe('stopped');
      expect(server.requests).toHaveLength(sent);
    },
  );
});

describe('several runs at once', () => {
  it('each go their own way', async () => {
    const app = await testApp();
    const { id } = await app.connect(simulator);
    const models = ['gpt-4o', 'sim-reasoning', 'sim-close', 'sim-status-500', 'sim-crlf', 'gpt-4o'];
    const answers = await Promise.all(models.map((model) => app.answer(id, model)));
    expect(answers.map(({ run }) => run?.state)).toEqual([
      'complete',
      'complete',
      'incomplete',
      'failed',
      'complete',
      'complete',
    ]);
    const { items, count } = await app.store.read.listConversations(0, 10);
    expect(count).toBe(6);
    for (const { total } of items) expect(total).toMatchObject({ runs: 1, running: 0 });
    expect((await app.store.read.spendingBetween('2024-10-21', '2024-10-21', false)).runs).toBe(6);
  });

  it('of one conversation follow each other', async () => {
    const app = await testApp();
    const { id } = await app.connect(simulator);
    const events = app.follow();
    const first = await app.ask(id, 'sim-stall');
    const { conversationId } = first;
    await events.until(({ type }) => type === 'run.delta');
    const second = await app.answer(id, 'sim-fast', { conversationId, text: 'And?' });
    app.runs.stop(first.runId);
    await events.until(isEnd(first.runId));
    expect(second.run?.state).toBe('complete');
    const { messages, total } = await app.store.read.getConversation(conversationId);
    expect(messages).toHaveLength(4);
    expect(total).toMatchObject({ runs: 2, running: 0, unknown: 1 });
  });

  it('give several answers to one message as siblings', async () => {
    const app = await testApp();
    const { id } = await app.connect(simulator);
    const three = await app.answer(id, 'gpt-4o', { parameters: { n: 3 } });
    expect(three.siblings).toHaveLength(3);
    expect(three.run?.cost).toBe(parseUsd(simulator.log.at(-1)?.usage?.cost ?? ''));
  });
});

describe('what a run costs when it does not end well', () => {
  it.each([
    ['sim-status-401', 'failed', 'key_rejected', 0n, 'none'],
    ['sim-status-402', 'failed', 'no_credit', 0n, 'none'],
    ['sim-status-404', 'failed', 'not_found', 0n, 'none'],
    ['sim-429-quota', 'failed', 'no_credit', 0n, 'none'],
    ['sim-redirect', 'failed', 'not_found', 0n, 'none'],
    ['sim-status-429', 'failed', 'rate_limited', 0n, 'none'],
    ['sim-status-500', 'failed', 'provider_failed', null, 'unknown'],
    ['sim-status-504', 'failed', 'timeout', null, 'unknown'],
    ['sim-moderation', 'failed', 'content_blocked', null, 'unknown'],
    ['sim-empty', 'failed', 'bad_stream', null, 'unknown'],
    ['sim-error-mid', 'failed', 'provider_failed', null, 'unknown'],
    ['sim-close', 'incomplete', 'incomplete', null, 'unknown'],
    ['sim-reset', 'incomplete', 'incomplete', null, 'unknown'],
    ['sim-no-usage', 'complete', undefined, null, 'unknown'],
    ['sim-cost-nan', 'complete', undefined, null, 'unknown'],
    ['sim-cost-negative', 'complete', undefined, null, 'unknown'],
  ])('%s', async (model, state, code, cost, costSource) => {
    const app = await testApp();
    const { id } = await app.connect(simulator);
    const { run, attempts } = await app.answer(id, model);
    expect(run).toMatchObject({ state, cost, costSource });
    expect(run?.failure?.code).toBe(code);
    const total = await app.store.read.spendingBetween('2024-10-21', '2024-10-21', false);
    const runs = attempts.length + 1;
    expect(total).toMatchObject({ known: 0n, unknown: cost === null ? runs : 0, runs });
  });

  it('is nothing where nobody listens', async () => {
    const app = await testApp();
    const { run } = await app.answer(await app.connectUnchecked(await nobody()), 'm');
    expect(run).toMatchObject({
      state: 'failed',
      failure: { code: 'network', reason: 'refused' },
      cost: 0n,
      costSource: 'none',
    });
  });

  it('is unknown when the server hangs up on the request', async () => {
    const app = await testApp();
    const server = await loopback((_, response) => void response.socket?.destroy());
    const { run } = await app.answer(await app.connectUnchecked(server.baseUrl), 'm');
    expect(run).toMatchObject({ state: 'failed', cost: null, costSource: 'unknown' });
  });
});

describe('without a key', () => {
  it('nothing is sent and nothing is booked', async () => {
    const app = await testApp();
    const input = { name: 'x', profile: 'apipie', baseUrl: simulator.baseUrl } as const;
    const id = await app.store.write.insertConnection({ ...input, isDemo: false, at: NOON });
    const before = simulator.log.length;
    await expect(app.ask(id, 'sim-fast')).rejects.toMatchObject({
      failure: { code: 'no_key', reason: 'missing' },
    });
    expect(simulator.log).toHaveLength(before);
    expect((await app.store.read.listConversations(0, 9)).count).toBe(0);
  });

  it('that went away behind the row, the run has the one it began with', async () => {
    const vault = new TestVault();
    const app = await testApp({ vault });
    const { id } = await app.connect(simulator);
    const sending = app.ask(id, 'sim-fast');
    const events = app.follow();
    await events.until(({ type }) => type === 'run.started');
    vault.keys.clear();
    const sent = await sending;
    await events.until(isEnd(sent.runId));
    expect((await app.stored(sent)).run).toMatchObject({ state: 'complete' });
  });

  it('and without the connection it is not found', async () => {
    const app = await testApp();
    await expect(app.ask(connectionId.parse(999), 'm')).rejects.toMatchObject({
      kind: 'not_found',
    });
  });
});

describe('when the store fails', () => {
  /** The store with an `endRunFromJournal` that fails so often. */
  function failing(store: Store, times: number): Store & { tries: number } {
    const result = {
      ...store,
      tries: 0,
      write: new Proxy(store.write, {
        get: (target, name) => {
          if (name !== 'endRunFromJournal') return Reflect.get(target, name);
          result.tries += 1;
          return result.tries > times
            ? target.endRunFromJournal
            : () => Promise.reject(new StoreError('full', 'no space'));
        },
      }),
    };
    return result;
  }

  it('the end is saved as soon as it works again', async () => {
    const store = failing(await openTestStore(), 1);
    const app = new TestApp(store, {});
    const { id } = await app.connect(simulator);
    const { run } = await app.answer(id, 'sim-fast');
    expect(run?.state).toBe('complete');
    expect(store.tries).toBe(2);
    expect(app.logged).toEqual([expect.stringMatching(/^end of run \d+$/)]);
  });

  it('for good, the app can end all the same', async () => {
    const store = failing(await openTestStore(), Number.POSITIVE_INFINITY);
    const app = new TestApp(store, {});
    const { id } = await app.connect(simulator);
    await app.ask(id, 'sim-endless');
    const started = performance.now();
    await app.runs.stopAll();
    expect(performance.now() - started).toBeLessThan(SOON_MS);
    expect((await store.read.listUnendedRuns()).length).toBe(1);
  });
});

describe('when the thread of the store ends by a fault', () => {
  it('the answer goes on, and is saved whole by the next one', async () => {
    const { store, crash } = await crashingStore();
    const app = new TestApp(store, {});
    const { id } = await app.connect(simulator);
    const answering = app.answer(id, 'sim-long-20000@400');
    await vi.waitFor(async () => {
      const [unended] = await store.read.listUnendedRuns();
      expect(unended?.events.length).toBeGreaterThan(2);
    }, 10_000);
    crash();
    await vi.waitFor(() => store.write.probeWrite(), 10_000);
    crash();
    const { run, parts } = await answering;
    expect(run?.state).toBe('complete');
    expect(answerText(parts)).toHaveLength(run?.responseCharacters ?? 0);
    await vi.waitFor(() => expect(store.trouble.now).toBeNull(), 10_000);
  });
});
