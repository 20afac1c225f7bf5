import { z } from 'zod';
import { type Simulator, startSimulator } from '../../electron/simulator/simulator';
import { test as base, expect, type Slice } from './app';

/** A model that answers at once, reports its cost and stands in no list of prices. */
const UNLISTED = 'sim-fast';

const test = base.extend({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants a destructured first parameter.
  simulator: async ({}, use) => {
    const simulator = await startSimulator({ pace: 'instant', seed: 1 });
    await use(simulator);
    await simulator.close();
  },
});

const body = z.looseObject({ messages: z.array(z.looseObject({ content: z.unknown() })) });

/** What the last request said. */
function sent(simulator: Simulator): unknown[] {
  return body.parse(simulator.log.at(-1)?.body).messages.map(({ content }) => content);
}

const nextTurn = ({ page }: Slice) => page.getByRole('button', { name: /^Next turn, about/ });

async function ask(slice: Slice, text: string): Promise<void> {
  await slice.ask(text);
  await slice.settled();
}

test('what a turn costs is learned from the bill, and made less of', async ({
  launch,
  simulator,
}) => {
  const slice = await launch();
  const { page } = slice;
  await slice.connect(simulator, { weak: true });
  await slice.chooseModel(UNLISTED);
  const gauge = nextTurn(slice);
  const slip = page.getByRole('dialog', { name: 'Next turn' });
  const price = page.locator('.composer-note');

  await test.step('without a price list there are only tokens, until three answers have told', async () => {
    await ask(slice, 'Why is the sky blue?');
    await expect(gauge).toContainText(/\d tokens/);
    await ask(slice, 'And at dusk?');
    await ask(slice, 'And on Mars?');
    await expect(gauge).toContainText('$');
    await slice.message.fill('And at night?');
    await expect(price).toContainText(/about \$0\.\d+–/);
  });

  await test.step('the slip behind the gauge opens by keyboard and tells history from new text', async () => {
    await gauge.focus();
    await page.keyboard.press('Enter');
    await expect(slip).toContainText(/What was said before, \d+ tokens/);
    await expect(slip).toContainText('New text, 8 tokens');
    await expect(slip).toContainText('From what the last 3 answers of this model have cost here.');
    await page.keyboard.press('Escape');
    await expect(slip).toHaveCount(0);
    await expect(gauge).toBeFocused();
  });

  await test.step('fewer messages are sent, and the price says so', async () => {
    const before = await gauge.textContent();
    await page.keyboard.press('Enter');
    await expect(slip.getByRole('button').first()).toBeFocused();
    // On a busy machine the slip gives the focus back late, when it may be wanted elsewhere.
    await slip
      .getByRole('button')
      .first()
      .evaluate(async (button: HTMLElement) => {
        const after = window.setTimeout.bind(window);
        const wait = (ms: number) => new Promise((resolve) => after(resolve, ms));
        Object.assign(window, { setTimeout: (work: () => void) => after(work, 500) });
        button.click();
        await wait(250);
        document.querySelector<HTMLElement>('textarea[aria-label="Message"]')?.focus();
        await wait(500);
        Object.assign(window, { setTimeout: after });
      });
    await expect(slice.message).toBeFocused();
    await expect(gauge).not.toHaveText(before ?? '');
    await ask(slice, 'And at night?');
    expect(sent(simulator)).toEqual(['And on Mars?', expect.any(String), 'And at night?']);
  });

  await test.step('a fork goes on from the last exchange and has cost nothing', async () => {
    await gauge.press('Enter');
    await slip.getByRole('button', { name: 'Fork from here' }).press('Enter');
    await expect(slice.conversations.getByRole('listitem')).toHaveCount(2);
    await expect(slice.answers).toHaveCount(1);
    await expect(slice.questions).toContainText('And at night?');
    await expect(page.getByText(/^Spent here/).locator('..')).toContainText('$0.00');
  });
});

test('no amount is shown while money is hidden', async ({ launch, simulator }) => {
  const slice = await launch();
  const { page } = slice;
  const words = () => page.evaluate(() => document.body.innerText);
  await slice.connect(simulator, { weak: true });
  await slice.chooseModel('gpt-4o');
  await ask(slice, 'Why is the sky blue?');
  await slice.receipt.getByRole('button').first().click();
  await slice.message.fill('And at dusk?');
  await expect(nextTurn(slice)).toContainText('$');

  await test.step('a key hides them, and leaves what is written and the focus', async () => {
    await slice.message.press('Control+Shift+H');
    await expect(slice.receipt).toContainText('•••');
    await expect(nextTurn(slice)).toContainText('•••');
    expect(await words()).not.toContain('$');
    await expect(slice.message).toHaveText('And at dusk?');
    await expect(slice.message).toBeFocused();
  });

  await test.step('also on other pages and after a restart', async () => {
    await page.getByRole('link', { name: 'Spending' }).click();
    await page.getByRole('heading', { name: 'Spending' }).waitFor();
    expect(await words()).not.toContain('$');
    await page.reload();
    await page.getByRole('heading', { name: 'Spending' }).waitFor();
    expect(await words()).not.toContain('$');
  });

  await test.step('and the settings show them again', async () => {
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('link', { name: 'Appearance' }).click();
    const hides = page.getByRole('switch', { name: 'Hide amounts of money' });
    await hides.press('Space');
    await expect(hides).not.toBeChecked();
    await expect(hides).toBeFocused();
    await expect(page.getByRole('link', { name: 'Spending' })).toContainText('$');
  });
});
