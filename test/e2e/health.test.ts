import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { startSimulator } from '../../electron/simulator/simulator';
import { expect, test } from './app';

test('the search index is found incomplete and made anew, diagnostics are read and copied, and safe mode begins nothing', async ({
  launch,
  dataFolder,
}) => {
  const simulator = await startSimulator({ pace: 'instant' });
  try {
    const slice = await launch();
    const { page } = slice;
    await slice.connect(simulator, { weak: true });
    await slice.chooseModel('gpt-4o');
    await slice.ask('Why is the zebra striped?');
    await slice.settled();
    const store = new Database(join(dataFolder, 'slice.db'));
    store.exec("INSERT INTO conversation_fts (conversation_fts) VALUES ('delete-all')");
    store.close();

    await page.getByRole('link', { name: 'Settings', exact: true }).click();
    await page.getByRole('link', { name: 'Health', exact: true }).click();
    const rows = page.getByRole('list', { name: 'How things are' }).getByRole('listitem');
    await page.getByRole('button', { name: 'Check all' }).click();
    const index = rows.filter({ hasText: 'Search index' });
    await expect(rows.filter({ hasText: 'Data file' })).toContainText('sound');
    await expect(index).toContainText('1 fault');
    await expect(index).toContainText('Some words may not be found.');
    await expect(rows.filter({ hasText: 'Sums of the bill' })).toContainText('sound');
    await index.getByRole('button', { name: 'Rebuild the index' }).click();
    await expect(index).toContainText('sound');
    await expect(rows.filter({ hasText: 'Keys' })).toContainText('No keychain is in use here.');
    await page.getByRole('button', { name: 'Test: APIpie' }).click();
    await expect(
      page.getByRole('region', { name: 'Connections' }).getByRole('listitem'),
    ).toContainText(/\d ms/);

    await page.getByRole('button', { name: 'Copy diagnostics…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Diagnostics' });
    await expect(dialog).toContainText('Search index: sound');
    const shown = (await dialog.locator('pre').textContent()) ?? '';
    expect(shown).toMatch(/SQLite: 3\.\d+\.\d+, schema \d+/);
    expect(shown).toContain('1: apipie, key weak, online');
    for (const secret of ['zebra', simulator.key, '127.0.0.1', dataFolder]) {
      expect(shown).not.toContain(secret);
    }
    await dialog.getByRole('button', { name: 'Copy', exact: true }).click();
    await expect(page.getByText('Diagnostics copied.')).toBeVisible();
    const copied = await slice.app.evaluate(({ clipboard }) => clipboard.readText());
    expect(copied.replaceAll('\r\n', '\n')).toBe(shown);
    await slice.quit();

    const before = simulator.log.length;
    const safe = await launch({ args: ['--safe-mode'] });
    await expect(safe.page.getByText('Nothing runs by itself:')).toBeVisible();
    await expect(safe.page.getByRole('heading', { name: 'Health' })).toBeVisible();
    expect(
      await safe.app.evaluate(({ app, session }) => [
        app.getGPUFeatureStatus().gpu_compositing,
        session.defaultSession.isSpellCheckerEnabled(),
      ]),
    ).toEqual([expect.stringContaining('disabled'), false]);
    if (process.platform === 'linux') {
      // Where there is no GPU its status is the same without safe mode; this is said before that is known.
      const page = await safe.app.evaluate(({ webContents }) =>
        webContents.getAllWebContents().map((contents) => contents.getOSProcessId()),
      );
      expect(readFileSync(`/proc/${page[0]}/cmdline`, 'utf8')).toContain(
        '--disable-gpu-compositing',
      );
    }
    // What is asked for is done all the same.
    await safe.conversations.getByText('Why is the zebra striped?').click();
    await expect(safe.lastAnswer).toBeVisible();
    await safe.page.getByRole('link', { name: 'Settings', exact: true }).click();
    await safe.page.getByRole('link', { name: 'Health', exact: true }).click();
    await expect(safe.page.getByText('not checked yet').first()).toBeVisible();
    expect(simulator.log.length).toBe(before);
  } finally {
    await simulator.close();
  }
});
