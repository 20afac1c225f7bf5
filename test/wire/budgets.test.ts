import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BudgetError } from '../../electron/money/budget-gate';
import { type Simulator, startSimulator } from '../../electron/simulator/simulator';
import type { BudgetStop, NewBudget } from '../../shared/budget';
import { EMPTY_CHAT_SETTINGS } from '../../shared/chat-settings';
import {
  type ConnectionId,
  conversationId as conversationIdSchema,
  type RunId,
} from '../../shared/ids';
import { nano } from '../../shared/money';
import { type TestApp, testApp } from '../fixtures/app';
import { NOON, newConversation, outcome, runHead } from '../fixtures/ledger';
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

const MONTH: NewBudget = {
  scope: { kind: 'all' },
  period: 'month',
  limit: nano(1_000n),
  warnPercent: 80,
  stops: true,
};

async function appWithBudget(more: Partial<NewBudget> = {}) {
  const path = `${temporaryFolder()}/slice.db`;
  const app = await testApp({ path, simulator });
  const { reader } = connections(path);
  const { id: connection } = await app.connect(simulator);
  await app.store.write.insertBudget({ ...MONTH, ...more }, NOON);
  const rows = () =>
    reader
      .prepare<[], { requested_model: string; over_budget: number; attempt: number }>(
        'SELECT requested_model, over_budget, attempt FROM run ORDER BY id',
      )
      .all();
  const messages = () => reader.prepare('SELECT count(*) FROM message').pluck().get();
  const asked = simulator.log.length;
  const requests = () => simulator.log.length - asked;
  return { app, connection, rows, messages, requests };
}

async function stopOf(sending: Promise<unknown>): Promise<BudgetStop> {
  const error: unknown = await sending.then(
    () => new Error('it was sent'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof BudgetError)) throw error;
  return error.stop;
}

async function ended(app: TestApp, id: RunId): Promise<void> {
  await app.follow().until(() => app.runs.live.every(({ ids }) => ids.runId !== id));
}

/** A model of the simulator's catalogue with prices. */
const PRICED = 'gpt-4o';

describe('a message that could pass a budget', () => {
  it('is not sent, and nothing is written', async () => {
    const { app, connection, rows, messages, requests } = await appWithBudget();
    const stop = await stopOf(app.ask(connection, PRICED));
    expect(stop.requests).toBe(1);
    expect(stop.standings).toHaveLength(1);
    const [standing] = stop.standings;
    expect(standing).toMatchObject({ verdict: 'stop', spent: { known: 0n }, budget: MONTH });
    expect(standing?.ahead.high).toBeGreaterThan(1_000n);
    expect(standing?.over).toBe((standing?.ahead.high ?? 0n) - 1_000n);
    expect([rows(), messages(), requests()]).toEqual([[], 0, 0]);
  });

  it('is told to the page with the figures', async () => {
    const { app, connection } = await appWithBudget();
    const { client } = rpcClient(app);
    const sending = client.runs.send({
      conversationId: null,
      text: 'Why?',
      images: [],
      settings: EMPTY_CHAT_SETTINGS,
      targets: [{ connectionId: connection, model: PRICED }],
    });
    await expect(sending).rejects.toMatchObject({
      code: 'budget_exceeded',
      data: {
        budgetStop: { requests: 1, standings: [{ budget: MONTH, over: expect.anything() }] },
      },
    });
  });

  it('goes once when the user wants it, marked in the ledger; the next does not', async () => {
    const { app, connection, rows, requests } = await appWithBudget();
    const sent = await app.ask(connection, PRICED, { sendAnyway: true });
    await ended(app, sent.runId);
    expect(rows()).toEqual([{ requested_model: PRICED, over_budget: 1, attempt: 1 }]);
    expect((await app.stored(sent)).run?.overBudget).toBe(true);
    const { conversationId, messageId } = sent;
    await stopOf(app.ask(connection, PRICED, { conversationId }));
    const again = {
      conversationId,
      messageId,
      targets: [{ connectionId: connection, model: PRICED }],
    };
    const settings = (await app.store.read.getConversation(conversationId)).settings;
    await stopOf(app.runs.answerAgain({ ...again, settings, presetId: null }));
    await stopOf(
      app.runs.edit({
        ...again,
        messageId: sent.questionId,
        settings,
        presetId: null,
        text: 'And why?',
        images: [],
      }),
    );
    expect(requests()).toBe(1);
  });

  it('is not marked when no budget would have stopped it', async () => {
    const { app, connection, rows } = await appWithBudget({ limit: nano(10n ** 12n) });
    const { runId } = await app.ask(connection, PRICED, { sendAnyway: true });
    await ended(app, runId);
    expect(rows()).toMatchObject([{ over_budget: 0 }]);
  });

  it('counts each answer, vote and model that it asks for', async () => {
    const { app, connection } = await appWithBudget();
    const high = async (sending: Promise<unknown>) =>
      (await stopOf(sending)).standings[0]?.ahead.high ?? 0n;
    const one = await high(app.ask(connection, PRICED));
    expect(await high(app.ask(connection, PRICED, { parameters: { n: 3 } }))).toBe(3n * one);
    expect(await high(app.askAll(connection, [PRICED, PRICED]))).toBe(2n * one);
    expect(await high(app.ask(connection, `${PRICED},${PRICED}`))).toBe(2n * one);
    const votes = app.ask(connection, PRICED, { parameters: { integrity: 13 } });
    expect(await high(votes)).toBe(3n * one);
  });

  it('goes when its budget only warns, or is for something else', async () => {
    const { app, connection } = await appWithBudget({ stops: false });
    await app.store.write.insertBudget(
      { ...MONTH, scope: { kind: 'conversation', id: conversationIdSchema.parse(99) } },
      NOON,
    );
    await ended(app, (await app.ask(connection, PRICED)).runId);
  });

  it('names one of the models that would go alone', async () => {
    const { app, connection } = await appWithBudget();
    const dear = (await stopOf(app.ask(connection, PRICED))).standings[0]?.ahead.high ?? 0n;
    const [budget] = await app.store.read.budgetStates('2024-10-21', null);
    if (!budget) throw new Error('there is no budget');
    const limit = nano(dear + dear / 2n);
    await app.store.write.changeBudget(budget.budget.id, { ...MONTH, limit });
    const stop = await stopOf(app.askAll(connection, [PRICED, PRICED]));
    expect(stop.cheaper).toMatchObject({ connectionId: connection, model: PRICED, high: dear });
  });
});

describe('a message whose cost nobody can foresee', () => {
  it('goes until nothing is left of the budget', async () => {
    const { app, connection } = await appWithBudget({ limit: nano(1n) });
    const first = await app.ask(connection, 'sim-fast');
    await ended(app, first.runId);
    const stop = await stopOf(app.ask(connection, 'sim-fast'));
    expect(stop.standings[0]?.ahead).toEqual({ low: 0n, high: 0n, unknown: 1 });
  });
});

describe('two messages at once', () => {
  it('cannot both pass a limit that has room for one', async () => {
    const { app, connection, rows } = await appWithBudget();
    const cost = (await stopOf(app.ask(connection, PRICED))).standings[0]?.ahead.high ?? 0n;
    const [state] = await app.store.read.budgetStates('2024-10-21', null);
    if (!state) throw new Error('there is no budget');
    const limit = nano(cost + cost / 2n);
    await app.store.write.changeBudget(state.budget.id, { ...MONTH, limit });
    const both = await Promise.allSettled([
      app.ask(connection, PRICED),
      app.ask(connection, PRICED),
      app.ask(connection, PRICED),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([
      'fulfilled',
      'rejected',
      'rejected',
    ]);
    expect(rows()).toHaveLength(1);
  });
});

describe('a request that is made again', () => {
  it('passes the budget too: when meanwhile nothing is left it ends as it failed', async () => {
    const { app, rows } = await appWithBudget({ limit: nano(10n ** 9n) });
    const [state] = await app.store.read.budgetStates('2024-10-21', null);
    if (!state) throw new Error('there is no budget');
    let requests = 0;
    const server = await loopback(async (_, response) => {
      requests += 1;
      const used = await app.connectUnchecked('http://127.0.0.1:1/v1');
      await spend(app, used);
      response.writeHead(503).end('busy');
    });
    const message = await app.answer(await app.connectUnchecked(server.baseUrl), 'm');
    expect(message.run).toMatchObject({ state: 'failed', failure: { code: 'provider_failed' } });
    expect(requests).toBe(1);
    expect(rows().filter(({ requested_model }) => requested_model === 'm')).toHaveLength(1);
  });

  it('goes when the user let the first one pass', async () => {
    const { app } = await appWithBudget({ limit: nano(1n) });
    let requests = 0;
    const server = await loopback((_, response) => {
      requests += 1;
      if (requests === 1) response.writeHead(503).end('busy');
      else response.end(saying('Because.', 'stop'));
    });
    const connection = await app.connectUnchecked(server.baseUrl);
    await spend(app, connection);
    const message = await app.answer(connection, 'm', { sendAnyway: true });
    expect(message.run).toMatchObject({ state: 'complete', attempt: 2, overBudget: true });
  });
});

/** Books a run of two dollars. */
async function spend({ store }: TestApp, connection: ConnectionId): Promise<void> {
  const sent = await store.write.beginRuns(newConversation('x'), [runHead(connection)]);
  const cost = nano(2_000_000_000n);
  for (const { runId } of sent.runs) await store.write.endRun(runId, outcome({ cost }), []);
}
