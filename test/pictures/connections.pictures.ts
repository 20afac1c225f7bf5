import { startSimulator } from '../../electron/simulator/simulator';
import { type Slice, test } from '../e2e/app';
import { picture } from './picture';

async function add({ page }: Slice, service: string, baseUrl: string, key: string, name = '') {
  await page.getByRole('button', { name: 'Add connection' }).click();
  const form = page.getByRole('form', { name: 'New connection' });
  await form.getByRole('combobox', { name: 'Service' }).click();
  await page.getByRole('option', { name: service, exact: true }).click();
  await form.getByRole('textbox', { name: 'Name' }).fill(name);
  await form.getByRole('textbox', { name: 'Base URL' }).fill(baseUrl);
  await form.getByRole('textbox', { name: 'API key' }).fill(key);
  await page.keyboard.press('Enter');
  await form.waitFor({ state: 'detached' });
}

test('connections', async ({ launch, simulator }) => {
  const work = await startSimulator({ pace: 'instant' });
  const ollama = await startSimulator({ pace: 'instant' });
  const slice = await launch({ keyring: true });
  const { page } = slice;
  const card = (name: string) => page.getByRole('region', { name, exact: true });
  await page.getByRole('button', { name: 'Try the demo' }).click();
  await slice.message.waitFor();
  const openSettings = async () => {
    await page.getByRole('link', { name: 'Settings', exact: true }).click();
    await page.getByRole('heading', { name: 'Connections' }).waitFor();
  };
  await openSettings();
  await add(slice, 'APIpie', simulator.baseUrl, simulator.key);
  await add(slice, 'APIpie', work.baseUrl, work.key, 'APIpie at work');
  await add(slice, 'Ollama', ollama.baseUrl, '', 'Ollama on this computer');

  for (const [name, questions] of [
    ['APIpie at work', ['Why is the sky blue?', 'A haiku about rain']],
    ['APIpie', ['Why is the sky blue?', 'Total spent by customer this year, in SQL', 'Hello']],
  ] as const) {
    await openSettings();
    await page.getByRole('radio', { name, exact: true }).click();
    for (const question of questions) {
      await page.getByRole('button', { name: 'New conversation' }).click();
      await slice.chooseModel('gpt-4o');
      await slice.ask(question);
      await slice.settled();
    }
  }
  await openSettings();
  await ollama.close();
  const port = Number(new URL(work.baseUrl).port);
  await work.close();
  const stricter = await startSimulator({ pace: 'instant', port });
  for (const name of ['Ollama on this computer', 'APIpie at work', 'APIpie']) {
    await page.getByRole('button', { name, exact: true }).click();
    await card(name).getByRole('button', { name: 'Test connection' }).click();
    await card(name).getByText('Last check,').waitFor();
  }
  await picture(slice, '7-settings', [0, 1]);

  await page.getByRole('button', { name: 'APIpie at work', exact: true }).click();
  await picture(slice, '7-settings-rejected');

  await page.getByRole('button', { name: 'Add connection' }).click();
  await picture(slice, '7-settings-add');
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'APIpie', exact: true }).click();
  await card('APIpie').getByRole('button', { name: 'Advanced' }).click();
  await card('APIpie').getByRole('button', { name: 'Add header' }).click();
  await page.keyboard.type('X-Team');
  await card('APIpie').getByRole('textbox', { name: 'Value of X-Team' }).fill('secret');
  await picture(slice, '7-settings-advanced');
  await stricter.close();
});
