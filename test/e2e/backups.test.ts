import { startSimulator } from '../../electron/simulator/simulator';
import { expect, test } from './app';

test('a backup is made, goes back to how it was, and back again', async ({ launch }) => {
  const simulator = await startSimulator({ pace: 'instant' });
  try {
    const slice = await launch();
    const { page } = slice;
    await slice.connect(simulator, { weak: true });
    await slice.chooseModel('gpt-4o');
    await slice.ask('Why is the sky blue?');
    await slice.settled();
    const section = () => page.getByRole('link', { name: 'Data and backup', exact: true }).click();
    await page.getByRole('link', { name: 'Settings', exact: true }).click();
    await section();
    await page.getByRole('button', { name: 'Back up now' }).click();
    await expect(page.getByText('The backup was made and checked.')).toBeVisible();
    const rows = page.getByRole('list', { name: 'Backups' }).getByRole('listitem');
    await expect(rows.filter({ hasText: 'made by you' })).toHaveCount(1);

    await page.getByRole('button', { name: 'New conversation' }).first().click();
    await slice.ask('And what is the sea?');
    await slice.settled();
    await page.getByRole('link', { name: 'Settings', exact: true }).click();
    await section();
    await rows
      .filter({ hasText: 'made by you' })
      .getByRole('button', { name: /^Restore/ })
      .click();
    const question = page.getByRole('alertdialog', { name: /^Go back to/ });
    await expect(question).toContainText('1 conversation, 2 messages, 1 request');
    await expect(question).toContainText(/Now, not in it1 conversation, 1 request/);
    await expect(question.getByRole('button', { name: 'Stay as it is' })).toBeFocused();
    // The automation starts it anew itself.
    await slice.app.evaluate(({ app }) => {
      app.relaunch = () => undefined;
    });
    await slice.endsBy(() =>
      question.getByRole('button', { name: 'Restore', exact: true }).click(),
    );

    const again = await launch();
    await expect(again.conversations.getByText('Why is the sky blue?')).toBeVisible();
    await expect(again.conversations.getByText('And what is the sea?')).toHaveCount(0);
    await again.page.getByRole('link', { name: 'Settings', exact: true }).click();
    await again.page.getByRole('link', { name: 'Data and backup', exact: true }).click();
    await expect(again.page.getByText('put aside before a restore')).toBeVisible();
  } finally {
    await simulator.close();
  }
});
