import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from './app';

test('a store from a newer version is refused in plain words and left as it was', async ({
  launch,
  dataFolder,
}) => {
  const path = join(dataFolder, 'slice.db');
  const newer = new Database(path);
  newer.exec('CREATE TABLE later (text TEXT); PRAGMA user_version = 9999;');
  newer.close();

  const slice = await launch();
  await expect(slice.page.getByRole('heading', { name: 'Slice could not start' })).toBeVisible();

  const after = new Database(path, { readonly: true });
  expect(after.pragma('user_version', { simple: true })).toBe(9999);
  expect(after.prepare('SELECT count(*) AS count FROM later').get()).toEqual({ count: 0 });
  after.close();
});
