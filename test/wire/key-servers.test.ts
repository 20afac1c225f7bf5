import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Secrets } from '../../electron/shell/secrets';
import type { ConnectionId } from '../../shared/ids';
import { type TestApp, testApp } from '../fixtures/app';
import { NOON } from '../fixtures/ledger';
import { type Loopback, loopback, saying } from '../fixtures/loopback';
import { setKeyring } from '../fixtures/safe-storage';
import { temporaryFolder } from '../fixtures/store';

vi.mock('electron', () => import('../fixtures/safe-storage'));

const KEY = 'sk-entered-for-the-first';
const NEXT = 'sk-entered-for-the-second';
const TOKEN = 'token-entered-for-the-first';

let path: string;

beforeEach(() => {
  setKeyring('password');
  path = join(temporaryFolder(), 'keys.json');
});

/** A server that lists one model and answers everything else with a word. */
const server = () =>
  loopback((request, response) => {
    if (request.url?.endsWith('/models')) response.end('{"data":[{"id":"m"}]}');
    else response.end(saying('Hi', 'stop'));
  });

/** The app on a store of its own, with the keys that are on this computer. */
async function start(): Promise<TestApp> {
  const vault = new Secrets(path);
  const app = await testApp({ vault });
  app.titles = { titlesByModel: true, titleModel: null };
  return app;
}

/** A connection to a server that wants a key, and a header beside it. */
async function connected(app: TestApp, { baseUrl }: Loopback): Promise<ConnectionId> {
  const { id } = await app.connect({ baseUrl, key: KEY });
  await app.connections.change({ id, setHeaders: [{ name: 'x-team', value: TOKEN }] });
  return id;
}

/** Everything that makes a request, whether or not it comes to one. */
async function askForAll(app: TestApp, id: ConnectionId): Promise<void> {
  await Promise.allSettled([
    app.servers.check(id),
    app.servers.test(id),
    app.servers.catalogue(id),
    app.servers.refreshCatalogue(id),
    app.billing.start(id),
    app.ask(id, 'm'),
  ]);
  await app.billing.stop(id);
}

/** What a server was told, as it was told it. */
function heardBy({ requests }: Loopback): string {
  return requests.map(({ url, rawHeaders }) => JSON.stringify([url, rawHeaders])).join('\n');
}

function expectNothingOf({ requests }: Loopback): void {
  for (const { headers } of requests) {
    expect(headers.authorization).toBeUndefined();
    expect(headers['x-team']).toBeUndefined();
  }
}

describe('a key that was entered for one server', () => {
  it('goes to no other that a new store has under the same number, and is there for the old one', async () => {
    const [first, second] = [await server(), await server()];
    const before = await start();
    const id = await connected(before, first);

    const anew = await start();
    const made = await anew.connect({ baseUrl: second.baseUrl, key: '' }, { profile: 'other' });
    expect(made).toMatchObject({ id, keyState: 'missing', otherKeys: [originOf(first)] });
    await askForAll(anew, id);
    expect(second.requests.length).toBeGreaterThan(3);
    expectNothingOf(second);

    const restored = await start();
    const heard = first.requests.length;
    const input = { name: 'APIpie', profile: 'apipie', isDemo: false, at: NOON } as const;
    await restored.store.write.insertConnection({ ...input, baseUrl: first.baseUrl });
    await restored.store.write.changeConnection(id, { headerNames: ['x-team'] });
    await restored.answer(id, 'm');
    expect(first.requests.length).toBeGreaterThan(heard);
    expect(first.requests.at(-1)?.headers).toMatchObject({
      authorization: `Bearer ${KEY}`,
      'x-team': TOKEN,
    });
  });

  it('goes to no other that the row of its connection names by now', async () => {
    const [first, second] = [await server(), await server()];
    const app = await start();
    const id = await connected(app, first);
    await app.store.write.changeConnection(id, { baseUrl: second.baseUrl });
    await expect(app.ask(id, 'm')).rejects.toMatchObject({
      failure: { code: 'no_key', reason: 'new_address' },
    });
    await askForAll(app, id);
    await app.store.write.changeConnection(id, { headerNames: [] });
    await askForAll(app, id);
    expect(second.requests.length).toBeGreaterThan(0);
    expectNothingOf(second);
    expect(await app.billing.connections()).toMatchObject([{ hindrance: 'no_key' }]);
    expect(await app.connections.list()).toMatchObject([
      { keyState: 'missing', otherKeys: [originOf(first)] },
    ]);
    await app.store.write.changeConnection(id, { baseUrl: first.baseUrl });
    expect((await app.answer(id, 'm')).run?.state).toBe('complete');
  });

  it('stays with it when the connection goes to another with a key of its own, and comes back', async () => {
    const [first, second] = [await server(), await server()];
    const app = await start();
    const id = await connected(app, first);
    const moving = { id, baseUrl: second.baseUrl };
    await expect(app.connections.change(moving)).rejects.toMatchObject({
      failure: { code: 'no_key', reason: 'new_address' },
    });
    await expect(app.connections.change({ ...moving, key: NEXT })).rejects.toMatchObject({
      failure: { code: 'no_key', reason: 'header_missing', detail: 'x-team' },
    });
    expect(second.requests).toEqual([]);
    await app.connections.change({ ...moving, key: NEXT, removeHeaders: ['x-team'] });
    await askForAll(app, id);
    expect(heardBy(second)).toContain(NEXT);
    expect(heardBy(second)).not.toContain(KEY);
    expect(heardBy(second)).not.toContain(TOKEN);

    const back = await app.connections.change({ id, baseUrl: first.baseUrl });
    expect(back).toMatchObject({ keyState: 'encrypted', otherKeys: [originOf(second)] });
    await askForAll(app, id);
    expect(first.requests.at(-1)?.headers.authorization).toBe(`Bearer ${KEY}`);
    expect(heardBy(first)).not.toContain(NEXT);
  });

  it('goes along with its connection to another path of the same server', async () => {
    const first = await server();
    const app = await start();
    const id = await connected(app, first);
    await app.connections.change({ id, baseUrl: `${originOf(first)}/other/path` });
    await app.answer(id, 'm');
    expect(first.requests.at(-1)?.headers.authorization).toBe(`Bearer ${KEY}`);
  });

  it('is not taken away with a connection to another that was removed', async () => {
    const [first, second] = [await server(), await server()];
    await connected(await start(), first);
    const anew = await start();
    const made = await anew.connect({ baseUrl: second.baseUrl, key: NEXT });
    await anew.connections.remove(made.id);
    await anew.connections.forgetRemoved();
    expect(anew.vault.read(made)).toBeNull();
    expect(anew.vault.read({ ...made, baseUrl: first.baseUrl })).toBe(KEY);
  });
});

function originOf({ baseUrl }: Loopback): string {
  return new URL(baseUrl).origin;
}
