import { join } from 'node:path';
import { openReader } from '../../electron/store/connection';
import { nano, parseUsd, sumUsd, usdText } from '../../shared/money';
import { expect, type Slice, test } from './app';

/** Asks one model and the others beside it. */
async function askSeveral(slice: Slice, [first, ...others]: readonly string[], text: string) {
  await slice.chooseModel(first ?? '');
  await slice.page.getByRole('combobox', { name: 'Model', exact: true }).click();
  for (const model of others) {
    await slice.page.getByPlaceholder('Search or type a model').fill(model);
    await slice.page.keyboard.press('Shift+Enter');
    await expect(slice.page.getByRole('button', { name: `Do not ask ${model}` })).toBeAttached();
  }
  await slice.page.keyboard.press('Escape');
  await slice.message.fill(text);
  await slice.message.press('Enter');
}

test('answers of several models grow side by side, and one of them is gone on with', async ({
  launch,
  simulator,
  dataFolder,
}) => {
  const slice = await launch();
  const { page } = slice;
  await slice.connect(simulator);
  await askSeveral(slice, ['gpt-4o', 'claude-3-5-sonnet', 'sim-slow@6'], 'Why is the sky blue?');
  const column = (name: string) => page.getByRole('region', { name, exact: true });
  const [quick, other, slow] = [
    column('gpt-4o'),
    column('claude-3-5-sonnet'),
    column('sim-slow@6'),
  ] as const;

  await test.step('the comparison opens by itself and each column grows on its own', async () => {
    await expect(slow.getByRole('article', { name: 'Assistant' })).toContainText('sky');
    await expect(quick.getByRole('button', { name: 'Continue with this one' })).toBeVisible();
    await expect(other.getByRole('button', { name: 'Continue with this one' })).toBeVisible();
    await expect(slow.getByRole('button', { name: 'Stop this one' })).toBeVisible();
    await expect(slice.questions).toContainText('Why is the sky blue?');
  });

  const costs = simulator.log.flatMap(({ usage }) => (usage ? [parseUsd(usage.cost)] : []));
  await test.step('its sum is exact and says what is still running', async () => {
    const known = sumUsd(costs.map((cost) => cost ?? nano(-1n)));
    const sum = page.getByText('This comparison').locator('..');
    await expect(sum).toContainText(`$${usdText(known, 6)}`);
    await expect(sum).toContainText('+ 1 running');
  });

  await test.step('nothing is the cheapest before the last bill is in, and Stop ends one only', async () => {
    await expect(page.getByText('lowest')).toHaveCount(0);
    await slow.getByRole('button', { name: 'Stop this one' }).click();
    await expect(slow.getByRole('button', { name: 'Continue with this one' })).toBeVisible();
    await expect(slow.getByRole('group', { name: 'Receipt' })).toContainText('unknown');
    await expect(page.getByText('fastest').first()).toBeVisible();
  });

  await test.step('it is left with Esc, opened again, and one answer is chosen', async () => {
    await page.keyboard.press('Escape');
    await expect(slice.answers).toHaveCount(1);
    await expect(slice.message).toBeFocused();
    await page.getByRole('button', { name: 'Compare answers' }).click();
    await other.getByRole('button', { name: 'Continue with this one' }).click();
    await expect(slice.lastAnswer).toContainText('claude-3-5-sonnet');
    await expect(slice.receipt).toContainText('2/3');
    await expect(slice.message).toBeFocused();
  });

  await slice.quit();
  const store = openReader(join(dataFolder, 'slice.db'));
  const rows = store.prepare('SELECT state, fan_out FROM run ORDER BY id').all();
  store.close();
  expect(rows).toHaveLength(3);
  expect(new Set(rows.map((row) => JSON.stringify(Object(row).fan_out))).size).toBe(1);
});

test('answers that are there at once are shown side by side too', async ({ launch, simulator }) => {
  const slice = await launch();
  await slice.connect(simulator);
  await askSeveral(slice, ['sim-fast', 'sim-fast+crlf'], 'What is the capital of France?');
  await expect(slice.page.getByRole('button', { name: 'Continue with this one' })).toHaveCount(2);
});

test('the columns are gone through by the keyboard', async ({ launch, simulator }) => {
  const slice = await launch();
  const { page } = slice;
  await slice.connect(simulator);
  await askSeveral(slice, ['gpt-4o', 'claude-3-5-sonnet'], 'What is the capital of France?');
  await expect(page.getByRole('button', { name: 'Continue with this one' })).toHaveCount(2);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Compare answers' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Answer of gpt-4o' })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('region', { name: 'Answer of claude-3-5-sonnet' })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Continue with this one' }).last()).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(slice.lastAnswer).toContainText('claude-3-5-sonnet');
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Continue with this one' })).toHaveCount(2);
});
