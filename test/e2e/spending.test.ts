import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Simulator } from '../../electron/simulator/simulator';
import { parseUsd, sumUsd, usdText } from '../../shared/money';
import { expect, type Slice, test } from './app';

/** What the server says that its answers cost, without those of which it does not say it. */
function billOf({ log }: Simulator): string {
  return `$${usdText(sumUsd(log.flatMap(({ usage }) => parseUsd(usage?.cost ?? '') ?? [])), 6)}`;
}

async function ask(slice: Slice, model: string, text: string): Promise<void> {
  await slice.chooseModel(model);
  await slice.ask(text);
  await slice.settled();
}

test('every answer is on the spending page, and leads to its message and back', async ({
  launch,
  simulator,
}) => {
  const slice = await launch();
  const { page } = slice;
  const open = () => page.getByRole('link', { name: 'Spending', exact: true }).click();
  const table = page.getByRole('table', { name: 'Spending' });
  const total = page.getByRole('region', { name: 'Total' });
  const answers = page.getByRole('table', { name: 'Answers' });
  await slice.connect(simulator);

  await test.step('before the first answer it says what will stand there', async () => {
    await open();
    await expect(page.getByRole('heading', { name: /will stand here/ })).toBeVisible();
    await page.getByRole('link', { name: 'Begin a conversation' }).click();
  });

  await test.step('its sum is the bill of the server, and the unknown is counted beside it', async () => {
    await ask(slice, 'gpt-4o', 'Why is the sky blue?');
    await ask(slice, 'claude-3-5-sonnet', 'And at night?');
    await ask(slice, 'sim-cost-nan', 'And on Mars?');
    await open();
    const bill = billOf(simulator);
    await expect(table.getByRole('row').last()).toContainText(bill);
    await expect(total).toContainText(bill);
    await expect(total.getByRole('link', { name: '+ 1 unknown' })).toBeVisible();
    await expect(table.getByRole('row', { name: /sim-cost-nan/ })).not.toContainText('$0.000000');
    // In the first week there is nothing to compare with.
    await expect(total).toContainText(/since \S+/);
    await expect(page.getByRole('region', { name: 'How good the estimates were' })).toContainText(
      'too few to say',
    );
  });

  await test.step('what it is grouped by is in the address, also after a reload', async () => {
    await page.getByRole('combobox', { name: 'Group by' }).click();
    await page.getByRole('option', { name: 'Connection' }).click();
    await expect(table.getByRole('columnheader', { name: 'Connection' })).toBeVisible();
    await expect(table.getByRole('row')).toHaveCount(3);
    await page.reload();
    await expect(table.getByRole('columnheader', { name: 'Connection' })).toBeVisible();
    await page.goBack();
    await expect(table.getByRole('columnheader', { name: 'Model' })).toBeVisible();
  });

  await test.step('a group leads to its answers, one of them to its message, and back', async () => {
    await table.getByRole('link', { name: /claude-3-5-sonnet/ }).focus();
    await page.keyboard.press('Enter');
    const row = answers.getByRole('button', { name: /^Open “Why is the sky blue\?”/ });
    await expect(row).toHaveCount(1);
    await row.focus();
    await page.keyboard.press('Enter');
    // The answer itself; its question may be too far above it to be drawn.
    const answer = slice.answers.filter({ hasText: 'claude-3-5-sonnet' });
    await expect(answer).toBeInViewport();
    await page.goBack();
    await expect(row).toBeFocused();
    await page.goBack();
    await expect(table.getByRole('row')).toHaveCount(5);
  });

  await test.step('a bar leads to the answers of its time, by the keyboard', async () => {
    const chart = page.getByRole('group', { name: /^Cost by day/ });
    await chart.locator('button[tabindex="0"]').focus();
    await page.keyboard.press('Enter');
    await expect(answers.getByRole('row')).toHaveCount(4);
    await total.getByRole('link', { name: '+ 1 unknown' }).click();
    await expect(answers.getByRole('row')).toHaveCount(2);
    await expect(answers).toContainText('unknown');
  });
});

test('the spending page follows what happens, and says when it cannot read the ledger', async ({
  launch,
  simulator,
  dataFolder,
}) => {
  const slice = await launch();
  const { page } = slice;
  await slice.connect(simulator);
  await slice.chooseModel('gpt-4o');
  await slice.ask('Why is the sky blue?');
  await page.getByRole('link', { name: 'Spending', exact: true }).click();
  const total = page.getByRole('region', { name: 'Total' });
  const table = page.getByRole('table', { name: 'Spending' });

  await test.step('an answer that ends meanwhile is counted', async () => {
    await expect.poll(() => billOf(simulator)).not.toBe('$0.000000');
    await expect(total).toContainText(billOf(simulator));
  });

  await test.step('a budget of the day stands in the chart', async () => {
    await page.evaluate(() => {
      location.hash = '#/settings/budgets/new';
    });
    await page.getByRole('radio', { name: 'Day' }).click();
    const limit = page.getByRole('textbox', { name: 'Limit in US dollars' });
    await limit.fill('0.0001');
    await limit.press('Enter');
    await page.getByRole('list', { name: 'Budgets' }).waitFor();
    await page.getByRole('link', { name: 'Spending', exact: true }).click();
    await expect(
      page.getByRole('group', { name: /^Cost by day.*day budget, stops at/ }),
    ).toBeVisible();
  });

  await test.step('a ledger that cannot be read is no empty one, and can be tried again', async () => {
    const ledger = new Database(join(dataFolder, 'slice.db'));
    ledger.exec('ALTER TABLE usage_group RENAME TO usage_group_away');
    await page.getByRole('combobox', { name: 'Group by' }).click();
    await page.getByRole('option', { name: 'Provider' }).click();
    const problem = page.getByRole('alert').filter({ hasText: 'The ledger could not be read.' });
    await expect(problem).toBeVisible();
    ledger.exec('ALTER TABLE usage_group_away RENAME TO usage_group');
    ledger.close();
    await problem.getByRole('button', { name: 'Try again' }).click();
    await expect(table.getByRole('columnheader', { name: 'Provider' })).toBeVisible();
    await expect(problem).toHaveCount(0);
  });
});

test('the demo stands apart and says so', async ({ launch }) => {
  const slice = await launch({ args: ['--demo'] });
  const { page } = slice;
  await slice.message.waitFor();
  await slice.ask('Why is the sky blue?');
  await slice.settled();
  await page.getByRole('link', { name: 'Spending', exact: true }).click();
  const total = page.getByRole('region', { name: 'Total' });
  await expect(total).toContainText('not real money');
  await page.getByRole('radio', { name: 'Real' }).click();
  await expect(page.getByRole('heading', { name: /will stand here/ })).toBeVisible();
  await page.getByRole('radio', { name: 'Demo' }).click();
  await expect(total).toContainText(/not real money.*\$\d+\.\d/);
});
