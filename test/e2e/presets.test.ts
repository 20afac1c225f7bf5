import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Simulator } from '../../electron/simulator/simulator';
import { expect, type Slice, test } from './app';

// One notice goes before the next comes, as with answers that take their time.
test.use({ pace: 'natural' });

const body = z.looseObject({ model: z.string(), messages: z.array(z.unknown()) });

/** The body of the newest chat request, as it arrived. */
function lastBody(simulator: Simulator) {
  const chats = simulator.log.filter(({ path }) => path.endsWith('/chat/completions'));
  return body.parse(chats.at(-1)?.body);
}

async function ask(slice: Slice, text: string): Promise<void> {
  await slice.ask(text);
  await slice.settled();
}

const goTo = (slice: Slice, name: string) =>
  slice.page.getByRole('link', { name, exact: true }).click();

const presetField = (slice: Slice) =>
  slice.page.getByRole('combobox', { name: 'Preset', exact: true });

const listOf = (slice: Slice) => slice.page.getByRole('list', { name: 'Presets' });

/** Makes a preset that has a name and nothing else. */
async function makePreset(slice: Slice, name: string): Promise<void> {
  const { page } = slice;
  await page.getByRole('button', { name: 'New preset', exact: true }).click();
  const field = page.getByRole('textbox', { name: 'Name', exact: true });
  await expect(field).toHaveValue(/^New preset/);
  await field.fill(name);
  await field.press('Tab');
  await expect(listOf(slice)).toContainText(name);
}

test('a conversation becomes a preset, and the preset leads the next ones', async ({
  launch,
  simulator,
}) => {
  const slice = await launch();
  const { page } = slice;
  await slice.connect(simulator, { weak: true });
  await slice.chooseModel('gpt-4o');
  const panel = page.getByRole('region', { name: 'Parameters' });

  await test.step('made of what is set in a conversation', async () => {
    await page.getByRole('button', { name: 'Parameters', exact: true }).click();
    await panel.getByLabel('System message', { exact: true }).fill('Be brief.');
    await panel.getByLabel('Temperature', { exact: true }).fill('0.2');
    await ask(slice, 'Why is the sky blue?');
    await page.getByRole('button', { name: 'More', exact: true }).first().click();
    await page.getByRole('menuitem', { name: 'Save as new preset' }).click();
    const name = page.getByRole('dialog').getByRole('textbox', { name: 'Name' });
    await expect(name).toBeFocused();
    await name.fill('Precise');
    await name.press('Enter');
    await expect(presetField(slice)).toHaveText('Precise');
    await expect(panel).not.toContainText('differ');
  });

  await test.step('what is changed afterwards differs from it, and is taken back or saved', async () => {
    await panel.getByLabel('Temperature', { exact: true }).fill('0.9');
    await expect(panel).toContainText('1 differs from Precise');
    await panel.getByRole('button', { name: 'Back to the preset’s value, 0.2' }).click();
    await expect(panel.getByLabel('Temperature', { exact: true })).toHaveValue('0.2');
    await panel.getByLabel('Top P', { exact: true }).fill('0.5');
    await panel.getByRole('button', { name: 'Save to preset' }).click();
    await expect(page.getByText('Saved to Precise')).toBeVisible();
    await expect(panel).not.toContainText('differs');
    await panel.getByRole('button', { name: 'Close' }).click();
  });

  await test.step('the receipt names it', async () => {
    await ask(slice, 'And at sunset?');
    expect(lastBody(simulator)).toMatchObject({ temperature: 0.2, top_p: 0.5 });
    await slice.receipt.getByRole('button', { name: /tokens/ }).click();
    await expect(slice.receipt).toContainText('Preset');
    await expect(slice.receipt).toContainText('Precise');
  });

  await test.step('its page says what was spent, and takes variables and an opening', async () => {
    await goTo(slice, 'Presets');
    const row = listOf(slice).getByRole('link', { name: /^Precise/ });
    await expect(row).toContainText('gpt-4o, temperature 0.2');
    await expect(row).toContainText(/\$0\.\d{4}/);
    await page.getByLabel('System message', { exact: true }).fill('Speak {{language}}.');
    await page.getByRole('button', { name: 'Add a message' }).click();
    await page.getByLabel('Opening message 1', { exact: true }).fill('I am {{name}}.');
    await page.getByRole('button', { name: 'Add a message' }).click();
    await page.getByLabel('Opening message 2', { exact: true }).fill('Good to meet you.');
    await expect(page.getByText('Asked for on use: language, name')).toBeVisible();
  });

  await test.step('they are asked for and sent in their places', async () => {
    await goTo(slice, 'Chat');
    await slice.message.waitFor();
    await page.keyboard.press('Control+1');
    await expect(page.getByRole('textbox', { name: 'language' })).toBeFocused();
    await page.keyboard.type('Dutch');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await expect(dialog).toContainText('One field is empty');
    await page.getByRole('textbox', { name: 'name', exact: true }).fill('Ada');
    await expect(dialog).toContainText('I am Ada.');
    await page.keyboard.press('Enter');
    await expect(presetField(slice)).toHaveText('Precise');
    await ask(slice, 'What is a lien?');
    expect(lastBody(simulator)).toEqual(
      expect.objectContaining({
        model: 'gpt-4o',
        temperature: 0.2,
        top_p: 0.5,
        messages: [
          { role: 'system', content: 'Speak Dutch.' },
          { role: 'user', content: 'I am Ada.' },
          { role: 'assistant', content: 'Good to meet you.' },
          { role: 'user', content: 'What is a lien?' },
        ],
      }),
    );
  });

  await test.step('in a conversation that has begun, with a way back', async () => {
    await goTo(slice, 'Presets');
    await makePreset(slice, 'Plain');
    await page.goBack();
    await page.goBack();
    await slice.conversations.getByRole('link', { name: /What is a lien/ }).click();
    await slice.message.waitFor();
    await presetField(slice).click();
    await page.getByRole('option', { name: /^Plain/ }).click();
    const taken = page.getByRole('listitem').filter({ hasText: 'Settings of Plain taken over' });
    await expect(taken).toBeVisible();
    await expect(presetField(slice)).toHaveText('Plain');
    await taken.getByRole('button', { name: 'Undo' }).click();
    await expect(presetField(slice)).toHaveText('Precise');
    // A notice that goes gives the focus back to where it was before.
    await expect(page.getByRole('button', { name: 'Undo' })).toHaveCount(0);
    await ask(slice, 'And a writ?');
    expect(lastBody(simulator)).toMatchObject({ temperature: 0.2 });
    expect(lastBody(simulator).messages[0]).toEqual({ role: 'system', content: 'Speak Dutch.' });
  });
});

test('presets are ordered, begun with, deleted and brought back, also after a restart', async ({
  launch,
  simulator,
}) => {
  const slice = await launch();
  const { page } = slice;
  await slice.connect(simulator, { weak: true });
  await goTo(slice, 'Presets');
  await page.getByRole('button', { name: /^Vote of three/ }).click();
  await expect(listOf(slice)).toContainText('integrity 13');
  await makePreset(slice, 'Second');
  await makePreset(slice, 'Third');
  const rows = listOf(slice).getByRole('listitem');
  const order = (...names: string[]) =>
    expect(rows).toHaveText(names.map((name) => new RegExp(`^${name}`)));
  await order('Vote of three', 'Second', 'Third');

  await listOf(slice)
    .getByRole('link', { name: /^Third/ })
    .focus();
  await page.keyboard.press('Alt+ArrowUp');
  await order('Vote of three', 'Third', 'Second');
  await expect(page.getByText('Third, place 2 of 3')).toBeAttached();
  await rows.nth(2).dragTo(rows.nth(0), { targetPosition: { x: 40, y: 4 } });
  await order('Second', 'Vote of three', 'Third');

  await listOf(slice)
    .getByRole('link', { name: /^Third/ })
    .click();
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Begin new conversations with it' }).click();
  await expect(rows.nth(2)).toContainText('default');
  await page.getByLabel('Temperature', { exact: true }).fill('0.3');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('');
  await expect(page.getByRole('alert')).toContainText('A preset needs a name');
  await goTo(slice, 'Settings');
  await page.goBack();
  await expect(page.getByRole('alert')).toContainText('A preset needs a name');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Third');

  await listOf(slice)
    .getByRole('link', { name: /^Second/ })
    .click();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await order('Vote of three', 'Third');
  await page.getByRole('button', { name: 'Undo' }).click();
  await order('Second', 'Vote of three', 'Third');
  await slice.quit();

  const again = await launch();
  await again.message.waitFor();
  await expect(presetField(again)).toHaveText('Third');
  await ask(again, 'Why is the sky blue?');
  expect(lastBody(simulator)).toMatchObject({ temperature: 0.3 });
  await goTo(again, 'Presets');
  await expect(listOf(again).getByRole('listitem')).toHaveText([
    /^Second/,
    /^Vote of three/,
    /^Third.*default/,
  ]);
});

test('presets leave in a file and come back from one', async ({
  launch,
  simulator,
  dataFolder,
}) => {
  const slice = await launch();
  const { page } = slice;
  await slice.connect(simulator, { weak: true });
  await goTo(slice, 'Presets');
  await page.getByRole('button', { name: /^Precise/ }).click();
  await expect(listOf(slice)).toContainText('temperature 0.2');

  const file = join(dataFolder, 'presets.json');
  await slice.app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [filePath] });
  }, file);
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await expect(page.getByText('1 preset written to presets.json')).toBeVisible();
  const written = z
    .looseObject({ presets: z.array(z.looseObject({ name: z.string() })) })
    .parse(JSON.parse(readFileSync(file, 'utf8')));
  expect(written.presets.map(({ name }) => name)).toEqual(['Precise']);

  const broken = { ...written.presets[0], name: 'Broken', settings: { system: 1 } };
  writeFileSync(file, JSON.stringify({ ...written, presets: [...written.presets, broken] }));
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: '1 preset imported' });
  await expect(dialog.getByRole('listitem')).toContainText(['Broken']);
  await expect(dialog.getByRole('listitem')).toContainText(['settings']);
  await page.keyboard.press('Escape');
  await expect(listOf(slice).getByRole('listitem')).toHaveText([/^Precise/, /^Precise \(2\)/]);

  writeFileSync(file, 'no presets');
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(page.getByRole('dialog')).toContainText('This is not a file of presets.');
});
