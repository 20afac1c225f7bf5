import { expect, test } from '../e2e/app';
import { picture } from './picture';

test('presets', async ({ launch, simulator }) => {
  const slice = await launch();
  const { page } = slice;
  await slice.connect(simulator);
  await page.getByRole('link', { name: 'Presets', exact: true }).click();
  await picture(slice, '5-presets-empty');
  await page.getByRole('button', { name: /^Precise/ }).click();
  const editor = page.getByRole('region', { name: 'Precise' });
  await editor.getByRole('combobox', { name: 'Model', exact: true }).click();
  await page.keyboard.type('gpt-4o');
  await page.keyboard.press('Enter');
  await editor.getByLabel('Max tokens', { exact: true }).fill('1200');
  await editor.getByRole('radio', { name: 'Price' }).click();
  await editor.getByLabel('Frequency penalty', { exact: true }).fill('0.2');
  for (const [name, system] of [
    ['Research', 'Answer for {{reader}}, in {{language}}. Name your sources.'],
    ['Cheap draft', 'A first draft; brevity first.'],
    ['Review my SQL', 'Review the query. Say what is slow, and why.'],
  ] as const) {
    await page.getByRole('button', { name: 'New preset' }).click();
    const field = page.getByRole('textbox', { name: 'Name', exact: true });
    await expect(field).toHaveValue(/New preset/);
    await field.fill(name);
    await page.getByRole('textbox', { name: 'System message' }).fill(system);
    await expect(page.getByRole('list', { name: 'Presets' })).toContainText(name);
  }
  await page.waitForTimeout(800);
  const list = page.getByRole('list', { name: 'Presets' });
  await list.getByRole('link', { name: /^Research/ }).click();
  await page.getByRole('button', { name: 'Add a message' }).click();
  await page.getByRole('textbox', { name: 'Opening message 1' }).fill('I am {{reader}}.');
  await page.getByRole('button', { name: 'Add a message' }).click();
  await page.getByRole('textbox', { name: 'Opening message 2' }).fill('Good to meet you.');
  await page.getByRole('button', { name: 'Add a message' }).click();
  await page.waitForTimeout(700);
  await picture(slice, '5-presets-opening', [0, 1]);
  await list.getByRole('link', { name: /^Precise/ }).click();
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Begin a conversation with it' }).click();
  await slice.ask('Why is the sky blue, and why isn’t it violet?');
  await slice.settled();
  await page.getByRole('link', { name: 'Presets', exact: true }).click();
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Begin new conversations with it' }).click();
  await page.waitForTimeout(500);
  await picture(slice, '5-presets', [0, 1, 2]);
  await page.goBack();
  await slice.message.waitFor();
  await page.getByRole('button', { name: 'Parameters', exact: true }).click();
  const panel = page.getByRole('region', { name: 'Parameters' });
  await panel.getByLabel('Temperature', { exact: true }).fill('0.7');
  await panel.getByLabel('Top P', { exact: true }).fill('0.9');
  await panel.getByRole('radio', { name: 'Latency' }).click();
  await panel.getByLabel('Max tokens', { exact: true }).fill('800');
  await page.waitForTimeout(400);
  await picture(slice, '3-parameters-preset', [0, 1]);
  await page.getByRole('combobox', { name: 'Preset', exact: true }).click();
  await page.waitForTimeout(400);
  await picture(slice, '2-chat-presets', [0, 1]);
  await page.getByRole('option', { name: /^Research/ }).click();
  await page.getByRole('textbox', { name: 'reader' }).fill('a curious child');
  await page.waitForTimeout(400);
  await picture(slice, '2-chat-variables', [0, 1]);
});
