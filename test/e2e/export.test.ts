import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseUsd } from '../../shared/money';
import { fillRuns } from '../bench/lib/many-runs';
import { readRecords } from '../fixtures/rfc4180';
import { expect, type Slice, test } from './app';

/** What the system’s own window of files is answered with, and what it is asked to show. */
async function answerPlaces(slice: Slice, filePath: string): Promise<() => Promise<string[]>> {
  await slice.app.evaluate(({ dialog, shell }, place) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath: place });
    const shown: string[] = [];
    shell.showItemInFolder = (path) => void shown.push(path);
    Object.assign(globalThis, { shown });
  }, filePath);
  return () => slice.app.evaluate(() => Reflect.get(globalThis, 'shown'));
}

test('what the page shows becomes a file, with the same sum', async ({
  launch,
  simulator,
  dataFolder,
}) => {
  const slice = await launch();
  const { page } = slice;
  await slice.connect(simulator, { weak: true });
  await slice.chooseModel('gpt-4o');
  await slice.ask('Why is the sky blue?');
  await slice.settled();
  await slice.ask('And at night?');
  await slice.settled();
  const file = join(dataFolder, 'usage.csv');
  const shown = await answerPlaces(slice, file);

  await page.getByRole('link', { name: 'Spending', exact: true }).click();
  await page.getByRole('button', { name: 'Export CSV' }).click();
  const dialog = page.getByRole('dialog', { name: 'Export' });
  await dialog.getByRole('radio', { name: 'Semicolon' }).click();
  await dialog.getByRole('button', { name: 'Save as' }).click();
  const saved = page.getByText(/^Saved 2 rows, \$\d\.\d{6} in all$/);
  await expect(saved).toBeVisible();
  await expect(dialog).toBeHidden();

  const text = readFileSync(file, 'utf8');
  expect(text.startsWith('\uFEFFschema;')).toBe(true);
  const rows = readRecords(text, ';');
  const sum = rows.reduce((all, { cost_usd = '' }) => all + (parseUsd(cost_usd) ?? 0n), 0n);
  const total = page.getByRole('table', { name: 'Spending' }).getByRole('row').last();
  const digits = String(sum).padStart(10, '0').slice(0, -3);
  await expect(total).toContainText(`${digits.slice(0, -6)}.${digits.slice(-6)}`);
  await page.getByRole('button', { name: 'Show file' }).click();
  await expect.poll(shown).toEqual([file]);

  // The last choice is remembered.
  await page.getByRole('button', { name: 'Export CSV' }).click();
  await expect(dialog.getByRole('radio', { name: 'Semicolon' })).toBeChecked();
});

test('a file that is given up leaves nothing behind', async ({ launch, dataFolder }) => {
  fillRuns(join(dataFolder, 'slice.db'), 150_000);
  const slice = await launch();
  const { page } = slice;
  const places = join(dataFolder, 'usage.csv');
  await answerPlaces(slice, places);
  await page.getByRole('link', { name: 'Spending', exact: true }).click();
  await page.getByRole('button', { name: 'Export CSV' }).click();
  const dialog = page.getByRole('dialog', { name: 'Export' });
  await dialog.getByRole('button', { name: 'Save as' }).click();
  await dialog.getByRole('progressbar', { name: 'Rows written' }).waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog.getByRole('button', { name: 'Save as' })).toBeEnabled();
  expect(existsSync(places)).toBe(false);
  const left = () => readdirSync(dataFolder).filter((name) => name.endsWith('.part'));
  await expect.poll(left).toEqual([]);
});
