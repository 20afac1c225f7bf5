import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startSimulator } from '../../electron/simulator/simulator';
import { describedVersion, startUpdateFeed, type UpdateFeed } from '../fixtures/update-feed';
import { test as base, expect, type Slice } from './app';

const NOTES = '- Better <b>bills</b>\n- [A link](https://example.com)';

interface Fixtures {
  feed: UpdateFeed;
  /** The file that stands for the AppImage of the app that runs. */
  appImage: string;
  start: () => Promise<Slice>;
}

const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants a destructured first parameter.
  feed: async ({}, use) => {
    const feed = await startUpdateFeed();
    await use(feed);
    await feed.close();
  },
  appImage: async ({ dataFolder }, use) => {
    const path = join(dataFolder, 'Slice.AppImage');
    writeFileSync(path, 'the old app', { mode: 0o755 });
    await use(path);
  },
  start: async ({ launch, feed, appImage, dataFolder }, use) => {
    const cache = join(dataFolder, 'cache');
    const env = { SLICE_UPDATE_URL: feed.url, APPIMAGE: appImage, XDG_CACHE_HOME: cache };
    await use(() => launch({ env }));
  },
});

test.skip(process.platform !== 'linux', 'the file of an AppImage is replaced');

const openAbout = (slice: Slice) =>
  slice.page.evaluate(() => {
    location.hash = '/settings/about';
  });

test('nobody is asked before the user agrees; then a version is shown, loaded, checked, and put in place at the end', async ({
  start,
  feed,
  appImage,
  dataFolder,
}) => {
  const simulator = await startSimulator({ pace: 'instant' });
  try {
    const marker = join(dataFolder, 'started');
    const file = `#!/bin/sh\ngrep NoNewPrivs /proc/self/status > '${marker}'\n`;
    feed.serve = {
      description: describedVersion('99.0.0', file, NOTES),
      file: (response) => response.end(file),
    };
    const slice = await start();
    await slice.connect(simulator, { weak: true });
    const notice = slice.page.getByRole('region', { name: 'New versions' });
    await expect(notice).toContainText('asks the update server for a file');
    await notice.getByRole('button', { name: 'No', exact: true }).click();
    await expect(notice).toBeHidden();
    await slice.quit();

    const again = await start();
    await again.message.waitFor();
    await openAbout(again);
    const section = again.page.getByRole('region', { name: 'New versions', exact: true });
    const agreed = section.getByRole('switch', { name: 'Look for new versions' });
    await expect(agreed).not.toBeChecked();
    expect(feed.log).toEqual([]);

    await agreed.click();
    await expect(section).toContainText('Slice 99.0.0 is there.');
    // As it was written: nothing of it is markup.
    await expect(section).toContainText(NOTES.split('\n')[0] ?? '');
    await expect(section.getByRole('link')).toHaveCount(0);
    expect(feed.log.map(({ path }) => path.split('?')[0])).toEqual(['/latest-linux.yml']);

    await section.getByRole('button', { name: 'Load it' }).click();
    await expect(section).toContainText('takes the place of this version when you quit');
    expect(readFileSync(appImage, 'utf8')).toBe('the old app');
    // No request says who asks.
    for (const { headers } of feed.log) {
      expect(headers['x-user-staging-id'] ?? '').toMatch(/^[0-]*$/);
      expect(headers.cookie).toBeUndefined();
      expect(JSON.stringify(headers)).not.toMatch(/slice|referer/i);
    }
    expect(existsSync(join(dataFolder, '.updaterId'))).toBe(false);

    await again.page.evaluate(() => {
      location.hash = '/chat';
    });
    await again.chooseModel('sim-slow@20');
    await again.ask('Why is the sky blue?');
    await openAbout(again);
    await section.getByRole('button', { name: 'Restart now' }).click();
    await expect(again.page.getByText('An answer is still arriving.')).toBeVisible();
    expect(existsSync(marker)).toBe(false);
    await again.page.evaluate(() => {
      location.hash = '/chat/1';
    });
    // What was said stands before the button for a while.
    await again.message.press('Escape');
    await again.settled();

    await openAbout(again);
    await again.endsBy(() => section.getByRole('button', { name: 'Restart now' }).click());
    expect(readFileSync(appImage, 'utf8')).toBe(file);
    await expect.poll(() => existsSync(marker) && readFileSync(marker, 'utf8')).toMatch(/\d/);
    // Whatever may gain no rights cannot have an AppImage mounted.
    expect(readFileSync('/proc/self/status', 'utf8')).toContain(readFileSync(marker, 'utf8'));
  } finally {
    await simulator.close();
  }
});

test('a version that is older, malformed, cut off, changed or out of reach leaves the app as it is, and that is said', async ({
  start,
  feed,
  appImage,
  dataFolder,
}) => {
  const simulator = await startSimulator({ pace: 'instant' });
  try {
    const slice = await start();
    await slice.connect(simulator, { weak: true });
    await openAbout(slice);
    const section = slice.page.getByRole('region', { name: 'New versions', exact: true });
    const look = section.getByRole('button', { name: 'Look now' });
    const load = section.getByRole('button', { name: 'Load it' });
    const problem = section.getByRole('alert');
    const file = 'the new app';

    feed.serve.description = describedVersion('0.0.1', file, 'Older.');
    await look.click();
    await expect(section).toContainText('No newer version');

    for (const description of ['<html>not: [here', 'version: 2', 'version: 99.0.0\nfiles: []']) {
      feed.serve.description = description;
      await look.click();
      await expect(problem).toContainText('nothing that describes a version');
      feed.serve.description = describedVersion('0.0.1', file, '');
      await look.click();
      await expect(problem).toBeHidden();
    }

    feed.serve.description = describedVersion('99.0.0', file, 'Newer.');
    await look.click();
    feed.serve.file = (response) => response.end('the evil app');
    await load.click();
    await expect(problem).toContainText('not what was announced');
    await expect(problem).toContainText('This version goes on as before.');

    feed.serve.file = (response) => {
      response.writeHead(200, { 'content-length': '1000000' });
      response.write(file);
      setTimeout(() => response.destroy(), 50);
    };
    await load.click();
    await expect(problem).toContainText('did not answer, or not to the end');

    await feed.close();
    await load.click();
    await expect(problem).toContainText('did not answer');
    await slice.endsBy(() => slice.quit());
    expect(readFileSync(appImage, 'utf8')).toBe('the old app');
    expect(readdirSync(dataFolder).filter((name) => name.endsWith('.new'))).toEqual([]);
  } finally {
    await simulator.close();
  }
});
