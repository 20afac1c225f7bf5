import type { Locator } from 'playwright/test';
import { expect, test } from './app';

test('a conversation is renamed through its menus', async ({ launch }) => {
  const slice = await launch({ args: ['--demo=empty'] });
  await slice.ask('hello');
  await slice.settled();
  const row = slice.conversations.getByRole('listitem').first();
  await row.hover();
  await row.getByRole('button', { name: 'More' }).click();
  await slice.page.getByRole('menuitem', { name: /Rename/ }).click();
  await expect(slice.page.getByRole('textbox', { name: /title/i })).toBeFocused();
  await slice.page.waitForTimeout(300);
  await slice.page.keyboard.type('By the menu');
  await slice.page.keyboard.press('Enter');
  await expect(row).toContainText('By the menu');
  await row.click({ button: 'right' });
  await slice.page.getByRole('menuitem', { name: /Rename/ }).click();
  await expect(slice.page.getByRole('textbox', { name: /title/i })).toBeFocused();
  await slice.page.waitForTimeout(300);
  await slice.page.keyboard.type('By the right button');
  await slice.page.keyboard.press('Enter');
  await expect(row).toContainText('By the right button');
  const header = slice.page.getByRole('main');
  await header.getByRole('button', { name: 'More' }).first().click();
  await slice.page.getByRole('menuitem', { name: /Rename/ }).click();
  await expect(slice.page.getByRole('textbox', { name: /title/i })).toBeFocused();
  await slice.page.waitForTimeout(300);
  await slice.page.keyboard.type('By the head');
  await slice.page.keyboard.press('Enter');
  await expect(row).toContainText('By the head');
});

test('a key that only ends what an input method composes closes nothing', async ({ launch }) => {
  const slice = await launch({ args: ['--demo=empty'] });
  const { page } = slice;
  await slice.ask('hello');
  await slice.settled();
  const compose = (field: Locator, key: string) =>
    field.dispatchEvent('keydown', { key, keyCode: 229, isComposing: true, cancelable: true });

  await page.getByRole('heading', { level: 1 }).getByRole('button').click();
  const title = page.getByRole('textbox', { name: /title/i });
  for (const key of ['Escape', 'Enter']) await compose(title, key);
  await expect(title).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(title).toHaveCount(0);

  await page.keyboard.press('ControlOrMeta+k');
  const palette = page.getByRole('dialog', { name: 'Commands' }).getByRole('combobox');
  for (const key of ['Escape', 'Enter']) await compose(palette, key);
  await expect(palette).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(palette).toHaveCount(0);

  await page.evaluate(() => {
    location.hash = '/settings/connections';
  });
  await page.getByRole('button', { name: 'Add connection' }).click();
  const form = page.getByRole('form', { name: 'New connection' });
  await compose(form.getByRole('textbox', { name: 'Name' }), 'Escape');
  await expect(form).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(form).toHaveCount(0);
});
