import { z } from 'zod';
import type { Simulator } from '../../electron/simulator/simulator';
import { expect, type Slice, test } from './app';

const body = z.looseObject({
  model: z.string(),
  messages: z.array(z.object({ role: z.string(), content: z.string() })),
});

/** What the chat requests so far asked, the newest message of each. */
function asked(simulator: Simulator): readonly (string | undefined)[] {
  return simulator.log
    .filter(({ method, path }) => method === 'POST' && path.endsWith('/chat/completions'))
    .map((request) => body.parse(request.body).messages.at(-1)?.content);
}

async function write(slice: Slice, text: string): Promise<void> {
  await slice.message.fill(text);
  await slice.message.press('Enter');
}

function waiting(slice: Slice) {
  return slice.page.getByRole('region', { name: 'Waiting messages' });
}

test('follow-ups wait for the answer, go by themselves, and wait for the user after a stop', async ({
  launch,
  simulator,
}) => {
  const slice = await launch();
  const { page } = slice;
  await slice.connect(simulator, { weak: true });
  await slice.chooseModel('sim-slow@30');
  const queue = waiting(slice);

  await test.step('what is written while an answer runs is sent when it has ended', async () => {
    await write(slice, 'Why is the sky blue?');
    await slice.lastAnswer.waitFor();
    await write(slice, 'And at dusk?');
    await write(slice, 'And on Mars?');
    await expect(queue.getByRole('listitem')).toHaveCount(2);
    expect(asked(simulator)).toEqual(['Why is the sky blue?']);
    await expect(queue.getByRole('listitem')).toHaveCount(1, { timeout: 40_000 });
    await expect.poll(() => asked(simulator).length).toBe(2);
    await expect(slice.questions.last()).toContainText('And at dusk?');
  });

  await test.step('also after the conversation was left', async () => {
    await page.getByRole('link', { name: 'Settings' }).click();
    await expect
      .poll(() => asked(simulator), { timeout: 40_000 })
      .toEqual(['Why is the sky blue?', 'And at dusk?', 'And on Mars?']);
    await slice.conversations.getByText('Why is the sky blue?').click();
    await expect(queue).toHaveCount(0);
  });

  await test.step('one can be changed and removed', async () => {
    await slice.chooseModel('sim-endless@5');
    await write(slice, 'And on the Moon?');
    await expect.poll(() => asked(simulator).at(-1), { timeout: 40_000 }).toBe('And on the Moon?');
    await write(slice, 'Tell me mor');
    await write(slice, 'Never mind');
    await queue
      .getByRole('listitem')
      .filter({ hasText: 'Never mind' })
      .getByLabel('Remove')
      .click();
    await slice.message.fill('please.');
    await queue.getByLabel('Edit').press('Enter');
    await expect(slice.message).toHaveValue('Tell me mor\n\nplease.');
    await expect(slice.message).toBeFocused();
    await write(slice, 'Tell me more.');
  });

  await test.step('after a stop it waits, also over a restart, until it is sent', async () => {
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await expect(queue).toContainText('The answer was stopped. These wait until you send them.');
    await slice.message.fill('half a thought');
    await page.waitForTimeout(500);
    const before = asked(simulator).length;
    await slice.quit();

    const again = await launch();
    await again.conversations.getByText('Why is the sky blue?').click();
    await expect(waiting(again)).toContainText('Kept from before.');
    await expect(again.message).toHaveValue('half a thought');
    await again.page.waitForTimeout(1000);
    expect(asked(simulator)).toHaveLength(before);
    await waiting(again).getByRole('button', { name: 'Send now' }).click();
    await expect.poll(() => asked(simulator).at(-1)).toBe('Tell me more.');
    await expect(waiting(again)).toHaveCount(0);
    await expect(again.message).toHaveValue('half a thought');
  });
});

test('stop and send puts an answer aside for what was thought of since', async ({
  launch,
  simulator,
}) => {
  const slice = await launch();
  await slice.connect(simulator);
  await slice.chooseModel('sim-slow@10');
  await write(slice, 'Why is the sky blue?');
  await slice.lastAnswer.waitFor();
  await write(slice, 'In one sentence, please.');
  await waiting(slice).getByRole('button', { name: 'Stop and send' }).click();
  await expect.poll(() => asked(simulator).at(-1)).toBe('In one sentence, please.');
  await expect(waiting(slice)).toHaveCount(0);
  await expect(slice.answers.first()).toContainText('stopped');
});

test('earlier messages come back with the arrow, and what was typed is not lost', async ({
  launch,
  simulator,
}) => {
  const slice = await launch();
  const { page } = slice;
  await slice.connect(simulator);
  await slice.chooseModel('gpt-4o');
  await slice.ask('First of all');
  await slice.settled();
  await slice.ask('Second to that');
  await slice.settled();
  await slice.message.fill('half a thought');
  await slice.message.press('Home');
  for (const text of ['Second to that', 'First of all', 'First of all']) {
    await page.keyboard.press('ArrowUp');
    await expect(slice.message).toHaveValue(text);
  }
  await page.keyboard.press('ArrowDown');
  await expect(slice.message).toHaveValue('Second to that');
  await page.keyboard.press('ArrowDown');
  await expect(slice.message).toHaveValue('half a thought');

  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect.poll(() => asked(simulator).at(-1)).toBe('Second to that');
  await expect(slice.message).toHaveValue('half a thought');
  await slice.settled();

  await test.step('those of other conversations too', async () => {
    await page.getByRole('button', { name: 'New conversation' }).click();
    await expect(slice.message).toHaveValue('');
    await expect(async () => {
      await page.keyboard.press('ArrowUp');
      await expect(slice.message).toHaveValue('Second to that', { timeout: 300 });
    }).toPass();
  });
});

test('a prompt is made, found by typing and put in with what is asked for', async ({
  launch,
  simulator,
}) => {
  const slice = await launch();
  const { page } = slice;
  await slice.connect(simulator);
  await slice.chooseModel('gpt-4o');
  const commands = page.getByRole('listbox', { name: 'Commands' });
  const option = (name: string) => commands.getByRole('option', { name });

  await test.step('what is written becomes a prompt', async () => {
    await slice.message.fill('Translate this into {{language}}.\n');
    await slice.message.press('End');
    await page.keyboard.type('/');
    await expect(option('Save what is written as a prompt')).toHaveAttribute(
      'aria-selected',
      'true',
    );
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'Name' }).fill('Translate');
    await expect(page.getByRole('textbox', { name: 'Text' })).toHaveValue(
      'Translate this into {{language}}.',
    );
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(slice.message).toBeFocused();
  });

  await test.step('it is found, asked for its variable and put in', async () => {
    await slice.message.fill('');
    await page.keyboard.type('/tra');
    await expect(option('Translate')).toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'language' }).fill('German');
    await page.keyboard.press('Enter');
    await expect(slice.message).toHaveValue('Translate this into German.');
    await expect(slice.message).toBeFocused();
    await page.keyboard.press('Enter');
    await expect.poll(() => asked(simulator)).toEqual(['Translate this into German.']);
    await slice.settled();
  });

  await test.step('Esc leaves what is typed as it is', async () => {
    await page.keyboard.type('/tra');
    await page.keyboard.press('Escape');
    await expect(commands).toHaveCount(0);
    await page.keyboard.press('Enter');
    await expect.poll(() => asked(simulator).at(-1)).toBe('/tra');
    await slice.settled();
  });

  await test.step('it is deleted, and brought back', async () => {
    await page.keyboard.type('/edit');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Delete Translate' }).click();
    await expect(page.getByText('No prompts yet.')).toBeVisible();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(page.getByRole('button', { name: 'Edit Translate' })).toBeVisible();
  });
});

test('a text file goes along in the message, and is there after a restart', async ({
  launch,
  simulator,
}) => {
  const slice = await launch();
  await slice.connect(simulator, { weak: true });
  await slice.chooseModel('gpt-4o');
  await slice.message.fill('What stands out?');
  await slice.page.locator('input[type=file]').setInputFiles([
    {
      name: 'trips.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('\ufeffcity,cents\r\nGhent,57445\r\n'),
    },
    { name: 'video.ts', mimeType: 'video/mp2t', buffer: Buffer.from('export {};', 'utf16le') },
    { name: 'big.log', mimeType: 'text/plain', buffer: Buffer.from('x'.repeat(1024 * 1024 + 1)) },
    { name: 'clip.mov', mimeType: 'video/quicktime', buffer: Buffer.from([0, 1, 2, 0xff]) },
  ]);
  const files = slice.page.getByRole('list', { name: 'Files' });
  await expect(files.getByRole('listitem')).toHaveCount(2);
  await expect(files).toContainText('trips.csv');
  await expect(slice.page.getByText('big.log is larger than 1 MB')).toBeVisible();
  await expect(slice.page.getByText('clip.mov is neither text nor')).toBeVisible();
  await files.getByRole('button', { name: 'Remove video.ts' }).press('Enter');
  await slice.page.waitForTimeout(500);
  await slice.quit();

  const again = await launch();
  await expect(again.page.getByRole('list', { name: 'Files' })).toContainText('trips.csv');
  await expect(again.message).toHaveValue('What stands out?');
  await again.message.press('Enter');
  await expect
    .poll(() => asked(simulator))
    .toEqual(['What stands out?\n\ntrips.csv:\n```csv\ncity,cents\nGhent,57445\n```']);
  await again.settled();
  await expect(again.page.getByRole('list', { name: 'Files' })).toHaveCount(0);
});

test('what a message costs is said before it is sent, with how that is reckoned', async ({
  launch,
  simulator,
}) => {
  const slice = await launch();
  const { page } = slice;
  await slice.connect(simulator);
  await slice.chooseModel('gpt-4o');
  const send = page.getByRole('button', { name: 'Send', exact: true });
  await slice.message.fill('Why is the sky blue?');
  await expect(send).toHaveAccessibleDescription(/^about \$\d\.\d{4}–\d\.\d{4}$/);
  await page.locator('.composer-note').focus();
  await expect(page.getByRole('tooltip')).toContainText('This message: about 9 tokens');
  await slice.message.fill('word '.repeat(120_000));
  await expect(page.getByText(/About 150,\d{3} tokens, and gpt-4o takes 128,000/)).toBeVisible();
});

test('a line without an end is not wrapped, also when one comes back to it', async ({
  launch,
  simulator,
}) => {
  const slice = await launch();
  const { page } = slice;
  await slice.connect(simulator);
  await expect(slice.message).toHaveCSS('white-space', 'pre-wrap');
  await slice.message.fill('word '.repeat(20_000));
  await expect(slice.message).toHaveCSS('white-space', 'pre');
  await page.getByRole('link', { name: 'Presets', exact: true }).click();
  await page.getByRole('link', { name: 'Chat', exact: true }).click();
  await expect(slice.message).toHaveValue(/word $/);
  await expect(slice.message).toHaveCSS('white-space', 'pre');
  await slice.message.fill('word\n'.repeat(20));
  await expect(slice.message).toHaveCSS('white-space', 'pre-wrap');
});

test('Ctrl+Enter sends where that was chosen, and Enter breaks the line', async ({
  launch,
  simulator,
}) => {
  const slice = await launch();
  const { page } = slice;
  await slice.connect(simulator);
  await slice.chooseModel('gpt-4o');
  await slice.message.fill('one');
  await slice.message.press('ControlOrMeta+Enter');
  await expect(slice.message).toHaveValue('one\n');
  await slice.message.fill('');
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('link', { name: 'Writing' }).click();
  await page
    .getByRole('radio', { name: /Enter$/ })
    .last()
    .click();
  await page.getByRole('link', { name: 'Chat', exact: true }).click();
  await slice.message.focus();
  await page.keyboard.type('one');
  await page.keyboard.press('Enter');
  await page.keyboard.type('two');
  expect(asked(simulator)).toEqual([]);
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect.poll(() => asked(simulator)).toEqual(['one\ntwo']);
});

test('a message that waits for a file is not sent without it when the file cannot go along', async ({
  launch,
  simulator,
}) => {
  const slice = await launch();
  const { page } = slice;
  await slice.connect(simulator);
  await page.evaluate(() => {
    // A file on a slow disk that fails in the end.
    Blob.prototype.arrayBuffer = async () => {
      await new Promise((resolve) => setTimeout(resolve, 1000));
      throw new Error('gone');
    };
  });
  await slice.message.fill('What is in this file?');
  await page.locator('input[type=file]').setInputFiles({
    name: 'notes.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('much'),
  });
  await slice.message.press('Enter');
  await expect(page.getByText('notes.txt could not be read')).toBeVisible();
  await page.waitForTimeout(500);
  expect(asked(simulator)).toEqual([]);
  await expect(slice.message).toHaveValue('What is in this file?');
  // Told so, the user may send it all the same.
  await slice.message.press('Enter');
  await expect.poll(() => asked(simulator)).toEqual(['What is in this file?']);
});
