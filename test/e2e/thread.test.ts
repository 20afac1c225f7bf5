import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright/test';
import { expect, type Slice, test } from './app';

/** Sends words that Enter alone would break apart. */
async function askAtOnce(slice: Slice, text: string): Promise<void> {
  await slice.asksBy(async () => {
    await slice.message.fill(text);
    await slice.message.press('Enter');
  });
  await slice.settled();
}

/** Until it stays: what is drawn on the way changes where everything is. */
async function bringOnScreen(message: Locator): Promise<void> {
  await expect(async () => {
    await message.evaluate((element) => element.scrollIntoView());
    await expect(message).toBeInViewport({ timeout: 500 });
  }).toPass();
}

test('a message is changed, and both versions stay', async ({ launch, simulator }) => {
  const slice = await launch();
  const { page } = slice;
  await slice.connect(simulator);
  await slice.ask('Why is the sky blue?');
  await slice.settled();
  const question = slice.questions.first();

  await test.step('Esc leaves the editor and changes nothing', async () => {
    await question.hover();
    await question.getByRole('button', { name: 'Edit' }).click();
    const box = page.getByRole('textbox', { name: 'The message, changed' });
    await expect(box).toBeFocused();
    await box.fill('Something else');
    await box.press('Escape');
    await expect(box).toHaveCount(0);
    await expect(question).toContainText('Why is the sky blue?');
    expect(simulator.log.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  await test.step('what is sent stands beside what was sent', async () => {
    await question.getByRole('button', { name: 'Edit' }).click();
    const box = page.getByRole('textbox', { name: 'The message, changed' });
    await box.fill('What is the capital of France?');
    await box.press('Enter');
    await expect(box).toHaveCount(0);
    await expect(slice.questions).toContainText('What is the capital of France?');
    await slice.settled();
    await expect(slice.questions).toHaveCount(1);
    await expect(slice.questions).toContainText('2/2');
    await expect(slice.lastAnswer).toContainText('Paris');
  });

  await test.step('the keyboard goes back and forth, and stays with the message', async () => {
    await slice.questions.getByRole('button', { name: 'Previous version' }).focus();
    await page.keyboard.press('Enter');
    await expect(slice.questions).toContainText('Why is the sky blue?');
    await expect(slice.questions).toContainText('1/2');
    await expect(slice.questions).toBeFocused();
    await page.keyboard.press('Alt+ArrowRight');
    await expect(slice.questions).toContainText('What is the capital of France?');
    await page.keyboard.press('Alt+ArrowLeft');
    await expect(slice.lastAnswer).toContainText('sky');
  });
});

test.describe('while answers take their time', () => {
  test.use({ pace: 'natural' });

  test('a message far above is changed in sight, and keeps no other conversation from its end', async ({
    launch,
    simulator,
  }) => {
    const slice = await launch();
    const { page } = slice;
    await slice.connect(simulator);
    await slice.ask('Why is the sky blue?');
    await slice.settled();
    const box = page.getByRole('textbox', { name: 'The message, changed' });

    await test.step('what is left half changed lets an answer elsewhere be followed', async () => {
      await slice.questions.hover();
      await slice.questions.getByRole('button', { name: 'Edit' }).click();
      await box.fill('Why is the sea blue?');
      await page.getByRole('button', { name: 'New conversation' }).click();
      await slice.chooseModel('sim-long-9000@300');
      await slice.message.fill('Something long');
      await slice.message.press('Enter');
      await expect(slice.receipt).toContainText('sim-long-9000@300', { timeout: 30_000 });
      await slice.settled();
      await expect(slice.receipt).toBeInViewport();
    });

    await test.step('a thread that has just moved hears what is pressed', async () => {
      const underPointer = page.getByRole('log', { name: 'Messages' }).evaluate(async (list) => {
        const thread = list.parentElement;
        if (thread === null) return null;
        thread.scrollTop -= 40;
        await new Promise((resolve) => {
          thread.addEventListener('scroll', resolve, { once: true });
        });
        await new Promise(requestAnimationFrame);
        await new Promise(requestAnimationFrame);
        const { top, left, width, height } = thread.getBoundingClientRect();
        const element = document.elementFromPoint(left + width / 2, top + height / 2);
        return element?.closest('article')?.getAttribute('aria-label') ?? null;
      });
      expect(await underPointer).toBe('Assistant');
    });

    await test.step('the key brings what is changed on screen', async () => {
      await expect(slice.questions).toHaveCount(0);
      await page.keyboard.press('ControlOrMeta+k');
      await page.getByRole('dialog').getByRole('combobox').fill('Edit the last message');
      await page.getByRole('option', { name: 'Edit the last message', exact: true }).click();
      await expect(box).toBeFocused();
      await expect(box).toBeInViewport();
      await expect(box).toHaveValue('Something long');
    });
  });
});

test('an address leads to a message, also on a branch that is not shown', async ({
  launch,
  simulator,
}) => {
  const slice = await launch();
  const { page } = slice;
  await slice.connect(simulator);
  await slice.ask('What is the capital of France?');
  await slice.settled();
  const id = await slice.questions.getAttribute('data-message');
  await slice.questions.hover();
  await slice.questions.getByRole('button', { name: 'Edit' }).click();
  await page.getByRole('textbox', { name: 'The message, changed' }).fill('Why is the sky blue?');
  await page.keyboard.press('Enter');
  await expect(slice.questions).toContainText('2/2');
  await slice.settled();
  await page.evaluate((message) => {
    location.hash = `${location.hash}?message=${message}`;
  }, id);
  await expect(slice.questions).toContainText('What is the capital of France?');
  await expect(slice.questions).toHaveClass(/message-marked/);
  await expect(slice.questions).not.toHaveClass(/message-marked/);
  expect(new URL(page.url()).hash).not.toContain('message=');
});

test('what is far away and not drawn is found too', async ({ launch, simulator }) => {
  const slice = await launch();
  const { page } = slice;
  await slice.connect(simulator);
  await slice.ask('A needle in the haystack?');
  await slice.settled();
  await slice.chooseModel('sim-long-60000+fast');
  await slice.message.fill('Something long');
  await slice.message.press('Enter');
  await expect(slice.receipt).toContainText('sim-long-60000+fast', { timeout: 30_000 });
  await expect(slice.lastAnswer).toHaveAttribute('aria-busy', 'false', { timeout: 60_000 });
  await expect(slice.questions.filter({ hasText: 'needle' })).toHaveCount(0);
  await page.keyboard.press('Control+f');
  await page.getByRole('searchbox', { name: 'Find' }).fill('needle in');
  await expect(page.getByRole('search').getByRole('status')).toHaveText('1 of 1');
  await expect(slice.questions.filter({ hasText: 'needle' })).toBeInViewport();
});

test('an answer is asked again of another model', async ({ launch, simulator }) => {
  const slice = await launch();
  const { page } = slice;
  await slice.connect(simulator);
  await slice.ask('What is the capital of France?');
  await slice.settled();
  await slice.receipt.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Answer again with' }).hover();
  await page.getByRole('menuitem', { name: 'Another model' }).click();
  await page.getByPlaceholder('Search or type a model').fill('claude-3-5-sonnet');
  await page.keyboard.press('Enter');
  await expect(slice.receipt).toContainText('2/2');
  await slice.settled();
  await expect(slice.lastAnswer).toContainText('claude-3-5-sonnet');
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(slice.receipt).toContainText('1/2');
});

test('what was said is found, quoted, copied and saved', async ({
  launch,
  simulator,
  dataFolder,
}) => {
  const slice = await launch();
  const { app, page } = slice;
  await slice.connect(simulator);
  await askAtOnce(slice, 'Total spent by customer this year, in SQL');

  await test.step('code is saved as a file of its language', async () => {
    const path = join(dataFolder, 'saved.sql');
    await app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = async (...args: readonly unknown[]) => {
        const options = args.at(-1);
        Object.assign(globalThis, { saveOptions: options });
        return { canceled: false, filePath };
      };
    }, path);
    const block = slice.lastAnswer.locator('figure').first();
    await block.hover();
    await block.getByRole('button', { name: 'Save as a file' }).click();
    await expect(page.getByText(/Saved as/)).toBeVisible();
    const shown = await block.locator('code').innerText();
    expect(readFileSync(path, 'utf8').trim()).toBe(shown.trim());
    const offered = await app.evaluate(() => JSON.stringify(Object(globalThis).saveOptions));
    expect(offered).toContain('.sql');
  });

  await test.step('long lines wrap, and that is remembered', async () => {
    const block = slice.lastAnswer.locator('figure').first();
    await block.getByRole('button', { name: 'Wrap long lines' }).click();
    await expect(block.locator('pre')).toHaveCSS('white-space', /pre/);
    await expect(block.locator('pre')).toHaveClass(/code-wraps/);
    expect(await page.evaluate(() => localStorage.getItem('reading'))).toContain('true');
  });

  await test.step('words are found, counted and gone through', async () => {
    await page.keyboard.press('Control+f');
    const box = page.getByRole('searchbox', { name: 'Find' });
    await expect(box).toBeFocused();
    await box.fill('customer');
    const status = page.getByRole('search').getByRole('status');
    await expect(status).toHaveText(/^\d of [3-9]/);
    const first = await status.textContent();
    await box.press('Enter');
    await expect(status).not.toHaveText(first ?? '');
    await box.press('Shift+Enter');
    await expect(status).toHaveText(first ?? '');
    const marked = await page.evaluate(() => CSS.highlights.get('find')?.size ?? 0);
    const total = Number(/of (\d+)/.exec((await status.textContent()) ?? '')?.[1]);
    expect(marked).toBe(total);
    await box.fill('no such words');
    await expect(status).toHaveText('Nothing found');
    await box.press('Escape');
    await expect(box).toHaveCount(0);
    expect(await page.evaluate(() => CSS.highlights.size)).toBe(0);
  });

  await test.step('a selection is quoted in the composer', async () => {
    const said = slice.lastAnswer.locator('.prose p').last();
    await said.scrollIntoViewIfNeeded();
    await said.selectText();
    const words = await page.evaluate(() => getSelection()?.toString().trim() ?? '');
    await page.getByRole('button', { name: 'Quote' }).click();
    await expect(slice.message).toBeFocused();
    await expect(slice.message).toHaveValue(`> ${words}\n\n`);
    await slice.message.fill('');
  });

  await test.step('an answer is shown as it was written', async () => {
    await slice.receipt.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Show as written' }).click();
    await expect(slice.lastAnswer.getByRole('region', { name: 'As written' })).toContainText(
      '```sql',
    );
  });
});

test('a diagram is drawn under the page’s policy, and its source is never far', async ({
  launch,
  simulator,
}) => {
  const slice = await launch();
  const { page } = slice;
  const refused: string[] = [];
  page.on('console', (message) => {
    if (/Content Security Policy/.test(message.text())) refused.push(message.text());
  });
  await slice.connect(simulator);
  const loaded: string[] = [];
  page.on('request', (request) => loaded.push(request.url()));
  await askAtOnce(slice, 'Why is the sky blue?');
  expect(loaded.filter((url) => url.includes('mermaid'))).toEqual([]);
  await askAtOnce(slice, 'Why?\n\n```mermaid\ngraph LR\n  Asked --> Answered\n```');
  const question = slice.questions.last();
  await bringOnScreen(question);
  const diagram = question.getByRole('img', { name: 'Diagram' });
  await expect(diagram.locator('svg')).toBeVisible();
  await expect(diagram).toContainText('Answered');
  expect(loaded.filter((url) => url.includes('mermaid'))).not.toEqual([]);
  // The diagram has moved what is around it.
  await bringOnScreen(question);
  await question.getByRole('radio', { name: 'Source' }).click();
  await expect(question.locator('pre')).toContainText('Asked --> Answered');

  await askAtOnce(slice, '```mermaid\ngraph LR\n  a --> --> b[[\n```');
  await bringOnScreen(slice.questions.last());
  await expect(slice.questions.last()).toContainText('This diagram cannot be drawn.');
  await expect(slice.questions.last().locator('pre')).toContainText('a --> --> b');
  expect(refused).toEqual([]);
});
