import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startSimulator } from '../../electron/simulator/simulator';
import { zipOf } from '../fixtures/zip';
import { expect, test } from './app';

const SKY = [
  {
    title: 'Why is the sky blue?',
    create_time: 1_729_535_567.5,
    conversation_id: 'c1',
    current_node: 'b',
    mapping: {
      root: { parent: null, children: ['a'], message: null },
      a: {
        parent: 'root',
        children: ['b'],
        message: { author: { role: 'user' }, content: { content_type: 'text', parts: ['Why?'] } },
      },
      b: {
        parent: 'a',
        children: [],
        message: {
          author: { role: 'assistant' },
          content: { content_type: 'text', parts: ['Because of scattering.'] },
        },
      },
    },
  },
  { title: 'Empty', mapping: {} },
];

test('conversations of another program come from a file, are seen before, and can be taken back', async ({
  launch,
  dataFolder,
}) => {
  const simulator = await startSimulator({ pace: 'instant' });
  try {
    const slice = await launch();
    const { page } = slice;
    await slice.connect(simulator, { weak: true });
    const path = join(dataFolder, 'conversations.json');
    writeFileSync(path, JSON.stringify(SKY));
    await slice.app.evaluate(({ dialog }, filePath) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [filePath] });
    }, path);
    const dialog = page.getByRole('dialog', { name: 'Import conversations' });
    const open = async () => {
      await page.getByRole('button', { name: 'Which conversations' }).click();
      await page.getByRole('menuitem', { name: 'Import conversations…' }).press('Enter');
      await dialog.getByRole('button', { name: 'Choose a file…' }).press('Enter');
    };

    await test.step('what is in it is seen first, also what is wrong', async () => {
      await open();
      await expect(dialog.getByText('1 conversation, 2 messages')).toBeVisible();
      await expect(dialog.getByText('ChatGPT', { exact: true })).toBeVisible();
      await expect(dialog.getByRole('list', { name: '1 thing is wrong' })).toContainText(
        'Empty: Nothing is said in it.',
      );
      await expect(slice.conversations.getByText('Why is the sky blue?')).toBeHidden();
    });

    await test.step('then it is there, with its words', async () => {
      await dialog.getByRole('button', { name: 'Import', exact: true }).press('Enter');
      await expect(page.getByText('Imported 1 conversation')).toBeVisible();
      await expect(dialog).toBeHidden();
      await slice.conversations.getByText('Why is the sky blue?').click();
      await expect(page.getByText('Because of scattering.')).toBeVisible();
    });

    await test.step('a second time it is known, and the first can be taken back', async () => {
      await page.getByRole('button', { name: 'Undo' }).focus();
      await page.getByRole('button', { name: 'Undo' }).press('Enter');
      await expect(page.getByText('1 conversation was taken back')).toBeVisible();
      await expect(slice.conversations.getByText('Why is the sky blue?')).toBeHidden();
      await open();
      await dialog.getByRole('button', { name: 'Import', exact: true }).press('Enter');
      await expect(slice.conversations.getByText('Why is the sky blue?')).toBeVisible();
      await open();
      await expect(dialog.getByText('1 of them is here already.')).toBeVisible();
      await expect(dialog.getByRole('button', { name: 'Import', exact: true })).toBeDisabled();
      await dialog.getByRole('button', { name: 'Cancel' }).press('Enter');
      await expect(dialog).toBeHidden();
    });
  } finally {
    await simulator.close();
  }
});

test('an archive is read as it was downloaded, and nothing that was unpacked stays', async ({
  launch,
  dataFolder,
  simulator,
}) => {
  const slice = await launch();
  const { page } = slice;
  await slice.connect(simulator, { weak: true });
  const path = join(dataFolder, 'chatgpt.zip');
  writeFileSync(
    path,
    zipOf([
      { name: 'chat.html', content: '<html></html>' },
      { name: 'conversations.json', content: JSON.stringify(SKY) },
    ]),
  );
  await slice.app.evaluate(({ dialog }, filePath) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [filePath] });
  }, path);
  await page.getByRole('button', { name: 'Which conversations' }).click();
  await page.getByRole('menuitem', { name: 'Import conversations…' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Import conversations' });
  await dialog.getByRole('button', { name: 'Choose a file…' }).press('Enter');
  await expect(dialog.getByText('1 conversation, 2 messages')).toBeVisible();
  await expect(dialog.getByText('conversations.json', { exact: true })).toBeVisible();
  await expect(dialog.getByRole('list', { name: '1 thing is wrong' })).toContainText(
    'conversations.json',
  );
  expect(readdirSync(join(dataFolder, 'imports'))).toEqual([expect.stringMatching(/\.db$/)]);
  await dialog.getByRole('button', { name: 'Import', exact: true }).press('Enter');
  await slice.conversations.getByText('Why is the sky blue?').click();
  await expect(page.getByText('Because of scattering.')).toBeVisible();
});
