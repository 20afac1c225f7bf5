import { test } from '../e2e/app';
import { picture } from './picture';

test('a budget stops a message', async ({ launch, simulator }) => {
  const slice = await launch();
  const { page } = slice;
  await slice.connect(simulator);
  await slice.chooseModel('gpt-4o');
  await slice.ask('Why is the sky blue?');
  await slice.settled();
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('link', { name: 'Budgets' }).click();
  const limit = page.getByRole('textbox', { name: 'Limit in US dollars' });
  for (const [period, amount] of [
    ['Day', '0.50'],
    ['Month', '0.015'],
  ] as const) {
    await page.getByRole('button', { name: 'New budget' }).click();
    await page.getByRole('radio', { name: period }).click();
    await limit.fill(amount);
    await page.getByRole('button', { name: 'Add budget' }).click();
    await limit.waitFor({ state: 'detached' });
  }
  await page.getByRole('button', { name: 'All spending', exact: true }).first().click();
  await page.waitForTimeout(300);
  await picture(slice, '7-settings-budgets', [0, 1]);
  await page.getByRole('link', { name: /Why is the sky blue/ }).click();
  await page.getByRole('combobox', { name: 'Model', exact: true }).click();
  const search = page.getByPlaceholder('Search or type a model');
  await search.fill('claude-3-5-sonnet');
  await page.waitForTimeout(300);
  await search.press('Shift+Enter');
  await page.keyboard.press('Escape');
  await slice.message.fill('Now the same for a child of ten, with an experiment at home.');
  await slice.message.press('Enter');
  await page.getByRole('alertdialog').waitFor();
  await page.waitForTimeout(300);
  await picture(slice, '8-budget-stop', [0, 1]);
});
