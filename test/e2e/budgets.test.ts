import { expect, test } from './app';

test('a message that could pass a budget waits for a deliberate yes', async ({
  launch,
  simulator,
}) => {
  const slice = await launch();
  const { page } = slice;
  await slice.connect(simulator);
  await slice.chooseModel('gpt-4o');

  await test.step('a budget is made by keyboard', async () => {
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('link', { name: 'Budgets' }).click();
    await page.getByRole('button', { name: 'New budget' }).press('Enter');
    const limit = page.getByRole('textbox', { name: 'Limit in US dollars' });
    await limit.fill('none');
    await limit.press('Enter');
    await expect(page.getByText('Enter an amount above zero, like 20.00.')).toBeVisible();
    await limit.fill('0.0001');
    await limit.press('Enter');
    const list = page.getByRole('list', { name: 'Budgets' });
    await expect(list.getByRole('button', { name: 'All spending', exact: true })).toBeVisible();
    await list.getByRole('button', { name: 'Remove the budget of All spending' }).click();
    await expect(list).toHaveCount(0);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(list).toContainText('stops at $0.0001 a month');
  });

  const dialog = page.getByRole('alertdialog', { name: 'This would pass a budget' });
  await test.step('nothing is sent, and the safe choice keeps the words', async () => {
    await page.getByRole('link', { name: 'Chat' }).click();
    const before = simulator.log.length;
    await slice.message.fill('Why is the sky blue?');
    await slice.message.press('Enter');
    await expect(dialog).toContainText('Nothing has been sent.');
    await expect(dialog.getByRole('button', { name: 'Keep as draft' })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    await expect(slice.message).toHaveText('Why is the sky blue?');
    await expect(slice.message).toBeFocused();
    expect(simulator.log).toHaveLength(before);
    await expect(page.getByRole('list', { name: 'Conversations' }).getByRole('link')).toHaveCount(
      0,
    );
  });

  await test.step('it goes once, and its receipt says so', async () => {
    await slice.message.press('Enter');
    await expect(dialog.getByRole('button', { name: 'Keep as draft' })).toBeFocused();
    await page.keyboard.press('Shift+Tab');
    await expect(dialog.getByRole('button', { name: 'Send this once' })).toBeFocused();
    await slice.asksBy(() => page.keyboard.press('Enter'));
    await slice.settled();
    await slice.receipt
      .getByRole('button', { name: /Show|Details|\$/ })
      .first()
      .click();
    await expect(page.getByText('sent although over the limit')).toBeVisible();
  });

  await test.step('from then on a line says that it is used up, and the next one waits again', async () => {
    await expect(page.getByText('The budget of All spending is used up.')).toBeVisible();
    await expect(page.getByRole('img', { name: /percent of the .* budget/ })).toBeVisible();
    await slice.message.fill('And at night?');
    await slice.message.press('Enter');
    await dialog.getByRole('button', { name: 'Change budget' }).click();
    await expect(page.getByRole('form', { name: 'Change budget' })).toBeVisible();
  });
});
