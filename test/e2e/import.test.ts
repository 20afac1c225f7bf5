import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
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

test('an archive is read as it was downloaded, with its images, and nothing that was unpacked stays', async ({
  launch,
  dataFolder,
  simulator,
}) => {
  const slice = await launch();
  const { page } = slice;
  await slice.connect(simulator, { weak: true });
  const path = join(dataFolder, 'chatgpt.zip');
  const text = JSON.stringify(SKY).replace(
    '["Why?"]',
    '["Why?",{"content_type":"image_asset_pointer","asset_pointer":"sediment://file_0a"}]',
  );
  const picture = readFileSync(join(import.meta.dirname, '../../docs/images/2-chat-light.png'));
  writeFileSync(
    path,
    zipOf([
      { name: 'chat.html', content: '<html></html>' },
      { name: 'conversations.json', content: text },
      { name: 'file_0a-sky.png', content: picture, stored: true },
    ]),
  );
  await slice.app.evaluate(({ dialog }, filePath) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [filePath] });
  }, path);
  await page.getByRole('button', { name: 'Which conversations' }).click();
  await page.getByRole('menuitem', { name: 'Import conversations…' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Import conversations' });
  await dialog.getByRole('button', { name: 'Choose a file…' }).press('Enter');
  await expect(dialog.getByText('1 conversation, 2 messages, 1 image')).toBeVisible();
  await expect(dialog.getByText('conversations.json', { exact: true })).toBeVisible();
  await expect(dialog.getByRole('list', { name: '1 thing is wrong' })).toContainText(
    'conversations.json',
  );
  expect(readdirSync(join(dataFolder, 'imports'))).toEqual([expect.stringMatching(/\.db$/)]);
  await dialog.getByRole('button', { name: 'Import', exact: true }).press('Enter');
  await slice.conversations.getByText('Why is the sky blue?').click();
  await expect(page.getByText('Because of scattering.')).toBeVisible();
  await expect(page.getByRole('img', { name: 'sky.png' })).toBeVisible();
});

test('a file dropped on the window is imported, on the message it is attached, and the page can drop none', async ({
  launch,
  dataFolder,
  simulator,
}) => {
  const slice = await launch();
  const { page } = slice;
  await slice.connect(simulator, { weak: true });
  const path = join(dataFolder, 'dropped.json');
  writeFileSync(path, JSON.stringify(SKY));
  const dialog = page.getByRole('dialog', { name: 'Import conversations' });
  const attached = page.getByText('dropped.json', { exact: true });
  const devtools = await page.context().newCDPSession(page);
  const drag = (type: 'dragEnter' | 'dragOver' | 'drop', at: { x: number; y: number }) =>
    devtools.send('Input.dispatchDragEvent', {
      ...at,
      type,
      data: { items: [], files: [path], dragOperationsMask: 1 },
    });
  const drop = async (at: { x: number; y: number }) => {
    await drag('dragEnter', at);
    await drag('dragOver', at);
    await drag('drop', at);
  };
  const message = await page.locator('.composer').boundingBox();
  if (!message) throw new Error('there is no composer');

  await test.step('what the page makes up is a file like any other', async () => {
    await page.evaluate(() => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(['[]'], 'dropped.json', { type: 'application/json' }));
      const event = { bubbles: true, cancelable: true, dataTransfer };
      document.body.dispatchEvent(new DragEvent('drop', event));
    });
    await expect(attached).toBeVisible();
    await page.getByRole('button', { name: 'Remove dropped.json' }).click();
  });

  await test.step('on the message it is attached', async () => {
    await drop({ x: message.x + 40, y: message.y + 20 });
    await expect(attached).toBeVisible();
    await page.getByRole('button', { name: 'Remove dropped.json' }).click();
    await expect(dialog).toBeHidden();
  });

  await test.step('elsewhere it is said what will be, and seen what is in it', async () => {
    const place = { x: message.x + 40, y: message.y - 60 };
    await drag('dragEnter', place);
    await drag('dragOver', place);
    await expect(page.getByText('Drop the file here to import')).toBeVisible();
    await drag('drop', place);
    await expect(dialog.getByText('1 conversation, 2 messages')).toBeVisible();
    await expect(page.getByText('Drop the file here to import')).toBeHidden();
    await dialog.getByRole('button', { name: 'Cancel' }).press('Enter');
  });

  await test.step('also where no message is written', async () => {
    await page.getByRole('link', { name: 'Spending', exact: true }).first().click();
    await expect(page.locator('.composer')).toBeHidden();
    await drop({ x: message.x + 40, y: message.y - 60 });
    await expect(dialog.getByText('1 conversation, 2 messages')).toBeVisible();
  });
});
