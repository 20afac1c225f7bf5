import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rateLimit } from '../../electron/simulator/error-replies';
import { type Simulator, startSimulator } from '../../electron/simulator/simulator';
import { StoreError } from '../../electron/store/errors';
import type { BillingConnection } from '../../shared/contract/billing';
import type { ConnectionId } from '../../shared/ids';
import { TestApp, testApp } from '../fixtures/app';
import { NOON } from '../fixtures/ledger';
import { loopback, nobody } from '../fixtures/loopback';
import { rpcClient } from '../fixtures/rpc';
import { openTestStore, temporaryFolder } from '../fixtures/store';

let simulator: Simulator;

beforeEach(async () => {
  simulator = await startSimulator({ pace: 'instant', seed: 1 });
});

afterEach(async () => {
  await simulator.close();
});

const USER = 'berta.secret@example.com';
const ADDRESS = '203.0.113.77';

let nextId = 1;

/** An entry as the service lists it, a minute apart from the one before. */
function call(more: object = {}) {
  nextId += 1;
  return {
    id: nextId,
    username: USER,
    timestamp: new Date(NOON + nextId * 60_000).toISOString(),
    app: 'cron',
    provider: 'openai',
    route: 'gpt-4o',
    unit: 'token',
    prompt_tokens: 100,
    prompt_char: 400,
    response_tokens: 10,
    response_char: 40,
    cost: '0.0010000000',
    latency_ms: 900,
    source_ip: ADDRESS,
    chat_id: null,
    ...more,
  };
}

/** How often the history was asked for, and from where on. */
function offsets(): number[] {
  return simulator.log
    .filter(({ path }) => path.startsWith('/v1/queries/?limit=100'))
    .map(({ path }) => Number(new URLSearchParams(path.split('?')[1]).get('offset')));
}

async function state(app: TestApp, id: ConnectionId): Promise<BillingConnection> {
  const found = (await app.billing.connections()).find((one) => one.connectionId === id);
  if (!found) throw new Error('the connection is not there');
  return found;
}

/** Imports and waits for the end, whatever it is. */
async function importAll(app: TestApp, id: ConnectionId): Promise<BillingConnection> {
  await app.billing.start(id);
  return settled(app, id);
}

async function settled(app: TestApp, id: ConnectionId): Promise<BillingConnection> {
  return until(app, id, ({ running }) => running === null);
}

async function until(
  app: TestApp,
  id: ConnectionId,
  wanted: (connection: BillingConnection) => boolean,
): Promise<BillingConnection> {
  const events = app.follow();
  for (let seen = 0; ; ) {
    const now = await state(app, id);
    if (wanted(now)) {
      events.stop();
      return now;
    }
    await events.until((event) => event.type === 'data.changed' && event.sequence > seen);
    seen = app.feed.sequence;
  }
}

describe('an import', () => {
  it('fills in what a broken stream cost, and lists what other programs spent', async () => {
    const app = await testApp();
    const { id } = await app.connect(simulator);
    // The simulator goes by the real time, however slow the machine.
    const keepUp = () => app.clock.pass(Date.now() - app.clock.now());
    for (let n = 0; n < 3; n += 1) {
      keepUp();
      await app.answer(id, 'gpt-4o', { text: 'Why? '.repeat(n + 1) });
    }
    keepUp();
    const dropped = await app.answer(id, 'sim-drop');
    expect(dropped.run).toMatchObject({ cost: null, costSource: 'unknown' });
    simulator.history.enter(call());
    simulator.history.enter(call());
    const { last } = await importAll(app, id);
    expect(last).toMatchObject({ rows: 6, skipped: 0, certain: 3, likely: 1 });
    const { run: now } = await app.stored({ messageId: dropped.id });
    expect(now).toMatchObject({ costSource: 'reconciled', cost: last?.filled.sum });
    expect(now?.cost).toBeGreaterThan(0n);
    const report = await rpcClient(app).client.billing.report({ connectionId: id });
    expect(report.others.items).toMatchObject([{ app: 'cron', rows: 2, cost: 2_000_000n }]);
    expect(report.unmatched.count).toBe(0);
    if (!last) throw new Error('there is no import');
    await app.billing.undo(last.id);
    expect((await app.stored({ messageId: dropped.id })).run).toEqual(dropped.run);
  });

  it('reads page after page, though entries come in meanwhile and some come twice', async () => {
    const app = await testApp();
    const { id } = await app.connect(simulator);
    for (let n = 0; n < 250; n += 1) simulator.history.enter(call());
    let pages = 0;
    simulator.history.beforePage = (query) => {
      if (query.get('limit') !== '100') return null;
      pages += 1;
      if (pages > 1 && pages < 4) for (let n = 0; n < 30; n += 1) simulator.history.enter(call());
      return null;
    };
    expect((await importAll(app, id)).last).toMatchObject({ rows: 250, skipped: 0 });
    expect((await importAll(app, id)).last).toMatchObject({ rows: 60 });
    // What is new stands on the first page, and that ends with what was there.
    expect(offsets().filter((offset) => offset === 0)).toHaveLength(2);
    expect((await importAll(app, id)).last).toMatchObject({ rows: 0 });
  });

  it('reads everything when a server gives fewer at a time than asked for', async () => {
    const app = await testApp();
    const items = Array.from({ length: 25 }, () => call());
    const server = await loopback((request, response) => {
      const query = new URL(request.url ?? '', 'http://localhost').searchParams;
      const offset = Number(query.get('offset') ?? 0);
      response.end(JSON.stringify({ items: items.slice(offset, offset + 10), limit: 10, offset }));
    });
    const id = await app.connectUnchecked(server.baseUrl);
    expect((await importAll(app, id)).last).toMatchObject({ rows: 25 });
  });

  it('counts and skips what makes no sense', async () => {
    const app = await testApp();
    const { id } = await app.connect(simulator);
    const good = call();
    for (const odd of [
      good,
      good,
      null,
      'text',
      {},
      call({ id: null }),
      call({ timestamp: 'yesterday' }),
      call({ cost: 'free', prompt_tokens: -1, app: 7 }),
      call({ timestamp: '2024-10-21 18:32:47', cost: 0.5 }),
    ]) {
      simulator.history.enter(odd);
    }
    expect((await importAll(app, id)).last).toMatchObject({ rows: 3, skipped: 5 });
    const report = await app.store.read.billingReport(id);
    expect(report.others.items).toMatchObject([
      { app: 'cron', rows: 2, cost: 501_000_000n, unknown: 0, first: NOON },
      { app: null, rows: 1, cost: 0n, unknown: 1 },
    ]);
  });

  it('skips what was billed at a moment that no calendar has', async () => {
    const app = await testApp();
    const { id } = await app.connect(simulator);
    simulator.history.enter(call());
    for (const timestamp of [9_000_000_000_000_000, 1e300]) {
      simulator.history.enter(call({ timestamp }));
    }
    expect(await importAll(app, id)).toMatchObject({
      failure: null,
      last: { rows: 1, skipped: 2 },
    });
  });
});

describe('an import that ends while it is looked at', () => {
  it('is not said to be over with nothing done', async () => {
    const path = join(temporaryFolder(), 'slice.db');
    const store = await openTestStore(path);
    let beforeTold: (() => Promise<unknown>) | null = null;
    const billingProgress = async () => {
      const progress = await store.read.billingProgress();
      const other = beforeTold;
      beforeTold = null;
      await other?.();
      return progress;
    };
    const read = new Proxy(store.read, {
      get: (reads, name) =>
        name === 'billingProgress' ? billingProgress : Reflect.get(reads, name),
    });
    const app = new TestApp({ ...store, read }, { path });
    const { id } = await app.connect(simulator);
    simulator.history.enter(call());
    beforeTold = () => settled(app, id);
    await app.billing.start(id);
    expect(await state(app, id)).toMatchObject({ running: { waitsUntil: null }, last: null });
    expect(await settled(app, id)).toMatchObject({ running: null, last: { rows: 1 } });
  });
});

describe('the import before', () => {
  it('cannot be taken back while the next one is being made', async () => {
    const app = await testApp();
    const { id } = await app.connect(simulator);
    simulator.history.enter(call());
    const { last } = await importAll(app, id);
    if (!last) throw new Error('there is no import');
    simulator.history.enter(call());
    await app.billing.start(id);
    await expect(app.billing.undo(last.id)).rejects.toMatchObject({
      failure: { code: 'conflict' },
    });
    expect(await settled(app, id)).toMatchObject({ failure: null, last: { rows: 1 } });
    await expect(app.billing.undo(last.id)).rejects.toMatchObject({ kind: 'conflict' });
  });
});

describe('what cannot be read', () => {
  it('counts once, also where an import goes on', async () => {
    const app = await testApp();
    const { id } = await app.connect(simulator);
    const items: unknown[] = Array.from({ length: 250 }, () => call());
    for (const place of [0, 150, 249]) items[place] = null;
    let refuses = true;
    const server = await loopback((request, response) => {
      const query = new URL(request.url ?? '', 'http://localhost').searchParams;
      const offset = Number(query.get('offset') ?? 0);
      const page = items.slice(offset, offset + 100);
      response.statusCode = refuses && offset === 200 ? 400 : 200;
      response.end(JSON.stringify({ items: page, limit: 100, offset }));
    });
    await app.store.write.removeConnection(id, NOON);
    const other = await app.connectUnchecked(server.baseUrl);
    expect(await importAll(app, other)).toMatchObject({ unfinished: 198 });
    refuses = false;
    expect((await importAll(app, other)).last).toMatchObject({ rows: 247, skipped: 3 });
  });
});

describe('an import that cannot be saved', () => {
  it('says that the disk is full', async () => {
    const path = join(temporaryFolder(), 'slice.db');
    const store = await openTestStore(path);
    const addBilling = () => Promise.reject(new StoreError('full', 'the disk is full'));
    const write = new Proxy(store.write, {
      get: (writes, name) => (name === 'addBilling' ? addBilling : Reflect.get(writes, name)),
    });
    const app = new TestApp({ ...store, write }, { path });
    const { id } = await app.connect(simulator);
    simulator.history.enter(call());
    expect((await importAll(app, id)).failure).toMatchObject({ code: 'store_full' });
  });
});

describe('an import that was stopped', () => {
  it('goes on where it was, with what came above it since', async () => {
    const app = await testApp();
    const { id } = await app.connect(simulator);
    for (let n = 0; n < 450; n += 1) simulator.history.enter(call());
    simulator.history.beforePage = (query) => {
      if (query.get('offset') !== '300') return null;
      return { ...rateLimit('120'), headers: { 'retry-after': '120' } };
    };
    app.clock.holds = true;
    await app.billing.start(id);
    const waiting = await until(app, id, ({ running }) => running?.waitsUntil != null);
    expect(waiting.running).toEqual({ rows: 300, waitsUntil: app.clock.now() + 120_000 });
    await app.billing.stop(id);
    expect(await state(app, id)).toMatchObject({ running: null, unfinished: 300, failure: null });

    for (let n = 0; n < 130; n += 1) simulator.history.enter(call());
    simulator.history.beforePage = () => null;
    const before = offsets().length;
    const { last, unfinished } = await importAll(app, id);
    expect(unfinished).toBeNull();
    expect(last).toMatchObject({ rows: 580 });
    // Not all over again.
    expect(offsets().slice(before)).toEqual([0, 100, 330, 330, 430, 530]);
  });

  it('leaves no gap when entries went away, or the second attempt is stopped as well', async () => {
    const app = await testApp();
    const { id } = await app.connect(simulator);
    const items = Array.from({ length: 420 }, () => call()).toReversed();
    let refuseFrom = 200;
    let stopped = false;
    const server = await loopback((request, response) => {
      const query = new URL(request.url ?? '', 'http://localhost').searchParams;
      const offset = Number(query.get('offset') ?? 0);
      if (offset >= refuseFrom) response.statusCode = 400;
      stopped ||= offset >= refuseFrom;
      response.end(
        offset >= refuseFrom ? '{}' : JSON.stringify({ items: items.slice(offset, offset + 100) }),
      );
    });
    await app.store.write.removeConnection(id, NOON);
    const other = await app.connectUnchecked(server.baseUrl);
    expect(await importAll(app, other)).toMatchObject({ unfinished: 200, last: null });
    items.unshift(...Array.from({ length: 250 }, () => call()).toReversed());
    // Fails between what came above and what is there.
    expect(await importAll(app, other)).toMatchObject({ unfinished: 200 });
    refuseFrom = Number.POSITIVE_INFINITY;
    items.splice(260, 90);
    expect((await importAll(app, other)).last).toMatchObject({ rows: 200 + 250 + 220 });
    expect(stopped).toBe(true);
  });
});

describe('a server that does not answer well', () => {
  it('is asked again after as long as it wants, or after a second and then longer', async () => {
    const app = await testApp();
    const { id } = await app.connect(simulator);
    simulator.history.enter(call());
    const replies = [rateLimit('7'), { ...rateLimit('1'), status: 500, headers: {} }];
    simulator.history.beforePage = (query) =>
      query.get('limit') === '100' ? (replies.shift() ?? null) : null;
    expect((await importAll(app, id)).last).toMatchObject({ rows: 1 });
    expect(app.clock.slept.slice(-2)).toEqual([7_000, 2_000]);
  });

  it('is given up when it fails on and on, and what was read is kept', async () => {
    const app = await testApp();
    const { id } = await app.connect(simulator);
    for (let n = 0; n < 150; n += 1) simulator.history.enter(call());
    simulator.history.beforePage = (query) =>
      query.get('offset') === '100' ? { ...rateLimit('1'), status: 500, headers: {} } : null;
    const end = await importAll(app, id);
    expect(end).toMatchObject({ unfinished: 100, last: null, failure: { status: 500 } });
    expect(app.clock.slept).toEqual([1_000, 2_000, 4_000, 8_000, 16_000]);
  });

  it('is not waited for through hours', async () => {
    const app = await testApp();
    const { id } = await app.connect(simulator);
    simulator.history.beforePage = () => rateLimit('7200');
    expect(await importAll(app, id)).toMatchObject({
      failure: { code: 'rate_limited', retryAfterMs: 7_200_000 },
    });
  });
});

describe('a server that gives one page for every other', () => {
  /** One that refuses in the end: nobody waits for the end of the test. */
  const onePage = async (items: readonly unknown[]) => {
    const asked = { times: 0 };
    const { baseUrl } = await loopback((_, response) => {
      asked.times += 1;
      response.statusCode = asked.times > 20 ? 400 : 200;
      response.end(JSON.stringify({ items }));
    });
    return { asked, baseUrl };
  };

  it('is given up, and not asked without end', async () => {
    const app = await testApp();
    const { asked, baseUrl } = await onePage(Array.from({ length: 100 }, () => call()));
    const id = await app.connectUnchecked(baseUrl);
    expect(await importAll(app, id)).toMatchObject({
      failure: { code: 'bad_stream' },
      unfinished: 100,
    });
    expect(await importAll(app, id)).toMatchObject({ failure: { code: 'bad_stream' } });
    expect(asked.times).toBeLessThan(10);
  });

  it('is given up also where nothing of the page can be read', async () => {
    const app = await testApp();
    const { asked, baseUrl } = await onePage(Array.from({ length: 100 }, (_, at) => ({ at })));
    const id = await app.connectUnchecked(baseUrl);
    expect(await importAll(app, id)).toMatchObject({ failure: { code: 'bad_stream' } });
    expect(asked.times).toBe(2);
  });
});

describe('where no history can be had', () => {
  it('nothing is asked', async () => {
    const app = await testApp();
    const { client } = rpcClient(app);
    const before = simulator.log.length;
    const plain = await app.store.write.insertConnection({
      name: 'Other',
      profile: 'openai',
      baseUrl: simulator.baseUrl,
      isDemo: false,
      at: NOON,
    });
    const keyless = await app.connectUnchecked(simulator.baseUrl);
    app.vault.forget({ id: keyless, baseUrl: simulator.baseUrl });
    expect(await state(app, plain)).toMatchObject({ hindrance: 'no_history' });
    expect(await state(app, keyless)).toMatchObject({ hindrance: 'no_key' });
    await expect(client.billing.start({ connectionId: plain })).rejects.toMatchObject({
      code: 'invalid_input',
    });
    await expect(client.billing.start({ connectionId: keyless })).rejects.toMatchObject({
      code: 'no_key',
    });
    expect(simulator.log).toHaveLength(before);
  });

  it('it is refused offline, once that is known', async () => {
    const app = await testApp();
    const id = await app.connectUnchecked(await nobody());
    expect(await importAll(app, id)).toMatchObject({
      failure: { code: 'network' },
      hindrance: 'offline',
    });
    await expect(app.billing.start(id)).rejects.toThrow('offline');
  });

  it('the key goes nowhere else, wherever the server points to', async () => {
    const app = await testApp();
    const elsewhere = await loopback((_, response) => response.end('{"items":[]}'));
    const server = await loopback((_, response) => {
      response.writeHead(307, { location: `${elsewhere.baseUrl}/queries/` }).end();
    });
    const id = await app.connectUnchecked(server.baseUrl);
    expect(await importAll(app, id)).toMatchObject({ failure: { reason: 'redirected' } });
    expect(elsewhere.requests).toHaveLength(0);
  });
});

describe('user names and addresses of the network', () => {
  it('are in no file of the store and in no line of the log', async () => {
    const folder = temporaryFolder();
    const app = await testApp({ path: join(folder, 'slice.db') });
    const { id } = await app.connect(simulator);
    for (let n = 0; n < 20; n += 1) simulator.history.enter(call());
    simulator.history.enter(call({ timestamp: USER, id: ADDRESS }));
    expect((await importAll(app, id)).last).toMatchObject({ rows: 20, skipped: 1 });
    simulator.history.beforePage = () => ({
      ...rateLimit('1'),
      status: 400,
      body: JSON.stringify({ items: [call()] }),
    });
    await importAll(app, id);
    const files = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1'));
    for (const text of [...files, app.logged.join('\n'), inspect(await state(app, id))]) {
      expect(text).not.toContain(USER);
      expect(text).not.toContain(ADDRESS);
    }
    expect(files.join('')).toContain('cron');
  });
});
