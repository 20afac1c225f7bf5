import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import { basename, join } from 'node:path';
import { startSimulator } from '../../electron/simulator/simulator';
import { OtlpReceiver } from '../fixtures/otlp-receiver';
import { expect, type Slice, test } from './app';
import { filesHolding, filesIn, formsOf, hasKeyring, recordTraffic } from './key-traces';

const ECHO = 'Tell me everything.';

/**
 * A proxy that forwards requests, but answers one question by itself: with all it was told, in an error
 * and in the headers.
 */
async function echoingProxy(): Promise<{ server: Server; host: string; told: IncomingMessage[] }> {
  const told: IncomingMessage[] = [];
  const server = createServer((incoming, response) => {
    told.push(incoming);
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const body = Buffer.concat(chunks);
      const { 'proxy-authorization': credentials, ...headers } = incoming.headers;
      if (body.includes(ECHO)) {
        const said = `${headers.authorization}, ${headers['x-team']}, ${credentials}`;
        response.writeHead(400, { 'content-type': 'application/json', 'x-said': said });
        response.end(JSON.stringify({ error: { message: `I was told: ${said}` } }));
        return;
      }
      const onward = request(incoming.url ?? '', { method: incoming.method, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      onward.on('error', () => response.writeHead(502).end());
      onward.end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was assigned');
  return { server, host: `127.0.0.1:${address.port}`, told };
}

/** What the next window of files is answered with. */
async function saveAs({ app }: Slice, filePath: string): Promise<void> {
  await app.evaluate(({ dialog }, path) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath: path });
  }, filePath);
}

async function exportAll({ page }: Slice, format: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Export' });
  await page.getByRole('button', { name: 'Which conversations' }).click();
  await page.getByRole('menuitem', { name: 'Export all conversations…' }).click();
  await dialog.getByRole('radio', { name: format }).click();
  await dialog.getByRole('button', { name: 'Save as' }).click();
  await expect(page.getByText('Saved 2 conversations').last()).toBeVisible();
  await expect(dialog).toHaveCount(0);
}

test('no secret is left anywhere by anything that one can do with it', async ({
  launch,
  dataFolder,
}) => {
  test.skip(!hasKeyring, 'this system has no keyring to test with');
  const secret = (what: string) => `${what}-${randomBytes(16).toString('hex')}`;
  const key = secret('sk-live');
  const team = secret('team');
  const password = secret('word');
  const token = secret('token');
  const secrets = [key, team, password, token];
  const holdsNone = (text: string | Buffer) => {
    const bytes = Buffer.from(text);
    return secrets.every((one) => formsOf(one).every((form) => !bytes.includes(form)));
  };

  const simulator = await startSimulator({ pace: 'instant', key });
  const proxy = await echoingProxy();
  const receiver = new OtlpReceiver();
  await receiver.start();
  const slice = await launch({ keyring: true });
  const { page } = slice;
  const output: Buffer[] = [];
  for (const stream of [slice.process.stdout, slice.process.stderr]) {
    stream?.on('data', (chunk: Buffer) => output.push(chunk));
  }
  const folder = () => filesHolding(dataFolder, ...secrets);
  const traffic = await recordTraffic(page);
  await slice.connect(simulator);

  await test.step('they are given: key, header, password of the proxy, token of the collector', async () => {
    await page.getByRole('link', { name: 'Settings', exact: true }).click();
    const card = page.getByRole('region', { name: 'APIpie' });
    await card.getByRole('button', { name: /^Advanced/ }).click();
    await card.getByRole('radiogroup', { name: 'Proxy' }).getByText('Address').click();
    await card
      .getByRole('textbox', { name: 'Proxy address' })
      .fill(`http://me:${password}@${proxy.host}`);
    await card.getByRole('button', { name: 'Add header' }).click();
    await page.keyboard.type('X-Team');
    await card.getByRole('textbox', { name: 'Value of X-Team' }).fill(team);
    await slice.saveSecret(() => card.getByRole('button', { name: 'Save', exact: true }).click());

    await page.getByRole('link', { name: 'Team', exact: true }).click();
    await page.getByRole('textbox', { name: 'Address' }).fill(receiver.endpoint);
    await page.getByRole('button', { name: 'Add header' }).click();
    await page.keyboard.type('X-Token');
    await page.getByRole('textbox', { name: 'Value of X-Token' }).fill(token);
    await slice.saveSecret(() => page.getByRole('button', { name: 'Save', exact: true }).click());
    await page.getByRole('switch', { name: 'Tell a collector' }).click();
    await expect(page.getByRole('switch', { name: 'Tell a collector' })).toBeChecked();
  });

  await test.step('they are used, and reach whom they are for', async () => {
    await page.getByRole('link', { name: 'Chat', exact: true }).click();
    await slice.chooseModel('gpt-4o');
    await slice.ask('Why is the sky blue?');
    await slice.settled();
    expect(proxy.told.at(-1)?.headers).toMatchObject({
      authorization: `Bearer ${key}`,
      'x-team': team,
      'proxy-authorization': `Basic ${Buffer.from(`me:${password}`).toString('base64')}`,
    });
    await expect.poll(() => receiver.exports.length, { timeout: 20_000 }).toBeGreaterThan(0);
    expect(receiver.exports.at(-1)?.headers['x-token']).toBe(token);
  });

  const shown: string[] = [];
  await test.step('an error that repeats them all is shown without them', async () => {
    await page.getByRole('button', { name: 'New conversation' }).first().click();
    await slice.ask(ECHO);
    await slice.settled();
    await slice.lastAnswer.getByText('Details', { exact: true }).click();
    await expect(slice.lastAnswer).toContainText('I was told');
    await expect(slice.lastAnswer).toContainText('•••');
    shown.push(await page.content());
  });

  await test.step('Inspect request shows neither, and the copied line for a shell has neither', async () => {
    const dialog = page.getByRole('dialog', { name: 'Inspect request' });
    await slice.lastAnswer.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Inspect request' }).click();
    await expect(dialog).toContainText('x-team');
    shown.push(await dialog.innerText());
    await dialog.getByRole('button', { name: 'Copy as curl' }).click();
    const copied = () => slice.app.evaluate(({ clipboard }) => clipboard.readText());
    await expect.poll(copied).toContain('curl -X POST');
    expect(await copied()).toContain('$SLICE_API_KEY');
    shown.push(await copied());
    await dialog.getByRole('radio', { name: 'Response' }).click();
    await expect(dialog).toContainText('x-said');
    shown.push(await dialog.innerText());
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
  });
  await test.step('nothing of them crossed between page and main', () => {
    expect(traffic.some((message) => message.includes('I was told'))).toBe(true);
    for (const one of secrets) expect(traffic.some((text) => text.includes(one))).toBe(false);
  });
  for (const text of shown) expect(holdsNone(text)).toBe(true);

  await test.step('everything is exported, and a backup is made', async () => {
    for (const format of ['Markdown', 'Web page', 'JSON']) {
      await saveAs(slice, join(dataFolder, `saved-${format}`));
      await exportAll(slice, format);
    }
    await saveAs(slice, join(dataFolder, 'saved-usage'));
    await page.getByRole('link', { name: 'Spending', exact: true }).click();
    await page.getByRole('button', { name: 'Export CSV' }).click();
    await page
      .getByRole('dialog', { name: 'Export' })
      .getByRole('button', { name: 'Save as' })
      .click();
    await expect(page.getByText(/^Saved \d rows?/)).toBeVisible();
    await page.getByRole('link', { name: 'Settings', exact: true }).click();
    await page.getByRole('link', { name: 'Data and backup', exact: true }).click();
    await page.getByRole('button', { name: 'Back up now' }).click();
    await expect(page.getByText('The backup was made and checked.')).toBeVisible();
    const files = filesIn(dataFolder).map((path) => basename(path));
    expect(files.filter((name) => name.startsWith('saved-'))).toHaveLength(4);
    expect(files.filter((name) => /\.db(-wal)?$/.test(name)).length).toBeGreaterThan(2);
    expect(folder()).toEqual([]);
  });

  await test.step('no dump is written of a page that crashes, nor of main, and none could be sent', async () => {
    const reporter = await slice.app.evaluate(async ({ app, BrowserWindow, crashReporter }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      await new Promise<void>((resolve) => {
        contents?.once('render-process-gone', () => resolve());
        contents?.forcefullyCrashRenderer();
      });
      return { dumps: app.getPath('crashDumps'), sent: crashReporter.getUploadedReports() };
    });
    expect(reporter.sent).toEqual([]);
    expect(reporter.dumps.startsWith(dataFolder)).toBe(true);
    await slice.endsBy(() => slice.app.evaluate(() => process.crash()));
    expect(filesIn(dataFolder).filter((path) => path.endsWith('.dmp'))).toEqual([]);
  });

  await test.step('after all that no file has one, nor what the collector got, nor what was written out', () => {
    expect(folder()).toEqual([]);
    const exported = receiver.exports.map(({ path, body }) => path + body).join('\n');
    expect(holdsNone(exported)).toBe(true);
    expect(holdsNone(Buffer.concat(output))).toBe(true);
    const log = filesIn(join(dataFolder, 'logs')).map((path) => readFileSync(path, 'utf8'));
    expect(holdsNone(log.join('\n'))).toBe(true);
  });
  await receiver.stop();
  await simulator.close();
  proxy.server.closeAllConnections();
  proxy.server.close();
});
