import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { _electron as electron, type Page } from 'playwright';
import { launchSettings } from '../e2e/launch-settings';
import { sequence } from './sequence';
import { checkStore, type Findings } from './store-check';
import { startWordsServer, type WordsServer } from './words-server';

export interface KillOptions {
  readonly times: number;
  /** Chooses the moments. */
  readonly seed: number;
  /** The data folder; it is left as it is. */
  readonly folder: string;
  /** Hears of each round, counted from 1. */
  readonly onRound: (round: number, killedAfterMs: number, findings: Findings) => void;
}

/** The app is killed between so many milliseconds after the first of its questions has arrived. */
const EARLIEST_MS = 100;
const LATEST_MS = 2_500;

/**
 * Has the real app stream several answers, kills it in the middle, starts it again and looks at what it
 * kept: again and again on one data folder.
 */
export async function killRounds({ times, seed, folder, onRound }: KillOptions): Promise<void> {
  const server = await startWordsServer();
  const random = sequence(seed);
  try {
    let after = 0;
    for (let round = 1; round <= times + 1; round += 1) {
      const app = await electron.launch(launchSettings(folder, {}));
      const page = await app.firstWindow();
      const child = app.process();
      if (round === 1) await connect(page, server);
      await page.getByRole('textbox', { name: 'Message', exact: true }).waitFor();
      if (round > 1) {
        // The runs that were left are ended before the first question of the page is answered.
        await page.getByRole('list', { name: 'Conversations' }).getByRole('link').first().waitFor();
        onRound(round - 1, after, checkStore(join(folder, 'slice.db'), server.log));
      }
      if (round > times) {
        await end(child);
        return;
      }
      after = EARLIEST_MS + Math.floor(random() * (LATEST_MS - EARLIEST_MS));
      const before = server.log.length;
      let isOver = false;
      const asking = ask(page, round)
        .catch(() => undefined)
        .finally(() => {
          isOver = true;
        });
      // How long it takes until the first question leaves is the machine's business.
      while (server.log.length === before && !isOver) await wait(5);
      await wait(after);
      server.killed();
      await end(child);
      await asking;
    }
  } finally {
    await server.close();
  }
}

async function connect(page: Page, server: WordsServer): Promise<void> {
  await page.getByRole('textbox', { name: 'Base URL' }).fill(server.baseUrl);
  await page.getByRole('textbox', { name: 'API key' }).fill('sk-soak');
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Save and continue' }).click();
  // From now on the list has a conversation, which says that the app has recovered.
  await send(page, 'before the rounds');
}

/** Three answers at once: to two new questions, and another one to a question of the round before. */
async function ask(page: Page, round: number): Promise<void> {
  if (round > 1) {
    await page.getByRole('list', { name: 'Conversations' }).getByRole('link').first().click();
    await page.getByRole('button', { name: 'Answer again' }).last().click();
  }
  for (const which of ['first', 'second']) {
    await page.getByRole('button', { name: 'New conversation' }).click();
    await send(page, `round ${round} ${which}`);
  }
}

async function send(page: Page, text: string): Promise<void> {
  const message = page.getByRole('textbox', { name: 'Message', exact: true });
  await message.fill(text);
  await message.press('Enter');
  await page.getByRole('article', { name: 'You' }).filter({ hasText: text }).waitFor();
}

async function end(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}
