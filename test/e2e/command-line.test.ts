import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { parseUsd } from '../../shared/money';
import { readRecords } from '../fixtures/rfc4180';
import { expect, test } from './app';

/** Runs the app as a command, without a display. `deaf`: nobody reads what it prints. */
function slice(
  data: string,
  args: readonly string[],
  { deaf = false, cwd = data } = {},
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const executable = process.env.SLICE_ELECTRON_EXECUTABLE;
  if (!executable) throw new Error('run these tests with: npm test -- e2e');
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0;
  const { DISPLAY: _, WAYLAND_DISPLAY: __, ...env } = process.env;
  const child = spawn(executable, [...(asRoot ? ['--no-sandbox'] : []), resolve('.'), ...args], {
    cwd,
    env: { ...env, SLICE_DATA_DIR: data },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  if (deaf) child.stdout.destroy();
  return new Promise((done) => {
    child.once('close', (code) => done({ code, stdout, stderr }));
  });
}

const printed = z.object({
  sum: z.object({ cost_usd: z.string(), requests: z.number() }),
  groups: z.array(z.object({ key: z.string(), cost_usd: z.string() })),
});

test('tells what was spent while the app is open, and writes it to a file', async ({
  launch,
  simulator,
  dataFolder,
}) => {
  const app = await launch();
  await app.connect(simulator, { weak: true });
  await app.chooseModel('gpt-4o');
  await app.ask('Why is the sky blue?');
  await app.settled();

  // While the app is open Chromium writes files of its own, with names of its own, when it likes. What
  // SQLite lays beside a database stays after a reader that may not write.
  const kept = () => readdirSync(dataFolder).filter((name) => !/-(?:shm|wal)$/.test(name));
  const ours = () => kept().filter((name) => !/^[A-Z]/.test(name));
  const beside = ours();

  const json = await slice(dataFolder, ['usage', '--format', 'json']);
  expect(json.code).toBe(0);
  const { sum, groups } = printed.parse(JSON.parse(json.stdout));
  expect(sum.requests).toBe(1);
  expect(parseUsd(sum.cost_usd)).toBeGreaterThan(0n);
  expect(groups.map(({ cost_usd }) => cost_usd)).toEqual([sum.cost_usd]);

  const table = await slice(dataFolder, ['usage', '--group-by', 'conversation']);
  expect(table.stdout).toContain('Why is the sky blue?');
  expect(table.stdout).toContain(`$${sum.cost_usd.slice(0, -4)}`);

  const demo = await slice(dataFolder, ['usage', '--demo', '--format', 'csv']);
  expect(demo.code).toBe(0);
  expect(readRecords(demo.stdout)).toEqual([]);

  const file = await slice(dataFolder, ['export', '--out', 'usage.csv']);
  expect(file).toMatchObject({ code: 0, stdout: '' });
  expect(file.stderr).toContain(`1 row, $${sum.cost_usd} in all.`);
  const [row] = readRecords(readFileSync(join(dataFolder, 'usage.csv'), 'utf8'));
  expect(row).toMatchObject({ cost_usd: sum.cost_usd, conversation: 'Why is the sky blue?' });
  expect(ours().toSorted()).toEqual([...beside, 'usage.csv'].toSorted());

  // It is the same app still, and nobody brought its window forward or took its place.
  await app.ask('And at night?');
  await app.settled();
  await app.quit();

  // Nothing else writes into the folder now, so a command leaves nothing at all but its file.
  const before = kept();
  const after = await slice(dataFolder, ['usage', '--format', 'json']);
  expect(printed.parse(JSON.parse(after.stdout)).sum.requests).toBe(2);
  expect((await slice(dataFolder, ['export', '--out', 'later.csv'])).code).toBe(0);
  expect(kept().toSorted()).toEqual([...before, 'later.csv'].toSorted());
});

test('says in a sentence what it cannot do', async ({ dataFolder }) => {
  const nothing = await slice(dataFolder, ['usage']);
  expect(nothing).toMatchObject({ code: 1, stdout: '' });
  expect(nothing.stderr).toContain(`slice usage: There is no data yet in ${dataFolder}.`);
  expect(readdirSync(dataFolder)).toEqual([]);

  const wrong = await slice(dataFolder, ['usage', '--from', 'yesterday']);
  expect(wrong).toMatchObject({ code: 2, stdout: '' });
  expect(wrong.stderr).toContain('--from wants a day as 2025-11-30, not "yesterday".');

  const help = await slice(dataFolder, ['export', '--help']);
  expect(help.code).toBe(0);
  expect(help.stdout).toContain('slice export --out FILE');

  const deaf = await slice(dataFolder, ['export', '--help'], { deaf: true });
  expect(deaf.code).toBe(0);
  expect(deaf.stderr).not.toContain('EPIPE');
});
