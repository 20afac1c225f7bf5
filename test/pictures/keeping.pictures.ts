import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { startSimulator } from '../../electron/simulator/simulator';
import { test } from '../e2e/app';
import { damagedStore } from '../fixtures/damaged-store';
import { picture } from './picture';

test('backups, and conversations as files', async ({ launch, dataFolder }) => {
  const simulator = await startSimulator({ pace: 'instant' });
  const slice = await launch();
  const { page } = slice;
  await slice.connect(simulator, { weak: true });
  await slice.chooseModel('gpt-4o');
  await slice.ask('Why is the sky blue?');
  await slice.settled();
  await page.getByRole('link', { name: 'Settings', exact: true }).click();
  await page.getByRole('link', { name: 'Data and backup', exact: true }).click();
  for (let times = 1; times <= 2; times += 1) {
    await page.getByRole('button', { name: 'Back up now' }).click();
    await page
      .getByRole('list', { name: 'Backups' })
      .getByRole('listitem')
      .nth(times - 1)
      .waitFor();
  }
  await page.getByRole('button', { name: 'New conversation' }).first().click();
  await slice.ask('And at night?');
  await slice.settled();
  await page.getByRole('link', { name: 'Settings', exact: true }).click();
  await page.getByRole('link', { name: 'Data and backup', exact: true }).click();
  await page.waitForTimeout(7_000);
  await picture(slice, '7-settings-backups', [0, 1]);
  await page
    .getByRole('button', { name: /^Restore/ })
    .last()
    .click();
  await page.getByText('Now, not in it').waitFor();
  await picture(slice, '7-settings-restore');
  await page.keyboard.press('Escape');
  await slice.conversations.getByText('Why is the sky blue?').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Export…' }).click();
  await page.getByRole('dialog', { name: 'Export' }).waitFor();
  await picture(slice, '2-chat-export', [0, 1]);
  await page.keyboard.press('Escape');
  const path = join(dataFolder, 'conversations.json');
  const said = { role: 'user', content: 'Why is the sky blue?' };
  writeFileSync(path, JSON.stringify([{ title: 'Sky', messages: [said] }, { messages: [] }, 7]));
  await slice.app.evaluate(({ dialog }, filePath) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [filePath] });
  }, path);
  await page.getByRole('link', { name: 'Settings', exact: true }).click();
  await page.getByRole('link', { name: 'Data and backup', exact: true }).click();
  await page.getByRole('button', { name: 'Import conversations…' }).click();
  await page.getByRole('button', { name: 'Choose a file…' }).click();
  await page.getByText('1 conversation, 1 message').waitFor();
  await picture(slice, '7-import', [0, 1]);
  await page.keyboard.press('Escape');
  await slice.conversations.getByText('Why is the sky blue?').click();
  await slice.lastAnswer.getByRole('button', { name: 'More' }).click();
  await picture(slice, '2-chat-answer-menu');
  await simulator.close();
});

test('a damaged store at the start', async ({ launch, dataFolder }) => {
  damagedStore(dataFolder);
  const slice = await launch();
  const { page } = slice;
  await page.getByRole('heading', { name: 'Slice could not start' }).waitFor();
  await picture(slice, '8-broken-start', [0, 1]);
  await page.getByRole('button', { name: 'See what can be saved' }).click();
  await page.getByRole('button', { name: 'Go on with what was saved' }).waitFor();
  await picture(slice, '8-broken-start-saved');
});

test('how things are', async ({ launch, dataFolder }) => {
  const simulator = await startSimulator({ pace: 'instant' });
  const slice = await launch();
  const { page } = slice;
  await slice.connect(simulator, { weak: true });
  await slice.chooseModel('gpt-4o');
  await slice.ask('Why is the sky blue?');
  await slice.settled();
  const store = new Database(join(dataFolder, 'slice.db'));
  store.exec("INSERT INTO conversation_fts (conversation_fts) VALUES ('delete-all')");
  store.close();
  await page.getByRole('link', { name: 'Settings', exact: true }).click();
  await page.getByRole('link', { name: 'Health', exact: true }).click();
  await page.getByRole('button', { name: 'Check all' }).click();
  await page.getByText(/1 fault/).waitFor();
  await page.getByRole('button', { name: 'Check: Sums of the bill' }).click();
  await page.getByRole('button', { name: 'Test: APIpie' }).click();
  await page.waitForTimeout(1_500);
  await picture(slice, '7-settings-health', [0, 1]);
  await page.getByRole('button', { name: 'Copy diagnostics…' }).click();
  await page.getByRole('dialog', { name: 'Diagnostics' }).getByText('Versions').waitFor();
  await picture(slice, '7-settings-diagnostics');
  await slice.quit();
  const safe = await launch({ args: ['--safe-mode'] });
  await safe.page.getByText('Nothing runs by itself:').waitFor();
  await picture(safe, '8-safe-mode');
  await simulator.close();
});
