import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Simulator, startSimulator } from '../../electron/simulator/simulator';
import { EMPTY_CHAT_SETTINGS } from '../../shared/chat-settings';
import type { Offer } from '../../shared/contract/connection';
import { messageTokens } from '../../shared/history-window';
import type { RunId } from '../../shared/ids';
import { nano, ZERO_USD } from '../../shared/money';
import { type TestApp, testApp } from '../fixtures/app';
import { NOON } from '../fixtures/ledger';
import { loopback, saying } from '../fixtures/loopback';
import { rpcClient } from '../fixtures/rpc';
import { connections, temporaryFolder } from '../fixtures/store';

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({ pace: 'instant', seed: 1 });
});

afterAll(async () => {
  await simulator.close();
});

const written = z.object({
  tokens: z.number(),
  low: z.coerce.bigint().nullable(),
  high: z.coerce.bigint().nullable(),
  basis: z.string().nullable(),
});

/** An app, and what it wrote of an estimate before a request left. */
async function appWithRows() {
  const path = `${temporaryFolder()}/slice.db`;
  const app = await testApp({ path });
  const { reader } = connections(path);
  const estimateOf = (id: RunId | undefined) =>
    written.parse(
      reader
        .prepare(
          `SELECT estimate_tokens AS tokens, CAST(estimate_low_nanousd AS TEXT) AS low,
             CAST(estimate_high_nanousd AS TEXT) AS high, estimate_basis AS basis
           FROM run WHERE id = ?`,
        )
        .get(id),
    );
  return { app, estimateOf };
}

/** A model whose prices no list names, and which reports what it costs. */
const UNLISTED = 'sim-fast';

async function askThrice(app: TestApp, connection: Parameters<TestApp['answer']>[0]) {
  for (const text of ['Why?', 'Why '.repeat(200), 'Why '.repeat(2000)]) {
    await app.answer(connection, UNLISTED, { text });
  }
}

describe('about what a request costs', () => {
  it('is written with its row, from the prices of the catalogue at first', async () => {
    const { app, estimateOf } = await appWithRows();
    const { id } = await app.connect(simulator);
    await app.servers.refreshCatalogue(id);
    const { run } = await app.answer(id, 'gpt-4o');
    const estimate = estimateOf(run?.id);
    expect(estimate).toMatchObject({
      tokens: messageTokens('Why is the sky blue?', 0),
      basis: 'prices',
    });
    expect(estimate.low).toBeGreaterThan(0n);
    expect(estimate.high).toBeGreaterThan(estimate.low ?? 0n);
  });

  it('comes from the ledger after three answers, without any list of prices', async () => {
    const { app, estimateOf } = await appWithRows();
    const { id } = await app.connect(simulator);
    const { run: first } = await app.answer(id, UNLISTED);
    expect(estimateOf(first?.id)).toMatchObject({ low: null, high: null, basis: null });
    await askThrice(app, id);
    const { run } = await app.answer(id, UNLISTED, { text: 'Why '.repeat(1000) });
    const { low, high, basis } = estimateOf(run?.id);
    expect(basis).toBe('ledger');
    expect(low).toBeLessThanOrEqual(run?.cost ?? ZERO_USD);
    expect(high).toBeGreaterThanOrEqual(run?.cost ?? ZERO_USD);
    const { client } = rpcClient(app);
    const [record] = await client.estimates.records({ connectionId: id, models: [UNLISTED] });
    expect(record).toMatchObject({ priced: 5, prices: {}, reply: {} });
    expect(await client.estimates.accuracy({ demo: false })).toEqual([
      {
        basis: 'ledger',
        runs: expect.any(Number),
        inside: expect.any(Number),
        medianError: expect.any(Number),
      },
    ]);
  });

  it('counts what was said before, and each answer that is multiplied', async () => {
    const { app, estimateOf } = await appWithRows();
    const { id } = await app.connect(simulator);
    await askThrice(app, id);
    const one = await app.answer(id, UNLISTED);
    const { conversationId, runId } = await app.ask(id, UNLISTED, { parameters: { n: 3 } });
    const [single, triple] = [estimateOf(one.run?.id), estimateOf(runId)];
    expect(Number(triple.low) / Number(single.low)).toBeCloseTo(3, 0);
    await expect.poll(() => app.runs.live.length).toBe(0);
    const after = await app.answer(id, UNLISTED, { conversationId });
    expect(estimateOf(after.run?.id).tokens).toBeGreaterThan(2 * single.tokens);
    const again = await app.runs.answerAgain({
      conversationId,
      messageId: after.id,
      targets: [{ connectionId: id, model: UNLISTED }],
      settings: EMPTY_CHAT_SETTINGS,
      presetId: null,
    });
    expect(estimateOf(again.runs[0]?.runId).tokens).toBe(estimateOf(after.run?.id).tokens);
    await expect.poll(() => app.runs.live.length).toBe(0);
  });
});

describe('an answer that does not tell its cost', () => {
  const usage = { prompt_tokens: 1000, completion_tokens: 100, total_tokens: 1100 };
  const server = (chunk: string) =>
    loopback((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end(`${saying('Because.', 'stop')}${chunk}data: [DONE]\n\n`);
    });
  const counted = `data: ${JSON.stringify({ choices: [], usage })}\n\n`;
  const absurd = counted.replace('100,', `${Number.MAX_SAFE_INTEGER},`);
  const offer = (provider: string): Offer => ({
    provider,
    inputPrice: nano(2_500_000_000n),
    outputPrice: nano(10_000_000_000n),
    unit: 'token',
    inferred: false,
    contextTokens: null,
    maxReplyTokens: null,
    latencyMs: null,
  });
  const model = {
    id: 'm',
    type: null,
    subtype: null,
    description: null,
    seesImages: null,
    takes: null,
  };

  it.each([
    [
      'is estimated from its tokens where prices are known',
      counted,
      ['a'],
      3_500_000n,
      'estimated',
    ],
    ['is unknown where nothing was counted', '', ['a'], null, 'unknown'],
    ['is unknown where the count makes no sense', absurd, ['a'], null, 'unknown'],
    ['is unknown where several providers could have served', counted, ['a', 'b'], null, 'unknown'],
    ['is unknown where no price is known', counted, [], null, 'unknown'],
  ] as const)('%s', async (_, chunk, providers, cost, costSource) => {
    const { app } = await appWithRows();
    const { baseUrl } = await server(chunk);
    const id = await app.connectUnchecked(baseUrl);
    if (providers.length > 0) {
      await app.store.write.saveModels(id, [{ ...model, offers: providers.map(offer) }], NOON);
    }
    const { run } = await app.answer(id, 'm');
    expect(run).toMatchObject({ cost, costSource });
  });
});
