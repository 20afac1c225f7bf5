import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { recoverRuns } from '../../electron/runs/recovery';
import { StoreError } from '../../electron/store/errors';
import type { Model } from '../../shared/contract/connection';
import type { FeedEvent } from '../../shared/contract/events';
import { nano, ZERO_USD } from '../../shared/money';
import { answerText, EMPTY_RUN_VIEW, reduceRun } from '../../shared/run-view';
import { type Asked, type AskOptions, TestApp, testApp } from '../fixtures/app';
import { NOON } from '../fixtures/ledger';
import { listening, nobody, saying } from '../fixtures/loopback';
import { connections, openTestStore, temporaryFolder } from '../fixtures/store';

const fields = z.record(z.string(), z.unknown());

interface Request {
  readonly headers: IncomingHttpHeaders;
  readonly body: Record<string, unknown>;
}

/** A server that answers its first request with the first of `answers`, and so on; then all is well. */
async function answering(...answers: readonly ((response: ServerResponse) => void)[]) {
  const requests: Request[] = [];
  const server = createServer((request, response) => {
    response.on('error', () => undefined);
    void text(request).then((body) => {
      const answer = answers[requests.length] ?? well;
      requests.push({ headers: request.headers, body: fields.parse(JSON.parse(body)) });
      answer(response);
    });
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { baseUrl: `http://${await listening(server)}/v1`, requests };
}

const well = (response: ServerResponse) => void response.end(saying('Because.', 'stop'));

const busy =
  (status: number, headers: Record<string, string> = {}) =>
  (response: ServerResponse) =>
    void response.writeHead(status, headers).end('{"error":{"message":"Slow down"}}');

const refusing = (message: string) => (response: ServerResponse) =>
  void response.writeHead(400).end(JSON.stringify({ error: { message } }));

const unsupported = (field: string) =>
  refusing(`Unsupported parameter: '${field}' is not supported with this model.`);

/** A model that costs a dollar for a million tokens. */
const PRICED: Omit<Model, 'favourite'> = {
  id: 'm',
  type: 'llm',
  subtype: 'chat',
  description: null,
  seesImages: null,
  takes: null,
  offers: [
    {
      provider: null,
      inputPrice: nano(1_000_000_000n),
      outputPrice: nano(1_000_000_000n),
      unit: 'token',
      inferred: false,
      contextTokens: null,
      maxReplyTokens: null,
      latencyMs: null,
    },
  ],
};

/** Asks and waits until the answer is there or given up. */
async function asked(app: TestApp, baseUrl: string, options: AskOptions = {}) {
  const id = await app.connectUnchecked(baseUrl);
  const message = await app.answer(id, 'm', options);
  const rows = [...message.attempts, message.run];
  return { id, message, states: rows.map((run) => `${run?.attempt} ${run?.state}`) };
}

describe('a request that is turned away', () => {
  it('is made again after a while, each time in a row of its own', async () => {
    const app = await testApp();
    const { baseUrl, requests } = await answering(busy(429), busy(503));
    const { message, states } = await asked(app, baseUrl);
    expect(states).toEqual(['1 failed', '2 failed', '3 complete']);
    expect(answerText(message.parts)).toBe('Because.');
    expect(
      message.attempts.map(({ failure, cost, costSource }) => [failure?.code, cost, costSource]),
    ).toEqual([
      ['rate_limited', ZERO_USD, 'none'],
      ['provider_failed', null, 'unknown'],
    ]);
    expect(requests.map(({ body }) => body)).toEqual(Array(3).fill(requests[0]?.body));
    expect(app.clock.slept).toEqual([500, 1_000]);
  });

  it('is given up after the third time', async () => {
    const app = await testApp();
    const { baseUrl, requests } = await answering(busy(429), busy(429), busy(429));
    const { states } = await asked(app, baseUrl);
    expect(states).toEqual(['1 failed', '2 failed', '3 failed']);
    expect(requests).toHaveLength(3);
  });

  it('waits as long as the server asks', async () => {
    const app = await testApp();
    const { baseUrl } = await answering(busy(429, { 'retry-after': '20' }));
    await asked(app, baseUrl);
    expect(app.clock.slept).toHaveLength(1);
    expect(app.clock.slept[0]).toBeGreaterThanOrEqual(20_000);
    expect(app.clock.slept[0]).toBeLessThan(21_000);
  });

  it('is left to the user when the server asks for more than a minute', async () => {
    const app = await testApp();
    const { baseUrl, requests } = await answering(busy(429, { 'retry-after': '300' }));
    const { message, states } = await asked(app, baseUrl);
    expect(states).toEqual(['1 failed']);
    expect(message.run?.failure).toMatchObject({ code: 'rate_limited', retryAfterMs: 300_000 });
    expect(requests).toHaveLength(1);
  });

  it('is made again when nobody was there', async () => {
    const app = await testApp();
    const { message, states } = await asked(app, await nobody());
    expect(states).toEqual(['1 failed', '2 failed', '3 failed']);
    for (const run of [...message.attempts, message.run]) {
      expect(run).toMatchObject({ cost: ZERO_USD, costSource: 'none' });
    }
  });

  it.each([
    ['without credit', busy(402)],
    ['with an error of the server', busy(500)],
    [
      'by a used-up quota',
      (response: ServerResponse) =>
        void response.writeHead(429).end('{"error":{"code":"insufficient_quota","message":"no"}}'),
    ],
    [
      'in the middle of a word',
      (response: ServerResponse) => {
        response.write(saying('Bec'));
        setTimeout(() => response.destroy(), 20);
      },
    ],
  ])('is made once %s', async (_, answer) => {
    const app = await testApp();
    const { baseUrl, requests } = await answering(answer);
    const { states } = await asked(app, baseUrl);
    expect(states).toHaveLength(1);
    expect(requests).toHaveLength(1);
  });

  it('shows the wait, and the answer under the same message', async () => {
    const app = await testApp();
    const { baseUrl } = await answering(busy(429));
    const events = app.follow();
    const first = await app.ask(await app.connectUnchecked(baseUrl), 'm');
    await events.until(ended(first));
    const second = await events.until(
      (event) => event.type === 'run.started' && event.runId !== first.runId,
    );
    if (second.type !== 'run.started') throw new Error('nothing was started');
    expect(second.messageId).toBe(first.messageId);
    await events.until((event) => event.type === 'run.ended' && event.runId === second.runId);
    const deltas = events.seen.flatMap((event) =>
      event.type === 'run.delta' && event.runId === second.runId ? event.events : [],
    );
    expect(deltas.map(({ type }) => type)).toEqual(['waiting', 'sent', 'served', 'text', 'finish']);
    const waiting = deltas.slice(0, 1).reduce(reduceRun, EMPTY_RUN_VIEW);
    expect(waiting.waiting).toMatchObject({ cause: { code: 'rate_limited' } });
    expect(deltas.reduce(reduceRun, EMPTY_RUN_VIEW).waiting).toBeNull();
  });

  it('is timed from when it leaves', async () => {
    const app = await testApp();
    const { baseUrl } = await answering(busy(429, { 'retry-after': '30' }));
    const { message } = await asked(app, baseUrl);
    expect(message.run).toMatchObject({ firstTokenMs: 0, totalMs: 0 });
  });

  it('can be stopped while it waits, and costs nothing then', async () => {
    const app = await testApp();
    app.clock.holds = true;
    const { baseUrl, requests } = await answering(busy(429));
    const events = app.follow();
    const first = await app.ask(await app.connectUnchecked(baseUrl), 'm');
    await events.until(isWaiting);
    const [live] = app.runs.live;
    if (!live) throw new Error('nothing waits');
    expect(app.runs.attach(live.ids.runId)?.view.waiting).not.toBeNull();
    app.runs.stop(live.ids.runId);
    await events.until((event) => event.type === 'run.ended' && event.runId === live.ids.runId);
    const { run, attempts } = await app.stored(first);
    expect(attempts).toHaveLength(1);
    expect(run).toMatchObject({ attempt: 2, state: 'stopped', cost: ZERO_USD, costSource: 'none' });
    expect(requests).toHaveLength(1);
    expect(app.runs.live).toEqual([]);
  });

  it('can be stopped by a page that does not know of it yet', async () => {
    const app = await testApp();
    app.clock.holds = true;
    const { baseUrl, requests } = await answering(busy(429));
    const events = app.follow();
    const first = await app.ask(await app.connectUnchecked(baseUrl), 'm');
    await events.until(isWaiting);
    app.runs.stop(first.runId);
    await expect.poll(() => app.runs.live.length).toBe(0);
    expect((await app.stored(first)).run).toMatchObject({ attempt: 2, state: 'stopped' });
    expect(requests).toHaveLength(1);
  });

  it('does not wait for an app that ends', async () => {
    const app = await testApp();
    app.clock.holds = true;
    const { baseUrl } = await answering(busy(429));
    const events = app.follow();
    const first = await app.ask(await app.connectUnchecked(baseUrl), 'm');
    await events.until(isWaiting);
    await app.runs.stopAll();
    expect((await app.stored(first)).run).toMatchObject({ attempt: 2, state: 'stopped' });
  });

  it('leaves only once the journal has that it leaves', async () => {
    const plain = await openTestStore();
    let failures = 0;
    const write = new Proxy(plain.write, {
      get: (target, name) =>
        name !== 'checkpoint'
          ? Reflect.get(target, name)
          : (...args: Parameters<typeof target.checkpoint>) => {
              const leaves = args[2].some(({ type }) => type === 'sent');
              if (!leaves || failures === 2) return target.checkpoint(...args);
              failures += 1;
              return Promise.reject(new StoreError('full', 'no space'));
            },
    });
    const app = new TestApp({ ...plain, write });
    const kept: string[] = [];
    const { baseUrl } = await answering(busy(429), (response) => {
      void plain.read.listUnendedRuns().then(([run]) => {
        kept.push(...(run?.events ?? []).map(({ type }) => type));
        well(response);
      });
    });
    const { states } = await asked(app, baseUrl);
    expect(states).toEqual(['1 failed', '2 complete']);
    expect([failures, kept]).toEqual([2, ['waiting', 'sent']]);
  });

  it('cost nothing if the app was killed while it waited', async () => {
    const app = await testApp();
    app.clock.holds = true;
    const { baseUrl } = await answering(busy(429));
    const events = app.follow();
    const first = await app.ask(await app.connectUnchecked(baseUrl), 'm');
    await events.until(isWaiting);
    // The journal has it a moment later.
    await expect
      .poll(async () => (await app.store.read.listUnendedRuns())[0]?.events)
      .toHaveLength(1);
    await recoverRuns(app.store, app.clock.now());
    expect((await app.stored(first)).run).toMatchObject({
      attempt: 2,
      state: 'incomplete',
      cost: ZERO_USD,
      costSource: 'none',
    });
  });
});

const ended = (asked: Asked) => (event: FeedEvent) =>
  event.type === 'run.ended' && event.runId === asked.runId;

const isWaiting = (event: FeedEvent) =>
  event.type === 'run.delta' && event.events.some(({ type }) => type === 'waiting');

describe('a request with a field that the server does not take', () => {
  it('is made again without it, at once, and the next leaves it out from the start', async () => {
    const app = await testApp();
    const { baseUrl, requests } = await answering(unsupported('temperature'));
    const parameters = { temperature: 0.3, top_p: 0.9 };
    const { id, message, states } = await asked(app, baseUrl, { parameters });
    expect(states).toEqual(['1 failed', '2 complete']);
    expect(app.clock.slept).toEqual([]);
    expect(message.attempts[0]).toMatchObject({
      failure: { code: 'invalid_input', reason: 'unsupported_field' },
      costSource: 'none',
      adaptations: [],
    });
    const adaptation = { action: 'leave_out', field: 'temperature' };
    expect(message.run).toMatchObject({ adaptations: [adaptation], parameters });
    expect(requests.map(({ body }) => [body.temperature, body.top_p])).toEqual([
      [0.3, 0.9],
      [undefined, 0.9],
    ]);

    const [connection] = await app.connections.list();
    expect(connection?.learned).toEqual([{ model: 'm', adaptation }]);
    const next = await app.answer(id, 'm', { parameters });
    expect(next.attempts).toEqual([]);
    expect(next.run?.adaptations).toEqual([adaptation]);
    expect(requests.at(-1)?.body.temperature).toBeUndefined();
    // Another model may take it.
    const other = await app.answer(id, 'other', { parameters });
    expect(other.run?.adaptations).toEqual([]);
    expect(requests.at(-1)?.body.temperature).toBe(0.3);

    expect((await app.connections.forgetLearned(id)).learned).toEqual([]);
    await app.answer(id, 'm', { parameters });
    expect(requests.at(-1)?.body.temperature).toBe(0.3);
  });

  it('calls the limit of the answer by its other name', async () => {
    const app = await testApp();
    const { baseUrl, requests } = await answering(
      refusing(
        "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
      ),
    );
    const { states } = await asked(app, baseUrl, { parameters: { max_tokens: 50 } });
    expect(states).toEqual(['1 failed', '2 complete']);
    expect(requests[1]?.body).toMatchObject({ max_completion_tokens: 50 });
    expect(requests[1]?.body).not.toHaveProperty('max_tokens');
  });

  it('learns for all models that usage cannot be asked for', async () => {
    const app = await testApp();
    const { baseUrl, requests } = await answering(
      (response) =>
        void response
          .writeHead(422)
          .end(
            '{"detail":[{"type":"extra_forbidden","loc":["body","stream_options"],"msg":"Extra inputs are not permitted","input":{}}]}',
          ),
    );
    const id = await app.connectUnchecked(baseUrl);
    await app.store.write.changeConnection(id, { profile: 'other' });
    await app.answer(id, 'm');
    expect(requests.map(({ body }) => 'stream_options' in body)).toEqual([true, false]);
    await app.answer(id, 'another model');
    expect('stream_options' in (requests[2]?.body ?? {})).toBe(false);
  });

  it('counts one answer in the row and its estimate where several are not taken', async () => {
    const path = `${temporaryFolder()}/slice.db`;
    const app = await testApp({ path });
    const { baseUrl } = await answering(well, unsupported('n'));
    const id = await app.connectUnchecked(baseUrl);
    await app.store.write.saveModels(id, [PRICED], NOON);
    await app.answer(id, 'm');
    await app.answer(id, 'm', { parameters: { n: 4 } });
    await app.answer(id, 'm', { parameters: { n: 4 } });
    const booked = connections(path)
      .reader.prepare<[], { answers: number; high: number }>(
        'SELECT answers, estimate_high_nanousd AS high FROM run ORDER BY id',
      )
      .all();
    const [one] = booked;
    expect(one?.high).toBeGreaterThan(0);
    expect(booked).toEqual([one, { answers: 4, high: 4 * (one?.high ?? 0) }, one, one]);
  });

  it('drops two fields one after the other, and no more', async () => {
    const app = await testApp();
    const { baseUrl, requests } = await answering(
      unsupported('temperature'),
      unsupported('top_p'),
      unsupported('seed'),
    );
    const parameters = { temperature: 0, top_p: 1, seed: 1 };
    const { message, states } = await asked(app, baseUrl, { parameters });
    expect(states).toEqual(['1 failed', '2 failed', '3 failed']);
    expect(requests[2]?.body).toMatchObject({ seed: 1 });
    expect(message.run?.adaptations).toHaveLength(2);
    // What did not help is not remembered.
    expect((await app.connections.list())[0]?.learned).toEqual([]);
  });

  it('is not made again for a value that is out of range', async () => {
    const app = await testApp();
    const { baseUrl, requests } = await answering(
      refusing('max_tokens is too large: 999999. This model supports at most 4096.'),
    );
    await asked(app, baseUrl, { parameters: { max_tokens: 999_999 } });
    expect(requests).toHaveLength(1);
  });
});

describe('the bill of several attempts', () => {
  it('counts each of them', async () => {
    const app = await testApp();
    const { baseUrl } = await answering(busy(503), busy(429));
    const { message } = await asked(app, baseUrl);
    const total = await app.store.read.spendingBetween('2024-10-21', '2024-10-21', false);
    expect(total).toMatchObject({ runs: 3, unknown: 2, running: 0 });
    const conversations = await app.store.read.listConversations(0, 10);
    expect(conversations.items[0]?.total).toMatchObject({ runs: 3, unknown: 2, running: 0 });
    expect(message.run?.costSource).toBe('unknown');
  });
});
