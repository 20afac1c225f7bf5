import { expect, test } from './app';

test('the demo brings months of conversations beside the real ones, and one click takes all away', async ({
  launch,
  simulator,
}) => {
  const slice = await launch();
  const { page, conversations } = slice;
  const rows = conversations.getByRole('link');
  const removed = page.getByText(/The demo is gone/);
  await slice.connect(simulator);
  await slice.ask('What did I pay for this?');
  await slice.settled();

  await test.step('they come with one click', async () => {
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('button', { name: 'Try the demo' }).click();
    await expect(rows.nth(10)).toBeVisible();
    await expect(conversations.getByRole('listitem').first()).toHaveAttribute(
      'aria-setsize',
      /^1\d\d$/,
    );
  });

  await test.step('have months of spending, apart from the real', async () => {
    await page.getByRole('link', { name: 'Spending', exact: true }).click();
    const total = page.getByRole('region', { name: 'Total' });
    await page.getByRole('radio', { name: 'Real' }).click();
    await expect(total).toContainText('$0.00');
    await expect(total).not.toContainText('not real money');
    await page.getByRole('radio', { name: 'Demo' }).click();
    await expect(total).toContainText(/not real money/);
    await expect(
      page.getByRole('table', { name: 'Spending' }).getByRole('row').nth(5),
    ).toBeVisible();
  });

  await test.step('say that they are of the demo, and can be read, found and compared', async () => {
    await page.getByRole('searchbox', { name: 'Search' }).fill('Rayleigh');
    const hit = page.getByRole('link', { name: /sky/i }).first();
    await hit.click();
    await expect(page.getByRole('button', { name: /^Demo\./ })).toBeVisible();
    await expect(slice.receipt).toContainText('$0.00');
    await page.getByRole('searchbox', { name: 'Search' }).fill('');
  });

  await test.step('go from the badge of any of them, and come back', async () => {
    await page.getByRole('button', { name: /^Demo\./ }).click();
    await page.getByRole('menuitem', { name: 'Remove the demo' }).click();
    await expect(removed).toBeVisible();
    await expect(conversations.getByRole('listitem').first()).toHaveAttribute('aria-setsize', '1');
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(conversations.getByRole('listitem').first()).toHaveAttribute(
      'aria-setsize',
      /^1\d\d$/,
    );
    await expect(page.getByRole('button', { name: /^Demo\./ })).toBeVisible();
  });

  await test.step('and go from the settings, leaving what is real', async () => {
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('button', { name: 'Remove the demo' }).click();
    await expect(removed).toBeVisible();
    await expect(rows).toHaveCount(1);
    await rows.click();
    await expect(slice.receipt).toContainText('$0.00');
    await expect(page.getByRole('button', { name: 'Try the demo' })).toHaveCount(0);
  });
});

test('where the demo is all there is, the first page comes back without it', async ({ launch }) => {
  const slice = await launch({ args: ['--demo'] });
  const { page, conversations } = slice;
  await expect(conversations.getByRole('link').nth(10)).toBeVisible();
  await page.getByRole('button', { name: /^Demo\./ }).click();
  await page.getByRole('menuitem', { name: 'Remove the demo' }).click();
  await expect(page.getByRole('heading', { name: 'Connect' })).toBeVisible();
  await page.getByRole('button', { name: 'Try the demo' }).click();
  await expect(conversations.getByRole('link').nth(10)).toBeVisible();
});
