import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Page } from 'playwright/test';
import type { z } from 'zod';
import { EMPTY_CHAT_SETTINGS } from '../../shared/chat-settings';
import { MAX_PRESET_NAME, type PresetFile } from '../../shared/contract/preset';
import { CONVERSATION_FILE, type conversationFile } from '../../shared/conversation-file';
import { hostileTexts, LONG_TEXTS } from '../fixtures/hostile-texts';
import { NOON } from '../fixtures/ledger';
import { expect, type Slice, test } from './app';

/** So many of the texts stand in one answer. */
const TOGETHER = 12;

/** Of a text of a preset. */
const LONGEST = 200_000;

/** So many of the texts, from a place on. */
const together = (texts: readonly string[], part: number) =>
  texts.slice(part * TOGETHER, (part + 1) * TOGETHER);

/** All of the texts in some answers, then the long ones, each in one of its own. */
function answersOf(texts: readonly string[]): readonly string[] {
  const parts = Math.ceil(texts.length / TOGETHER);
  const short = Array.from({ length: parts }, (_, part) => together(texts, part).join('\n\n'));
  return [...short, ...LONG_TEXTS];
}

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
    const content = answersOf(hostileTexts(url))[which] ?? '';
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

type HostileServer = Awaited<ReturnType<typeof hostileServer>>;

/** Connects to it; what the result says is that nothing ran, and that nothing was asked of anybody. */
async function connectTo(server: HostileServer, { page, message }: Slice) {
  const outside: string[] = [];
  page.on('request', (request) => {
    if (!/^(app|data|blob):/.test(request.url())) outside.push(request.url());
  });
  page.on('dialog', (dialog) => outside.push(`dialog ${dialog.message()}`));
  await page.getByRole('textbox', { name: 'Base URL' }).fill(`${server.url}/v1`);
  await page.getByRole('textbox', { name: 'API key' }).fill('sk-hostile');
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Save and continue' }).click();
  await message.waitFor();
  return async () => {
    await nothingMade(page);
    expect(await page.evaluate(() => Reflect.get(window, 'ran'))).toBeUndefined();
    expect(outside).toEqual([]);
    expect(server.fetched).toEqual([]);
  };
}

/** No text has become a part of the page: that it could not run would be the merit of the policy alone. */
async function nothingMade(page: Page) {
  const made = 'base, custom-element, embed, marquee, object, portal, script:not([src]), xmp';
  await expect(page.locator(`${made}, [onclick], [onerror], [onload]`)).toHaveCount(0);
}

/** Looks at the whole of the answers shown, and at where their links lead. */
async function lookThrough({ page, answers }: Slice) {
  // What is far down is drawn when it is looked at.
  await page.getByRole('log', { name: 'Messages' }).evaluate((log) => {
    log.scrollTop = 0;
  });
  for (const link of await answers.locator('a').all()) {
    const href = (await link.getAttribute('href')) ?? '';
    expect(href).not.toMatch(/^\s*(javascript|vbscript|data|file|blob|app|slice|chrome)/i);
  }
  await nothingMade(page);
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
  const nothingHappened = await connectTo(server, slice);

  const answers = answersOf(texts);
  for (const which of answers.keys()) {
    await test.step(`answer ${which}`, async () => {
      if (which > 0) await page.getByRole('button', { name: 'New conversation' }).click();
      await slice.message.fill(`part ${which}`);
      await slice.message.press('Enter');
      await slice.lastAnswer.waitFor();
      await expect(slice.lastAnswer).toHaveAttribute('aria-busy', 'false', { timeout: 30_000 });
      await lookThrough(slice);
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

  await nothingHappened();
  server.close();
});

/** A file of conversations that are called, tagged and set like these texts; the first are about them all. */
function conversationsOf(texts: readonly string[]): z.infer<typeof conversationFile> {
  const said = (text: string) => [{ kind: 'text' as const, text, name: null, image: null }];
  const answers = answersOf(texts);
  const conversations = texts.map((title, n) => {
    const parts = said(answers[n] ?? title);
    return {
      uid: `hostile-${n}`,
      title,
      titleSource: 'user' as const,
      createdAt: NOON,
      updatedAt: NOON - n,
      pinnedAt: null,
      archivedAt: null,
      deletedAt: null,
      demo: false,
      tags: [title.replaceAll(/[\s,:"]/g, '').slice(0, 50)],
      connection: title,
      model: title,
      preset: title,
      settings: JSON.stringify({ ...EMPTY_CHAT_SETTINGS, system: title }),
      draft: title,
      leaf: 2,
      messages: [
        {
          id: 1,
          parent: null,
          role: 'user' as const,
          createdAt: NOON,
          run: null,
          parts: said(title),
        },
        { id: 2, parent: 1, role: 'assistant' as const, createdAt: NOON, run: null, parts },
      ],
      runs: [],
    };
  });
  return { ...CONVERSATION_FILE, conversations };
}

/** A file of presets that are called and filled like that. */
function presetsOf(texts: readonly string[]): PresetFile {
  const presets = texts.map((text, n) => ({
    name: text.slice(0, MAX_PRESET_NAME),
    connection: text.slice(0, 100),
    model: text.slice(0, 100),
    settings: { ...EMPTY_CHAT_SETTINGS, system: text.slice(0, LONGEST) },
    opening: together(texts, n).map((said) => ({
      role: 'assistant' as const,
      text: said.slice(0, LONGEST),
    })),
  }));
  return { format: 'slice-presets', version: 1, presets };
}

test('nor does anything where conversations, their tags, or presets come from a file', async ({
  launch,
  dataFolder,
}) => {
  test.setTimeout(240_000);
  const server = await hostileServer();
  const texts = hostileTexts(server.url);
  const parts = Math.ceil(texts.length / TOGETHER);
  const slice = await launch();
  const { page } = slice;
  const nothingHappened = await connectTo(server, slice);
  const chosen = async (name: string, content: unknown) => {
    const path = join(dataFolder, name);
    writeFileSync(path, JSON.stringify(content));
    await slice.app.evaluate(({ dialog }, filePath) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [filePath] });
    }, path);
  };

  await test.step('conversations are read, and shown', async () => {
    await chosen('conversations.json', conversationsOf(texts));
    await page.getByRole('button', { name: 'Which conversations' }).click();
    await page.getByRole('menuitem', { name: 'Import conversations…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Import conversations' });
    await dialog.getByRole('button', { name: 'Choose a file…' }).click();
    await dialog.getByRole('button', { name: 'Import', exact: true }).click();
    await expect(page.getByText(`Imported ${texts.length} conversations`)).toBeVisible({
      timeout: 60_000,
    });
    await slice.conversations.getByRole('link').first().waitFor();
    for (const title of texts.slice(0, answersOf(texts).length)) {
      await page.keyboard.press('ControlOrMeta+Tab');
      await expect(page.getByRole('heading', { name: title, exact: true })).toBeVisible();
      await slice.lastAnswer.waitFor();
      await lookThrough(slice);
    }
  });

  await test.step('they are found, and their tags are offered', async () => {
    // The automation itself looks through every text that is shown.
    await page.getByRole('button', { name: 'New conversation' }).click();
    await page.getByRole('searchbox', { name: 'Search' }).fill('window');
    await expect(page.getByText('The first 50')).toBeVisible();
    await nothingMade(page);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Which conversations' }).click();
    await page.getByRole('menuitem', { name: 'Tag' }).click();
    await page.getByRole('menuitemradio', { name: '![image](javascriptwindow' }).first().click();
    await expect(page.getByRole('button', { name: 'Show all conversations' })).toBeVisible();
    await expect(slice.conversations).not.toContainText('<script>');
  });

  await test.step('presets are read, and shown', async () => {
    await page.getByRole('link', { name: 'Presets', exact: true }).click();
    await chosen('presets.json', presetsOf(texts));
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await expect(page.getByText(`${texts.length} presets imported`)).toBeVisible();
    await page.getByRole('list', { name: 'Presets' }).getByRole('link').first().focus();
    const name = page.getByRole('textbox', { name: 'Name', exact: true });
    for (const text of texts.slice(0, parts)) {
      await expect(name).toHaveValue(text.slice(0, MAX_PRESET_NAME));
      await page.keyboard.press('ArrowDown');
    }
  });
  await nothingHappened();
  server.close();
});
