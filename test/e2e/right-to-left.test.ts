import { expect, test } from './app';

/** What the demo answers is its own; what is asked for is shown by the same blocks. */
const ARABIC = 'لماذا السماء زرقاء؟ انظر إلى `const x = 1;` ثم اشرح.';
const HEBREW = 'למה השמיים כחולים?';

test('each block stands on the side its letters ask for, and code stays as it is written', async ({
  launch,
}) => {
  const slice = await launch({ args: ['--demo=empty'] });
  const { page } = slice;
  await slice.message.waitFor();
  await slice.message.fill(ARABIC);
  const direction = (selector: string, at = 0) =>
    page
      .locator(selector)
      .nth(at)
      .evaluate((element) => getComputedStyle(element).direction);
  expect(await direction('textarea[aria-label="Message"]')).toBe('rtl');

  const list = `- ${HEBREW}\n- English after it`;
  const code = '```js\nconst answer = 42; // שלום\n```';
  await slice.message.fill(
    [ARABIC, HEBREW, 'Plain English, with שלום in it.', list, code].join('\n\n'),
  );
  await slice.message.press('Enter');
  await slice.settled();
  const blocks = slice.questions.locator('.answer-block');
  await blocks.nth(4).waitFor();
  const directions = await blocks.evaluateAll((elements) =>
    elements.map((element) => getComputedStyle(element).direction),
  );
  expect(directions.slice(0, 4)).toEqual(['rtl', 'rtl', 'ltr', 'rtl']);
  expect(await direction('article[aria-label="You"] .md-code')).toBe('ltr');
  expect(await direction('article[aria-label="You"] p code')).toBe('ltr');

  const sides = (at: number) =>
    blocks.nth(at).evaluate((block) => {
      const { left, right } = block.getBoundingClientRect();
      const range = document.createRange();
      range.selectNodeContents(block.querySelector('p, li') ?? block);
      const text = range.getBoundingClientRect();
      return text.left - left < right - text.right ? 'left' : 'right';
    });
  expect(await sides(1)).toBe('right');
  expect(await sides(2)).toBe('left');

  await slice.conversations.getByText('لماذا', { exact: false }).first().waitFor();
  expect(await page.evaluate(() => document.documentElement.dir)).toBe('');
});
