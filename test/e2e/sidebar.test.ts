import type { Locator } from 'playwright/test';
import { expect, type Slice, test } from './app';

const QUESTIONS = [
  'Why is the sky blue?',
  'Lisbon for two under €900',
  'Turn this recipe into metric units',
] as const;

/** Asks each question in a conversation of its own, the last one last. */
async function converse(slice: Slice): Promise<void> {
  for (const question of QUESTIONS) {
    await slice.page.getByRole('button', { name: 'New conversation' }).click();
    await slice.ask(question);
    await slice.settled();
  }
}

/** As fast as nobody types: what is listed at Enter is what was found before. */
async function typeAndEnter(box: Locator, words: string): Promise<void> {
  await box.evaluate(async (input: HTMLInputElement, value) => {
    const { set } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value') ?? {};
    set?.call(input, value);
    input.dispatchEvent(new Event('input', { bubbles: true }));
    await new Promise((resolve) => setTimeout(resolve));
    input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
  }, words);
}

const rows = (slice: Slice) => slice.conversations.getByRole('link');

test('the palette opens a conversation by words in its answer, at that answer', async ({
  launch,
}) => {
  const slice = await launch({ args: ['--demo=empty'] });
  const { page } = slice;
  await slice.message.waitFor();
  await converse(slice);
  await page.keyboard.press('ControlOrMeta+k');
  const palette = page.getByRole('dialog', { name: 'Commands' });
  await palette.getByRole('combobox').pressSequentially('air scatters');
  await expect(palette.getByRole('group', { name: 'Messages' }).getByRole('option')).toHaveCount(1);
  await expect(palette.locator('mark').first()).toHaveText(/air|scatters/i);
  await expect(palette.getByRole('option', { selected: true })).toContainText('scatters');
  await page.keyboard.press('Enter');
  await expect(palette).toBeHidden();
  await expect(page.getByRole('heading', { name: QUESTIONS[0] })).toBeVisible();
  await expect(slice.lastAnswer).toContainText('air scatters');

  await page.keyboard.press('ControlOrMeta+k');
  await expect(palette.getByRole('combobox')).toBeFocused();
  await page.keyboard.type('spending');
  await expect(palette.getByRole('option', { selected: true })).toContainText('Go to Spending');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Spending', level: 1 })).toBeVisible();
});

test('several conversations are deleted at once, come back at once, and leave for good', async ({
  launch,
}) => {
  const slice = await launch({ args: ['--demo=empty'] });
  const { page } = slice;
  await slice.message.waitFor();
  await converse(slice);
  await rows(slice)
    .nth(0)
    .click({ modifiers: ['ControlOrMeta'] });
  await rows(slice)
    .nth(2)
    .click({ modifiers: ['Shift'] });
  const bar = page.getByRole('toolbar', { name: 'Selected conversations' });
  await expect(bar).toContainText('3 selected');
  await rows(slice).nth(1).click();
  await expect(bar).toContainText('2 selected');
  await bar.getByRole('button', { name: 'Delete' }).click();
  await expect(rows(slice)).toHaveCount(1);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(rows(slice)).toHaveCount(3);

  await rows(slice).nth(0).focus();
  await page.keyboard.press('ControlOrMeta+a');
  await expect(bar).toContainText('3 selected');
  await page.keyboard.press('Escape');
  await expect(bar).toBeHidden();
  await page.keyboard.press('Delete');
  await expect(rows(slice)).toHaveCount(2);

  await page.getByRole('button', { name: 'Which conversations' }).click();
  await page.getByRole('menuitemradio', { name: 'Trash' }).click();
  await expect(rows(slice)).toHaveCount(1);
  await page.getByRole('button', { name: 'Empty trash' }).click();
  const question = page.getByRole('alertdialog');
  await expect(question).toContainText('stays in the totals');
  await expect(question.getByRole('button', { name: 'Keep' })).toBeFocused();
  await question.getByRole('button', { name: 'Delete for good' }).click();
  await expect(slice.conversations).toContainText('The trash is empty.');
  await page.getByRole('button', { name: 'Show all conversations' }).click();
  await expect(rows(slice)).toHaveCount(2);
});

test('a search says what can be looked for, and where a query is wrong', async ({ launch }) => {
  const slice = await launch({ args: ['--demo=empty'] });
  const { page } = slice;
  await slice.message.waitFor();
  await converse(slice);
  await page.keyboard.press('ControlOrMeta+Shift+f');
  const box = page.getByRole('searchbox', { name: 'Search' });
  await expect(box).toBeFocused();
  const suggestions = page.getByRole('listbox', { name: 'Suggestions' });
  await expect(suggestions.getByRole('option').first()).toContainText('cost:');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(box).toHaveValue('model:');
  await expect(suggestions.getByRole('option')).toHaveCount(1);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(box).toHaveValue(/^model:\S+ $/);
  await expect(rows(slice)).toHaveCount(3);
  await page.keyboard.type('scatters');
  await expect(rows(slice)).toHaveCount(1);
  await page.keyboard.type(' cost:much');
  await expect(page.getByRole('alert')).toContainText('no amount of dollars: ');
  await expect(page.getByRole('alert')).toContainText('cost:much');
  await expect(box).toHaveValue(/cost:much$/);
  await expect(rows(slice)).toHaveCount(1);

  await page.keyboard.press('Escape');
  await expect(box).toHaveValue('');
  await page.keyboard.type('scatters');
  await expect(rows(slice)).toHaveCount(1);
  await page.keyboard.press('ArrowDown');
  await expect(rows(slice).first()).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(box).toBeFocused();
  const order = page.getByRole('combobox', { name: 'Order of what was found' });
  await expect(order).toHaveText('Newest');
  await order.click();
  await page.getByRole('option', { name: 'Relevance' }).click();
  await expect(order).toHaveText('Relevance');
  await expect(rows(slice)).toHaveCount(1);
  await box.press('Enter');
  await expect(page.getByRole('heading', { name: QUESTIONS[0] })).toBeVisible();
});

test('Enter in the palette opens what was found for all that is typed', async ({ launch }) => {
  const slice = await launch({ args: ['--demo=empty'] });
  const { page } = slice;
  await slice.message.waitFor();
  await converse(slice);
  await page.keyboard.press('ControlOrMeta+k');
  const palette = page.getByRole('dialog', { name: 'Commands' });
  const box = palette.getByRole('combobox');
  await box.fill('recipe');
  await expect(palette.getByRole('option', { selected: true })).toContainText(QUESTIONS[2]);
  await typeAndEnter(box, 'Lisbon');
  await expect(page.getByRole('heading', { name: QUESTIONS[1] })).toBeVisible();
});

test('Enter in the search opens what was found for all that is typed', async ({ launch }) => {
  const slice = await launch({ args: ['--demo=empty'] });
  const { page } = slice;
  await slice.message.waitFor();
  await converse(slice);
  const box = page.getByRole('searchbox', { name: 'Search' });
  await box.fill('recipe');
  await expect(rows(slice)).toHaveCount(1);
  await typeAndEnter(box, 'Lisbon');
  await expect(page.getByRole('heading', { name: QUESTIONS[1] })).toBeVisible();
});

test('a conversation is tagged, found by its tag, and archived', async ({ launch }) => {
  const slice = await launch({ args: ['--demo=empty'] });
  const { page } = slice;
  await slice.message.waitFor();
  await converse(slice);
  await rows(slice).nth(1).focus();
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: 'Tags…' }).click();
  await expect(page.getByRole('dialog').getByRole('combobox')).toBeFocused();
  await page.keyboard.type('travel');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(rows(slice).nth(1)).toContainText('travel');
  await expect(rows(slice).nth(1)).toBeFocused();

  await page.getByRole('button', { name: 'Which conversations' }).click();
  await page.getByRole('menuitem', { name: 'Tag' }).click();
  await page.getByRole('menuitemradio', { name: 'travel' }).click();
  await expect(rows(slice)).toHaveCount(1);
  await page.getByRole('button', { name: 'Show all conversations' }).click();
  await rows(slice).nth(1).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Archive' }).click();
  await expect(rows(slice)).toHaveCount(2);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(rows(slice)).toHaveCount(3);
});

test('other keys for a command are kept, also over a restart', async ({ launch }) => {
  const slice = await launch({ args: ['--demo=empty'] });
  const { page } = slice;
  await slice.message.waitFor();
  await page.keyboard.press('ControlOrMeta+,');
  await page.getByRole('link', { name: 'Shortcuts' }).click();
  const keys = page.getByRole('button', { name: /^Show or hide the sidebar: / });
  await keys.click();
  await page.keyboard.press('ControlOrMeta+n');
  await expect(page.getByRole('alert')).toContainText('New conversation');
  await keys.click();
  await page.keyboard.press('ControlOrMeta+q');
  await expect(page.getByRole('alert')).toContainText('belongs to the system');
  await keys.click();
  await page.keyboard.press('ControlOrMeta+Shift+e');
  await expect(page.getByRole('button', { name: /^Back to .* for “Show or hide/ })).toBeVisible();
  await slice.quit();

  const again = await launch();
  await again.message.waitFor();
  const search = again.page.getByRole('searchbox', { name: 'Search' });
  await expect(search).toBeVisible();
  await again.page.keyboard.press('ControlOrMeta+b');
  await expect(search).toBeVisible();
  await again.page.keyboard.press('ControlOrMeta+Shift+e');
  await expect(search).toBeHidden();
  const accelerator = () =>
    again.app.evaluate(
      ({ Menu }) =>
        Menu.getApplicationMenu()
          ?.items.flatMap((menu) => menu.submenu?.items ?? [])
          .find((item) => item.label === 'Show or hide the sidebar')?.accelerator,
    );
  // The menu follows when main has read the settings.
  await expect.poll(accelerator).toBe('CmdOrCtrl+Shift+E');
});

test('the sidebar is as wide as it was made', async ({ launch }) => {
  const slice = await launch({ args: ['--demo=empty'] });
  const { page } = slice;
  await slice.message.waitFor();
  const edge = page.getByRole('separator', { name: 'Width of the sidebar' });
  const width = async (of: Slice) =>
    of.page.getByRole('complementary').evaluate((element) => element.getBoundingClientRect().width);
  const box = await edge.boundingBox();
  if (!box) throw new Error('the edge is not there');
  await page.mouse.move(box.x + 4, 300);
  await page.mouse.down();
  await page.mouse.move(box.x + 104, 300, { steps: 5 });
  await expect.poll(() => width(slice)).toBe(348);
  await page.mouse.up();
  await edge.focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => width(slice)).toBe(356);
  await expect(edge).toHaveAttribute('aria-valuenow', '356');
  await slice.quit();

  const again = await launch();
  await again.message.waitFor();
  expect(await width(again)).toBe(356);
  await again.page.getByRole('separator', { name: 'Width of the sidebar' }).dblclick();
  await expect.poll(() => width(again)).toBe(248);
});
