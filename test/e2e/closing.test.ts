import { expect, test } from './app';

test('closing the window while an answer arrives asks first, and stopping keeps the text', async ({
  launch,
  simulator,
}) => {
  const slice = await launch();
  await slice.connect(simulator, { weak: true });
  await slice.chooseModel('sim-slow@20');
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
