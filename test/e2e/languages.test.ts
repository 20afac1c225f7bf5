import { expect, type Slice, test } from './app';

// A receipt says seconds only where an answer took some.
test.use({ pace: 'natural' });

const GERMAN = { LANG: 'de_DE.UTF-8', LANGUAGE: 'de_DE', LC_ALL: 'de_DE.UTF-8' };

/** The names of the native menus, as they stand in the bar. */
function menus({ app }: Slice): Promise<string[]> {
  return app.evaluate(({ Menu }) =>
    (Menu.getApplicationMenu()?.items ?? []).map(({ label }) => label),
  );
}

async function openAppearance({ page }: Slice): Promise<void> {
  await page.getByRole('link', { name: 'Settings', exact: true }).click();
  await page.getByRole('link', { name: 'Appearance', exact: true }).click();
  await page.getByRole('heading', { name: 'Appearance' }).waitFor();
}

test('a computer that speaks German is answered in German from the first word on', async ({
  launch,
}) => {
  const slice = await launch({ env: GERMAN });
  const { page } = slice;
  await page.getByRole('heading', { name: 'Verbinden' }).waitFor();
  expect(await menus(slice)).toEqual(['Datei', 'Bearbeiten', 'Ansicht', 'Fenster', 'Hilfe']);

  await page.addInitScript(() => {
    const seen: string[] = [];
    Object.assign(window, { headingsSeen: seen });
    new MutationObserver(() => {
      for (const { textContent } of document.querySelectorAll('h1')) seen.push(textContent ?? '');
    }).observe(document, { childList: true, subtree: true });
  });
  await page.reload();
  await page.getByRole('heading', { name: 'Verbinden' }).waitFor();
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('de');
  const seen = await page.evaluate(() => Reflect.get(window, 'headingsSeen'));
  expect([...new Set(seen)]).toEqual(['Verbinden']);
});

test('another language is spoken at once, by the keyboard alone, and after a restart', async ({
  launch,
  simulator,
}) => {
  const slice = await launch();
  const { page } = slice;
  await slice.connect(simulator, { weak: true });
  await slice.ask('Why is the sky blue?');
  await slice.settled();
  await openAppearance(slice);
  const language = page.getByRole('combobox', { name: 'Language' });
  await language.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('option', { name: 'Deutsch', exact: true }).waitFor();
  await page.keyboard.type('Deutsch');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Darstellung' })).toBeVisible();
  await expect(page.getByRole('combobox', { name: 'Sprache' })).toBeFocused();
  await expect
    .poll(() => menus(slice))
    .toEqual(['Datei', 'Bearbeiten', 'Ansicht', 'Fenster', 'Hilfe']);

  const list = page.getByRole('list', { name: 'Gespräche' });
  await expect(list).toContainText(/0,\d{4}\s\$/);
  await list.getByText('Why is the sky blue?').click();
  const receipt = page
    .getByRole('article', { name: 'Assistent' })
    .getByRole('group', { name: 'Beleg' });
  await expect(receipt).toContainText(/0,\d{6}\s\$/);
  await expect(receipt).toContainText(/\d,\d s/);
  await slice.quit();

  const again = await launch();
  await expect(again.page.getByRole('textbox', { name: 'Nachricht', exact: true })).toBeVisible();
  expect(await again.page.evaluate(() => document.documentElement.lang)).toBe('de');
  expect(await menus(again)).toContain('Datei');
});

test('Chinese is written as it is used, and English comes back', async ({ launch }) => {
  const slice = await launch({ args: ['--demo=empty'] });
  const { page } = slice;
  await slice.message.waitFor();
  await openAppearance(slice);
  await page.getByRole('combobox', { name: 'Language' }).click();
  await page.getByRole('option', { name: '简体中文' }).click();
  await expect(page.getByRole('heading', { name: '外观' })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('zh-CN');
  await page.getByRole('combobox', { name: '语言' }).click();
  await page.getByRole('option', { name: 'English', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Appearance' })).toBeVisible();
});

test('reading size and motion are kept, and known before the first paint', async ({ launch }) => {
  const slice = await launch({ args: ['--demo=empty'] });
  const { page } = slice;
  await slice.message.waitFor();
  const sizes = () =>
    page.evaluate(() => ({
      read: getComputedStyle(document.querySelector('textarea') ?? document.body).fontSize,
      frame: getComputedStyle(document.body).fontSize,
    }));
  expect(await sizes()).toEqual({ read: '15px', frame: '13px' });
  await openAppearance(slice);
  await page.getByRole('slider', { name: 'Reading size' }).press('End');
  await page.getByRole('radio', { name: 'Reduced' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-motion', 'reduced');
  await page.getByRole('link', { name: 'Chat', exact: true }).click();
  await slice.message.waitFor();
  expect(await sizes()).toEqual({ read: '24px', frame: '16.9px' });
  await slice.quit();

  const again = await launch({ args: ['--demo=empty'] });
  await again.message.waitFor();
  const look = await again.page.evaluate(() => {
    const { dataset, style } = document.documentElement;
    return [new URLSearchParams(location.search).get('fontSize'), dataset.motion, style.cssText];
  });
  expect(look).toEqual(['24', 'reduced', '--reading: 24;']);
});

test('the end of an answer is told of only when asked for and while one looks elsewhere', async ({
  launch,
}) => {
  const slice = await launch({ args: ['--demo=empty'] });
  const { app, page } = slice;
  await slice.message.waitFor();
  await app.evaluate(({ Notification, BrowserWindow }) => {
    const told: string[] = [];
    Object.assign(globalThis, { told, shown: [] });
    Notification.isSupported = () => true;
    Notification.prototype.show = function show() {
      told.push(`${this.title} | ${this.body}`);
      Reflect.get(globalThis, 'shown').push(this);
    };
    for (const window of BrowserWindow.getAllWindows()) window.isFocused = () => false;
  });
  const told = () => app.evaluate(() => Reflect.get(globalThis, 'told'));
  await slice.ask('Why is the sky blue?');
  await slice.settled();
  expect(await told()).toEqual([]);

  await page.getByRole('link', { name: 'Settings', exact: true }).click();
  await page.getByRole('link', { name: 'Writing', exact: true }).click();
  const wanted = page.getByRole('switch', { name: 'Tell when an answer is there' });
  await expect(wanted).not.toBeChecked();
  await wanted.click();
  await page.getByRole('link', { name: 'Chat', exact: true }).click();
  await page.getByRole('button', { name: 'New conversation' }).click();
  await slice.ask('A haiku about rain');
  await slice.settled();
  await expect
    .poll(told)
    .toEqual([expect.stringMatching(/^A haiku about rain \| Answered: \$0\.\d{6}$/)]);

  await page.getByRole('link', { name: 'Spending' }).click();
  await app.evaluate(() => Reflect.get(globalThis, 'shown')[0].emit('click'));
  await expect(slice.questions).toContainText('A haiku about rain');
});
