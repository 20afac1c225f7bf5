import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Simulator, startSimulator } from '../../electron/simulator/simulator';
import { test as base, expect, type Slice } from './app';
import { filesHolding, hasKeyring } from './key-traces';

interface Fixtures {
  /** The home of another user, with a session and a keyring of his own. */
  otherHome: string;
  server: Simulator;
}

const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants a destructured first parameter.
  otherHome: async ({}, use) => {
    const home = mkdtempSync(join(tmpdir(), 'slice-other-'));
    await use(home);
    rmSync(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants a destructured first parameter.
  server: async ({}, use) => {
    const simulator = await startSimulator({ pace: 'instant' });
    await use(simulator);
    await simulator.close();
  },
});

const QUESTION = 'Why is the sky blue?';

interface Kept {
  readonly ciphertext: string;
  readonly strength: string;
}

function kept(dataFolder: string): Readonly<Record<string, Kept>> {
  return JSON.parse(readFileSync(join(dataFolder, 'keys.json'), 'utf8')).keys;
}

function keptKey(dataFolder: string): Kept {
  const [key] = Object.entries(kept(dataFolder)).flatMap(([name, entry]) =>
    name.startsWith('1 http') ? [entry] : [],
  );
  if (!key) throw new Error('no key is kept');
  return key;
}

/** What a ciphertext begins with says what it was made with: `v11` a keyring, `v10` what all know. */
function versionOf({ ciphertext }: Kept): string {
  return Buffer.from(ciphertext, 'base64').subarray(0, 3).toString();
}

async function askedBefore({ page, conversations }: Slice): Promise<void> {
  await conversations.getByText(QUESTION).click();
  await expect(page.getByRole('article', { name: 'You' })).toContainText(QUESTION);
}

async function answers(slice: Slice, server: Simulator): Promise<void> {
  await slice.ask(QUESTION);
  await slice.settled();
  expect(server.log.at(-1)).toMatchObject({ path: '/v1/chat/completions', key: 'ok' });
}

async function openConnections({ page }: Slice): Promise<void> {
  await page.getByRole('link', { name: 'Settings', exact: true }).click();
  await page.getByRole('heading', { name: 'Connections' }).waitFor();
}

test('another user, who has a keyring of his own, cannot read the key in the same files', async ({
  launch,
  dataFolder,
  otherHome,
  server,
}) => {
  test.skip(!hasKeyring, 'this system has no keyring to test with');
  const owner = await launch({ keyring: true });
  await owner.connect(server);
  await owner.chooseModel('gpt-4o');
  await answers(owner, server);
  await owner.quit();
  const before = readFileSync(join(dataFolder, 'keys.json'));
  const key = keptKey(dataFolder);
  expect(key.strength).toBe('encrypted');
  expect(versionOf(key)).toBe('v11');

  await test.step('his own system does not decrypt it', async () => {
    const other = await launch({ keyring: { home: otherHome } });
    await other.conversations.getByText(QUESTION).waitFor();
    const told = await other.app.evaluate(({ safeStorage }, ciphertext) => {
      const backend = safeStorage.getSelectedStorageBackend();
      const own = safeStorage.decryptString(safeStorage.encryptString('his own'));
      try {
        return [backend, own, safeStorage.decryptString(Buffer.from(ciphertext, 'base64'))];
      } catch {
        return [backend, own, 'refused'];
      }
    }, key.ciphertext);
    // Without padding that happens to be right, which is noise once in 256 times.
    expect(told.slice(0, 2)).toEqual(['gnome_libsecret', 'his own']);
    expect(told[2]).not.toContain(server.key.slice(0, 8));
    await askedBefore(other);
    await expect(other.page.getByText('The key of APIpie cannot be read.')).toBeVisible();
    await expect(other.page.getByRole('button', { name: 'Send' })).toBeDisabled();
    await other.quit();
    expect(readFileSync(join(dataFolder, 'keys.json'))).toEqual(before);
  });

  await test.step('without any keyring it is asked for, and one for now does not replace it', async () => {
    const without = await launch();
    await askedBefore(without);
    await without.page.getByRole('link', { name: 'Enter the key again', exact: true }).click();
    await expect(without.page.getByText(/It was left where it is/)).toBeVisible();
    await without.page.getByRole('textbox', { name: 'API key' }).fill(server.key);
    await without.page.getByRole('button', { name: 'Save and continue' }).click();
    await without.message.waitFor();
    await answers(without, server);
    await without.quit();
    expect(readFileSync(join(dataFolder, 'keys.json'))).toEqual(before);
  });

  await test.step('it works again for its owner', async () => {
    const again = await launch({ keyring: true });
    await again.message.waitFor();
    await answers(again, server);
    await again.quit();
  });
  expect(filesHolding(dataFolder, server.key)).toEqual([]);
});

test('a key kept weakly by choice is encrypted as soon as there is a keyring, without a word', async ({
  launch,
  dataFolder,
  server,
}) => {
  test.skip(!hasKeyring, 'this system has no keyring to test with');
  const without = await launch();
  await without.connect(server, { weak: true });
  await without.chooseModel('gpt-4o');
  await without.quit();
  const weak = keptKey(dataFolder);
  expect([weak.strength, versionOf(weak)]).toEqual(['weak', 'v10']);

  const slice = await launch({ keyring: true });
  await slice.message.waitFor();
  await answers(slice, server);
  await openConnections(slice);
  await expect(slice.page.getByRole('textbox', { name: 'API key' })).toHaveAttribute(
    'placeholder',
    'Saved in the keychain. Type to replace it',
  );
  await slice.quit();
  const strong = keptKey(dataFolder);
  expect([strong.strength, versionOf(strong)]).toEqual(['encrypted', 'v11']);
  expect(filesHolding(dataFolder, weak.ciphertext, server.key)).toEqual([]);
});

test('a key for this session is kept from when that is chosen in the settings', async ({
  launch,
  dataFolder,
  server,
}) => {
  const slice = await launch();
  await slice.connect(server);
  await slice.chooseModel('gpt-4o');
  await openConnections(slice);
  const field = slice.page.getByRole('textbox', { name: 'API key' });
  await expect(field).toHaveAttribute('placeholder', /^Kept until Slice closes/);
  await field.fill(server.key);
  const choice = slice.page.getByRole('checkbox', { name: /weak protection/ });
  await expect(choice).not.toBeChecked();
  await choice.click();
  await slice.saveSecret(() =>
    slice.page.getByRole('button', { name: 'Save', exact: true }).click(),
  );
  await expect(field).toHaveAttribute('placeholder', /^Saved, weakly kept/);
  await slice.quit();
  expect(keptKey(dataFolder).strength).toBe('weak');

  const again = await launch();
  await again.message.waitFor();
  await answers(again, server);
});

test('a key that was replaced, and one that was removed, leave nothing behind', async ({
  launch,
  dataFolder,
}) => {
  test.skip(!hasKeyring, 'this system has no keyring to test with');
  const newKey = () => `sk-${randomBytes(20).toString('hex')}`;
  const [first, second] = [newKey(), newKey()];
  const accepted = new Set([first, second]);
  const heard: string[] = [];
  const server = createServer((request, response) => {
    const key = request.headers.authorization?.replace('Bearer ', '') ?? '';
    heard.push(key);
    if (!accepted.has(key)) {
      response.writeHead(401).end(JSON.stringify({ error: { message: `${key} is no key` } }));
    } else response.end(JSON.stringify({ data: [{ id: 'a-model', object: 'model' }] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was assigned');
  const slice = await launch({ keyring: true });
  const { page } = slice;
  await page.getByRole('radio', { name: 'Other' }).click();
  await slice.fillConnect(`http://127.0.0.1:${address.port}/v1`, first);
  await page.getByRole('button', { name: 'Save and continue' }).click();
  await slice.message.waitFor();
  await openConnections(slice);
  const field = page.getByRole('textbox', { name: 'API key' });
  const before = keptKey(dataFolder).ciphertext;
  const traces = (key: string, ciphertext: string) =>
    filesHolding(dataFolder, key, ciphertext, Buffer.from(ciphertext, 'base64'));

  await test.step('one that is refused replaces nothing', async () => {
    const wrong = newKey();
    await field.fill(wrong);
    await page.keyboard.press('Enter');
    await expect(page.getByText(/does not accept this key/)).toBeVisible();
    await expect(page.getByText(wrong)).toHaveCount(0);
    expect(keptKey(dataFolder).ciphertext).toBe(before);
    await page.keyboard.press('Escape');
  });

  await test.step('the next one takes the place of the one before', async () => {
    await field.fill(second);
    await slice.saveSecret(() => page.keyboard.press('Enter'));
    expect(keptKey(dataFolder).ciphertext).not.toBe(before);
    await page.getByRole('button', { name: 'Test connection' }).click();
    await expect(page.getByText('accepted', { exact: true })).toBeVisible();
    expect(heard.filter((key) => key !== '').at(-1)).toBe(second);
    expect(traces(first, before)).toEqual([]);
  });

  await test.step('taken away it is gone from every file, also those of backups', async () => {
    const { ciphertext } = keptKey(dataFolder);
    await page.getByRole('link', { name: 'Data and backup', exact: true }).click();
    await page.getByRole('button', { name: 'Back up now' }).click();
    await expect(page.getByText('The backup was made and checked.')).toBeVisible();
    await page.getByRole('link', { name: 'Connections', exact: true }).click();
    await page.getByRole('button', { name: 'Forget', exact: true }).click();
    await page.getByRole('button', { name: 'Forget the key' }).click();
    await expect(field).toHaveAttribute('placeholder', 'Leave empty if the server wants none');
    expect(traces(second, ciphertext)).toEqual([]);
    expect(kept(dataFolder)).toEqual({});
  });

  await test.step('with its connection it goes once that cannot come back', async () => {
    await field.fill(second);
    await slice.saveSecret(() => page.keyboard.press('Enter'));
    const { ciphertext } = keptKey(dataFolder);
    await page.getByRole('button', { name: /^More for/ }).click();
    await page.getByRole('menuitem', { name: 'Remove' }).click();
    await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible();
    expect(keptKey(dataFolder).ciphertext).toBe(ciphertext);
    await slice.quit();
    const again = await launch({ keyring: true });
    await expect.poll(() => kept(dataFolder)).toEqual({});
    await again.quit();
    expect(traces(second, ciphertext)).toEqual([]);
  });
  server.closeAllConnections();
  server.close();
});
