import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { backupFile } from '../../electron/backups/backup-names';
import { makeBackup } from '../../electron/backups/backup-work';
import { openWriter } from '../../electron/store/connection';
import { NOON } from '../fixtures/ledger';
import { expect, type Slice, test } from './app';
import { mountSmall, unmount } from './small-disk';

const heading = ({ page }: Slice) => page.getByRole('heading', { name: 'Slice could not start' });

function newStore(dataFolder: string): string {
  const path = join(dataFolder, 'slice.db');
  openWriter(path).close();
  return path;
}

test('a folder that cannot be written to is said to be so, and after a change all is well', async ({
  launch,
  dataFolder,
}) => {
  test.skip(!mountSmall(dataFolder, 2), 'needs a disk of its own');
  try {
    newStore(dataFolder);
    execFileSync('mount', ['-o', 'remount,ro', dataFolder]);
    const slice = await launch();
    await expect(heading(slice)).toBeVisible();
    await expect(slice.page.getByText('may not write in its data folder')).toBeVisible();
    await expect(slice.page.getByText('EROFS')).toBeVisible();
    await expect(slice.page.getByRole('button', { name: 'Begin with nothing…' })).toHaveCount(0);
    await slice.endsBy(() => slice.page.getByRole('button', { name: 'Quit' }).click());
    execFileSync('mount', ['-o', 'remount,rw', dataFolder]);
    const again = await launch();
    await expect(again.page.getByRole('textbox', { name: 'Base URL' })).toBeVisible();
    await again.quit();
  } finally {
    unmount(dataFolder);
  }
});

test('a full disk is said to be so, and nothing is lost', async ({ launch, dataFolder }) => {
  test.skip(!mountSmall(dataFolder, 2), 'needs a disk of its own');
  try {
    const path = newStore(dataFolder);
    const before = readFileSync(path);
    const { bavail, bsize } = statfsSync(dataFolder);
    writeFileSync(join(dataFolder, 'filling'), Buffer.alloc(bavail * bsize));
    const slice = await launch();
    await expect(heading(slice)).toBeVisible();
    await expect(slice.page.getByText('The disk is full')).toBeVisible();
    await expect(slice.page.getByRole('button', { name: 'Try again' })).toBeVisible();
    await slice.endsBy(() => slice.page.getByRole('button', { name: 'Quit' }).click());
    expect(readFileSync(path)).toEqual(before);
  } finally {
    unmount(dataFolder);
  }
});

test('a file where the data folder should be is left alone', async ({ launch, dataFolder }) => {
  const file = join(dataFolder, 'in-the-way');
  writeFileSync(file, 'mine');
  const slice = await launch({ env: { SLICE_DATA_DIR: file } });
  await expect(heading(slice)).toBeVisible();
  await expect(slice.page.getByText('there is a file')).toBeVisible();
  await expect(slice.page.getByText(file)).toBeVisible();
  expect(readFileSync(file, 'utf8')).toBe('mine');
});

test('an emptied store is not taken for a new one while there is a backup', async ({
  launch,
  dataFolder,
}) => {
  const path = newStore(dataFolder);
  mkdirSync(join(dataFolder, 'backups'));
  makeBackup(path, join(dataFolder, 'backups', backupFile(NOON, 'automatic')));
  writeFileSync(path, '');
  const slice = await launch();
  await expect(heading(slice)).toBeVisible();
  await expect(slice.page.getByText('the file is empty')).toBeVisible();
  await slice.page.getByRole('button', { name: 'See what can be saved' }).click();
  await expect(slice.page.getByRole('alert')).toContainText('Nothing could be saved');
  await expect(slice.page.getByRole('button', { name: /^Restore the backup of/ })).toBeVisible();
});

test('a second start brings the first one forward and ends', async ({ launch, dataFolder }) => {
  const first = await launch();
  await expect(first.page.getByRole('textbox', { name: 'Base URL' })).toBeVisible();
  await first.app.evaluate(({ app, BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    if (window) window.focus = () => app.setName('was brought forward');
  });
  const [command = '', ...args] = first.process.spawnargs;
  const plain = args.filter((arg) => !/^--(inspect|remote-debugging)/.test(arg));
  const second = spawn(command, plain, {
    env: { ...process.env, SLICE_DATA_DIR: dataFolder },
    stdio: 'ignore',
  });
  expect(await once(second, 'exit')).toEqual([0, null]);
  await expect
    .poll(() => first.app.evaluate(({ app }) => app.getName()))
    .toBe('was brought forward');
  expect(existsSync(join(dataFolder, 'slice.db'))).toBe(true);
});
