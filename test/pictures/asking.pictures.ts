import { test } from '../e2e/app';
import { picture } from './picture';

test('what is asked', async ({ launch }) => {
  const slice = await launch({ args: ['--demo'] });
  const { page } = slice;
  await slice.message.waitFor();
  await slice.chooseModel('gpt-4o');
  await slice.ask('A weekend in Lisbon for two under €900');
  await slice.settled();
  await page.getByRole('combobox', { name: 'Model', exact: true }).click();
  await page.waitForTimeout(500);
  await picture(slice, '2-chat-models', [0, 1]);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Parameters', exact: true }).click();
  const panel = page.getByRole('region', { name: 'Parameters' });
  await panel.getByLabel('Temperature', { exact: true }).fill('0.2');
  await panel.getByRole('radio', { name: /13/ }).click();
  await page.waitForTimeout(300);
  await picture(slice, '2-chat-parameters', [0, 1]);
});

test('answers side by side', async ({ launch }) => {
  const slice = await launch({ args: ['--demo'] });
  const { page } = slice;
  await slice.message.waitFor();
  await slice.chooseModel('gpt-4o');
  await page.getByRole('combobox', { name: 'Model', exact: true }).click();
  const search = page.getByPlaceholder('Search or type a model');
  for (const model of ['claude-3-5-sonnet', 'sim-slow@6']) {
    await search.fill(model);
    await page.waitForTimeout(300);
    await search.press('Shift+Enter');
  }
  await page.keyboard.press('Escape');
  await slice.message.fill('A weekend in Lisbon for two under €900');
  await picture(slice, '4-compare-before');
  await slice.message.press('Enter');
  await page.waitForTimeout(9000);
  await picture(slice, '4-compare', [0, 1]);
});

test('what was sent', async ({ launch }) => {
  const slice = await launch({ args: ['--demo'] });
  const { page } = slice;
  await slice.message.waitFor();
  await slice.chooseModel('gpt-4o');
  await slice.ask('Why is the sky blue?');
  await slice.settled();
  await slice.receipt.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Inspect request' }).click();
  await page.waitForTimeout(700);
  await picture(slice, '2-chat-inspect');
});
