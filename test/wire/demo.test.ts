import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Simulator, startSimulator } from '../../electron/simulator/simulator';
import { TestApp, testApp } from '../fixtures/app';
import { openTestStore } from '../fixtures/store';

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({ pace: 'instant', seed: 1 });
});

afterAll(async () => {
  await simulator.close();
});

describe('the demo', () => {
  it('is one connection, made on first use, that answers', async () => {
    const app = await testApp({ simulator });
    const [one, two] = [await app.connections.openDemo(), await app.connections.openDemo()];
    expect(one).toMatchObject({ name: 'Demo', isDemo: true, keyState: 'encrypted' });
    expect(two.id).toBe(one.id);
    const { run } = await app.answer(one.id, 'gpt-4o');
    expect(run).toMatchObject({ state: 'complete', isDemo: true });
    const total = (demo: boolean) =>
      app.store.read.spendingBetween('2024-10-21', '2024-10-21', demo);
    expect((await total(true)).known).toBe(run?.cost);
    expect((await total(false)).runs).toBe(0);
  });

  it('brings its samples once, and is gone with what is on its way in it', async () => {
    const app = await testApp({ simulator });
    const { id } = await app.demo.open(true);
    const { count } = await app.store.read.listConversations(0, 1);
    expect(count).toBeGreaterThan(100);
    await app.demo.open(true);
    expect((await app.store.read.listConversations(0, 1)).count).toBe(count);
    const real = await app.connect(simulator);
    const mine = await app.answer(real.id, 'gpt-4o');
    await app.ask(id, 'sim-endless');
    await app.demo.remove();
    expect(app.runs.live).toEqual([]);
    expect((await app.connections.list()).map((one) => one.id)).toEqual([real.id]);
    const { items } = await app.store.read.listConversations(0, 10);
    expect(items.map(({ total }) => total.known)).toEqual([mine.run?.cost]);
    await app.demo.restore();
    expect((await app.connections.list()).map((one) => one.id)).toContain(id);
    expect((await app.store.read.listConversations(0, 1)).count).toBe(count + 2);
  });

  it('is gone with what is just being sent to it', async () => {
    const app = await testApp({ simulator });
    const { id } = await app.demo.open(false);
    const sending = app.ask(id, 'sim-endless');
    await app.demo.remove();
    await sending;
    expect(app.runs.live).toEqual([]);
    expect(await app.connections.list()).toEqual([]);
  });

  it('is started again when it did not start', async () => {
    const store = await openTestStore();
    let starts = 0;
    const app = new TestApp(store, {
      startDemo: async () => {
        starts += 1;
        if (starts === 1) throw new Error('no port is free');
        return simulator;
      },
    });
    await expect(app.connections.openDemo()).rejects.toThrow('no port is free');
    expect(await app.connections.openDemo()).toMatchObject({ reachability: { state: 'online' } });
    expect(await app.connections.list()).toHaveLength(1);
  });
});
