import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { listPackage } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { chromium, type Page } from 'playwright/test';
import { startSimulator } from '../../electron/simulator/simulator';
import { describedVersion, startUpdateFeed } from '../fixtures/update-feed';
import { expect, test } from './app';

/** The folder of the app as it is given to users of Linux, without what unpacks it. */
const folder = resolve('release/linux-unpacked');
const executable = join(folder, 'slice');
const resources = join(folder, 'resources');

/** So much of ours may there be beside Electron, in bytes. */
const LARGEST_PAYLOAD = 15_000_000;

const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

test.skip(process.platform !== 'linux', 'packed and tried on Linux here');
test.describe.configure({ mode: 'serial' });

test.beforeAll(() => {
  execFileSync(process.execPath, ['scripts/package.mjs'], { stdio: 'pipe' });
});

/** Starts the packaged app, which the automation can only reach from outside, as any browser. */
async function start(
  dataFolder: string,
  own: Readonly<Record<string, string>> = {},
): Promise<{ child: ChildProcess; page: Page }> {
  const portFile = join(dataFolder, 'DevToolsActivePort');
  // Of an earlier start.
  rmSync(portFile, { force: true });
  const child = spawn(executable, [...asRoot, '--remote-debugging-port=0'], {
    env: { ...process.env, SLICE_DATA_DIR: dataFolder, LANG: 'en_US.UTF-8', ...own },
    stdio: 'ignore',
  });
  await expect.poll(() => existsSync(portFile), { timeout: 20_000 }).toBe(true);
  const [port] = readFileSync(portFile, 'utf8').split('\n');
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
  const page = browser.contexts()[0]?.pages()[0];
  if (!page) throw new Error('the packaged app has no page');
  return { child, page };
}

function sizeOf(path: string): number {
  if (!statSync(path).isDirectory()) return statSync(path).size;
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
}

test('the package holds what the app needs, little else, and no way around its fuses', async () => {
  expect(readdirSync(resources).toSorted()).toEqual([
    'app-update.yml',
    'app.asar',
    'app.asar.unpacked',
  ]);
  expect(sizeOf(resources)).toBeLessThan(LARGEST_PAYLOAD);
  const files = listPackage(join(resources, 'app.asar'), { isPack: false });
  expect(files.filter((name) => /\.(map|ts|tsx|ttf|woff)$/.test(name))).toEqual([]);
  expect(files.filter((name) => name.endsWith('.node'))).toEqual([
    '/node_modules/better-sqlite3/prebuilds/linux-x64.node',
  ]);
  // What the licences ask for: their words, ours in the app and Chromium's beside it.
  expect(files).toContain('/dist/renderer/licences.txt');
  expect(files).toContain('/node_modules/better-sqlite3/LICENSE');
  const beside = ['LICENSE.electron.txt', 'LICENSES.chromium.html'];
  expect(readdirSync(folder)).toEqual(expect.arrayContaining(beside));
  const fuses = await getCurrentFuseWire(executable);
  const on = [
    FuseV1Options.EnableCookieEncryption,
    FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
    FuseV1Options.OnlyLoadAppFromAsar,
  ];
  const off = [
    FuseV1Options.RunAsNode,
    FuseV1Options.EnableNodeOptionsEnvironmentVariable,
    FuseV1Options.EnableNodeCliInspectArguments,
    FuseV1Options.GrantFileProtocolExtraPrivileges,
  ];
  // The wire holds a figure for each.
  for (const fuse of on) expect(fuses[fuse], FuseV1Options[fuse]).toBe('1'.charCodeAt(0));
  for (const fuse of off) expect(fuses[fuse], FuseV1Options[fuse]).toBe('0'.charCodeAt(0));
});

test('the packaged app chats, keeps the bill, opens no developer tools, and does commands', async ({
  dataFolder,
}) => {
  const simulator = await startSimulator({ pace: 'instant' });
  const { child, page } = await start(dataFolder);
  try {
    await page.getByRole('textbox', { name: 'Base URL' }).fill(simulator.baseUrl);
    await page.getByRole('textbox', { name: 'API key' }).fill(simulator.key);
    await page.getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Save and continue' }).click();
    const message = page.getByRole('textbox', { name: 'Message', exact: true });
    await message.fill('Write a function in TypeScript');
    await message.press('Enter');
    const answer = page.getByRole('article', { name: 'Assistant' }).last();
    await expect(answer).toHaveAttribute('aria-busy', 'false', { timeout: 30_000 });
    await expect(answer.getByRole('group', { name: 'Receipt' })).toContainText('$');
    // Its colours come from a grammar, through a worker of the page.
    await expect(answer.locator('pre .k').first()).toBeAttached();
    await page.getByRole('link', { name: 'Spending' }).click();
    await expect(page.getByRole('table', { name: 'Spending' })).toContainText('$');
    await page.keyboard.press('ControlOrMeta+Shift+I');
    const pages = page.context().pages().length;
    expect(pages).toBe(1);

    const command = promisify(execFile);
    const env = { ...process.env, SLICE_DATA_DIR: dataFolder, DISPLAY: undefined };
    const usage = ['usage', '--format', 'json'];
    const { stdout } = await command(executable, [...asRoot, ...usage], { env });
    expect(JSON.parse(stdout)).toMatchObject({ sum: { requests: 1 } });
    const file = join(dataFolder, 'usage.csv');
    await command(executable, [...asRoot, 'export', '--out', file], { env });
    expect(readFileSync(file, 'utf8').trim().split('\n')).toHaveLength(2);

    // Nothing of these may turn the app into another program.
    const asNode = { ...env, ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '--require=/nowhere.js' };
    const still = await command(executable, [...asRoot, ...usage], { env: asNode });
    expect(JSON.parse(still.stdout)).toMatchObject({ sum: { requests: 1 } });
  } finally {
    const gone = once(child, 'exit');
    child.kill();
    await gone;
    await simulator.close();
  }
});

test('the packaged app asks nobody for versions as it is packed here, and takes one from the server it names', async ({
  dataFolder,
}) => {
  const simulator = await startSimulator({ pace: 'instant' });
  const feed = await startUpdateFeed();
  const appImage = join(dataFolder, 'Slice.AppImage');
  writeFileSync(appImage, 'the old app', { mode: 0o755 });
  const env = {
    APPIMAGE: appImage,
    APPDIR: folder,
    XDG_CACHE_HOME: join(dataFolder, 'cache'),
    // Only an app that is being worked on looks here.
    SLICE_UPDATE_URL: feed.url,
  };
  const about = (page: Page) =>
    page.evaluate(() => {
      location.hash = '/settings/about';
    });
  const end = async (child: ChildProcess) => {
    const gone = once(child, 'exit');
    child.kill();
    await gone;
  };
  const running: ChildProcess[] = [];
  try {
    const first = await start(dataFolder, env);
    running.push(first.child);
    await first.page.getByRole('textbox', { name: 'Base URL' }).fill(simulator.baseUrl);
    await first.page.getByRole('textbox', { name: 'API key' }).fill(simulator.key);
    await first.page.getByRole('checkbox').check();
    await first.page.getByRole('button', { name: 'Save and continue' }).click();
    await first.page.getByRole('textbox', { name: 'Message', exact: true }).waitFor();
    await about(first.page);
    await expect(first.page.getByText('does not look for new versions')).toBeVisible();
    await end(first.child);

    const named = join(resources, 'app-update.yml');
    const packed = readFileSync(named, 'utf8');
    expect(packed).toContain('updates.slice.invalid');
    writeFileSync(named, packed.replace(/^url: .*$/m, `url: ${feed.url}`));
    const file = 'the new app';
    feed.serve = {
      description: describedVersion('99.0.0', file, 'Newer.'),
      file: (response) => response.end(file),
    };
    const second = await start(dataFolder, env);
    running.push(second.child);
    await about(second.page);
    const section = second.page.getByRole('region', { name: 'New versions', exact: true });
    await section.getByRole('button', { name: 'Look now' }).click();
    await section.getByRole('button', { name: 'Load it' }).click();
    await expect(section).toContainText('takes the place of this version when you quit');
    expect(readFileSync(appImage, 'utf8')).toBe('the old app');
    await end(second.child);
    expect(readFileSync(appImage, 'utf8')).toBe(file);
  } finally {
    for (const child of running) if (child.exitCode === null) child.kill();
    await feed.close();
    await simulator.close();
  }
});
