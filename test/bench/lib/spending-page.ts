import { z } from 'zod';
import type { Devtools } from './devtools';

const TABLE = `table[aria-label="Spending"]`;

/** Runs in the page: the time from a click to the first frame after something was painted. */
const measured = (click: string, isShown: string) => `new Promise((resolve, reject) => {
  const from = performance.now();
  ${click};
  const look = () => {
    if (performance.now() - from > 60000) reject(new Error('it was never shown'));
    else if (!(${isShown})) requestAnimationFrame(look);
    else requestAnimationFrame(() => resolve(performance.now() - from));
  };
  requestAnimationFrame(look);
})`;

/** Clicks the link; the time until the table has its rows, in milliseconds. */
export function openSpending(page: Devtools): Promise<number> {
  const link = `document.querySelector('nav[aria-label="Main"] a[href*="spending"]')`;
  return page.evaluate(
    z.number(),
    measured(`${link}.click()`, `document.querySelector('${TABLE} tbody tr')`),
  );
}

/**
 * Chooses from one of the lists above the table; the time from the click on it until the table shows
 * something else, in milliseconds.
 */
export async function choose(
  page: Devtools,
  list: 'Period' | 'Group by',
  option: string,
): Promise<number> {
  const box = `document.querySelector('[role="combobox"][aria-label="${list}"]')`;
  const options = `[...document.querySelectorAll('[role="option"]')]`;
  await page.evaluate(z.number(), measured(`${box}.click()`, `${options}.length > 0`));
  return page.evaluate(
    z.number(),
    measured(
      `const before = document.querySelector('${TABLE}').textContent;
       ${options}.find(({ textContent }) => textContent.startsWith('${option}')).click()`,
      `(document.querySelector('${TABLE} tbody tr') && document.querySelector('${TABLE}').textContent !== before)`,
    ),
  );
}
