import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './app';

test('closing the window while an answer arrives asks first, and stopping keeps the text', async ({
  launch,
  simulator,
}) => {
  const slice = await launch();
  await slice.connect(simulator, { weak: true });
  await slice.chooseModel('sim-slow@8');
  await slice.ask('Why is the sky blue?');
  await expect(slice.lastAnswer.locator('.prose').first()).toContainText('sky');

  await slice.answerDialogs(0);
  await slice.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  await slice.page.waitForTimeout(300);
  await expect(slice.page.getByRole('button', { name: 'Stop' })).toBeVisible();

  await slice.answerDialogs(1);
  await slice.endsBy(() =>
    slice.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close()),
  );

  const again = await launch();
  await again.conversations.getByText('Why is the sky blue?').click();
  await expect(again.lastAnswer).toContainText('stopped');
  await expect(again.lastAnswer.locator('.prose').first()).toContainText('sky');
});

test('a new start and a restore that are refused for an answer do not follow a later end', async ({
  launch,
  simulator,
  dataFolder,
}) => {
  const slice = await launch();
  const { page } = slice;
  let printed = '';
  slice.process.stdout?.on('data', (data) => {
    printed += data;
  });
  // Keeps the answer, and counts how often that was asked.
  await slice.app.evaluate(({ app, dialog }) => {
    app.relaunch = () => process.stdout.write('started anew\n');
    dialog.showMessageBox = async () => {
      process.env.ASKED = `${process.env.ASKED ?? ''}*`;
      return { response: 0, checkboxChecked: false };
    };
  });
  const asked = () => slice.app.evaluate(() => process.env.ASKED);
  await slice.connect(simulator, { weak: true });
  await slice.chooseModel('sim-slow@8');
  await slice.ask('Why is the sky blue?');
  await slice.app.evaluate(({ Menu }) => {
    const help = Menu.getApplicationMenu()?.items.at(-1)?.submenu?.items ?? [];
    help.find(({ label }) => label === 'Restart in safe mode')?.click();
  });
  await expect.poll(asked).toBe('*');
  await page.getByRole('link', { name: 'Settings', exact: true }).click();
  await page.getByRole('link', { name: 'Data and backup', exact: true }).click();
  await page.getByRole('button', { name: 'Back up now' }).click();
  await page.getByRole('button', { name: /^Restore/ }).click();
  const question = page.getByRole('alertdialog', { name: /^Go back to/ });
  await question.getByRole('button', { name: 'Restore', exact: true }).click();
  await expect.poll(asked).toBe('**');

  await slice.answerDialogs(1);
  await slice.endsBy(() =>
    slice.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close()),
  );
  expect(printed).not.toContain('started anew');
  expect(existsSync(join(dataFolder, 'backups', 'restore.json'))).toBe(false);
});

test('started again while it ends, the app opens once it has ended, with what it was started for', async ({
  launch,
}) => {
  const slice = await launch();
  // Before anything is open the app ends at once, and nothing can come in between.
  await slice.page.getByRole('textbox', { name: 'Base URL' }).waitFor();
  let printed = '';
  slice.process.stdout?.on('data', (data) => {
    printed += data;
  });
  await slice.app.evaluate(({ app, BrowserWindow }) => {
    app.relaunch = (options) =>
      process.stdout.write(`started anew: ${options?.args?.slice(-2).join(' ')}\n`);
    app.once('will-quit', () => {
      setImmediate(() => {
        app.emit('second-instance', {}, ['slice', 'slice://spending', 'a.slice.json'], '/');
        process.stdout.write(`windows: ${BrowserWindow.getAllWindows().length}\n`);
      });
    });
  });
  await slice.endsBy(() => slice.app.evaluate(({ app }) => app.quit()));
  // What it printed last may come after its end.
  await expect
    .poll(() => printed)
    .toContain('windows: 0\nstarted anew: slice://spending /a.slice.json\n');
});

test('the window comes back with the size it had', async ({ launch }) => {
  const slice = await launch();
  await slice.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: 60, y: 50, width: 1100, height: 700 }),
  );
  await slice.page.waitForTimeout(300);
  await slice.quit();
  const again = await launch();
  const bounds = await again.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.getBounds(),
  );
  expect(bounds).toMatchObject({ width: 1100, height: 700 });
});
