import { join } from 'node:path';
import { openWriter } from '../../electron/store/connection';
import { connectionId } from '../../shared/ids';
import { test } from '../e2e/app';
import { spendDays } from '../fixtures/spent-days';
import { picture } from './picture';

test('spending', async ({ launch, simulator, dataFolder }) => {
  const first = await launch();
  await first.connect(simulator, { weak: true });
  await first.quit();
  const db = openWriter(join(dataFolder, 'slice.db'));
  db.transaction(() => spendDays(db, connectionId.parse(1), Date.now(), 64))();
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
