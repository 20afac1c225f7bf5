import { z } from 'zod';
import { expect, test } from './app';

// What a model was like lately is only told of answers that took a while.
test.use({ pace: 'natural' });

const body = z.looseObject({ model: z.string() });

test('the list of models chooses the provider, the routing and the connection too', async ({
  launch,
  simulator,
}) => {
  const slice = await launch();
  const { page } = slice;
  await slice.connect(simulator);
  await slice.chooseModel('gpt-4o');
  const picker = page.getByRole('combobox', { name: 'Model', exact: true });
  const last = () => body.parse(simulator.log.at(-1)?.body);

  await test.step('who runs a model, and how one is picked where that is open', async () => {
    await picker.press('Enter');
    await expect(page.getByRole('option', { name: /^gpt-4o,/ })).toBeVisible();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('radio', { name: 'Latency' }).click();
    await page.getByRole('option', { name: /^azure/ }).click();
    await expect(picker).toHaveText('gpt-4o · azure');
    await slice.ask('Why is the sky blue?');
    await slice.settled();
    expect(last()).toMatchObject({ model: 'gpt-4o', provider: 'azure', routing: 'perf' });
  });

  await test.step('opened again while it still closes, it takes what is typed', async () => {
    await picker.click();
    await expect(page.getByPlaceholder('Search or type a model')).toBeFocused();
    await page.keyboard.press('Escape');
    await picker.click();
    await page.keyboard.type('gpt-4o');
    await page.keyboard.press('Enter');
    await expect(picker).toHaveText('gpt-4o · azure');
    await expect(page.getByPlaceholder('Search or type a model')).toHaveCount(0);
  });

  await test.step('what was asked lately comes first, with what it cost and how fast it was', async () => {
    await picker.press('Enter');
    const lately = page.getByRole('group', { name: 'Asked lately' });
    await expect(lately.getByRole('option', { name: /^gpt-4o/ })).toContainText(
      /you: \$0\.\d{4}, \d+\.\d s, \d+ tokens\/s/,
    );
    await page.keyboard.press('Escape');
  });

  await test.step('a provider that does not have the next model is not asked for it', async () => {
    await picker.press('Enter');
    await page.keyboard.type('gemini-1.5-flash');
    await page.keyboard.press('Enter');
    await expect(picker).toHaveText('gemini-1.5-flash');
  });

  await test.step('models of another connection are chosen from the same list', async () => {
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('button', { name: 'Try the demo' }).click();
    await expect(page.getByRole('button', { name: /^Demo\./ })).toBeVisible();
    await page.getByRole('button', { name: 'New conversation' }).click();
    await picker.click();
    await page.getByRole('combobox', { name: 'Connection' }).press('Enter');
    await page.getByRole('option', { name: 'APIpie' }).press('Enter');
    await page.getByRole('option', { name: /^claude-3-5-sonnet/ }).click();
    await expect(picker).toHaveText('claude-3-5-sonnet');
    await slice.ask('And at dusk?');
    await slice.settled();
    expect(last()).toMatchObject({ model: 'claude-3-5-sonnet' });
  });

  await test.step('but a conversation that cost real money stays out of the demo', async () => {
    await picker.click();
    await expect(page.getByRole('option', { name: /^claude-3-5-sonnet/ })).toBeVisible();
    await expect(page.getByRole('combobox', { name: 'Connection' })).toHaveCount(0);
  });
});
