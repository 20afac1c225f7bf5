import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { hostileTexts } from '../fixtures/hostile-texts';
import { expect, test } from './app';

/** So many of the texts stand in one answer. */
const TOGETHER = 12;

/** A server whose answers are the texts, some at a time, and that says what else it was asked for. */
async function hostileServer() {
  const fetched: string[] = [];
  let url = '';
  const server = createServer(async (request, response) => {
    const body = await text(request);
    if (request.url?.startsWith('/v1/models')) {
      response.end(JSON.stringify({ object: 'list', data: [{ id: 'hostile', object: 'model' }] }));
      return;
    }
    if (request.url !== '/v1/chat/completions') {
      // The app itself asks for the bill.
      if (!request.url?.startsWith('/v1/')) fetched.push(request.url ?? '');
      response.end('<title>x</title>');
      return;
    }
    const which = Number(/part (\d+)/.exec(body)?.[1] ?? 0);
    const content = hostileTexts(url)
      .slice(which * TOGETHER, (which + 1) * TOGETHER)
      .join('\n\n');
    const chunk = {
      id: `c-${which}`,
      object: 'chat.completion.chunk',
      created: 1,
      model: 'hostile',
    };
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (let at = 0; at < content.length; at += 4_000) {
      const delta = { content: content.slice(at, at + 4_000) };
      const choices = [{ index: 0, delta, finish_reason: null }];
      response.write(`data: ${JSON.stringify({ ...chunk, choices })}\n\n`);
    }
    const choices = [{ index: 0, delta: {}, finish_reason: 'stop' }];
    response.end(`data: ${JSON.stringify({ ...chunk, choices })}\n\ndata: [DONE]\n\n`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, fetched, close: () => server.close() };
}

test('whatever an answer, a question or a title says, nothing runs, nothing is fetched, nothing freezes', async ({
  launch,
}) => {
  test.setTimeout(240_000);
  const server = await hostileServer();
  const texts = hostileTexts(server.url);
  expect(texts.length).toBeGreaterThan(150);
  const slice = await launch();
  const { page } = slice;
  const outside: string[] = [];
  page.on('request', (request) => {
    if (!/^(app|data|blob):/.test(request.url())) outside.push(request.url());
  });
  page.on('dialog', (dialog) => outside.push(`dialog ${dialog.message()}`));
  await page.getByRole('textbox', { name: 'Base URL' }).fill(`${server.url}/v1`);
  await page.getByRole('textbox', { name: 'API key' }).fill('sk-hostile');
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Save and continue' }).click();
  await slice.message.waitFor();

  for (let part = 0; part * TOGETHER < texts.length; part += 1) {
    await test.step(`texts from ${part * TOGETHER}`, async () => {
      if (part > 0) await page.getByRole('button', { name: 'New conversation' }).click();
      await slice.message.fill(`part ${part}`);
      await slice.message.press('Enter');
      await slice.lastAnswer.waitFor();
      await expect(slice.lastAnswer).toHaveAttribute('aria-busy', 'false', { timeout: 30_000 });
      // What is far down is drawn when it is looked at.
      await page.getByRole('log', { name: 'Messages' }).evaluate((log) => {
        log.scrollTop = 0;
      });
      for (const link of await slice.lastAnswer.locator('a').all()) {
        const href = (await link.getAttribute('href')) ?? '';
        expect(href).not.toMatch(/^\s*(javascript|vbscript|data|file|blob|app|slice|chrome)/i);
      }
      await slice.message.fill('still here');
      await expect(slice.message).toHaveValue('still here');
      await slice.message.fill('');
    });
  }

  await test.step('also as questions and titles', async () => {
    await page.getByRole('button', { name: 'New conversation' }).click();
    // A conversation is called by its first question.
    const short = texts.filter(({ length }) => length < 200).slice(0, 60);
    await slice.message.fill(
      `${short[0]} part 0\n\n${short.join('\n\n').replaceAll('\u0000', '')}`,
    );
    await slice.message.press('Enter');
    await slice.lastAnswer.waitFor();
    await expect(slice.lastAnswer).toHaveAttribute('aria-busy', 'false', { timeout: 30_000 });
    await expect(slice.conversations).toContainText('<script>');
  });

  expect(await page.evaluate(() => Reflect.get(window, 'ran'))).toBeUndefined();
  expect(outside).toEqual([]);
  expect(server.fetched).toEqual([]);
  server.close();
});
