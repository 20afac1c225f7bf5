import type { Simulator } from '../../electron/simulator/simulator';
import { expect, type Slice, test } from './app';

/** Asks some models the same and waits until all have answered. */
async function askAll(slice: Slice, simulator: Simulator, text: string): Promise<void> {
  const { page } = slice;
  await slice.connect(simulator);
  await slice.chooseModel('gpt-4o');
  await page.getByRole('combobox', { name: 'Model', exact: true }).click();
  await page.getByPlaceholder('Search or type a model').fill('claude-3-5-sonnet');
  await expect(page.getByRole('option', { selected: true })).toContainText('claude-3-5-sonnet');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.press('Escape');
  await slice.message.fill(text);
  await slice.message.press('Enter');
  await expect(page.getByRole('button', { name: 'Continue with this one' })).toHaveCount(2);
}

test('a comparison grows by a model, says what differs, and stands in the table', async ({
  launch,
  simulator,
}) => {
  const slice = await launch();
  const { page } = slice;
  await askAll(slice, simulator, 'What is the capital of France?');

  await test.step('one more model is asked the same', async () => {
    await page.getByRole('button', { name: 'Add model' }).click();
    await page.getByPlaceholder('Search or type a model').fill('deepseek-r1');
    await expect(page.getByRole('option', { selected: true })).toContainText('deepseek-r1');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('region', { name: 'deepseek-r1', exact: true })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Continue with this one' })).toHaveCount(3);
    expect(simulator.log.filter(({ method }) => method === 'POST')).toHaveLength(3);
  });

  await test.step('two answers are compared word by word', async () => {
    await page.getByRole('button', { name: 'Mark what differs' }).click();
    const differences = page.getByRole('region', { name: 'Differences' });
    await expect(differences.getByRole('status')).toContainText(/differ|the same/);
    await expect(differences.getByRole('combobox')).toHaveCount(2);
    await page.getByRole('button', { name: 'Without differences' }).click();
    await expect(differences).toHaveCount(0);
  });

  await test.step('the answers stand behind tabs where they have no room', async () => {
    await slice.app.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.setContentSize(960, 600);
    });
    const tabs = page.getByRole('tab');
    await expect(tabs).toHaveCount(3);
    await expect(page.getByRole('button', { name: 'Continue with this one' })).toHaveCount(1);
    await tabs.first().focus();
    await page.keyboard.press('ArrowRight');
    await expect(tabs.nth(1)).toHaveAttribute('aria-selected', 'true');
    await expect(page.getByRole('article', { name: 'Assistant' })).toHaveCount(1);
  });

  await test.step('the conversation goes on with one of them', async () => {
    await page.getByRole('button', { name: 'Continue with this one' }).click();
    await expect(slice.lastAnswer).toContainText('claude-3-5-sonnet');
    await page.getByRole('button', { name: 'Do not ask claude-3-5-sonnet' }).click();
    await slice.ask('And of Portugal?');
    await slice.settled();
  });

  await test.step('the table says what it cost, and opens it', async () => {
    await page.evaluate(() => {
      location.hash = '/comparisons';
    });
    const table = page.getByRole('table', { name: 'Comparisons' });
    const row = table.getByRole('row').nth(1);
    await expect(row).toContainText('What is the capital of France?');
    await expect(row).toContainText('$0.0');
    await expect(row.getByRole('cell').nth(-2)).toContainText('claude-3-5-sonnet');
    await table.getByRole('button', { name: 'Cost' }).click();
    await expect(table.getByRole('columnheader', { name: 'Cost' })).toHaveAttribute(
      'aria-sort',
      'descending',
    );
    await table.getByRole('button', { name: 'Open “What is the capital of France?”' }).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: 'Close comparison' })).toBeVisible();
    await expect(slice.questions).toContainText('capital of France');
  });
});

test('all answers of a comparison are stopped at once', async ({ launch, simulator }) => {
  const slice = await launch();
  const { page } = slice;
  await slice.connect(simulator);
  await slice.chooseModel('sim-slow@5');
  await page.getByRole('combobox', { name: 'Model', exact: true }).click();
  await page.getByPlaceholder('Search or type a model').fill('sim-slow@6');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.press('Escape');
  await slice.message.fill('Why is the sky blue?');
  await slice.message.press('Enter');
  await expect(page.getByRole('button', { name: 'Stop this one' })).toHaveCount(2);
  await page.getByRole('button', { name: 'Stop all' }).click();
  await expect(page.getByRole('button', { name: 'Continue with this one' })).toHaveCount(2);
  await expect(page.locator('p[aria-live="polite"]')).toContainText('All answers are there.');
});
