import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './app';

/** A PNG of one pixel. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

test('an image stands in its message, opens large, and leaves a calm place when it is gone', async ({
  launch,
  simulator,
  dataFolder,
}) => {
  const slice = await launch();
  await slice.connect(simulator);
  await slice.chooseModel('gpt-4o');
  const image = { name: 'dot.png', mimeType: 'image/png', buffer: PIXEL };
  await slice.page.locator('input[type=file]').setInputFiles(image);
  await slice.page.getByRole('img', { name: 'dot.png' }).waitFor();
  await slice.ask('What is this?');
  const question = slice.questions;
  const thumbnail = question.getByRole('img', { name: 'dot.png' });
  await expect(thumbnail).toHaveJSProperty('naturalWidth', 1);

  await question.getByRole('button', { name: 'Open dot.png' }).click();
  const dialog = slice.page.getByRole('dialog', { name: 'dot.png' });
  await expect(dialog.getByRole('img', { name: 'dot.png' })).toBeVisible();
  await slice.page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await slice.settled();
  await slice.quit();

  rmSync(join(dataFolder, 'attachments'), { recursive: true });
  const again = await launch();
  await again.conversations.getByText('What is this?').click();
  await expect(again.page.getByRole('img', { name: 'dot.png, no longer there' })).toBeVisible();
});
