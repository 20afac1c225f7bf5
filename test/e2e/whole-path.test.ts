import { join } from 'node:path';
import { startSimulator } from '../../electron/simulator/simulator';
import { openReader } from '../../electron/store/connection';
import { parseUsd, usdText } from '../../shared/money';
import { expect, test } from './app';

test('a question is asked, its answer grows, is stopped, is paid for, and is all there offline', async ({
  launch,
  dataFolder,
}) => {
  const simulator = await startSimulator({ pace: 'natural' });
  const slice = await launch();
  await expect(slice.page.getByRole('heading', { name: 'Connect' })).toBeVisible();
  await slice.connect(simulator, { weak: true });

  await test.step('the answer grows on the page before it ends', async () => {
    await slice.chooseModel('gpt-4o');
    await slice.ask('Why is the sky blue?');
    await expect(slice.page.getByRole('button', { name: 'Stop' })).toBeVisible();
    await expect(slice.lastAnswer).toContainText('sky');
    const early = (await slice.lastAnswer.innerText()).length;
    await expect
      .poll(async () => (await slice.lastAnswer.innerText()).length)
      .toBeGreaterThan(early);
    await expect(slice.page.getByRole('button', { name: 'Stop' })).toBeVisible();
  });

  const receipt =
    await test.step('the receipt says what the server reported, exactly', async () => {
      await slice.settled();
      const sent = simulator.log.findLast(({ usage }) => usage !== null)?.usage;
      const cost = parseUsd(sent?.cost ?? '');
      if (!sent || cost === null) throw new Error('the server sent no usage');
      await expect(slice.receipt).toContainText(`$${usdText(cost, 6)}`);
      await expect(slice.receipt).toContainText(
        `${sent.promptTokens} → ${sent.completionTokens} tokens`,
      );
      await slice.receipt.getByRole('button').first().click();
      await expect(slice.lastAnswer).toContainText('Cost, reported');
      await expect(slice.lastAnswer).toContainText('openrouter');
      return slice.receipt.innerText();
    });

  await test.step('Stop ends an answer at once and keeps its text', async () => {
    await slice.chooseModel('sim-slow');
    await slice.ask('Tell me a story about a talking cat.');
    await expect
      .poll(async () => (await slice.lastAnswer.innerText()).length, { timeout: 15_000 })
      .toBeGreaterThan(30);
    await slice.page.getByRole('button', { name: 'Stop' }).click();
    await slice.settled();
    await expect(slice.lastAnswer).toContainText('stopped');
    await expect(slice.receipt).toContainText('unknown');
    await expect.poll(() => simulator.log.at(-1)?.clientLeft).toBe(true);
  });

  const answers = await slice.answers.allInnerTexts();
  await slice.quit();
  await simulator.close();

  await test.step('the ledger holds what the server sent, to the nano-dollar', () => {
    const store = openReader(join(dataFolder, 'slice.db'));
    const rows = store
      .prepare('SELECT state, CAST(cost_nanousd AS TEXT) AS cost FROM run ORDER BY id')
      .all();
    store.close();
    const sent = simulator.log.flatMap(({ usage }) => (usage ? [parseUsd(usage.cost)] : []));
    expect(rows).toEqual([
      { state: 'complete', cost: String(sent[0]) },
      { state: 'stopped', cost: null },
    ]);
  });

  await test.step('with the server gone everything is still there, and says it is offline', async () => {
    const again = await launch();
    await again.conversations.getByText('Why is the sky blue?').click();
    await expect(again.answers).toHaveCount(2);
    expect(await again.answers.allInnerTexts()).toHaveLength(answers.length);
    await expect(again.answers.first()).toContainText('Rayleigh');
    await expect(again.answers.first().getByRole('group', { name: 'Receipt' })).toContainText(
      receipt.split('\n')[0] ?? '',
    );
    await expect(again.page.getByText(/Offline since/).first()).toBeVisible();
    await expect(again.page.getByRole('button', { name: 'Send' })).toBeDisabled();
  });
});

test('each thing that can be wrong with a connection has its own plain words', async ({
  launch,
  simulator,
}) => {
  const slice = await launch();
  const save = slice.page.getByRole('button', { name: 'Save and continue' });
  const tried = async (baseUrl: string, key: string, words: RegExp) => {
    await slice.fillConnect(baseUrl, key);
    await save.click();
    await expect(slice.page.getByText(words).first()).toBeVisible();
  };
  await tried(simulator.baseUrl, 'sk-wrong-key-000000000000', /key/i);
  await expect(slice.page.getByRole('textbox', { name: 'API key' })).toHaveAttribute(
    'aria-invalid',
    'true',
  );
  await tried('http://127.0.0.1:9/v1', simulator.key, /reach|refused|answer/i);
  await tried(`${simulator.baseUrl}/nowhere`, simulator.key, /not like a chat API|not an API/i);
  await tried('not a url', simulator.key, /address/i);
  await expect(slice.page.getByRole('heading', { name: 'Connect' })).toBeVisible();
});

test('a pasted endpoint is taken for the base URL it belongs to', async ({ launch, simulator }) => {
  const slice = await launch();
  await slice.fillConnect(` "${simulator.baseUrl}/chat/completions/" `, simulator.key);
  await expect(slice.page.getByText(`${simulator.baseUrl}/chat/completions`)).toBeVisible();
  await slice.page.getByRole('button', { name: 'Save and continue' }).click();
  await expect(slice.message).toBeVisible();
});

test('the demo needs no key and says everywhere that it is one', async ({ launch }) => {
  const slice = await launch({ args: ['--demo=empty'] });
  await slice.ask('Why is the sky blue?');
  await slice.settled();
  await expect(slice.lastAnswer).toContainText('Rayleigh');
  await expect(slice.page.getByText('Demo').first()).toBeVisible();
  await slice.page.getByRole('link', { name: 'Spending' }).click();
  await expect(slice.page.getByText(/demo/i).first()).toBeVisible();
});

test('several conversations stream at once and leaving one does not stop it', async ({
  launch,
  simulator,
}) => {
  const slice = await launch();
  await slice.connect(simulator);
  await slice.chooseModel('sim-slow@6');
  await slice.ask('Why is the sky blue?');
  await expect(slice.lastAnswer).toBeVisible();
  await slice.page.getByRole('button', { name: 'New conversation' }).click();
  await slice.chooseModel('sim-slow@6');
  await slice.ask('What is the capital of France?');
  await expect(slice.conversations.getByRole('img', { name: 'Answering' })).toHaveCount(2);
  await slice.conversations.getByText('Why is the sky blue?').click();
  const early = (await slice.lastAnswer.innerText()).length;
  await expect.poll(async () => (await slice.lastAnswer.innerText()).length).toBeGreaterThan(early);
  await slice.page.keyboard.press('Escape');
  await slice.settled();
  await expect(slice.conversations.getByRole('img', { name: 'Answering' })).toHaveCount(1);
});

test('a conversation is renamed, deleted and brought back', async ({ launch }) => {
  const slice = await launch({ args: ['--demo=empty'] });
  await slice.ask('hello');
  await slice.settled();
  const row = slice.conversations.getByRole('listitem').filter({ hasText: 'hello' });
  await row.getByRole('link').focus();
  await slice.page.keyboard.press('F2');
  await slice.page.keyboard.type('A first word');
  await slice.page.keyboard.press('Enter');
  const renamed = slice.conversations.getByRole('listitem').filter({ hasText: 'A first word' });
  await expect(renamed).toBeVisible();
  await renamed.getByRole('link').focus();
  await slice.page.keyboard.press('Delete');
  await expect(renamed).toHaveCount(0);
  await slice.page.getByRole('button', { name: 'Undo' }).click();
  await expect(renamed).toBeVisible();
});

test('code in an answer is highlighted', async ({ launch }) => {
  const slice = await launch({ args: ['--demo=empty'] });
  await slice.ask('Total spent by customer this year, in SQL');
  await slice.settled();
  await expect(slice.lastAnswer.locator('pre .k', { hasText: 'SELECT' }).first()).toBeVisible();
});
