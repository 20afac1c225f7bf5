import { join } from 'node:path';
import { openReader } from '../../electron/store/connection';
import { expect, test } from './app';

test('a request that is turned away is made again, and both are on the bill', async ({
  launch,
  simulator,
  dataFolder,
}) => {
  const slice = await launch();
  await slice.connect(simulator);
  await slice.chooseModel('sim-429-once');
  await slice.ask('Why is the sky blue?');

  await test.step('while it waits it says why, what that cost, and which attempt comes next', async () => {
    await expect(slice.lastAnswer).toContainText('too many requests');
    await expect(slice.lastAnswer).toContainText(/Trying again in \d+ s, attempt 2 of 3/);
    await expect(slice.lastAnswer).toContainText('nothing to pay');
    await expect(slice.page.getByRole('button', { name: 'Stop' })).toBeVisible();
  });

  await test.step('the receipt has a row for each attempt', async () => {
    await slice.settled();
    await expect(slice.lastAnswer).toContainText('Rayleigh');
    await slice.receipt.getByRole('button').first().click();
    const attempts = slice.lastAnswer.getByRole('region', { name: 'Attempts' });
    await expect(attempts).toContainText('Attempt 1: rate limited');
    await expect(attempts).toContainText('nothing to pay');
    await expect(attempts).toContainText('Attempt 2: answered');
  });

  await slice.quit();
  const store = openReader(join(dataFolder, 'slice.db'));
  const rows = store.prepare('SELECT attempt, state FROM run ORDER BY id').all();
  store.close();
  expect(rows).toEqual([
    { attempt: 1, state: 'failed' },
    { attempt: 2, state: 'complete' },
  ]);
});

test('Stop ends the wait, and nothing more is sent', async ({ launch, simulator }) => {
  const slice = await launch();
  await slice.connect(simulator);
  await slice.chooseModel('sim-429-date');
  await slice.ask('Why is the sky blue?');
  await expect(slice.lastAnswer).toContainText('attempt 2 of 3');
  await slice.page.getByRole('button', { name: 'Stop' }).click();
  await slice.settled();
  await expect(slice.lastAnswer).toContainText('stopped');
  const sent = simulator.log.filter(({ method }) => method === 'POST').length;
  await slice.page.waitForTimeout(3_000);
  expect(simulator.log.filter(({ method }) => method === 'POST')).toHaveLength(sent);
});

test('what was sent and what came back can be looked at, to the letter', async ({
  launch,
  simulator,
}) => {
  const slice = await launch();
  const { page } = slice;
  await slice.connect(simulator);
  await slice.chooseModel('gpt-4o');
  const dialog = page.getByRole('dialog', { name: 'Inspect request' });
  const exactBody = async () => {
    await dialog.getByRole('radio', { name: 'Exact' }).click();
    const shown = dialog.getByRole('region', { name: 'Body' });
    await expect(shown).not.toBeEmpty();
    return shown.innerText();
  };

  await slice.message.fill('Say “hi”, then stop.');
  await page.getByRole('button', { name: 'Inspect request' }).click();
  const promised = await exactBody();
  expect(simulator.log.filter(({ method }) => method === 'POST')).toHaveLength(0);
  await page.keyboard.press('Escape');
  await slice.ask('Say “hi”, then stop.');
  await slice.settled();
  await slice.receipt.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Inspect request' }).click();

  await test.step('the request is the one that the server got, and has no key', async () => {
    await expect(dialog).toContainText(`${simulator.baseUrl}/chat/completions`);
    const body = await exactBody();
    expect(body).toBe(promised);
    const got = simulator.log.findLast(({ path }) => path.endsWith('/chat/completions'));
    expect(JSON.parse(body)).toEqual(got?.body);
    expect(await dialog.innerText()).not.toContain(simulator.key);
  });

  await test.step('the response is what came, event by event', async () => {
    await dialog.getByRole('radio', { name: 'Response' }).click();
    await expect(dialog).toContainText('200');
    const events = dialog.getByRole('region', { name: 'As it came' });
    await expect(events).toContainText('chat.completion.chunk');
    await events.focus();
    // How high lines are is known once they have been on screen, so the end may move away.
    await expect(async () => {
      await page.keyboard.press('End');
      await expect(events).toContainText('[DONE]', { timeout: 1_000 });
    }).toPass();
  });

  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
});
