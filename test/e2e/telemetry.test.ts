import { startSimulator } from '../../electron/simulator/simulator';
import { OtlpReceiver } from '../fixtures/otlp-receiver';
import { expect, test } from './app';

test('a collector of one’s own is told what an answer cost, nothing that was written, and nothing when off', async ({
  launch,
}) => {
  const simulator = await startSimulator({ pace: 'instant' });
  const receiver = new OtlpReceiver();
  await receiver.start();
  try {
    const slice = await launch();
    const { page } = slice;
    await slice.connect(simulator, { weak: true });
    await slice.chooseModel('gpt-4o');
    await page.getByRole('link', { name: 'Settings', exact: true }).click();
    await page.getByRole('link', { name: 'Team', exact: true }).click();
    const on = page.getByRole('switch', { name: 'Tell a collector' });
    const address = page.getByRole('textbox', { name: 'Address' });

    await test.step('it is off, and cannot be on without an address', async () => {
      await expect(on).not.toBeChecked();
      await on.click();
      await expect(address).toBeFocused();
      await expect(page.getByText('Say where the collector listens first.')).toBeVisible();
      await expect(on).not.toBeChecked();
    });

    await test.step('what is no address is said to be none, and a test tells what is wrong', async () => {
      await address.fill('collector:4318');
      await page.getByRole('button', { name: 'Save' }).click();
      await expect(page.getByText('An address begins with http:// or https://.')).toBeVisible();
      // In a small window what a test finds out stands below the button, out of sight.
      await slice.app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]?.setContentSize(960, 600),
      );
      await address.fill('http://127.0.0.1:9');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('button', { name: 'Test' }).click();
      await expect(page.getByRole('alert')).toContainText('Nobody listens at that address.');
      await expect(page.getByRole('alert')).toBeInViewport({ ratio: 1 });
      await address.fill(receiver.endpoint);
      await expect(page.getByRole('button', { name: 'Test' })).toBeDisabled();
      await expect(page.getByText('Nobody listens at that address.')).toBeHidden();
      await expect(page.getByText('A test goes to the saved address: save first.')).toBeVisible();
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('button', { name: 'Test' }).click();
      await expect(page.getByText('The collector took a test in')).toBeVisible();
    });

    await test.step('an answer is told with its cost', async () => {
      await on.click();
      await expect(on).toBeChecked();
      const before = receiver.distinctSpans.length;
      await page.getByRole('link', { name: 'Chat', exact: true }).click();
      await slice.ask('Where is the platypus?');
      await slice.settled();
      const known = slice.receipt;
      await expect(known).toContainText('$');
      await expect
        .poll(() => receiver.distinctSpans.length, { timeout: 20_000 })
        .toBeGreaterThan(before);
      const span = receiver.distinctSpans.at(-1);
      expect(span?.attributes['gen_ai.request.model']).toBe('gpt-4o');
      expect(Number(span?.attributes['slice.cost_nanousd'])).toBeGreaterThan(0);
      expect(JSON.stringify(receiver.exports)).not.toContain('platypus');
    });

    await test.step('off again, nothing more comes', async () => {
      await page.getByRole('link', { name: 'Settings', exact: true }).click();
      await page.getByRole('link', { name: 'Team', exact: true }).click();
      await on.click();
      await expect(on).not.toBeChecked();
      const told = receiver.exports.length;
      await page.getByRole('link', { name: 'Chat', exact: true }).click();
      await slice.ask('And now?');
      await slice.settled();
      expect(receiver.exports.length).toBe(told);
    });
  } finally {
    await receiver.stop();
    await simulator.close();
  }
});
