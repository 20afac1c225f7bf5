import { once } from 'node:events';
import { join } from 'node:path';
import { openReader } from '../../electron/store/connection';
import { expect, test } from './app';

test('after kill -9 in mid-stream the answer is there, marked incomplete, its cost unknown', async ({
  launch,
  dataFolder,
  simulator,
}) => {
  const slice = await launch();
  await slice.connect(simulator, { weak: true });
  await slice.chooseModel('sim-slow@40');
  await slice.ask('Why is the sky blue?');
  await expect
    .poll(async () => (await slice.lastAnswer.innerText()).length, { timeout: 20_000 })
    .toBeGreaterThan(200);
  const seen = await slice.lastAnswer.locator('.prose').first().innerText();
  // What is on screen for half a second has to be on disk; the page may show what is newer.
  await slice.page.waitForTimeout(500);
  const gone = once(slice.process, 'exit');
  slice.process.kill('SIGKILL');
  await gone;

  const again = await launch();
  await again.conversations.getByText('Why is the sky blue?').click();
  await expect(again.lastAnswer).toContainText('incomplete');
  await expect(again.receipt).toContainText('unknown');
  const kept = await again.lastAnswer.locator('.prose').first().innerText();
  expect(kept.startsWith(seen.slice(0, -5))).toBe(true);
  await again.quit();

  const store = openReader(join(dataFolder, 'slice.db'));
  expect(store.pragma('integrity_check', { simple: true })).toBe('ok');
  const rows = store.prepare('SELECT state, error_code, cost_nanousd, cost_source FROM run').all();
  expect(rows).toEqual([
    { state: 'incomplete', error_code: 'incomplete', cost_nanousd: null, cost_source: 'unknown' },
  ]);
  store.close();
});
