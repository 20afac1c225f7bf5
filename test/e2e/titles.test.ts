import { expect, type Slice, test } from './app';

const titles = (slice: Slice) => slice.conversations.getByRole('link');

test('a model writes the title of a conversation once that is turned on, and the bill has it', async ({
  launch,
  simulator,
}) => {
  const slice = await launch();
  const { page } = slice;
  await slice.connect(simulator);
  await slice.ask('Why is the sky blue?');
  await slice.settled();
  await expect(titles(slice).first()).toContainText('Why is the sky blue?');

  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('link', { name: 'Writing' }).click();
  const byModel = page.getByRole('switch', { name: 'Titles by a model' });
  await expect(byModel).not.toBeChecked();
  await expect(page.getByText(/Each title is a small paid request/)).toBeVisible();
  await byModel.press('Space');
  await expect(byModel).toBeChecked();
  const from = page.getByRole('combobox', { name: 'Titles from' });
  await expect(from).toContainText('own model');
  await from.press('Enter');
  await page.getByRole('option').last().press('Enter');
  await page.getByRole('combobox', { name: 'Model for titles' }).press('Enter');
  await page.keyboard.type('gpt-4o-mini');
  await page.keyboard.press('Enter');

  await page.getByRole('button', { name: 'New conversation' }).click();
  await slice.ask('Hi, how do I boil an egg?');
  await slice.settled();
  await expect(page.getByRole('heading', { name: 'Hi How Do I Boil An Egg' })).toBeVisible();
  await expect(titles(slice).first()).toContainText('Hi How Do I Boil An Egg');
  await expect(slice.answers).toHaveCount(1);
  const asked = simulator.log.filter(({ path }) => path.includes('chat')).map(({ body }) => body);
  expect(asked).toHaveLength(3);
  expect(asked[2]).toMatchObject({ model: 'gpt-4o-mini', max_tokens: 60 });

  await page.evaluate(() => {
    window.location.hash = '#/spending?rows=time.down';
  });
  const requests = page.getByRole('table', { name: 'Answers' });
  await expect(requests.getByRole('row', { name: /Title .*Complete/ })).toHaveCount(1);
});

test('the list is put in order by last use, title and cost with the keyboard alone', async ({
  launch,
}) => {
  const slice = await launch({ args: ['--demo=empty'] });
  const { page } = slice;
  for (const [text, model] of [
    ['beta', 'gpt-4o-mini'],
    ['alpha', 'claude-3-5-sonnet'],
    ['gamma', 'gpt-4o'],
  ] as const) {
    await page.getByRole('button', { name: 'New conversation' }).click();
    await slice.chooseModel(model);
    await slice.ask(text);
    await slice.settled();
  }
  const order = async (name: string) => {
    await page.getByRole('button', { name: 'Which conversations' }).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('menuitemradio').first()).toBeFocused();
    await page.keyboard.type(name);
    await expect(page.getByRole('menuitemradio', { name, exact: true })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: 'Which conversations' })).toBeFocused();
  };
  await order('Title');
  await expect(titles(slice)).toContainText(['alpha', 'beta', 'gamma']);
  await order('Last used');
  await expect(titles(slice)).toContainText(['gamma', 'alpha', 'beta']);
  await order('Cost');
  await expect(titles(slice)).toContainText(['alpha', 'gamma', 'beta']);
});
