import { startSimulator } from '../../electron/simulator/simulator';
import { expect, test } from './app';

test('messages are deleted with what follows or without, and every change of the branch is undone', async ({
  launch,
}) => {
  const simulator = await startSimulator({ pace: 'instant' });
  const slice = await launch();
  const { page } = slice;
  await slice.connect(simulator);
  // Short answers, so that all of them are drawn.
  for (let asked = 0; asked < 2; asked += 1) {
    await slice.ask('What is the capital of France?');
    await slice.settled();
  }
  const questions = slice.questions;
  const toast = (text: string) => page.getByRole('listitem').filter({ hasText: text });

  await test.step('a message alone, by the keyboard, and back by the notice', async () => {
    await questions.first().getByRole('button', { name: 'More' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Delete message' }).press('Enter');
    await expect(questions).toHaveCount(1);
    await expect(slice.answers).toHaveCount(2);
    const notice = toast('The message was deleted');
    await notice.getByRole('button', { name: 'Undo' }).click();
    await expect(questions).toHaveCount(2);
    await expect(notice).toHaveCount(0);
  });

  await test.step('an answer with all that follows, and back by the key', async () => {
    await slice.answers.first().getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Delete with all that follows' }).click();
    await expect(slice.answers).toHaveCount(0);
    await expect(questions).toHaveCount(1);
    await expect(toast('3 messages were deleted')).toBeVisible();
    await slice.message.fill('words');
    await page.keyboard.press('ControlOrMeta+Z');
    await expect(slice.answers).toHaveCount(0);
    await slice.message.fill('');
    await page.keyboard.press('ControlOrMeta+Z');
    await expect(slice.answers).toHaveCount(2);
    await expect(questions).toHaveCount(2);
  });

  await test.step('another answer and another version, back to what was shown', async () => {
    await slice.lastAnswer.getByRole('button', { name: 'Answer again' }).click();
    await expect(slice.lastAnswer).toContainText('2/2');
    await slice.settled();
    // The thread may still be on its way to its end, and would take the button away from a pointer.
    await slice.lastAnswer.getByRole('button', { name: 'Previous version' }).press('Enter');
    await expect(slice.lastAnswer).toContainText('1/2');
    await slice.message.focus();
    await page.keyboard.press('ControlOrMeta+Z');
    await expect(slice.lastAnswer).toContainText('2/2');
    await page.keyboard.press('ControlOrMeta+Z');
    await expect(slice.lastAnswer).toContainText('1/2');
  });

  await test.step('a fork, which goes to the trash', async () => {
    await slice.lastAnswer.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: /Fork/ }).click();
    await expect(slice.conversations.getByRole('link')).toHaveCount(2);
    await toast('Forked').getByRole('button', { name: 'Undo' }).click();
    await expect(slice.conversations.getByRole('link')).toHaveCount(1);
    await expect(slice.answers).toHaveCount(2);
  });
  await simulator.close();
});
