import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { recoverRuns } from '../../electron/runs/recovery';
import { type Simulator, startSimulator } from '../../electron/simulator/simulator';
import { EMPTY_CHAT_SETTINGS } from '../../shared/chat-settings';
import type { ConversationId, MessageId } from '../../shared/ids';
import { nano } from '../../shared/money';
import { type AskOptions, type TestApp, testApp } from '../fixtures/app';
import { NOON } from '../fixtures/ledger';
import { loopback, nobody, saying } from '../fixtures/loopback';
import { connections, temporaryFolder } from '../fixtures/store';

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({ pace: 'instant', seed: 1 });
});

afterAll(async () => {
  await simulator.close();
});

const OWN = { titlesByModel: true, titleModel: null };
const RULED = 'Why is the sky blue?';
const GIVEN = 'Why Is The Sky Blue';

interface Row {
  readonly id: number;
  readonly purpose: string;
  readonly state: string;
  readonly requested_model: string;
  readonly message_id: number | null;
  readonly conversation_id: number | null;
  readonly is_demo: number;
  readonly attempt: number;
  readonly cost: string | null;
  readonly cost_source: string;
  readonly waste: string | null;
  readonly estimate_tokens: number | null;
}

/** An app with one connection to the simulator, where titles are wanted of a model. */
async function titling() {
  const path = `${temporaryFolder()}/slice.db`;
  const app = await testApp({ path, simulator });
  app.titles = OWN;
  const { reader } = connections(path);
  const { id: connection } = await app.connect(simulator);
  const rows = (purpose = 'title') =>
    reader
      .prepare<[string], Row>(
        'SELECT *, CAST(cost_nanousd AS TEXT) AS cost FROM run WHERE purpose = ? ORDER BY id',
      )
      .all(purpose);
  const source = () =>
    reader.prepare('SELECT title_source FROM conversation ORDER BY id').pluck().get();
  const asked = simulator.log.length;
  const requests = () => simulator.log.slice(asked).map(({ body }) => body);
  return { app, connection, rows, source, requests };
}

/** Asks, and waits until the answers and whatever follows of them are over. */
async function ask(app: TestApp, connection: Asked[0], models: Asked[1], options: AskOptions = {}) {
  const sent = await app.askAll(connection, models, options);
  await settled(app);
  return sent;
}
type Asked = Parameters<TestApp['askAll']>;

async function settled(app: TestApp): Promise<void> {
  await app.follow().until(() => app.runs.live.length === 0);
  await app.runs.titled();
}

async function titleOf(app: TestApp, id: ConversationId): Promise<string> {
  return (await app.store.read.getConversation(id)).title;
}

const body = z.object({
  model: z.string(),
  max_tokens: z.number(),
  messages: z.array(z.object({ role: z.string(), content: z.string() })),
});

describe('a title by a model', () => {
  it('is asked for once the first exchange is complete, in a short request of its own', async () => {
    const { app, connection, requests, source } = await titling();
    const { conversationId } = await ask(app, connection, ['gpt-4o'], {
      parameters: { temperature: 1.5, n: 1 },
      settings: { system: 'Be brief.' },
    });
    expect(await titleOf(app, conversationId)).toBe(GIVEN);
    expect(source()).toBe('model');
    expect(requests()).toHaveLength(2);
    const sent = body.strict().parse(
      // What every streamed request has beside what it asks for.
      Object.fromEntries(
        Object.entries(requests()[1] ?? {}).filter(([key]) => !key.startsWith('stream')),
      ),
    );
    expect(sent).toMatchObject({ model: 'gpt-4o', max_tokens: 60 });
    expect(sent.messages).toHaveLength(1);
    const [message] = sent.messages;
    expect(message?.role).toBe('user');
    expect(message?.content).toContain(`<question>\n${RULED}\n</question>`);
    expect(message?.content).toMatch(/<answer>\n[^<]{20,1300}\n<\/answer>$/);
  });

  it('is a row of the ledger that is no message, and counts in every sum', async () => {
    const { app, connection, rows } = await titling();
    const { conversationId } = await ask(app, connection, ['gpt-4o']);
    const [title, ...others] = rows();
    const [answer] = rows('answer');
    expect(others).toEqual([]);
    expect(title).toMatchObject({
      state: 'complete',
      requested_model: 'gpt-4o',
      message_id: null,
      conversation_id: conversationId,
      is_demo: 0,
      cost_source: 'reported',
      waste: null,
    });
    expect(title?.estimate_tokens).toBeGreaterThan(10);
    const { messages, total } = await app.store.read.getConversation(conversationId);
    expect(messages.map(({ role }) => role)).toEqual(['user', 'assistant']);
    const sum = nano(BigInt(title?.cost ?? 0) + BigInt(answer?.cost ?? 0));
    expect(BigInt(title?.cost ?? 0)).toBeGreaterThan(0n);
    expect(total).toEqual({ known: sum, estimated: 0n, unknown: 0, running: 0, runs: 2 });
    const day = await app.store.read.spendingBetween('2024-10-21', '2024-10-21', false);
    expect(day).toMatchObject({ known: sum, runs: 2 });
    const { rows: shown } = await app.store.read.spendingRows(
      { from: null, to: null, demo: false, only: {} },
      { offset: 0, limit: 10, sort: 'time', descending: true, hour: null },
      { today: '2024-10-21', timeZone: 'UTC' },
    );
    expect(shown.map(({ purpose, messageId }) => [purpose, messageId === null])).toEqual([
      ['title', true],
      ['answer', false],
    ]);
  });

  it('is committed before its request leaves', async () => {
    const { app, rows } = await titling();
    const states: unknown[] = [];
    let request = 0;
    const server = await loopback((_, response) => {
      request += 1;
      if (request === 2) states.push(rows().map(({ state }) => state));
      response.end(saying(request === 1 ? 'Because.' : 'Blue', 'stop'));
    });
    const connection = await app.connectUnchecked(server.baseUrl);
    const { conversationId } = await ask(app, connection, ['m']);
    expect(states).toEqual([['running']]);
    expect(await titleOf(app, conversationId)).toBe('Blue');
  });

  it('is not seen by the page as an answer, and leaves the place in the list', async () => {
    const { app, connection } = await titling();
    const events = app.follow();
    const { conversationId, runs } = await ask(app, connection, ['gpt-4o']);
    await events.until(({ type }) => type === 'run.ended');
    const named = events.seen.flatMap((event) => ('runId' in event ? [event.runId] : []));
    expect(new Set(named)).toEqual(new Set(runs.map(({ runId }) => runId)));
    expect((await app.store.read.listConversations(0, 1)).items[0]).toMatchObject({
      id: conversationId,
      updatedAt: NOON,
    });
  });

  it('is of the model that was chosen for it', async () => {
    const { app, connection, rows } = await titling();
    const { id: other } = await app.connect(simulator, { name: 'Cheap' });
    app.titles = { titlesByModel: true, titleModel: { connectionId: other, model: 'gpt-4o-mini' } };
    await ask(app, connection, ['gpt-4o']);
    expect(rows()).toMatchObject([{ requested_model: 'gpt-4o-mini', connection_id: other }]);
  });

  it.each([
    ['several models', ['gpt-4o', 'gpt-4o-mini']],
    ['a super query', ['gpt-4o,gpt-4o-mini']],
  ])('is asked for once of the first of %s', async (_, models) => {
    const { app, connection, rows } = await titling();
    await ask(app, connection, models);
    expect(rows()).toMatchObject([{ requested_model: 'gpt-4o', models: 1 }]);
  });

  it('is of another model where the first one failed', async () => {
    const { app, connection, rows } = await titling();
    await ask(app, connection, ['sim-drop', 'gpt-4o']);
    expect(rows()).toMatchObject([{ requested_model: 'gpt-4o' }]);
  });

  it('of a conversation of the demo is of the demo, whatever was chosen', async () => {
    const { app, connection, rows } = await titling();
    app.titles = { titlesByModel: true, titleModel: { connectionId: connection, model: 'gpt-4o' } };
    const demo = await app.connections.openDemo();
    const { conversationId } = await ask(app, demo.id, ['gpt-4o-mini']);
    expect(rows()).toMatchObject([{ requested_model: 'gpt-4o-mini', is_demo: 1 }]);
    expect(await titleOf(app, conversationId)).toBe(GIVEN);
  });

  it('is asked for again without a field that the server refuses', async () => {
    const { app, connection, rows } = await titling();
    const { conversationId } = await ask(app, connection, ['sim-unsupported-max-tokens']);
    expect(rows().map(({ state, attempt, cost_source }) => [state, attempt, cost_source])).toEqual([
      ['failed', 1, 'none'],
      ['complete', 2, 'reported'],
    ]);
    expect(rows().map(({ message_id }) => message_id)).toEqual([null, null]);
    const { title, total } = await app.store.read.getConversation(conversationId);
    expect(title).toBe(GIVEN);
    expect(total).toMatchObject({ runs: 3, running: 0 });
  });
});

describe('no title is asked for', () => {
  it('when nobody turned it on', async () => {
    const { app, connection, rows, requests } = await titling();
    app.titles = {
      titlesByModel: false,
      titleModel: { connectionId: connection, model: 'gpt-4o' },
    };
    const { conversationId } = await ask(app, connection, ['gpt-4o']);
    expect(requests()).toHaveLength(1);
    expect(rows()).toEqual([]);
    expect(await titleOf(app, conversationId)).toBe(RULED);
  });

  it('a second time', async () => {
    const { app, connection, rows } = await titling();
    const { conversationId, runs } = await ask(app, connection, ['gpt-4o']);
    await ask(app, connection, ['gpt-4o'], { conversationId, text: 'And at night?' });
    const messageId = runs[0]?.messageId;
    if (messageId === undefined) throw new Error('nothing was asked');
    await again(app, connection, conversationId, messageId);
    expect(rows()).toHaveLength(1);
  });

  it('of a later exchange, when it was turned on in between', async () => {
    const { app, connection, rows } = await titling();
    app.titles = { ...OWN, titlesByModel: false };
    const { conversationId } = await ask(app, connection, ['gpt-4o']);
    app.titles = OWN;
    await ask(app, connection, ['gpt-4o'], { conversationId, text: 'And at night?' });
    expect(rows()).toEqual([]);
  });

  it('of a fork, which has been talked in before', async () => {
    const { app, connection, rows } = await titling();
    app.titles = { ...OWN, titlesByModel: false };
    const { conversationId: id, runs } = await ask(app, connection, ['gpt-4o']);
    const [answer] = runs;
    if (!answer) throw new Error('nothing was asked');
    const fork = { id, through: answer.messageId, newest: null, uid: 'fork', at: NOON + 1 };
    const conversationId = await app.store.write.forkConversation(fork);
    app.titles = OWN;
    await ask(app, connection, ['gpt-4o'], { conversationId, text: 'And at night?' });
    expect(rows()).toEqual([]);
  });

  it.each(['sim-drop', 'sim-503', 'sim-tool-calls'])('after %s', async (model) => {
    const { app, connection, rows } = await titling();
    const { conversationId } = await ask(app, connection, [model]);
    expect(rows()).toEqual([]);
    expect(await titleOf(app, conversationId)).toBe(RULED);
  });

  it('of a conversation that its user has named', async () => {
    const { app, connection, rows } = await titling();
    const { conversationId } = await app.ask(connection, 'sim-fast');
    await app.store.write.renameConversation(conversationId, 'Mine');
    await settled(app);
    expect(rows()).toEqual([]);
    expect(await titleOf(app, conversationId)).toBe('Mine');
  });

  it('when that could pass a budget; then nothing is written or sent either', async () => {
    const { app, connection, rows, requests } = await titling();
    await ask(app, connection, ['gpt-4o']);
    const spent = await app.store.read.spendingBetween('2024-10-21', '2024-10-21', false);
    const limit = nano(spent.known + 1n);
    await app.store.write.insertBudget(
      { scope: { kind: 'all' }, period: 'month', limit, warnPercent: 80, stops: true },
      NOON,
    );
    const before = requests().length;
    const { conversationId } = await ask(app, connection, ['gpt-4o'], { sendAnyway: true });
    expect(requests()).toHaveLength(before + 1);
    expect(rows()).toHaveLength(1);
    expect(await titleOf(app, conversationId)).toBe(RULED);
    expect(app.logged).toEqual([]);
  });

  it('without a key', async () => {
    const { app, connection, rows } = await titling();
    const other = await app.connectUnchecked(simulator.baseUrl);
    app.vault.forget({ id: other, baseUrl: simulator.baseUrl });
    app.titles = { titlesByModel: true, titleModel: { connectionId: other, model: 'gpt-4o' } };
    await ask(app, connection, ['gpt-4o']);
    expect(rows()).toEqual([]);
    expect(app.logged).toEqual([]);
  });
});

describe('a first exchange that came later', () => {
  it('is the one that is complete, after one that failed', async () => {
    const { app, connection, rows } = await titling();
    const { conversationId, runs } = await ask(app, connection, ['sim-drop']);
    const messageId = runs[0]?.messageId;
    if (messageId === undefined) throw new Error('nothing was asked');
    await again(app, connection, conversationId, messageId);
    expect(rows()).toHaveLength(1);
    expect(await titleOf(app, conversationId)).toBe(GIVEN);
  });

  it('may have the words of a preset before it', async () => {
    const { app, connection } = await titling();
    const opening = [
      { role: 'user', text: 'Hello' },
      { role: 'assistant', text: 'Ask me.' },
    ] as const;
    const { conversationId } = await ask(app, connection, ['gpt-4o'], { opening: [...opening] });
    expect(await titleOf(app, conversationId)).toBe(GIVEN);
  });
});

describe('a title that goes wrong', () => {
  it.each([
    ['an error', 'sim-503'],
    ['a broken connection', 'sim-drop'],
    ['a refusal', 'sim-refusal'],
    ['nothing', 'sim-empty'],
  ])('with %s keeps the one that is there, and its row', async (_, model) => {
    const { app, connection, rows, source } = await titling();
    app.titles = { titlesByModel: true, titleModel: { connectionId: connection, model } };
    const { conversationId } = await ask(app, connection, ['gpt-4o']);
    expect(await titleOf(app, conversationId)).toBe(RULED);
    expect(source()).toBe('rule');
    expect(rows().length).toBeGreaterThan(0);
    const { total } = await app.store.read.getConversation(conversationId);
    expect(total).toMatchObject({ running: 0, runs: 1 + rows().length });
  });

  it.each([
    ['is cut off in its only line', 'The sky is bl', RULED],
    ['goes on after its first line', 'The blue sky\n\nThis title says', 'The blue sky'],
  ])('because the model %s is taken as far as it is one', async (_, said, title) => {
    const { app } = await titling();
    let request = 0;
    const server = await loopback((_request, response) => {
      request += 1;
      response.end(request === 1 ? saying('Because.', 'stop') : saying(said, 'length'));
    });
    const connection = await app.connectUnchecked(server.baseUrl);
    const { conversationId } = await ask(app, connection, ['m']);
    expect(await titleOf(app, conversationId)).toBe(title);
  });

  it('because its connection was deleted sends nothing', async () => {
    const { app, connection, rows } = await titling();
    const other = await app.connectUnchecked(simulator.baseUrl);
    app.titles = { titlesByModel: true, titleModel: { connectionId: other, model: 'gpt-4o' } };
    await app.store.write.removeConnection(other, NOON);
    await ask(app, connection, ['gpt-4o']);
    expect([rows(), app.logged]).toEqual([[], []]);
  });

  it('at an address where nobody is costs nothing', async () => {
    const { app, connection, rows } = await titling();
    const other = await app.connectUnchecked(await nobody());
    app.titles = { titlesByModel: true, titleModel: { connectionId: other, model: 'm' } };
    await ask(app, connection, ['gpt-4o']);
    expect(rows().map(({ state, cost }) => [state, cost])).toEqual(Array(3).fill(['failed', '0']));
  });
});

/** A server that answers at once and then lets one wait for the title, until it is told. */
async function waitingForTitle() {
  const set = await titling();
  let give: (title: string) => void = () => undefined;
  let asked: () => void = () => undefined;
  const isAsked = new Promise<void>((resolve) => {
    asked = resolve;
  });
  let request = 0;
  const server = await loopback((_, response) => {
    request += 1;
    if (request === 1) {
      response.end(saying('Because.', 'stop'));
      return;
    }
    response.write(saying('Th'));
    give = (title) => void response.end(saying(title, 'stop'));
    asked();
  });
  const own = await set.app.connectUnchecked(server.baseUrl);
  const sent = await set.app.ask(own, 'm');
  await isAsked;
  return { ...set, ...sent, own, give: (title: string) => give(title) };
}

describe('while a title is written', () => {
  it('its user may write another, which stays', async () => {
    const { app, conversationId, give, rows, source } = await waitingForTitle();
    await app.store.write.renameConversation(conversationId, 'Mine');
    give('eirs');
    await settled(app);
    expect(await titleOf(app, conversationId)).toBe('Mine');
    expect(source()).toBe('user');
    expect(rows()).toMatchObject([{ state: 'complete' }]);
  });

  it('the app may end: it is stopped, and what it cost is unknown', async () => {
    const { app, conversationId, rows } = await waitingForTitle();
    expect(app.runs.live).toEqual([]);
    await app.runs.stopAll();
    expect(rows()).toMatchObject([{ state: 'stopped', cost: null, waste: 'stopped' }]);
    expect(await titleOf(app, conversationId)).toBe(RULED);
  });

  it('its connection may go, and no other stops it', async () => {
    const { app, own, connection, rows } = await waitingForTitle();
    // Nor does it wait for an answer over another one, which has no title yet.
    await app.ask(connection, 'sim-endless');
    const other = await app.connectUnchecked(await nobody());
    await app.runs.stopThoseOf(other);
    expect(rows()).toMatchObject([{ state: 'running' }]);
    await app.runs.stopThoseOf(own);
    expect(rows()).toMatchObject([{ state: 'stopped' }]);
    expect(app.runs.live).toHaveLength(1);
    await app.runs.stopAll();
  });

  it('the conversation may be thrown away', async () => {
    const { app, conversationId, give, rows } = await waitingForTitle();
    await app.store.write.removeConversations([conversationId], NOON);
    await app.store.write.purgeConversations([conversationId]);
    give('eirs');
    await settled(app);
    expect(rows()).toMatchObject([
      { state: 'complete', conversation_id: null, waste: 'deleted', conversation_title: RULED },
    ]);
    expect(app.logged).toEqual([]);
  });

  it('the app may crash: the next start ends its row as that of any other', async () => {
    const { app, conversationId, rows } = await waitingForTitle();
    const [row] = rows();
    expect(app.runs.has((await app.store.read.listUnendedRuns())[0]?.id ?? never())).toBe(true);
    expect(await recoverRuns(app.store, NOON + 5_000)).toBe(1);
    expect(rows()).toMatchObject([
      { id: row?.id, state: 'incomplete', cost: null, waste: 'failed' },
    ]);
    const { title, total, messages } = await app.store.read.getConversation(conversationId);
    expect(title).toBe(RULED);
    expect(messages).toHaveLength(2);
    expect(total).toMatchObject({ running: 0, unknown: 2, runs: 2 });
    await app.runs.stopAll();
  });
});

function never(): never {
  throw new Error('no run is on its way');
}

async function again(
  app: TestApp,
  connectionId: Asked[0],
  conversationId: ConversationId,
  messageId: MessageId,
): Promise<void> {
  await app.runs.answerAgain({
    conversationId,
    messageId,
    targets: [{ connectionId, model: 'gpt-4o' }],
    settings: EMPTY_CHAT_SETTINGS,
    presetId: null,
  });
  await settled(app);
}
