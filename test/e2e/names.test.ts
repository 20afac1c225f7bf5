import { expect, test } from './app';

test('first run is known by its names', async ({ launch }) => {
  const { page } = await launch();
  await expect(page.getByRole('heading', { name: 'Connect' })).toBeVisible();
  for (const name of ['Base URL', 'API key']) {
    await expect(page.getByRole('textbox', { name, exact: true })).toBeVisible();
  }
  for (const name of ['Save and continue', 'Try the demo']) {
    await expect(page.getByRole('button', { name, exact: true })).toBeVisible();
  }
});

test('the chat is known by its names, and all of it can be done by keyboard', async ({
  launch,
}) => {
  const slice = await launch({ args: ['--demo=empty'] });
  const { page } = slice;
  await slice.message.waitFor();
  const main = page.getByRole('navigation', { name: 'Main' });
  for (const name of ['Chat', 'Spending', 'Presets', 'Settings']) {
    await expect(main.getByRole('link', { name, exact: true })).toBeVisible();
  }
  await expect(page.getByRole('button', { name: 'New conversation', exact: true })).toBeVisible();
  await expect(page.getByRole('searchbox', { name: 'Search', exact: true })).toBeVisible();
  await expect(slice.conversations).toBeAttached();
  await expect(page.getByRole('combobox', { name: 'Model', exact: true })).toBeVisible();

  await expect(slice.message).toBeFocused();
  await page.keyboard.type('Why is the sky blue?');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('In two lines, please.');
  await page.keyboard.press('Enter');
  const log = page.getByRole('log', { name: 'Messages' });
  await expect(log.getByRole('article', { name: 'You' })).toContainText('In two lines, please.');
  await expect(page.getByRole('button', { name: 'Stop', exact: true })).toBeVisible();
  await page.keyboard.press('Escape');
  await slice.settled();
  await expect(slice.receipt).toBeVisible();
  await expect(page.getByRole('button', { name: 'Send', exact: true })).toBeVisible();
  await page.keyboard.press('ControlOrMeta+n');
  await expect(log.getByRole('article')).toHaveCount(0);
  await page.keyboard.press('ControlOrMeta+Shift+f');
  await expect(page.getByRole('searchbox', { name: 'Search' })).toBeFocused();
  await page.keyboard.press('ControlOrMeta+k');
  await expect(page.getByRole('dialog', { name: 'Commands' })).toBeVisible();
});
