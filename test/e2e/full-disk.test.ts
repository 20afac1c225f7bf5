import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './app';
import { fill, mountSmall, unmount } from './small-disk';

test('on a full disk an answer goes on in memory, closing asks, and all is saved once there is room', async ({
  launch,
  dataFolder,
  simulator,
}) => {
  test.skip(!mountSmall(dataFolder, 64), 'no small file system can be made here');
  const filler = join(dataFolder, 'filler');
  try {
    const slice = await launch();
    const { page } = slice;
    await slice.connect(simulator, { weak: true });
    await slice.chooseModel('sim-slow@25');
    await slice.ask('Why is the sky blue?');
    await expect(slice.lastAnswer.locator('.prose').first()).toContainText('sky');
    fill(filler);
    const banner = page.getByRole('status').filter({ hasText: 'Answers go on in memory' });
    await expect(banner).toBeVisible();

    await test.step('closing says what would be lost', async () => {
      await slice.app.evaluate(({ dialog, BrowserWindow }) => {
        Reflect.set(dialog, 'showMessageBox', async (_: unknown, options: { message: string }) => {
          Reflect.set(globalThis, 'asked', options.message);
          return { response: 0, checkboxChecked: false };
        });
        BrowserWindow.getAllWindows()[0]?.close();
      });
      await expect
        .poll(() => slice.app.evaluate(() => Reflect.get(globalThis, 'asked')))
        .toBe('An answer is not saved');
    });

    await test.step('nothing new is sent, and what was written stays', async () => {
      await page.getByRole('button', { name: 'New conversation' }).click();
      const before = simulator.log.length;
      await slice.message.fill('Another question');
      await slice.message.press('Enter');
      await expect(page.getByText('Not sent: The disk is full')).toBeVisible();
      await expect(slice.message).toHaveValue('Another question');
      expect(simulator.log).toHaveLength(before);
    });

    await test.step('with room again everything is saved', async () => {
      rmSync(filler);
      await expect(banner).toHaveCount(0);
      await expect(page.getByText('Everything is saved again.')).toBeVisible();
      await slice.conversations.getByText('Why is the sky blue?').click();
      await slice.settled();
      const whole = await slice.lastAnswer.locator('.prose').first().innerText();
      const gone = once(slice.process, 'exit');
      slice.process.kill('SIGKILL');
      await gone;
      const again = await launch();
      await again.conversations.getByText('Why is the sky blue?').click();
      await expect(again.lastAnswer.locator('.prose').first()).toContainText(whole.slice(-40));
      expect(await again.lastAnswer.locator('.prose').first().innerText()).toBe(whole);
      await again.quit();
    });
  } finally {
    unmount(dataFolder);
  }
});
