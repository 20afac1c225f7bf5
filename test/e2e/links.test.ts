import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startSimulator } from '../../electron/simulator/simulator';
import { expect, test } from './app';
import { launchSettings } from './launch-settings';

test('a link opens its place in the app that runs, or at its start, and does nothing there', async ({
  launch,
  dataFolder,
}) => {
  const simulator = await startSimulator({ pace: 'instant' });
  /** What the system does when a link is clicked. */
  const click = async (link: string) => {
    const { executablePath, args, env } = launchSettings(dataFolder, { args: [link] });
    const [code] = await once(spawn(executablePath, args, { env, stdio: 'ignore' }), 'exit');
    expect(code).toBe(0);
  };
  try {
    const slice = await launch();
    await slice.connect(simulator, { weak: true });
    await slice.ask('Why is the sky blue?');
    await slice.settled();
    const asked = simulator.log.length;

    await click('slice://settings/about');
    await expect(slice.page.getByRole('heading', { name: 'About' })).toBeVisible();
    await click('slice://chat/1?send=again');
    await click('slice://chat/1');
    await expect(slice.questions).toHaveText(/sky/);
    await slice.quit();

    const again = await launch({ args: ['slice://spending'] });
    await expect(again.page.getByRole('table', { name: 'Spending' })).toContainText('$');
    expect(simulator.log.slice(asked).filter(({ path }) => path.includes('chat'))).toEqual([]);
  } finally {
    await simulator.close();
  }
});

test('a file of conversations opens the import, in the app that runs and at its start, and nothing is written', async ({
  launch,
  dataFolder,
}) => {
  const simulator = await startSimulator({ pace: 'instant' });
  const name = 'from ann.slice.json';
  const path = join(dataFolder, name);
  const said = { role: 'user', content: 'Why is the sky blue?' };
  writeFileSync(path, JSON.stringify([{ messages: [said] }]));
  try {
    const slice = await launch();
    await slice.connect(simulator, { weak: true });
    const { executablePath, args, env } = launchSettings(dataFolder, { args: [path] });
    const [code] = await once(spawn(executablePath, args, { env, stdio: 'ignore' }), 'exit');
    expect(code).toBe(0);
    const title = { name: 'Import conversations' };
    await expect(slice.page.getByRole('dialog', title)).toContainText('1 conversation, 1 message');
    await slice.page.getByRole('button', { name: 'Cancel' }).click();
    await expect(slice.page.getByRole('dialog', title)).toBeHidden();
    await expect(slice.conversations.getByText('sky')).toBeHidden();
    await slice.quit();

    const again = await launch({ args: [`file://${encodeURI(path)}`] });
    await expect(again.page.getByRole('dialog', title)).toContainText('1 conversation, 1 message');
    await again.page.getByRole('button', { name: 'Cancel' }).click();
    await expect(again.page.getByRole('dialog', title)).toBeHidden();
  } finally {
    await simulator.close();
  }
});
