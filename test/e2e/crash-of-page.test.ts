import { expect, type Slice, test } from './app';

const TEXT_OF_ANSWER = `document.querySelector('[role="article"][aria-label="Assistant"], article[aria-label="Assistant"]')?.innerText ?? ''`;

/** What a program in the page gives; the automation lets go of a page that has crashed, main does not. */
function inPage({ app }: Slice, program: string): Promise<unknown> {
  return app.evaluate(async ({ BrowserWindow }, source) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    if (!contents || contents.isCrashed() || contents.isLoading()) return null;
    return contents.executeJavaScript(source);
  }, program);
}

async function text(slice: Slice): Promise<string> {
  return String((await inPage(slice, TEXT_OF_ANSWER)) ?? '');
}

async function crash({ app }: Slice): Promise<void> {
  await app.evaluate(
    ({ BrowserWindow }) =>
      new Promise<void>((resolve) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents;
        contents?.once('render-process-gone', () => resolve());
        contents?.forcefullyCrashRenderer();
      }),
  );
}

const heading = (slice: Slice) =>
  inPage(slice, `document.querySelector('h1')?.textContent ?? ''`).then(String);

test('the page comes back from a crash with the answer that went on meanwhile', async ({
  launch,
}) => {
  const slice = await launch({ args: ['--demo=empty'] });
  await slice.message.waitFor();
  await slice.chooseModel('sim-slow@20');
  await slice.ask('Why is the sky blue?');
  await expect.poll(() => text(slice).then((words) => words.length)).toBeGreaterThan(150);
  const before = await slice.lastAnswer.locator('.prose').first().innerText();
  await crash(slice);
  await expect
    .poll(() => text(slice), { timeout: 20_000 })
    .toContain(before.slice(0, before.lastIndexOf(' ')));
  // It goes on growing, and ends as if nothing had been.
  await expect
    .poll(() => inPage(slice, `document.querySelector('[aria-busy="false"]') !== null`), {
      timeout: 40_000,
    })
    .toBe(true);
  await expect.poll(() => text(slice)).toMatch(/\$0\.\d{6}/);
  expect(await text(slice)).not.toContain('incomplete');
  expect(await text(slice)).not.toContain('broke twice');
});

test('an answer on which the page breaks twice is shown as plain text, and after the third the window waits', async ({
  launch,
}) => {
  const slice = await launch({ args: ['--demo=empty'] });
  await slice.message.waitFor();
  await slice.chooseModel('sim-slow@5');
  await slice.ask('Why is the sky blue?');
  await expect.poll(() => text(slice).then((words) => words.length)).toBeGreaterThan(100);
  await crash(slice);
  await expect.poll(() => text(slice), { timeout: 20_000 }).not.toBe('');
  expect(await text(slice)).not.toContain('broke twice');
  await crash(slice);
  await expect
    .poll(() => text(slice), { timeout: 20_000 })
    .toContain('The page broke twice on this answer, so it is shown as plain text.');

  await crash(slice);
  await expect.poll(() => heading(slice), { timeout: 20_000 }).toBe('The page keeps breaking');
  // Nothing is tried again by itself.
  await slice.app.evaluate(() => new Promise((resolve) => setTimeout(resolve, 1500)));
  expect(await heading(slice)).toBe('The page keeps breaking');
  expect(await inPage(slice, `document.activeElement?.textContent`)).toBe('Open again');
  await inPage(slice, `document.activeElement.click()`);
  await expect.poll(() => text(slice), { timeout: 20_000 }).toContain('shown as plain text');
  expect(await text(slice)).not.toContain('incomplete');
});
