import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recoverRuns } from '../../electron/runs/recovery';
import { listConversations } from '../../electron/store/queries/conversation-list';
import { getConversation } from '../../electron/store/queries/conversations';
import { connections, openTestStore, temporaryFolder } from '../fixtures/store';

/** Inside the project, so that the built program finds its packages. */
const built = join(import.meta.dirname, '../../node_modules/.cache', `crash-test-${process.pid}`);

beforeAll(async () => {
  await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      ssr: join(import.meta.dirname, '../fixtures/busy-writer.ts'),
      outDir: built,
      emptyOutDir: true,
      rolldownOptions: { output: { entryFileNames: 'busy-writer.mjs' } },
    },
  });
});

afterAll(() => {
  rmSync(built, { recursive: true, force: true });
});

describe('a store whose program is killed while it writes', () => {
  it.each([20, 60, 140])('after %i ms is whole, and its sums agree', async (ms) => {
    const path = join(temporaryFolder(), 'slice.db');
    const writing = spawn(process.execPath, [join(built, 'busy-writer.mjs'), path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(writing.stdout, 'data');
    await new Promise((resolve) => setTimeout(resolve, ms));
    writing.kill('SIGKILL');
    await once(writing, 'exit');

    const { writer, reader } = connections(path);
    expect(writer.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(writer.pragma('foreign_key_check')).toEqual([]);
    writer
      .prepare("INSERT INTO message_fts (message_fts, rank) VALUES ('integrity-check', 1)")
      .run();

    const left = reader.prepare("SELECT count(*) FROM run WHERE state = 'running'").pluck().get();
    expect(await recoverRuns(await openTestStore(path), Date.now())).toBe(left);

    const [ended, failed] = ['complete', 'failed'].map((state) =>
      Number(reader.prepare('SELECT count(*) FROM run WHERE state = ?').pluck().get(state)),
    );
    const sums = reader
      .prepare<[], { runs: number; known: number }>(
        'SELECT sum(runs) AS runs, sum(cost_nanousd) AS known FROM usage_day',
      )
      .get();
    expect(sums).toEqual({
      runs: Number(ended) + Number(failed) + Number(left),
      known: Number(ended) * 1_878_000,
    });

    const { items } = listConversations(reader, 0, 500);
    const totals = items.map(({ total }) => total);
    expect(totals.reduce((sum, { known }) => sum + known, 0n)).toBe(BigInt(sums?.known ?? 0));
    expect(totals.reduce((sum, { unknown }) => sum + unknown, 0)).toBe(left);
    expect(totals.every(({ running }) => running === 0)).toBe(true);

    const cutOff = items
      .flatMap(({ id }) => getConversation(reader, id).messages)
      .filter(({ run }) => run?.state === 'incomplete');
    expect(cutOff.length).toBeGreaterThan(0);
  });
});
