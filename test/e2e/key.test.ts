import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { basename, join } from 'node:path';
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

/** A server that answers whoever comes, and what each showed it for a key. */
async function listening() {
  const heard: string[] = [];
  const server = createServer((request, response) => {
    heard.push(request.headers.authorization ?? 'nothing');
    response.end(
      request.method === 'GET'
        ? '{"data":[{"id":"a-model","object":"model"}]}'
        : 'data: {"choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n',
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was assigned');
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { baseUrl: `http://127.0.0.1:${address.port}/v1`, heard, close };
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
    expect(kept.keys[`1 ${new URL(simulator.baseUrl).origin}`].strength).toBe('encrypted');
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

test('a key goes to the server it was entered for, whatever store or address comes after', async ({
  launch,
  dataFolder,
}) => {
  const first = await startSimulator({ pace: 'instant' });
  const { origin } = new URL(first.baseUrl);
  const second = await listening();
  const store = ['slice.db', 'slice.db-wal', 'slice.db-shm'].map((name) => join(dataFolder, name));
  const aside = join(dataFolder, 'aside');
  const took = () => first.log.at(-1);

  await test.step('it is entered for one', async () => {
    const slice = await launch();
    await slice.connect(first, { weak: true });
    await slice.chooseModel('gpt-4o');
    await slice.ask('Why is the sky blue?');
    await slice.settled();
    expect(took()).toMatchObject({ path: '/v1/chat/completions', key: 'ok' });
    const ciphertext = await slice.app.evaluate(
      ({ safeStorage }, key) => safeStorage.encryptString(key).toString('base64'),
      first.key,
    );
    await slice.quit();
    const keys = { '1': { ciphertext, strength: 'weak' } };
    writeFileSync(join(dataFolder, 'keys.json'), JSON.stringify({ version: 1, keys }));
  });

  await test.step('in a file from before keys had a server, it is that of its connection', async () => {
    const slice = await launch();
    await slice.message.waitFor();
    await slice.ask('And in the evening?');
    await slice.settled();
    expect(took()).toMatchObject({ path: '/v1/chat/completions', key: 'ok' });
    await slice.quit();
    const { keys } = JSON.parse(readFileSync(join(dataFolder, 'keys.json'), 'utf8'));
    expect(Object.keys(keys)).toEqual([`1 ${origin}`]);
  });

  await test.step('a store that is begun anew does not send it to its own server', async () => {
    mkdirSync(aside);
    for (const file of store.filter(existsSync)) renameSync(file, join(aside, basename(file)));
    const slice = await launch();
    await slice.page.getByRole('radio', { name: 'Other' }).click();
    await slice.fillConnect(second.baseUrl, '');
    await slice.page.getByRole('button', { name: 'Save and continue' }).click();
    await slice.message.waitFor();
    await slice.chooseModel('a-model');
    await slice.ask('Why is the sky blue?');
    await slice.settled();
    await expect(slice.page.getByText(`was entered for ${origin}`)).toBeVisible();
    expect(second.heard.length).toBeGreaterThan(1);
    expect(new Set(second.heard)).toEqual(new Set(['nothing']));
    await slice.quit();
  });

  const slice = await test.step('the old store has it again', async () => {
    for (const file of store) {
      rmSync(file, { force: true });
      const kept = join(aside, basename(file));
      if (existsSync(kept)) renameSync(kept, file);
    }
    const again = await launch();
    await again.message.waitFor();
    await again.ask('And at night?');
    await again.settled();
    expect(took()).toMatchObject({ path: '/v1/chat/completions', key: 'ok' });
    return again;
  });

  const { page } = slice;
  const address = page.getByRole('textbox', { name: 'Base URL' });
  await test.step('another address asks for a key of its own', async () => {
    await page.getByRole('link', { name: 'Settings', exact: true }).click();
    await address.fill(second.baseUrl);
    await expect(page.getByText(`The key for ${origin} does not go to`)).toBeVisible();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByText('The old key is not sent there.')).toBeVisible();
    expect(new Set(second.heard)).toEqual(new Set(['nothing']));
    await page.getByRole('textbox', { name: 'API key' }).fill('sk-for-the-second');
    await slice.saveSecret(() => page.getByRole('button', { name: 'Save', exact: true }).click());
    expect(second.heard.at(-1)).toBe('Bearer sk-for-the-second');
  });

  await test.step('back at the first, it is used again', async () => {
    // The page that was loaded anew shows what it remembers, until it is told.
    await expect(address).toHaveValue(second.baseUrl);
    await address.fill(first.baseUrl);
    await expect(page.getByText(`The key that is kept for ${origin} is used again.`)).toBeVisible();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    // The word on it goes once it is saved.
    await expect(page.getByText('is used again.')).toHaveCount(0);
    await page.getByRole('button', { name: 'Test connection' }).click();
    await expect(page.getByText('accepted', { exact: true })).toBeVisible();
    expect(took()?.key).toBe('ok');
  });
  expect(second.heard.join()).not.toContain(first.key);
  second.close();
  await first.close();
});

test('the page finds nothing of Node or Electron on its window', async ({ launch }) => {
  const slice = await launch({ args: ['--demo=empty'] });
  await slice.message.waitFor();
  const names = await slice.page.evaluate(() =>
    ['require', 'process', 'electron', 'ipcRenderer', 'slice'].filter((name) => name in window),
  );
  expect(names).toEqual([]);
});
