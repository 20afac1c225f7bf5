import { join } from 'node:path';
import { startSimulator } from '../../electron/simulator/simulator';
import { openWriter } from '../../electron/store/connection';
import { insertBudget } from '../../electron/store/queries/budgets';
import { connectionId } from '../../shared/ids';
import { parseUsd, ZERO_USD } from '../../shared/money';
import { test } from '../e2e/app';
import { OtlpReceiver } from '../fixtures/otlp-receiver';
import { spendDays } from '../fixtures/spent-days';
import { picture } from './picture';

test('spending', async ({ launch, simulator, dataFolder }) => {
  const first = await launch();
  await first.connect(simulator, { weak: true });
  await first.quit();
  const db = openWriter(join(dataFolder, 'slice.db'));
  db.transaction(() => spendDays(db, connectionId.parse(1), Date.now(), 64))();
  const budget = { scope: { kind: 'all' }, warnPercent: 80 } as const;
  const dollars = (amount: string) => parseUsd(amount) ?? ZERO_USD;
  insertBudget(db, { ...budget, period: 'month', limit: dollars('20'), stops: true }, Date.now());
  insertBudget(db, { ...budget, period: 'day', limit: dollars('1'), stops: false }, Date.now());
  db.close();

  const slice = await launch();
  const { page } = slice;
  await page.getByRole('link', { name: 'Spending', exact: true }).click();
  await page.getByRole('table', { name: 'Spending' }).waitFor();
  await picture(slice, '6-spending', [0, 1, 2]);
  await page
    .getByRole('group', { name: /^Cost by day/ })
    .getByRole('button')
    .nth(5)
    .hover();
  await picture(slice, '6-spending-slip');
  await page.getByRole('combobox', { name: 'Period' }).click();
  await picture(slice, '6-spending-period');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Filter' }).click();
  await picture(slice, '6-spending-filter');
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'openai/gpt-4o' }).click();
  await page.getByRole('table', { name: 'Answers' }).waitFor();
  await picture(slice, '6-spending-answers', [0, 1]);
});

test('the bill', async ({ launch, simulator }) => {
  const slice = await launch();
  const { page } = slice;
  await slice.connect(simulator, { weak: true });
  for (const [model, question] of [
    ['gpt-4o', 'Why is the sky blue?'],
    ['sim-cost-nan', 'A haiku about rain'],
    ['gpt-4o', 'And at night?'],
  ] as const) {
    await slice.chooseModel(model);
    await slice.ask(question);
    await slice.settled();
  }
  await page.evaluate(() => {
    location.hash = '#/spending/billing';
  });
  await page.getByRole('button', { name: 'Import billing history' }).click();
  await page.getByRole('button', { name: 'Undo this import' }).waitFor();
  await picture(slice, '6-billing', [0, 1]);
});

test('the team', async ({ launch }) => {
  const simulator = await startSimulator({ pace: 'instant' });
  const receiver = new OtlpReceiver();
  await receiver.start();
  const slice = await launch();
  const { page } = slice;
  await slice.connect(simulator, { weak: true });
  await slice.chooseModel('gpt-4o');
  for (const question of ['Why is the sky blue?', 'And at night?']) {
    await slice.ask(question);
    await slice.settled();
  }
  await page.getByRole('link', { name: 'Settings', exact: true }).click();
  await page.getByRole('link', { name: 'Team', exact: true }).click();
  await page.getByRole('textbox', { name: 'Address' }).fill(receiver.endpoint);
  await page.getByRole('textbox', { name: 'Name of this desktop' }).fill('Desk 7');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('switch', { name: 'Tell a collector' }).click();
  await page.getByRole('button', { name: 'Test' }).click();
  await page.getByText('The collector took a test in').waitFor();
  await picture(slice, '7-settings-team', [0, 1]);
  await receiver.stop();
  await page.getByRole('button', { name: 'Test' }).click();
  await page.getByRole('alert').waitFor();
  await picture(slice, '7-settings-team-away');
  await simulator.close();
});
