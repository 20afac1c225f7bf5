import { expect, test } from './app';

/** What another program was billed for under the same account, with what must not be kept. */
function foreignCall(cost: string) {
  return {
    id: 1,
    username: 'somebody',
    timestamp: new Date().toISOString(),
    app: 'nightly-report',
    provider: 'openai',
    route: 'gpt-4o-mini',
    unit: 'token',
    prompt_tokens: 2000,
    prompt_char: 8000,
    response_tokens: 300,
    response_char: 1200,
    cost,
    latency_ms: 2100,
    source_ip: '203.0.113.77',
    chat_id: null,
  };
}

test('a cost that nobody told is filled in from the billing history, and taken out again', async ({
  launch,
  simulator,
}) => {
  const slice = await launch();
  const { page } = slice;
  await slice.connect(simulator, { weak: true });
  await slice.chooseModel('sim-drop@80');
  await slice.ask('Why is the sky blue?');
  await slice.settled();
  await expect(slice.receipt).toContainText('unknown');
  simulator.history.enter(foreignCall('0.1250000000'));

  await test.step('the import says what it found and whose it was', async () => {
    await page.keyboard.press('ControlOrMeta+k');
    await page.getByRole('dialog').getByRole('combobox').fill('billing history');
    await page.getByRole('option', { name: 'Go to the billing history' }).click();
    const section = page.getByRole('region', { name: 'APIpie' });
    await section.getByRole('button', { name: 'Import billing history' }).click();
    const filled = page.getByRole('table', { name: 'Costs from the bill' });
    await expect(filled.getByRole('row', { name: /sky blue.*Likely.*unknown/ })).toBeVisible();
    const others = page.getByRole('table', { name: 'Other programs' });
    await expect(others.getByRole('row', { name: /nightly-report.*\$0\.125000/ })).toBeVisible();
  });

  await test.step('the answer and the totals have the cost', async () => {
    await page.getByRole('link', { name: 'Why is the sky blue?', exact: true }).click();
    await expect(slice.receipt).not.toContainText('unknown');
    await slice.receipt.getByRole('button').first().click();
    await expect(slice.receipt).toContainText('Cost, reconciled');
    await expect(slice.conversations).not.toContainText('unknown');
  });

  await test.step('undone, it is unknown again', async () => {
    await page.evaluate(() => {
      location.hash = '/spending/billing';
    });
    await page.getByRole('button', { name: 'Undo this import' }).click();
    await expect(page.getByRole('button', { name: 'Undo this import' })).toHaveCount(0);
    await expect(page.getByText('Not imported yet')).toBeVisible();
    await slice.conversations.getByText('Why is the sky blue?').click();
    await expect(slice.receipt).toContainText('unknown');
  });
});
