import { z } from 'zod';
import type { ConversationId } from '../../../shared/ids';
import type { Devtools } from './devtools';
import { pressKey } from './probe';

/** The answers of the thread, by the names they have for screen readers. */
const ANSWERS = '[role="log"][aria-label="Messages"] article[aria-label="Assistant"]';

/** An expression for the last answer in Slice's thread. */
export const LAST_ANSWER = `[...document.querySelectorAll('${ANSWERS}')].at(-1)`;

/** Resolves, in the page, with the time of the first frame after an element was painted. */
const painted = (selector: string, from: string) => `new Promise((resolve) => {
  const from = ${from};
  const look = () => {
    if (!document.querySelector(${JSON.stringify(selector)})) requestAnimationFrame(look);
    else requestAnimationFrame(() => resolve(performance.now() - from));
  };
  requestAnimationFrame(look);
})`;

/** Opens a conversation; the time until its first content is painted, in milliseconds. */
export function openConversation(page: Devtools, id: ConversationId): Promise<number> {
  const open = `(location.hash = '#/chat/${id}', performance.now())`;
  return page.evaluate(z.number(), painted(`${ANSWERS} .answer-block`, open));
}

/** Goes to where a conversation begins. */
export async function leaveConversation(page: Devtools): Promise<void> {
  await page.run(`location.hash = '#/chat'`);
  await page.evaluate(z.number(), painted('section[aria-label="New conversation"]', '0'));
}

/** When the first conversations of the list were painted, in ms since 1970. */
export function listPainted(page: Devtools): Promise<number> {
  const row = '[role="list"][aria-label="Conversations"] [role="listitem"]';
  return page.evaluate(z.number(), painted(row, '-performance.timeOrigin'));
}

/** Asks something in a new conversation. */
export async function ask(page: Devtools, question: string): Promise<void> {
  await page.run(`document.querySelector('textarea[aria-label="Message"]').focus()`);
  await page.send('Input.insertText', { text: question });
  await pressKey(page, 'Enter');
}
