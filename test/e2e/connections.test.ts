import { writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { Server } from 'node:net';
import { join } from 'node:path';
import type { Page } from 'playwright/test';
import { startSimulator } from '../../electron/simulator/simulator';
import { type Certified, selfSigned } from '../fixtures/certificates';
import { expect, type Slice, test } from './app';

async function openConnections({ page }: Slice): Promise<void> {
  await page.getByRole('link', { name: 'Settings', exact: true }).click();
  await page.getByRole('heading', { name: 'Connections' }).waitFor();
}

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was assigned');
  return `127.0.0.1:${address.port}`;
}

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

test('a second connection is added, gets a secret header, and is removed and brought back', async ({
  launch,
  simulator,
}) => {
  const second = await startSimulator({ pace: 'instant' });
  const slice = await launch();
  const { page } = slice;
  await slice.connect(simulator, { weak: true });
  await openConnections(slice);

  await test.step('it is added in place, and the first one stays the default', async () => {
    const form = page.getByRole('form', { name: 'New connection' });
    const fill = async () => {
      await page.getByRole('button', { name: 'Add connection' }).click();
      await form.getByRole('combobox', { name: 'Service' }).click();
      await page.getByRole('option', { name: 'Other' }).click();
      await form.getByRole('textbox', { name: 'Name' }).fill('Second');
      await form.getByRole('textbox', { name: 'Base URL' }).fill(second.baseUrl);
      await form.getByRole('textbox', { name: 'API key' }).fill(second.key);
    };
    await fill();
    await page.keyboard.press('Escape');
    await expect(form).toHaveCount(0);
    await fill();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('region', { name: 'Second' })).toBeVisible();
    await expect(page.getByRole('radio', { name: 'APIpie' })).toBeChecked();
    await expect(page.getByRole('radio', { name: 'Second' })).not.toBeChecked();
  });

  const value = 'team-secret-5f81';
  await test.step('its extra header reaches the server and is nowhere in the page', async () => {
    const card = page.getByRole('region', { name: 'Second' });
    await card.getByRole('button', { name: 'Advanced' }).click();
    await card.getByRole('button', { name: 'Add header' }).click();
    await page.keyboard.type('Authorization');
    await card.getByRole('textbox', { name: 'Value of Authorization' }).fill(value);
    await page.keyboard.press('Enter');
    await expect(card.getByText('Authorization is set by Slice itself.')).toBeVisible();
    await card.getByRole('textbox', { name: 'Header name' }).fill('X-Team');
    await slice.saveSecret(() => page.keyboard.press('Enter'));
    await expect(card.getByRole('button', { name: 'Save' })).toHaveCount(0);
    await card.getByRole('button', { name: /Advanced/ }).click();
    await expect(card.getByRole('textbox', { name: 'Value of X-Team' })).toHaveValue('');
    await card.getByRole('button', { name: 'Test connection' }).click();
    await expect(card.getByText('Last check,')).toBeVisible();
    expect(second.log.at(-1)?.headers['x-team']).toBe(value);
    expect((await pageMemory(page)).includes(value)).toBe(false);
    expect((await pageMemory(page)).includes(second.key)).toBe(false);
  });

  await test.step('new conversations start there once it is marked', async () => {
    await page.getByRole('radio', { name: 'Second' }).click();
    await expect(page.getByRole('radio', { name: 'Second' })).toBeChecked();
    await page.getByRole('button', { name: 'New conversation' }).click();
    await slice.chooseModel('gpt-4o');
    await slice.ask('Why is the sky blue?');
    await slice.settled();
    expect(second.log.at(-1)?.path).toContain('/chat/completions');
    expect(second.log.at(-1)?.headers['x-team']).toBe(value);
  });

  await test.step('removed, it is gone from the list, and comes back whole', async () => {
    await openConnections(slice);
    await page.getByRole('button', { name: 'More for Second' }).click();
    await page.getByRole('menuitem', { name: 'Remove' }).click();
    await expect(page.getByRole('radio', { name: 'Second' })).toHaveCount(0);
    await expect(page.getByRole('radio', { name: 'APIpie' })).toBeChecked();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(page.getByRole('radio', { name: 'Second' })).toBeChecked();
  });
  await second.close();
});

test('what is wrong with a change is said at its field, and none of it is saved', async ({
  launch,
  simulator,
}) => {
  const slice = await launch();
  const { page } = slice;
  await slice.connect(simulator, { weak: true });
  await openConnections(slice);
  const card = page.getByRole('region', { name: 'APIpie' });
  const check = card.getByRole('button', { name: 'Test connection' });

  await test.step('all is well', async () => {
    await check.click();
    await expect(card.getByText('Last check,')).toBeVisible();
    await expect(card.getByText('accepted', { exact: true })).toBeVisible();
    await expect(card.getByRole('alert')).toHaveCount(0);
  });

  await test.step('a key the server does not take is not saved', async () => {
    await card.getByRole('textbox', { name: 'API key' }).fill('sk-wrong-key-000000000000');
    await page.keyboard.press('Enter');
    await expect(card.getByText(/does not accept this key/)).toBeVisible();
    await expect(card.getByRole('textbox', { name: 'API key' })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(card.getByRole('textbox', { name: 'API key' })).toHaveValue('');
    await expect(card.getByRole('button', { name: 'Save' })).toHaveCount(0);
  });

  await test.step('an address that is not one of an API is not saved', async () => {
    await card.getByRole('textbox', { name: 'Base URL' }).fill(`${simulator.baseUrl}/nowhere`);
    await page.keyboard.press('Enter');
    await expect(card.getByText(/not like a chat API/)).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(card.getByRole('textbox', { name: 'Base URL' })).toHaveValue(simulator.baseUrl);
  });

  await test.step('the key is forgotten only on a second word, and the test then asks for one', async () => {
    await card.getByRole('button', { name: 'Forget', exact: true }).click();
    await card.getByRole('button', { name: 'Forget the key' }).click();
    await expect(card.getByRole('textbox', { name: 'API key' })).toHaveAttribute(
      'placeholder',
      'None yet',
    );
    await check.click();
    await expect(card.getByRole('alert')).toContainText(/key/);
  });
});

/** A server that lists one model below a path, to whoever has the key; its rules can change. */
async function listServer(rules: { path: string; key: string }, tls: Certified | null = null) {
  const answer: RequestListener = (request, response) => {
    if (request.url !== `${rules.path}/models`) {
      response.writeHead(404).end('Not here');
    } else if (request.headers.authorization !== `Bearer ${rules.key}`) {
      response.writeHead(401).end(JSON.stringify({ error: { message: 'Incorrect API key' } }));
    } else response.end(JSON.stringify({ data: [{ id: 'a-model', object: 'model' }] }));
  };
  const server = tls === null ? createServer(answer) : createSecureServer(tls, answer);
  const host = await listening(server);
  return { url: `${tls === null ? 'http' : 'https'}://${host}${rules.path}`, host, server };
}

test('what went wrong since is told apart: the path, with the one that answers, and the key', async ({
  launch,
}) => {
  const rules = { path: '/api', key: 'sk-first-key' };
  const { url, host, server } = await listServer(rules);
  const slice = await launch();
  const { page } = slice;
  await page.getByRole('radio', { name: 'Other' }).click();
  await slice.fillConnect(url, rules.key);
  await page.getByRole('button', { name: 'Save and continue' }).click();
  await slice.message.waitFor();
  await openConnections(slice);
  const card = page.getByRole('region', { name: host });

  await test.step('the path has moved: one click takes over the new one', async () => {
    rules.path = '/api/v1';
    await card.getByRole('button', { name: 'Test connection' }).click();
    await expect(card.getByRole('alert')).toContainText(`http://${host}/api/v1 does.`);
    await card.getByRole('button', { name: 'Use this address' }).click();
    await expect(card.getByRole('textbox', { name: 'Base URL' })).toHaveValue(
      `http://${host}/api/v1`,
    );
    await expect(card.getByText('accepted', { exact: true })).toBeVisible();
    await expect(card.getByRole('alert')).toHaveCount(0);
  });

  await test.step('the key is no longer taken', async () => {
    rules.key = 'sk-second-key';
    await card.getByRole('button', { name: 'Test connection' }).click();
    await expect(card.getByRole('alert')).toContainText('does not accept this key');
    await expect(card.getByRole('alert')).toContainText('Incorrect API key');
    await expect(page.getByText('Key rejected')).toBeVisible();
    await expect(page.getByText(/refused since/)).toBeVisible();
  });
  server.closeAllConnections();
  server.close();
});

test('an unknown certificate is trusted by choosing its file, and in no other way', async ({
  launch,
  dataFolder,
}) => {
  const certified = selfSigned({ hosts: ['127.0.0.1'] });
  const rules = { path: '/v1', key: 'sk-any' };
  const { url, host, server } = await listServer(rules, certified);
  const file = join(dataFolder, 'own-ca.pem');
  writeFileSync(file, certified.cert);
  const slice = await launch();
  const { page } = slice;
  await slice.app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] });
  }, file);
  await page.getByRole('radio', { name: 'Other' }).click();
  await slice.fillConnect(url, rules.key);
  await page.getByRole('button', { name: 'Save and continue' }).click();
  await expect(page.getByText(/vouches for/)).toBeVisible();
  await expect(page.getByRole('button', { name: /ignore|anyway|continue without/i })).toHaveCount(
    0,
  );
  await page.getByRole('button', { name: 'Choose a CA file…' }).click();
  await slice.message.waitFor();

  await openConnections(slice);
  const card = page.getByRole('region', { name: host });
  await card.getByRole('button', { name: 'Test connection' }).click();
  await expect(card.getByText('Valid until')).toBeVisible();
  await card.getByRole('button', { name: /^Advanced/ }).click();
  await expect(card.getByText('own-ca.pem')).toBeVisible();
  server.closeAllConnections();
  server.close();
});

test('a test can be called off, and what was not saved is kept while one looks elsewhere', async ({
  launch,
}) => {
  let silent = false;
  const server = createServer((_, response) => {
    if (!silent) response.end(JSON.stringify({ data: [{ id: 'a-model', object: 'model' }] }));
  });
  const host = await listening(server);
  const slice = await launch();
  const { page } = slice;
  await slice.fillConnect(`http://${host}/v1`, 'sk-any-key-will-do');
  await page.getByRole('button', { name: 'Save and continue' }).click();
  await slice.message.waitFor();
  await openConnections(slice);

  await test.step('a changed name waits, and Enter saves it', async () => {
    await page.getByRole('textbox', { name: 'Name' }).fill('Work');
    await page.getByRole('link', { name: 'Spending' }).click();
    await openConnections(slice);
    await expect(page.getByText('not saved')).toBeVisible();
    await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue('Work');
    await page.getByRole('textbox', { name: 'Name' }).press('Enter');
    await expect(page.getByRole('radio', { name: 'Work' })).toBeVisible();
    await expect(page.getByText('not saved')).toHaveCount(0);
  });

  const card = page.getByRole('region', { name: 'Work' });
  await test.step('a server that says nothing is not waited for', async () => {
    silent = true;
    await card.getByRole('button', { name: 'Test connection' }).click();
    await expect(card.getByRole('status')).toContainText('Asking');
    await card.getByRole('button', { name: 'Cancel' }).click();
    await expect(card.getByRole('button', { name: 'Test connection' })).toBeVisible();
    await expect(card.getByRole('alert')).toHaveCount(0);
  });

  await test.step('one that is gone is told from that', async () => {
    server.closeAllConnections();
    server.close();
    await card.getByRole('button', { name: 'Test connection' }).click();
    await expect(card.getByRole('alert')).toContainText('Nothing answers at');
  });
});

test('connections are changed by keyboard alone', async ({ launch }) => {
  const slice = await launch({ args: ['--demo=empty'] });
  const { page } = slice;
  await slice.message.waitFor();
  const simulator = await startSimulator({ pace: 'instant' });
  await openConnections(slice);
  const press = (key: string) => page.keyboard.press(key);

  await page.getByRole('button', { name: 'Add connection' }).focus();
  await press('Enter');
  await expect(page.getByRole('textbox', { name: 'API key' })).toBeFocused();
  await press('Escape');
  await expect(page.getByRole('button', { name: 'Add connection' })).toBeFocused();
  await press('Enter');
  await page.keyboard.type(simulator.key);
  await press('Shift+Tab');
  await press('Shift+Tab');
  await expect(page.getByRole('textbox', { name: 'Base URL' })).toBeFocused();
  await press('ControlOrMeta+a');
  await page.keyboard.type(simulator.baseUrl);
  await press('Enter');

  const card = page.getByRole('region', { name: 'APIpie' });
  const name = card.getByRole('textbox', { name: 'Name' });
  await expect(name).toHaveValue('APIpie');
  await name.focus();
  await page.keyboard.type(' at home');
  await press('Tab');
  await press('Space');
  await expect(page.getByRole('option', { name: 'Ollama' })).toBeVisible();
  await press('Escape');
  await expect(name).toHaveValue('APIpie at home');
  await press('Escape');
  await expect(name).toHaveValue('APIpie');
  await page.getByRole('button', { name: 'Undo' }).press('Enter');
  await expect(name).toHaveValue('APIpie at home');
  await name.press('Enter');
  await expect(page.getByRole('radio', { name: 'APIpie at home' })).toBeVisible();

  await page.getByRole('radio', { name: 'Demo' }).focus();
  await slice.arrowTo(page.getByRole('radio', { name: 'APIpie at home' }), 'ArrowDown');
  await simulator.close();
});
