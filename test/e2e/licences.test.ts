import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from './app';

/** All that may occur; a package under another one is to be talked about first. */
const ALLOWED = [
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
  'Unlicense',
];

test('the settings show the licences of all that is in the app, which allow it', async ({
  launch,
  simulator,
}) => {
  const slice = await launch();
  const { page } = slice;
  await slice.connect(simulator, { weak: true });
  await page.getByRole('link', { name: 'Settings', exact: true }).click();
  await page.getByRole('link', { name: 'About', exact: true }).click();
  const button = page.getByRole('button', { name: 'Licences' });
  await button.click();
  const text = page.getByRole('dialog', { name: 'Licences' }).getByRole('region');
  await expect(text).toContainText('Slice is made with the packages below.');
  const shown = await text.innerText();
  const named = [...shown.matchAll(/^(\S+) \d+\.\d+\.\d+\S* · (.+)$/gm)];
  expect(named.filter(([, , licence = '']) => !ALLOWED.includes(licence))).toEqual([]);
  // The page, its workers, its styles and grammars, main, and what is not bundled.
  const names = new Set(named.map(([, name]) => name));
  for (const name of [
    'Slice',
    'react',
    'diff',
    'katex',
    'tailwindcss',
    '@shikijs/langs',
    '@shikijs/core',
    'undici',
    'zod',
    'better-sqlite3',
  ]) {
    expect(names, name).toContain(name);
  }
  const list: unknown = JSON.parse(readFileSync(resolve('dist/packages.json'), 'utf8'));
  expect(list).toHaveLength(named.length - 1);
  await page.keyboard.press('Escape');
  await expect(button).toBeFocused();
});
