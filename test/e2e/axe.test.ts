import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { startSimulator } from '../../electron/simulator/simulator';
import { expect, type Slice, test } from './app';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const THEMES = ['light', 'dark'] as const;

interface Finding {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/**
 * What axe finds on the screen in both themes, named so that one can find it. `over`: something floats
 * over the page that hides the rest from screen readers, so only that is looked at.
 */
async function findings({ app, page }: Slice, over: boolean): Promise<string[]> {
  const found: string[] = [];
  for (const theme of THEMES) {
    await app.evaluate(({ nativeTheme }, chosen) => {
      nativeTheme.themeSource = chosen;
    }, theme);
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    // Colours on their way from one theme to the other are neither.
    await page.waitForTimeout(300);
    // The page's policy lets no program in but its own, so axe comes in as the automation's.
    await page.evaluate(AXE);
    const violations: Finding[] = await page.evaluate(async (floats) => {
      const off = { enabled: false };
      const context = floats ? { exclude: [['[data-aria-hidden="true"]']] } : document;
      const result = await Reflect.get(window, 'axe').run(context, {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
        resultTypes: ['violations'],
        rules: floats ? { region: off, 'landmark-one-main': off, 'page-has-heading-one': off } : {},
      });
      return result.violations;
    }, over);
    for (const { id, nodes } of violations) {
      for (const { html, failureSummary = '' } of nodes) {
        found.push(`${theme} ${id}: ${html.slice(0, 160)} ${failureSummary.split('\n')[1] ?? ''}`);
      }
    }
  }
  return found;
}

/** Looks at one screen after the other and tells at the end what was found on each. */
function inspector(slice: Slice) {
  const all: Record<string, string[]> = {};
  return {
    async look(screen: string, over = false): Promise<void> {
      const found = await findings(slice, over);
      if (found.length > 0) all[screen] = found;
    },
    nothingFound: () => expect(all).toEqual({}),
  };
}

test('axe finds nothing on the first screen, with its errors, and in the settings', async ({
  launch,
  simulator,
}) => {
  const slice = await launch();
  const { page } = slice;
  const { look, nothingFound } = inspector(slice);
  await page.getByRole('heading', { name: 'Connect' }).waitFor();
  await look('connect');
  await slice.fillConnect(simulator.baseUrl, 'sk-this-is-not-the-key');
  await page.getByRole('button', { name: 'Save and continue' }).click();
  await page.getByRole('alert').first().waitFor();
  await look('connect with a wrong key');
  await slice.connect(simulator, { weak: true });

  await page.getByRole('link', { name: 'Settings', exact: true }).click();
  for (const section of [
    'Connections',
    'Budgets',
    'Writing',
    'Appearance',
    'Data and backup',
    'Team',
    'Shortcuts',
    'Health',
    'About',
  ]) {
    await page.getByRole('link', { name: section, exact: true }).click();
    await page.getByRole('heading', { level: 2 }).first().waitFor();
    await look(`settings, ${section}`);
  }
  await page.getByRole('link', { name: 'Budgets', exact: true }).click();
  await page.getByRole('button', { name: 'New budget' }).click();
  await page.getByRole('textbox', { name: 'Limit in US dollars' }).fill('0.0001');
  await look('a new budget');
  await page.getByRole('button', { name: 'Add budget' }).click();
  await page.getByRole('list', { name: 'Budgets' }).waitFor();
  await look('budgets');
  await page.getByRole('link', { name: 'Chat', exact: true }).click();
  await slice.chooseModel('gpt-4o');
  await slice.message.fill('Why is the sky blue?');
  await slice.message.press('Enter');
  await page.getByRole('alertdialog').waitFor();
  await look('a budget that stops', true);
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Settings', exact: true }).click();
  await page.getByRole('link', { name: 'Appearance', exact: true }).click();
  await page.getByRole('combobox', { name: 'Language' }).click();
  await look('settings, languages open', true);
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Connections', exact: true }).click();
  await page.getByRole('button', { name: 'Advanced' }).first().click();
  await look('settings, advanced');
  nothingFound();
});

test('axe finds nothing in the chat', async ({ launch }) => {
  const slice = await launch({ args: ['--demo=empty'] });
  const { page } = slice;
  const { look, nothingFound } = inspector(slice);
  await slice.message.waitFor();
  await look('new conversation');
  await slice.ask('Total spent by customer this year, in SQL');
  await slice.settled();
  await look('answer');
  await slice.receipt.getByRole('button').first().click();
  await look('opened receipt');
  await page.getByRole('button', { name: 'Parameters' }).click();
  await page.getByRole('region', { name: 'Parameters' }).waitFor();
  await look('parameters');
  await page
    .getByRole('region', { name: 'Parameters' })
    .getByRole('button', { name: 'Close' })
    .click();
  await page.getByRole('combobox', { name: 'Model', exact: true }).click();
  await look('models');
  await page.keyboard.press('Escape');

  await slice.chooseModel('sim-slow@5');
  await slice.ask('Why is the sky blue?');
  await page.waitForTimeout(1500);
  await look('streaming');
  await page.keyboard.press('Escape');
  await slice.settled();
  for (const model of ['sim-drop@40', 'sim-status-402', 'sim-status-401']) {
    await slice.chooseModel(model);
    await slice.ask('Go on.');
    await slice.settled();
  }
  await look('errors');
  nothingFound();
});

test('axe finds nothing beside the chat', async ({ launch, dataFolder }) => {
  const slice = await launch({ args: ['--demo=empty'] });
  const { page } = slice;
  const { look, nothingFound } = inspector(slice);
  await slice.message.waitFor();
  await slice.ask('Why is the sky blue?');
  await slice.settled();
  for (const name of ['Spending', 'Presets'] as const) {
    await page.getByRole('link', { name, exact: true }).click();
    await page.getByRole('heading', { name, exact: true }).waitFor();
    await look(name);
  }
  await page.evaluate(() => {
    location.hash = '#/spending/billing';
  });
  await page.getByRole('button', { name: 'Import billing history' }).click();
  await page.getByRole('button', { name: 'Undo this import' }).waitFor();
  await look('billing history');
  await page.getByRole('link', { name: 'Presets', exact: true }).click();
  await page.getByRole('button', { name: 'New preset' }).first().click();
  await page.waitForTimeout(500);
  await look('a new preset');
  await page.evaluate(() => {
    location.hash = '#/spending?by=routing';
  });
  await page.getByRole('heading', { name: 'Routing compared' }).waitFor();
  await look('spending by routing');
  await page.getByRole('button', { name: 'Filter' }).click();
  await page.getByRole('checkbox').first().waitFor();
  await look('filters of spending', true);
  await page.keyboard.press('Escape');
  await page.getByRole('combobox', { name: 'Period' }).click();
  await look('periods of spending', true);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Export CSV' }).click();
  await page.getByRole('dialog', { name: 'Export' }).waitFor();
  await look('export', true);
  await page.keyboard.press('Escape');
  await page.getByRole('table', { name: 'Spending' }).getByRole('link').first().click();
  await page.getByRole('table', { name: 'Answers' }).waitFor();
  await look('answers of spending');
  await page.evaluate(() => {
    location.hash = '#/comparisons';
  });
  await page.waitForTimeout(500);
  await look('comparisons');
  await page.getByRole('link', { name: 'Chat', exact: true }).click();
  await slice.conversations.getByText('Why is the sky blue?').click();
  await slice.receipt.waitFor();
  await page.keyboard.press('ControlOrMeta+f');
  await page.waitForTimeout(300);
  await look('find in a conversation');
  await page.keyboard.press('Escape');
  await page.getByRole('main').getByRole('button', { name: 'More' }).first().click();
  await look('a menu', true);
  await page.keyboard.press('Escape');
  const file = join(dataFolder, 'list.json');
  writeFileSync(file, JSON.stringify([{ role: 'user', content: 'Why?' }, { role: 'robot' }]));
  await slice.app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] });
  }, file);
  await page.getByRole('button', { name: 'Which conversations' }).click();
  await page.getByRole('menuitem', { name: 'Import conversations…' }).click();
  await page.getByRole('button', { name: 'Choose a file…' }).click();
  await page.getByRole('button', { name: 'Import', exact: true }).waitFor();
  await look('an import', true);
  await page.keyboard.press('Escape');
  await page.getByRole('searchbox', { name: 'Search', exact: true }).fill('sky');
  await page.waitForTimeout(800);
  await look('search');
  await page.getByRole('searchbox', { name: 'Search', exact: true }).fill('');
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Spending', exact: true }).click();
  await page.keyboard.press('?');
  await page.getByRole('dialog').waitFor();
  await look('shortcuts', true);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('dialog').waitFor();
  await look('palette', true);
  await page.keyboard.press('Escape');
  nothingFound();
});

test('axe finds nothing side by side and offline', async ({ launch }) => {
  const simulator = await startSimulator({ pace: 'instant' });
  const slice = await launch();
  await slice.connect(simulator, { weak: true });
  const { page } = slice;
  const { look, nothingFound } = inspector(slice);
  await slice.chooseModel('gpt-4o');
  await page.getByRole('combobox', { name: 'Model', exact: true }).click();
  await page.getByPlaceholder('Search or type a model').fill('sim-slow@5');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.press('Escape');
  await slice.message.fill('Why is the sky blue?');
  await slice.message.press('Enter');
  await page.waitForTimeout(2000);
  await look('side by side');
  // Closing asks while an answer is on its way.
  await slice.answerDialogs(1);
  await slice.quit();
  await simulator.close();

  const again = await launch();
  const offline = inspector(again);
  await again.conversations.getByText('Why is the sky blue?').click();
  await again.page
    .getByText(/Offline since/)
    .first()
    .waitFor({ timeout: 20_000 });
  await offline.look('offline');
  nothingFound();
  offline.nothingFound();
});
