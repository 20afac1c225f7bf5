import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Simulator, startSimulator } from '../../electron/simulator/simulator';
import { TestVault, testApp } from '../fixtures/app';
import { loopback, nobody, saying } from '../fixtures/loopback';

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({ pace: 'instant', seed: 1 });
});

afterAll(async () => {
  await simulator.close();
});

/** A server that lists one model and answers everything else with a word. */
const server = () =>
  loopback((request, response) => {
    if (request.url?.endsWith('/models')) response.end('{"data":[{"id":"m"}]}');
    else response.end(saying('Hi', 'stop'));
  });

describe('a change of a connection', () => {
  it('is saved, and holds for the next request', async () => {
    const app = await testApp();
    const { baseUrl, requests } = await server();
    const { id } = await app.connect({ baseUrl }, { profile: 'other' });
    const limits = { headersMs: 5_000, idleMs: 6_000, wholeMs: 7_000 };
    const changed = await app.connections.change({
      id,
      name: 'Mine',
      profile: 'vllm',
      auth: 'x-api-key',
      limits,
      roles: 'alternate',
      proxy: { mode: 'none' },
    });
    expect(changed).toMatchObject({ name: 'Mine', profile: 'vllm', auth: 'x-api-key', limits });
    expect(await app.connections.list()).toEqual([changed]);
    await app.answer(id, 'm');
    expect(requests.at(-1)?.headers).toMatchObject({ 'x-api-key': 'sk-test-key' });
    expect(requests.at(-1)?.headers.authorization).toBeUndefined();
  });

  it('sets headers, replaces them whatever their capitals, and takes them away', async () => {
    const vault = new TestVault();
    const app = await testApp({ vault });
    const { baseUrl, requests } = await server();
    const { id } = await app.connect({ baseUrl }, { profile: 'other' });
    const change = (...headers: readonly (readonly [string, string])[]) =>
      app.connections.change({
        id,
        setHeaders: headers.map(([name, value]) => ({ name, value })),
      });
    await change(['X-Team', 'one'], ['HTTP-Referer', 'https://slice.example']);
    await app.answer(id, 'm');
    expect(requests.at(-1)?.headers).toMatchObject({
      'x-team': 'one',
      'http-referer': 'https://slice.example',
    });
    const { headerNames } = await change(['x-team', 'two']);
    expect(headerNames).toEqual(['HTTP-Referer', 'x-team']);
    await app.answer(id, 'm');
    expect(requests.at(-1)?.headers['x-team']).toBe('two');
    const { headerNames: left } = await app.connections.change({ id, removeHeaders: ['x-team'] });
    expect(left).toEqual(['HTTP-Referer']);
    await app.answer(id, 'm');
    expect(requests.at(-1)?.headers['x-team']).toBeUndefined();
  });

  it('says which header cannot be read, and sends nothing', async () => {
    const vault = new TestVault();
    const app = await testApp({ vault });
    const { baseUrl, requests } = await server();
    const { id } = await app.connect({ baseUrl }, { profile: 'other' });
    await app.connections.change({ id, setHeaders: [{ name: 'x-team', value: 'one' }] });
    vault.headers.clear();
    const before = requests.length;
    await expect(app.ask(id, 'm')).rejects.toMatchObject({
      failure: { code: 'no_key', reason: 'header_missing', detail: 'x-team' },
    });
    expect(requests).toHaveLength(before);
    // Setting it again mends it.
    await app.connections.change({ id, setHeaders: [{ name: 'x-team', value: 'one' }] });
    await app.answer(id, 'm');
  });

  it('takes a new address only when it answers', async () => {
    const app = await testApp();
    const { id } = await app.connect(simulator);
    await expect(
      app.connections.change({ id, baseUrl: await nobody(), key: simulator.key }),
    ).rejects.toMatchObject({ failure: { code: 'network', reason: 'refused' } });
    expect((await app.connections.list())[0]?.baseUrl).toBe(simulator.baseUrl);
  });

  it('never shows the old key to another server', async () => {
    const app = await testApp();
    const { id } = await app.connect(simulator);
    const other = await server();
    await expect(app.connections.change({ id, baseUrl: other.baseUrl })).rejects.toMatchObject({
      failure: { code: 'no_key', reason: 'new_address' },
    });
    expect(other.requests).toEqual([]);
    await app.connections.change({ id, baseUrl: other.baseUrl, key: 'sk-other-key' });
    expect(other.requests[0]?.headers.authorization).toBe('Bearer sk-other-key');
    expect(app.vault.read({ id, baseUrl: other.baseUrl })).toBe('sk-other-key');
  });

  it.each([
    ['a proxy that is none', { proxy: { mode: 'url', url: 'gopher://x' } }, 'proxy_unsupported'],
    ['a file that is not there', { caFile: '/nowhere/ca.pem' }, 'ca_unreadable'],
    ['an address that is none', { baseUrl: 'hello' }, 'not_a_url'],
  ] as const)('is refused with %s, and nothing is saved', async (_, change, reason) => {
    const app = await testApp();
    const before = await app.connect(simulator);
    await expect(app.connections.change({ id: before.id, ...change })).rejects.toMatchObject({
      failure: { code: 'invalid_input', reason },
    });
    expect(await app.connections.list()).toEqual([before]);
  });
});

describe('the password of a proxy', () => {
  /** A proxy that forwards nothing and says so, but remembers who asked. */
  const proxy = () => loopback((_, response) => response.writeHead(407).end());

  it('goes to the proxy, and is neither stored nor shown', async () => {
    const vault = new TestVault();
    const app = await testApp({ vault });
    const { id } = await app.connect(simulator);
    const { baseUrl, requests } = await proxy();
    const { host } = new URL(baseUrl);
    const changed = await app.connections.change({
      id,
      proxy: { mode: 'url', url: `http://me:pass-word@${host}` },
    });
    expect(changed.proxy).toEqual({ mode: 'url', url: `http://me@${host}/` });
    const stored = await app.store.read.getConnection(id);
    expect(JSON.stringify(stored)).not.toContain('pass-word');
    const credentials = `Basic ${Buffer.from('me:pass-word').toString('base64')}`;
    expect((await app.servers.test(id)).failure).toMatchObject({ reason: 'proxy_auth' });
    expect(requests.at(-1)?.headers['proxy-authorization']).toBe(credentials);
    // What the page shows comes back without it, and it stays.
    await app.connections.change({ id, name: 'Mine', proxy: changed.proxy });
    await app.servers.test(id);
    expect(requests.at(-1)?.headers['proxy-authorization']).toBe(credentials);
    // Another proxy does not get it.
    const other = await proxy();
    await app.connections.change({
      id,
      proxy: { mode: 'url', url: `http://me@${new URL(other.baseUrl).host}` },
    });
    await app.servers.test(id);
    expect(other.requests.length).toBeGreaterThan(0);
    for (const { headers } of other.requests) {
      expect(headers['proxy-authorization'] ?? '').not.toBe(credentials);
    }
  });
});

describe('the password that was entered for one proxy', () => {
  it('goes to no other that the row of its connection names by now, and is there for the old one', async () => {
    const vault = new TestVault();
    const app = await testApp({ vault });
    const told = async () => {
      const heard: (string | undefined)[] = [];
      const { baseUrl } = await loopback((request, response) => {
        heard.push(request.headers['proxy-authorization']);
        response.end('{"data":[{"id":"m"}]}');
      });
      return { heard, host: new URL(baseUrl).host };
    };
    const [first, second] = [await told(), await told()];
    const { id } = await app.connect(
      { baseUrl: 'http://server.example/v1' },
      {
        profile: 'other',
        options: { proxy: { mode: 'url', url: `http://me:pass-word@${first.host}` } },
      },
    );
    const stored = await app.store.read.getConnection(id);
    const behind = async (url: string) => {
      await app.store.write.changeConnection(id, { ...stored, proxy: { mode: 'url', url } });
      await app.servers.check(id);
    };
    const credentials = `Basic ${Buffer.from('me:pass-word').toString('base64')}`;

    await behind(`http://me@${second.host}/`);
    expect(second.heard.length).toBeGreaterThan(0);
    expect(second.heard).not.toContain(credentials);
    await behind(`http://you@${first.host}/`);
    expect(first.heard.at(-1)).not.toBe(credentials);
    await behind(`http://me@${first.host}/`);
    expect(first.heard.at(-1)).toBe(credentials);
  });
});

describe('the password of a proxy in front of another server', () => {
  it('goes along, and back', async () => {
    const app = await testApp();
    const asked: (string | undefined)[] = [];
    const proxy = await loopback((request, response) => {
      asked.push(request.headers['proxy-authorization']);
      response.end('{"data":[{"id":"m"}]}');
    });
    const url = `http://me:pass-word@${new URL(proxy.baseUrl).host}`;
    const { id } = await app.connect(
      { baseUrl: 'http://one.example/v1' },
      { profile: 'other', options: { proxy: { mode: 'url', url } } },
    );
    await app.connections.change({ id, baseUrl: 'http://two.example/v1', key: 'sk-next' });
    await app.servers.check(id);
    await app.connections.change({ id, baseUrl: 'http://one.example/v1' });
    await app.servers.check(id);
    const credentials = `Basic ${Buffer.from('me:pass-word').toString('base64')}`;
    expect(asked.length).toBeGreaterThan(3);
    expect(new Set(asked)).toEqual(new Set([credentials]));
  });
});

describe('the password of a proxy whose address has no scheme', () => {
  it('is neither stored nor shown', async () => {
    const app = await testApp();
    const { baseUrl } = await server();
    const { host } = new URL(baseUrl);
    const { id, proxy } = await app.connect(
      { baseUrl: 'http://server.example/v1' },
      { profile: 'other', options: { proxy: { mode: 'url', url: `me:pass-word@${host}` } } },
    );
    expect(proxy).toEqual({ mode: 'url', url: `http://me@${host}/` });
    expect(JSON.stringify(await app.store.read.getConnection(id))).not.toContain('pass-word');
  });
});

describe('a connection behind a proxy that wants a password', () => {
  /** A proxy that tells whoever comes everything that it was told. */
  const telling = () =>
    loopback((request, response) => {
      const said = request.headers['proxy-authorization'] ?? 'nothing';
      if (request.url?.endsWith('/models')) response.end('{"data":[{"id":"m"}]}');
      else response.writeHead(400, { 'x-told': said }).end(JSON.stringify({ message: said }));
    });

  it('takes another key', async () => {
    const app = await testApp();
    const { baseUrl, requests } = await telling();
    const url = `http://me:pass-word@${new URL(baseUrl).host}`;
    const { id } = await app.connect(
      { baseUrl: 'http://server.example/v1' },
      { profile: 'other', options: { proxy: { mode: 'url', url } } },
    );
    await app.connections.setKey(id, 'sk-next', false);
    expect(requests.at(-1)?.headers.authorization).toBe('Bearer sk-next');
    const credentials = `Basic ${Buffer.from('me:pass-word').toString('base64')}`;
    for (const { headers } of requests) expect(headers['proxy-authorization']).toBe(credentials);
  });

  it('does not show the password that the proxy repeats', async () => {
    const app = await testApp();
    const { baseUrl } = await telling();
    const url = `http://me:pass-word@${new URL(baseUrl).host}`;
    const { id } = await app.connect(
      { baseUrl: 'http://server.example/v1' },
      { profile: 'other', options: { proxy: { mode: 'url', url } } },
    );
    const { run } = await app.answer(id, 'm');
    expect(run?.state).toBe('failed');
    const shown = JSON.stringify([run, run && app.runs.inspect(run.id)]);
    expect(shown).toContain('Basic •••');
    expect(shown).not.toContain(Buffer.from('me:pass-word').toString('base64'));
  });
});

describe('what is kept with a key', () => {
  it('stays when it cannot be read and something else is changed', async () => {
    const vault = new TestVault();
    const app = await testApp({ vault });
    const { baseUrl } = await server();
    const { id } = await app.connect({ baseUrl }, { profile: 'other' });
    const saved: unknown[] = [];
    vault.saveHeaders = (_, values) => void saved.push(values);
    vault.readHeaders = () => null;
    await app.connections.change({ id, name: 'Mine', setHeaders: [] });
    expect(saved).toEqual([]);
  });

  it('is not what a store that was begun anew finds under the same number', async () => {
    const vault = new TestVault();
    const before = await testApp({ vault });
    const old = await server();
    const { id } = await before.connect({ baseUrl: old.baseUrl }, { profile: 'other' });
    await before.connections.change({ id, setHeaders: [{ name: 'x-team', value: 'ours' }] });
    const anew = await testApp({ vault });
    const { baseUrl, requests } = await server();
    const made = await anew.connect({ baseUrl, key: '' }, { profile: 'other' });
    expect([made.id, made.keyState]).toEqual([id, 'missing']);
    await anew.answer(made.id, 'm');
    expect(requests.length).toBeGreaterThan(1);
    for (const { headers } of requests) expect(headers.authorization).toBeUndefined();
    expect(vault.readHeaders(made)).toBeNull();
  });

  it('goes with a connection that was removed, at the next start', async () => {
    const vault = new TestVault();
    const app = await testApp({ vault });
    const gone = await app.connect(simulator);
    const { id } = gone;
    const other = await app.connect(simulator);
    await app.connections.change({ id, setHeaders: [{ name: 'x-team', value: 'ours' }] });
    await app.connections.remove(id);
    expect(vault.read(gone)).toBe(simulator.key);
    await app.connections.forgetRemoved();
    expect([vault.read(gone), vault.readHeaders(gone)]).toEqual([null, null]);
    expect(vault.read(other)).toBe(simulator.key);
  });
});

describe('a connection that is taken away', () => {
  it('comes back with its key, and its spending was never gone', async () => {
    const app = await testApp();
    const { id } = await app.connect(simulator);
    const { run } = await app.answer(id, 'sim-fast');
    await app.connections.remove(id);
    expect(await app.connections.list()).toEqual([]);
    const total = await app.store.read.spendingBetween('2024-10-21', '2024-10-21', false);
    expect(total.known).toBe(run?.cost);
    await app.connections.restore(id);
    expect((await app.answer(id, 'sim-fast')).run?.state).toBe('complete');
  });

  it('can lose its key for good', async () => {
    const app = await testApp();
    const { id } = await app.connect(simulator);
    expect((await app.connections.forgetKey(id)).keyState).toBe('missing');
    await expect(app.ask(id, 'sim-fast')).rejects.toMatchObject({ failure: { code: 'no_key' } });
  });
});

describe('the key of Azure', () => {
  it('goes in the header that it wants', async () => {
    const app = await testApp();
    const { baseUrl, requests } = await server();
    await app.connect({ baseUrl }, { profile: 'azure' });
    expect(requests[0]?.headers['api-key']).toBe('sk-test-key');
  });
});

describe('the catalogue', () => {
  it('is there offline with its age, and keeps the favourites of a refresh', async () => {
    const app = await testApp();
    const { id } = await app.connect(simulator);
    await app.servers.setFavourite(id, 'gpt-4o', true);
    const { models, fetchedAt } = await app.servers.refreshCatalogue(id);
    expect(models.find((model) => model.id === 'gpt-4o')?.favourite).toBe(true);
    expect(fetchedAt).toBeGreaterThan(Date.now() - 60_000);
    const priced = models
      .flatMap(({ offers }) => offers)
      .filter(({ inputPrice }) => inputPrice !== null);
    expect(priced.length).toBeGreaterThan(3);
    await app.store.write.changeConnection(id, { baseUrl: await nobody() });
    await expect(app.servers.refreshCatalogue(id)).rejects.toMatchObject({
      failure: { code: 'network' },
    });
    expect(await app.servers.catalogue(id)).toEqual({ models, fetchedAt });
  });
});

describe('the activity of a connection', () => {
  it('counts what failed and tells whether costs come', async () => {
    const app = await testApp();
    const { id } = await app.connect(simulator);
    expect(await app.servers.activity(id)).toEqual({
      recent: [],
      requests: 0,
      failed: 0,
      costs: 'unknown',
    });
    await app.answer(id, 'sim-fast');
    await app.answer(id, 'sim-status-500');
    // The clock of the test stands in the past; activity counts from the present.
    const { recent, costs } = await app.servers.activity(id);
    expect(recent.map(({ failed }) => failed)).toEqual([false, true]);
    expect(costs).toBe('reported');
  });
});

describe('Test connection', () => {
  it('finds a good one good', async () => {
    const app = await testApp();
    const { id } = await app.connect(simulator);
    expect(await app.servers.test(id)).toMatchObject({
      failure: null,
      key: 'accepted',
      models: expect.any(Number),
      proxy: null,
    });
  });

  it('costs nothing', async () => {
    const app = await testApp();
    const { id } = await app.connect(simulator);
    await app.servers.test(id);
    const total = await app.store.read.spendingBetween('0000-01-01', '9999-12-31', false);
    expect(total.runs).toBe(0);
  });

  it('reports what makes it impossible to ask', async () => {
    const app = await testApp();
    const { id } = await app.connect(simulator);
    await app.store.write.changeConnection(id, { caFile: '/nowhere/ca.pem' });
    expect(await app.servers.test(id)).toMatchObject({
      failure: { code: 'invalid_input', reason: 'ca_unreadable' },
      models: null,
    });
  });

  it('tells that the key is not there any more', async () => {
    const app = await testApp();
    const connection = await app.connect(simulator);
    app.vault.forget(connection);
    expect((await app.servers.test(connection.id)).failure?.code).toMatch(/no_key|key_rejected/);
  });
});
