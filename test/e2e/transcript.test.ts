import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startSimulator } from '../../electron/simulator/simulator';
import { conversationFile } from '../../shared/conversation-file';
import { expect, test } from './app';

test('conversations become a file: one as a page, all with nothing left out', async ({
  launch,
  dataFolder,
}) => {
  const simulator = await startSimulator({ pace: 'instant' });
  try {
    const slice = await launch();
    const { page } = slice;
    await slice.connect(simulator, { weak: true });
    await slice.chooseModel('gpt-4o');
    await slice.ask('Why is the sky blue?');
    await slice.settled();
    const place = (name: string) =>
      slice.app.evaluate(
        ({ dialog }, filePath) => {
          dialog.showSaveDialog = async () => ({ canceled: false, filePath });
        },
        join(dataFolder, name),
      );
    const dialog = page.getByRole('dialog', { name: 'Export' });

    await test.step('one of them, from its menu, as a page that needs nothing', async () => {
      await place('sky.html');
      await slice.conversations.getByText('Why is the sky blue?').click({ button: 'right' });
      await page.getByRole('menuitem', { name: 'Export…' }).click();
      await dialog.getByRole('radio', { name: 'Web page' }).click();
      await dialog.getByRole('button', { name: 'Save as' }).click();
      await expect(page.getByText('Saved 1 conversation')).toBeVisible();
      const html = readFileSync(join(dataFolder, 'sky.html'), 'utf8');
      expect(html).toContain('Why is the sky blue?');
      expect(html).toMatch(/<footer>\$\d/);
      expect(html).not.toContain('<script');
    });

    await test.step('all of them, with the choice that was made last', async () => {
      await page.getByRole('button', { name: 'New conversation' }).first().click();
      await slice.ask('And at night?');
      await slice.settled();
      await place('all.json');
      await page.getByRole('button', { name: 'Which conversations' }).click();
      await page.getByRole('menuitem', { name: 'Export all conversations…' }).click();
      await expect(dialog.getByRole('radio', { name: 'Web page' })).toBeChecked();
      await dialog.getByRole('radio', { name: 'JSON' }).click();
      await dialog.getByRole('button', { name: 'Save as' }).press('Enter');
      await expect(page.getByText('Saved 2 conversations')).toBeVisible();
      const text = readFileSync(join(dataFolder, 'all.json'), 'utf8');
      const { conversations } = conversationFile.parse(JSON.parse(text));
      expect(conversations.map(({ title }) => title)).toEqual([
        'And at night?',
        'Why is the sky blue?',
      ]);
      expect(text).not.toContain(simulator.key);
    });
  } finally {
    await simulator.close();
  }
});
