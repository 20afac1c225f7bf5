import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright/test';
import { startSimulator } from '../../electron/simulator/simulator';
import { expect, type Slice, test } from './app';
import { filesHolding, hasKeyring, recordTraffic } from './key-traces';

/** The page's whole JavaScript memory and document, as the developer tools see it. */
async function pageMemory(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page);
  const chunks: string[] = [];
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk));
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  await session.detach();
  return chunks.join('') + (await page.content());
}

async function connectAndUse(slice: Slice, baseUrl: string, key: string): Promise<void> {
  await slice.fillConnect(baseUrl, key);
  await slice.page.getByRole('button', { name: 'Save and continue' }).click();
  await slice.message.waitFor();
  await slice.ask('Why is the sky blue?');
  await slice.settled();
}

test('the key is nowhere in clear: not in the page, the folder, the logs or the traffic', async ({
  launch,
  dataFolder,
}) => {
  test.skip(!hasKeyring, 'this system has no keyring to test with');
  const key = `sk-${randomBytes(20).toString('hex')}`;
  const simulator = await startSimulator({ pace: 'instant', key });
  const slice = await launch({ keyring: true });
  const traffic = await recordTraffic(slice.page);
  await connectAndUse(slice, simulator.baseUrl, key);

  await test.step('the server got it', () => {
    expect(simulator.log.at(-1)?.key).toBe('ok');
  });
  await test.step('the traffic between page and main does not hold it', () => {
    expect(traffic.length).toBeGreaterThan(10);
    expect(traffic.some((message) => message.includes('Rayleigh'))).toBe(true);
    expect(traffic.filter((message) => message.includes(key))).toEqual([]);
  });
  await test.step('the page does not remember it', async () => {
    const memory = await pageMemory(slice.page);
    expect(memory).toContain('Rayleigh');
    expect(memory.includes(key)).toBe(false);
  });
  await test.step('no file holds it, while the app runs and after', async () => {
    expect(filesHolding(dataFolder, key)).toEqual([]);
    await slice.quit();
    expect(filesHolding(dataFolder, key)).toEqual([]);
    const kept = JSON.parse(readFileSync(join(dataFolder, 'keys.json'), 'utf8'));
    expect(kept.keys['1'].strength).toBe('encrypted');
  });
  await simulator.close();
});

test('without a keyring the key is kept only until the app ends, and is asked for again', async ({
  launch,
  dataFolder,
  simulator,
}) => {
  const slice = await launch();
  await connectAndUse(slice, simulator.baseUrl, simulator.key);
  await slice.quit();
  expect(filesHolding(dataFolder, simulator.key)).toEqual([]);
  const again = await launch();
  await again.conversations.getByText('Why is the sky blue?').click();
  await expect(again.page.getByRole('button', { name: 'Send' })).toBeDisabled();
  await expect(again.page.getByText(/key/i).first()).toBeVisible();
});

test('the page finds nothing of Node or Electron on its window', async ({ launch }) => {
  const slice = await launch({ args: ['--demo=empty'] });
  await slice.message.waitFor();
  const names = await slice.page.evaluate(() =>
    ['require', 'process', 'electron', 'ipcRenderer', 'slice'].filter((name) => name in window),
  );
  expect(names).toEqual([]);
});
