import { startSimulator } from '../../electron/simulator/simulator';
import { expect, test } from './app';

test('a start draws what was known last, sends what is written at once, and finds a forgotten draft', async ({
  launch,
}) => {
  const simulator = await startSimulator({ pace: 'instant' });
  try {
    const first = await launch();
    await first.connect(simulator, { weak: true });
    await first.chooseModel('gpt-4o-mini');
    await expect
      .poll(() => first.page.evaluate(() => localStorage.getItem('slice:last-known') ?? ''))
      .toContain('gpt-4o-mini');
    await first.quit();

    await test.step('Enter in the first frame is not lost', async () => {
      const slice = await launch();
      await slice.message.waitFor();
      await slice.page.keyboard.type('Why is the sky blue?');
      await slice.page.keyboard.press('Enter');
      await slice.settled();
      await expect(slice.receipt).toContainText('gpt-4o-mini');
      await slice.page.getByRole('button', { name: 'New conversation' }).first().click();
      await slice.message.fill('What was I about to ask');
      await expect
        .poll(() => slice.page.evaluate(() => localStorage.getItem('slice:new-draft')))
        .toBe('something');
      await slice.page.evaluate(() => localStorage.setItem('slice:new-draft', 'empty'));
      await slice.quit();
    });

    await test.step('what the store has is there although nothing was expected', async () => {
      const slice = await launch();
      await expect(slice.message).toHaveValue('What was I about to ask');
      await expect(slice.message).toBeFocused();
    });
  } finally {
    await simulator.close();
  }
});
