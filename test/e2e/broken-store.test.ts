import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { damagedStore, told } from '../fixtures/damaged-store';
import { expect, type Slice, test } from './app';

/** What was set aside must be the file that could not be opened, to the byte. */
function setAside(dataFolder: string): Buffer[] {
  const backups = join(dataFolder, 'backups');
  return readdirSync(backups)
    .filter((name) => name.endsWith('-set-aside.db'))
    .map((name) => readFileSync(join(backups, name)));
}

/** Presses what has Slice start anew. The automation starts it again itself. */
async function startsAnew(slice: Slice, press: () => Promise<void>): Promise<void> {
  await slice.app.evaluate(({ app }) => {
    app.relaunch = () => undefined;
  });
  await slice.endsBy(press);
}

const heading = ({ page }: Slice) => page.getByRole('heading', { name: 'Slice could not start' });

test('a damaged store is said to be so, and a backup takes its place', async ({
  launch,
  dataFolder,
}) => {
  const { content } = damagedStore(dataFolder);
  const slice = await launch();
  const { page } = slice;
  await expect(heading(slice)).toBeVisible();
  await expect(page.getByText('conversations is damaged')).toBeVisible();
  await expect(page.getByText(dataFolder)).toBeVisible();
  await page.getByRole('button', { name: /^Restore the backup of/ }).click();
  const question = page.getByRole('alertdialog', { name: /^Go back to/ });
  await expect(question).toContainText('1 conversation, 2 messages, 1 request');
  await expect(question.getByRole('button', { name: 'Stay as it is' })).toBeFocused();
  await startsAnew(slice, () =>
    question.getByRole('button', { name: 'Restore', exact: true }).click(),
  );

  const again = await launch();
  await expect(again.conversations.getByText('The sky')).toBeVisible();
  await expect(again.conversations.getByText('The sea')).toHaveCount(0);
  expect(setAside(dataFolder)).toEqual([content]);
});

test('what can be read of a damaged store is shown first, and then gone on with', async ({
  launch,
  dataFolder,
}) => {
  const { path, content } = damagedStore(dataFolder);
  const slice = await launch();
  const { page } = slice;
  await page.getByRole('button', { name: 'See what can be saved' }).click();
  await expect(page.getByRole('status')).toContainText('2 conversations, 4 messages, 2 requests');
  expect(readFileSync(path)).toEqual(content);
  await startsAnew(slice, () =>
    page.getByRole('button', { name: 'Go on with what was saved' }).click(),
  );

  const again = await launch();
  await again.conversations.getByText('The sea').click();
  await expect(again.lastAnswer).toContainText('About The sea.');
  await expect(again.conversations.getByText('The sky')).toBeVisible();
  expect(setAside(dataFolder)).toEqual([content]);
});

test('damage further in, which only reading meets, is told and salvaged, too', async ({
  launch,
  dataFolder,
}) => {
  const path = join(dataFolder, 'slice.db');
  told(path, 'The sky');
  const db = new Database(path);
  const root = db
    .prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'setting'")
    .pluck()
    .get();
  db.close();
  const content = readFileSync(path);
  content.fill(0x5a, (Number(root) - 1) * 4096, Number(root) * 4096);
  writeFileSync(path, content);

  const slice = await launch();
  await expect(heading(slice)).toBeVisible();
  await expect(slice.page.getByText('conversations is damaged')).toBeVisible();
  await expect(slice.page.getByText('There is no backup.')).toBeVisible();
  await slice.page.getByRole('button', { name: 'See what can be saved' }).click();
  await startsAnew(slice, () =>
    slice.page.getByRole('button', { name: 'Go on with what was saved' }).click(),
  );
  const again = await launch();
  await expect(again.conversations.getByText('The sky')).toBeVisible();
});

test('one can begin with nothing, and the damaged store is kept', async ({
  launch,
  dataFolder,
}) => {
  const { content } = damagedStore(dataFolder);
  const slice = await launch();
  await slice.page.getByRole('button', { name: 'Begin with nothing…' }).click();
  const question = slice.page.getByRole('alertdialog', { name: 'Begin with nothing?' });
  await startsAnew(slice, () => question.getByRole('button', { name: /^Begin/ }).click());

  const again = await launch();
  await expect(again.page.getByRole('textbox', { name: 'Base URL' })).toBeVisible();
  expect(setAside(dataFolder)).toEqual([content]);
});

test('a store from a newer version is refused in plain words and left as it was', async ({
  launch,
  dataFolder,
}) => {
  const path = join(dataFolder, 'slice.db');
  const newer = new Database(path);
  newer.exec('CREATE TABLE later (text TEXT); PRAGMA user_version = 9999;');
  newer.close();

  const slice = await launch();
  await expect(heading(slice)).toBeVisible();
  await expect(slice.page.getByText('written by a newer version of Slice')).toBeVisible();
  await expect(slice.page.getByText('the store has schema 9999')).toBeVisible();
  await expect(slice.page.getByRole('button', { name: 'Begin with nothing…' })).toBeVisible();
  await expect(slice.page.getByRole('button', { name: 'See what can be saved' })).toHaveCount(0);

  const after = new Database(path, { readonly: true });
  expect(after.pragma('user_version', { simple: true })).toBe(9999);
  expect(after.prepare('SELECT count(*) AS count FROM later').get()).toEqual({ count: 0 });
  after.close();
});
