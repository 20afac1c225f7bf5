import { startSimulator } from '../../electron/simulator/simulator';
import { test } from '../e2e/app';
import { picture } from './picture';

test('connect', async ({ launch, simulator }) => {
  const slice = await launch();
  await slice.page.getByRole('heading', { name: 'Connect' }).waitFor();
  await picture(slice, '1-connect', [0, 1, 2]);
  await slice.fillConnect(simulator.baseUrl, 'sk-this-is-not-the-key');
  await slice.page.getByRole('button', { name: 'Save and continue' }).click();
  await slice.page.getByText(/key/i).first().waitFor();
  await slice.page.waitForTimeout(1000);
  await picture(slice, '1-connect-wrong-key');
});

test('chat', async ({ launch }) => {
  const slice = await launch({ args: ['--demo'] });
  await slice.message.waitFor();
  await picture(slice, '8-empty', [0, 1, 2]);
  const questions = [
    'A weekend in Lisbon for two under €900',
    'Turn this recipe into metric units',
    'Why is the sky blue?',
    'Total spent by customer this year, in SQL',
  ];
  for (const question of questions) {
    await slice.page.getByRole('button', { name: 'New conversation' }).click();
    await slice.ask(question);
    await slice.answers.first().waitFor();
    await slice.settled();
  }
  await slice.page.waitForTimeout(1500);
  await picture(slice, '2-chat', [0, 1, 2]);
  await slice.receipt.getByRole('button').first().click();
  await picture(slice, '2-chat-slip');
  await slice.page.keyboard.press('Control+K');
  await slice.page.getByPlaceholder('Find a conversation or a command').fill('sky');
  await slice.page.waitForTimeout(600);
  await picture(slice, '8-palette', [0, 1]);
  await slice.page.keyboard.press('Escape');
  await slice.chooseModel('sim-slow@7');
  await slice.ask('Why is the sky blue, and why isn’t it violet?');
  await slice.page.waitForTimeout(7000);
  await picture(slice, '3-streaming', [0, 1]);
  await slice.page.keyboard.press('Escape');
  await slice.settled();
});

test('failed answers', async ({ launch }) => {
  const slice = await launch({ args: ['--demo'] });
  await slice.message.waitFor();
  await slice.chooseModel('sim-drop@40');
  await slice.ask('List the edge cases a CSV reader must pass, most dangerous first.');
  await slice.settled();
  await slice.chooseModel('sim-status-402');
  await slice.ask('Go on from case 4.');
  await slice.settled();
  await slice.page.waitForTimeout(500);
  await picture(slice, '8-errors', [0, 1]);
});

test('offline', async ({ launch }) => {
  const simulator = await startSimulator({ pace: 'instant' });
  const slice = await launch();
  await slice.connect(simulator, { weak: true });
  await slice.ask('Why is the sky blue?');
  await slice.settled();
  await slice.quit();
  await simulator.close();
  const again = await launch();
  await again.conversations.getByText('Why is the sky blue?').click();
  await again.message.fill('And what colour is the sky on Mars?');
  await again.page
    .getByText(/Offline since/)
    .first()
    .waitFor();
  await picture(again, '8-offline', [0, 1]);
});
