import { Buffer } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Simulator } from '../../electron/simulator/simulator';
import { expect, type Slice, test } from './app';

const body = z.looseObject({ model: z.string(), messages: z.array(z.unknown()) });

/** The bodies of the chat requests so far, as they arrived. */
function bodies(simulator: Simulator) {
  return simulator.log
    .filter(({ method, path }) => method === 'POST' && path.endsWith('/chat/completions'))
    .map((request) => body.parse(request.body));
}

/** Sends a message and waits for everything that answers it. */
async function send(slice: Slice, simulator: Simulator, text: string): Promise<void> {
  const before = bodies(simulator).length;
  await slice.message.fill(text);
  await slice.message.press('Enter');
  await expect.poll(() => bodies(simulator).length).toBeGreaterThan(before);
  await expect(slice.questions.last()).toContainText(text);
  await expect(slice.page.getByRole('button', { name: 'Send', exact: true })).toBeVisible({
    timeout: 30_000,
  });
}

/** Adds models to the one that is chosen. */
async function alsoAsk(slice: Slice, models: readonly string[]): Promise<void> {
  await slice.page.getByRole('combobox', { name: 'Model', exact: true }).click();
  const search = slice.page.getByPlaceholder('Search or type a model');
  for (const model of models) {
    await search.fill(model);
    await search.press('Shift+Enter');
  }
  await slice.page.keyboard.press('Escape');
}

test('what is set in the panel, and nothing else, is what leaves', async ({
  launch,
  simulator,
}) => {
  const slice = await launch();
  const { page } = slice;
  await slice.connect(simulator, { weak: true });
  await slice.chooseModel('gpt-4o');
  await page.getByRole('button', { name: 'Parameters', exact: true }).press('Enter');
  const panel = page.getByRole('region', { name: 'Parameters' });
  const field = (name: string) => panel.getByLabel(name, { exact: true });

  await test.step('controls of every kind are set by keyboard', async () => {
    await expect(panel).toBeFocused();
    await field('System message').fill('Be brief.');
    await field('Temperature').fill('0,7');
    await field('Top P').press('ArrowUp');
    await field('Top P').press('ArrowDown');
    await field('Max tokens').fill('800');
    await field('Stop sequences').fill('END\n\\n\\n');
    await field('Response format').fill('{"type": "text"}');
    await field('Extra JSON').fill('{"top_a": 0.2}');
    await field('RAG tune').fill('my-notes');
    await panel.getByRole('radio', { name: 'Price' }).focus();
    await slice.arrowTo(panel.getByRole('radio', { name: 'Latency' }), 'ArrowRight');
    await field('Reasoning effort').press('Enter');
    await page.getByRole('option', { name: 'Low' }).press('Enter');
    await field('Provider').press('Enter');
    await page.keyboard.type('azure');
    await page.keyboard.press('Enter');
    await expect(panel).toContainText('11 set');
  });

  await test.step('what is out of range says so and is not taken', async () => {
    await field('Frequency penalty').fill('3');
    await expect(panel.getByRole('alert')).toContainText('From \u22122 to 2');
    await field('Frequency penalty').fill('');
    await field('Extra JSON').fill('{"top_a": 0.2, "seed": 1}');
    await expect(panel.getByRole('alert')).toContainText('“seed” has its own field: Seed.');
    await field('Extra JSON').fill('{"top_a": 0.2}');
    await expect(panel.getByRole('alert')).toHaveCount(0);
  });

  await test.step('Esc closes the panel and gives the focus back, whatever the pointer rests on', async () => {
    await page.getByRole('button', { name: 'Inspect request' }).hover();
    await page.getByRole('tooltip').waitFor();
    await page.keyboard.press('Escape');
    await expect(panel).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Parameters', exact: true })).toBeFocused();
  });

  await send(slice, simulator, 'Why is the sky blue?');
  expect(bodies(simulator).at(-1)).toEqual({
    model: 'gpt-4o',
    stream: true,
    messages: [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Why is the sky blue?' },
    ],
    provider: 'azure',
    routing: 'perf',
    rag_tune: 'my-notes',
    temperature: 0.7,
    top_p: 0.95,
    max_tokens: 800,
    stop: ['END', '\n\n'],
    reasoning_effort: 'low',
    response_format: { type: 'text' },
    top_a: 0.2,
  });

  await test.step('the settings stay with the conversation, also after a restart', async () => {
    await page.getByRole('button', { name: 'Parameters', exact: true }).click();
    await expect(field('Temperature')).toHaveValue('0.7');
    await field('Temperature').fill('0.2');
    await page.getByRole('button', { name: 'New conversation' }).click();
    await expect(field('Temperature')).toHaveValue('');
    await slice.quit();
    const again = await launch();
    await again.conversations.getByText('Why is the sky blue?').click();
    await again.page.getByRole('button', { name: 'Parameters', exact: true }).click();
    await expect(again.page.getByLabel('Temperature', { exact: true })).toHaveValue('0.2');
    await again.page.getByRole('button', { name: 'Reset all' }).click();
    await send(again, simulator, 'And violet?');
    const last = bodies(simulator).at(-1);
    expect(Object.keys(last ?? {}).sort()).toEqual(['messages', 'model', 'stream']);
  });
});

test('what is paid several times says so before it is sent, and leaves as it was said', async ({
  launch,
  simulator,
}) => {
  const slice = await launch();
  const { page } = slice;
  await slice.connect(simulator);
  await slice.chooseModel('gpt-4o-mini');
  await page.getByRole('button', { name: 'Parameters', exact: true }).click();
  const panel = page.getByRole('region', { name: 'Parameters' });
  const price = page.getByRole('button', { name: /^\d+ answers/ });

  await test.step('several answers (n) come unstreamed, in one request', async () => {
    await expect(price).toHaveCount(0);
    await panel.getByLabel('Answers (n)').fill('3');
    await expect(price).toHaveText('3 answers');
    await send(slice, simulator, 'Why is the sky blue?');
    expect(bodies(simulator)).toHaveLength(1);
    expect(bodies(simulator).at(-1)).toMatchObject({ n: 3, model: 'gpt-4o-mini' });
    await page.keyboard.press('Escape');
  });

  await test.step('integrity counts each vote', async () => {
    await panel.getByLabel('Answers (n)').fill('');
    await panel.getByRole('radio', { name: '13' }).click();
    await expect(price).toHaveText('3 answers');
    await expect(panel).toContainText('3 votes: each question costs 3 answers.');
    await send(slice, simulator, 'And at sunset?');
    expect(bodies(simulator).at(-1)).toMatchObject({ integrity: 13 });
    expect(bodies(simulator).at(-1)).not.toHaveProperty('n');
  });

  await test.step('models side by side are a request each', async () => {
    await page.getByRole('button', { name: 'New conversation' }).click();
    await alsoAsk(slice, ['claude-3-5-sonnet', 'gemini-1.5-flash']);
    await expect(price).toHaveText('3 answers');
    await panel.getByRole('radio', { name: '12' }).click();
    await expect(price).toHaveText('6 answers (3 models × 2 votes)');
    await panel.getByRole('button', { name: 'Reset all' }).click();
    const before = bodies(simulator).length;
    await send(slice, simulator, 'What is the capital of France?');
    const sent = bodies(simulator).slice(before);
    expect(sent.map(({ model }) => model).sort()).toEqual([
      'claude-3-5-sonnet',
      'gemini-1.5-flash',
      'gpt-4o-mini',
    ]);
  });

  await test.step('a super query is one request for all of them', async () => {
    await page.getByRole('radio', { name: 'Super Query' }).click();
    await page.getByRole('button', { name: 'Do not ask claude-3-5-sonnet' }).press('Enter');
    await expect(price).toHaveText('2 answers');
    const before = bodies(simulator).length;
    await send(slice, simulator, 'And of Spain?');
    const sent = bodies(simulator).slice(before);
    expect(sent.map(({ model }) => model)).toEqual(['gpt-4o-mini,gemini-1.5-flash']);
  });
});

test('Stop ends every answer of the conversation', async ({ launch, simulator }) => {
  const slice = await launch();
  await slice.connect(simulator);
  await slice.chooseModel('sim-slow@4');
  await alsoAsk(slice, ['sim-slow@5']);
  await slice.message.fill('Tell me a story about a talking cat.');
  await slice.message.press('Enter');
  await expect.poll(() => bodies(simulator)).toHaveLength(2);
  await slice.page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(slice.page.getByRole('button', { name: 'Send', exact: true })).toBeVisible();
  await expect.poll(() => simulator.log.filter(({ clientLeft }) => clientLeft).length).toBe(2);
});

test('images go along with a message, and what is none does not', async ({ launch, simulator }) => {
  const slice = await launch();
  const { page } = slice;
  await slice.connect(simulator);
  await slice.chooseModel('gpt-4o');
  const png = readFileSync(join(import.meta.dirname, '../../docs/images/2-chat-light.png'));
  const picture = { name: 'chat.png', mimeType: 'image/png', buffer: png };
  const note = { name: 'notes.png', mimeType: 'image/png', buffer: Buffer.from([0xff, 0, 1, 2]) };
  const input = page.locator('input[type=file]');

  await input.setInputFiles([picture, note]);
  const images = page.getByRole('list', { name: 'Images' });
  await expect(images.getByRole('img', { name: 'chat.png' })).toBeVisible();
  await expect(
    page.getByText('notes.png is neither text nor a PNG, JPEG, WebP or GIF image.'),
  ).toBeVisible();
  await expect(page.getByRole('button', { name: 'Send', exact: true })).toBeEnabled();

  await test.step('they are taken away by keyboard', async () => {
    await input.setInputFiles([{ ...picture, name: 'twice.png' }]);
    await expect(images.getByRole('listitem')).toHaveCount(2);
    await images.getByRole('button', { name: 'Remove twice.png' }).press('Enter');
    await expect(images.getByRole('listitem')).toHaveCount(1);
  });

  await test.step('they can be pasted, and dropped anywhere in the window', async () => {
    await page.evaluate((base64) => {
      const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
      const carrying = (name: string) => {
        const carried = new DataTransfer();
        carried.items.add(new File([bytes], name, { type: 'image/png' }));
        return carried;
      };
      const event = { bubbles: true, cancelable: true };
      document
        .querySelector('.composer > textarea')
        ?.dispatchEvent(
          new ClipboardEvent('paste', { ...event, clipboardData: carrying('pasted.png') }),
        );
      document.body.dispatchEvent(
        new DragEvent('drop', { ...event, dataTransfer: carrying('dropped.png') }),
      );
    }, png.toString('base64'));
    for (const name of ['pasted.png', 'dropped.png']) {
      await expect(images.getByRole('img', { name })).toBeVisible();
      await images.getByRole('button', { name: `Remove ${name}` }).click();
    }
  });

  await test.step('ten are the most, and the rest is named', async () => {
    const many = Array.from({ length: 10 }, (_, at) => ({ ...picture, name: `${at}.png` }));
    await input.setInputFiles(many);
    await expect(page.getByText('9.png is left out: a message takes 10 images.')).toBeVisible();
    await expect(images.getByRole('img')).toHaveCount(10);
    for (let at = 0; at < 9; at += 1) {
      await images.getByRole('button', { name: `Remove ${at}.png` }).click();
    }
  });

  await test.step('they stay while another conversation is open', async () => {
    await page.getByRole('link', { name: 'Spending' }).click();
    await page.getByRole('link', { name: 'Chat' }).click();
    await expect(images.getByRole('listitem')).toHaveCount(1);
  });

  await test.step('one can be sent without a word', async () => {
    await slice.asksBy(() => slice.message.press('Enter'));
    await slice.settled();
    const url = `data:image/png;base64,${png.toString('base64')}`;
    expect(bodies(simulator).at(-1)?.messages).toEqual([
      { role: 'user', content: [{ type: 'image_url', image_url: { url } }] },
    ]);
    await expect(images).toHaveCount(0);
  });
});

test('the list of models is searched, marked and filtered, with or without the server', async ({
  launch,
  simulator,
}) => {
  const slice = await launch();
  const { page } = slice;
  await slice.connect(simulator);
  const combobox = page.getByRole('combobox', { name: 'Model', exact: true });
  await combobox.press('Enter');
  const line = (name: string) => page.getByRole('option').filter({ hasText: name });
  await expect(line('gpt-4o-mini')).toContainText(/about \$0\.15 in, \$0\.60 out per million/);
  await expect(line('claude-3-5-sonnet')).toContainText('2 providers, from');
  await expect(page.getByText(/^List from \d\d:\d\d\.$/)).toBeVisible();

  await test.step('a favourite comes first from then on', async () => {
    await page.keyboard.type('llama');
    await page.keyboard.press('ControlOrMeta+d');
    await page.getByPlaceholder('Search or type a model').fill('');
    await expect(page.getByRole('option').first()).toContainText('llama');
    await page.keyboard.press('Escape');
    await combobox.press('Enter');
    await expect(page.getByText('Favourites', { exact: true })).toBeVisible();
  });

  await test.step('other types are a filter away, and say what they are not for', async () => {
    await expect(line('dall-e-3')).toHaveCount(0);
    await page.getByRole('radio', { name: /^image/ }).click();
    await expect(line('dall-e-3')).toContainText('not for chat');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('listbox')).toHaveCount(0);
  });

  await test.step('it is there without the server, and says that it could not be refreshed', async () => {
    await simulator.close();
    await combobox.press('Enter');
    await page.getByRole('button', { name: 'Refresh' }).press('Enter');
    await expect(page.getByText('Not refreshed.')).toBeVisible();
    await expect(line('gpt-4o-mini')).toBeVisible();
  });
});
