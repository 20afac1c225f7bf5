import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Health, type HealthParts } from '../../../electron/health/health';
import type { HealthJob } from '../../../electron/health/health-thread';
import { FailureError } from '../../../shared/errors';
import { temporaryFolder } from '../../fixtures/store';

/** A thread that answers when it is told to, and how. */
class Thread {
  readonly jobs: HealthJob[] = [];
  readonly #waiting: ((faults: number | FailureError) => void)[] = [];
  readonly run: HealthParts['runThread'] = (job) => {
    this.jobs.push(job);
    return new Promise((resolve, reject) => {
      this.#waiting.push((found) => {
        if (found instanceof FailureError) reject(found);
        else resolve({ type: 'checked', faults: found });
      });
    });
  };

  answer(found: number | FailureError): void {
    this.#waiting.shift()?.(found);
  }
}

function health() {
  const folder = temporaryFolder();
  const store = join(folder, 'slice.db');
  writeFileSync(store, 'x'.repeat(100));
  const thread = new Thread();
  const done: string[] = [];
  const write = {
    rebuildSearch: async () => void done.push('search'),
    recountSums: async () => void done.push('sums'),
  };
  const one = new Health({
    places: { store, attachments: join(folder, 'attachments'), backups: join(folder, 'backups') },
    store: { write },
    runThread: thread.run,
    changed: () => undefined,
    recounted: () => void done.push('told'),
    now: () => 5,
  });
  return { one, thread, done, folder, store };
}

describe('the health of the store', () => {
  it('is what the last look at each part found, and what is looked at meanwhile', async () => {
    const { one, thread } = health();
    expect(await one.state()).toMatchObject({
      checks: { pages: null, search: null, sums: null },
      running: [],
    });
    const looking = one.check('pages');
    expect((await one.state()).running).toEqual(['pages']);
    thread.answer(3);
    const state = await looking;
    expect(state.checks.pages).toEqual({ at: 5, faults: 3, failure: null });
    expect(state.running).toEqual([]);
  });

  it('looks once when it is asked twice at once', async () => {
    const { one, thread } = health();
    const both = [one.check('sums'), one.check('sums')];
    thread.answer(0);
    await Promise.all(both);
    expect(thread.jobs).toHaveLength(1);
  });

  it('says why a part could not be looked at', async () => {
    const { one, thread } = health();
    const looking = one.check('pages');
    thread.answer(new FailureError({ code: 'store_full' }));
    expect((await looking).checks.pages).toEqual({
      at: 5,
      faults: 0,
      failure: { code: 'store_full' },
    });
  });

  it('looks again after it made a part anew, and tells of new sums', async () => {
    const { one, thread, done } = health();
    const mending = one.mend('sums');
    await expect.poll(() => thread.jobs.length).toBe(1);
    expect(done).toEqual(['sums', 'told']);
    thread.answer(0);
    expect((await mending).checks.sums).toMatchObject({ faults: 0 });
    const other = one.mend('search');
    await expect.poll(() => thread.jobs.length).toBe(2);
    thread.answer(0);
    await other;
    expect(done).toEqual(['sums', 'told', 'search']);
  });

  it('counts files in all folders, and takes away what a check had left', async () => {
    const { one, folder, store } = health();
    mkdirSync(join(folder, 'attachments', 'ab'), { recursive: true });
    writeFileSync(join(folder, 'attachments', 'ab', 'abc'), 'x'.repeat(40));
    writeFileSync(`${store}-wal`, 'x'.repeat(7));
    writeFileSync(`${store}.check`, 'left');
    await one.start();
    expect(existsSync(`${store}.check`)).toBe(false);
    const { sizes, room } = await one.state();
    expect(sizes).toEqual({ store: 100, wal: 7, attachments: 40, backups: 0 });
    expect(room?.wanted).toBe(1_000_000_100);
    expect(room?.free).toBeGreaterThan(0);
  });
});
