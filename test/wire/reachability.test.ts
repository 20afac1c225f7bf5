import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Simulator, startSimulator } from '../../electron/simulator/simulator';
import { TestVault, testApp } from '../fixtures/app';
import { NOON } from '../fixtures/ledger';
import { loopback, nobody } from '../fixtures/loopback';

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({ pace: 'instant', seed: 1 });
});

afterAll(async () => {
  await simulator.close();
});

describe('whether a server can be reached', () => {
  it('is learnt from how runs end', async () => {
    const app = await testApp();
    const { id, reachability } = await app.connect(simulator);
    expect(reachability).toMatchObject({ state: 'online', latencyMs: expect.any(Number) });
    const gone = await app.connectUnchecked(await nobody());
    const stateOf = async (wanted: typeof id) =>
      (await app.connections.list()).find((one) => one.id === wanted)?.reachability.state;
    expect(await stateOf(gone)).toBe('unknown');
    await app.answer(gone, 'm');
    expect(await stateOf(gone)).toBe('offline');
    await app.answer(id, 'sim-status-500');
    expect(await stateOf(id)).toBe('online');
  });

  it('is not learnt from what failed before anything was asked', async () => {
    const app = await testApp();
    const gone = await app.connectUnchecked(await nobody());
    expect(await app.servers.check(gone)).toMatchObject({ state: 'offline' });
    const lost = { sha256: 'a'.repeat(64), name: 'sky.png', mediaType: 'image/png' } as const;
    const { id: image } = await app.store.write.insertAttachment({ ...lost, bytes: 3, at: NOON });
    const { run } = await app.answer(gone, 'm', { images: [image] });
    expect(run?.failure).toMatchObject({ code: 'not_found', reason: 'image_missing' });
    expect(app.servers.reachability.get(gone).state).toBe('offline');
    await app.store.write.changeConnection(gone, { caFile: '/nowhere/ca.pem' });
    const { failure } = await app.servers.test(gone);
    expect(failure).toMatchObject({ reason: 'ca_unreadable' });
    expect(app.servers.reachability.get(gone).state).toBe('offline');
    await app.store.write.changeConnection(gone, { caFile: null });
    expect((await app.servers.test(gone, AbortSignal.abort())).failure?.code).toBe('stopped');
    expect(app.servers.reachability.get(gone).state).toBe('offline');
  });

  it('is asked of a server', async () => {
    const app = await testApp();
    const gone = await app.connectUnchecked(await nobody());
    expect(await app.servers.check(gone)).toMatchObject({ state: 'offline', latencyMs: null });
    expect((await app.servers.catalogue(gone)).models).toEqual([]);
    const here = await app.connectUnchecked(simulator.baseUrl, simulator.key);
    expect((await app.servers.catalogue(here)).models.map((model) => model.id)).toContain('gpt-4o');
    expect(await app.servers.check(here)).toMatchObject({ state: 'online' });
  });
});

describe('a connection', () => {
  it('is saved with its address in one form, its models, and its key apart', async () => {
    const vault = new TestVault();
    const app = await testApp({ vault });
    const pasted = ` "${simulator.baseUrl}/chat/completions/" `;
    const connection = await app.connect({ ...simulator, baseUrl: pasted });
    expect(connection).toMatchObject({
      name: 'APIpie',
      profile: 'apipie',
      baseUrl: simulator.baseUrl,
      isDemo: false,
      keyState: 'encrypted',
    });
    expect(vault.read(connection)).toBe(simulator.key);
    expect((await app.store.read.listModels(connection.id)).length).toBeGreaterThan(5);
  });

  it.each([
    [
      'an address that is none',
      { baseUrl: 'hello' },
      { code: 'invalid_input', reason: 'not_a_url' },
    ],
    ['no key', { key: '' }, { code: 'no_key' }],
    ['a wrong key', { key: 'sk-wrong-key' }, { code: 'key_rejected' }],
  ])('is not saved with %s', async (_, wrong, failure) => {
    const app = await testApp();
    await expect(app.connect(simulator, wrong)).rejects.toMatchObject({ failure });
    expect(await app.connections.list()).toEqual([]);
  });

  it('is not left behind when its key cannot be kept', async () => {
    const vault = new TestVault();
    vault.save = () => {
      throw new Error('the disk is full');
    };
    const app = await testApp({ vault });
    await expect(app.connect(simulator)).rejects.toThrow('the disk is full');
    expect(await app.connections.list()).toEqual([]);
  });

  it('needs no key where servers take none', async () => {
    const app = await testApp();
    const server = await loopback((_, response) => response.end('{"data":[{"id":"llama"}]}'));
    const connection = await app.connect(server, { profile: 'ollama', key: '' });
    expect(connection.keyState).toBe('missing');
    expect(server.requests[0]?.headers.authorization).toBeUndefined();
  });

  it('takes another key only when the server does', async () => {
    const vault = new TestVault();
    const app = await testApp({ vault });
    const connection = await app.connect(simulator);
    const { id } = connection;
    await expect(app.connections.setKey(id, 'sk-wrong-key', false)).rejects.toMatchObject({
      failure: { code: 'key_rejected' },
    });
    expect(vault.read(connection)).toBe(simulator.key);
    vault.keys.clear();
    await app.connections.setKey(id, simulator.key, false);
    expect(vault.read(connection)).toBe(simulator.key);
  });
});
