import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  test as base,
  type ElectronApplication,
  _electron as electron,
  expect,
  type Locator,
  type Page,
} from 'playwright/test';
import { type Simulator, startSimulator } from '../../electron/simulator/simulator';
import { askedAgain } from './asked-again';
import { type LaunchOptions, launchSettings } from './launch-settings';

/** The running app, its page, and the names that people and screen readers know things by. */
export class Slice {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** Its process; once that is gone the automation can no longer tell. */
  readonly process: ChildProcess;

  constructor(app: ElectronApplication, page: Page, process: ChildProcess) {
    this.app = app;
    this.page = page;
    this.process = process;
  }

  get message() {
    return this.page.getByRole('textbox', { name: 'Message', exact: true });
  }

  get questions() {
    return this.page.getByRole('article', { name: 'You' });
  }

  get answers() {
    return this.page.getByRole('article', { name: 'Assistant' });
  }

  get lastAnswer() {
    return this.answers.last();
  }

  get receipt() {
    return this.lastAnswer.getByRole('group', { name: 'Receipt' });
  }

  get conversations() {
    return this.page.getByRole('list', { name: 'Conversations' });
  }

  /** Fills in first run's form and waits for the chat. */
  async connect(simulator: Simulator, { key = simulator.key, weak = false } = {}): Promise<void> {
    await this.fillConnect(simulator.baseUrl, key);
    if (weak) await this.page.getByRole('checkbox').check();
    await this.page.getByRole('button', { name: 'Save and continue' }).click();
    await this.message.waitFor();
  }

  async fillConnect(baseUrl: string, key: string): Promise<void> {
    await this.page.getByRole('textbox', { name: 'Base URL' }).fill(baseUrl);
    await this.page.getByRole('textbox', { name: 'API key' }).fill(key);
  }

  /** Chooses a model by typing its name. */
  async chooseModel(name: string): Promise<void> {
    const picker = this.page.getByRole('combobox', { name: 'Model', exact: true });
    await picker.click();
    await this.page.keyboard.type(name);
    await this.page.keyboard.press('Enter');
    await expect(picker).toContainText(name);
  }

  /** Sends a message and waits until it stands in the thread. */
  async ask(text: string): Promise<void> {
    await this.asksBy(async () => {
      await this.message.fill(text);
      await this.message.press('Enter');
    });
    await expect(this.questions.last()).toContainText(text);
  }

  /** Does what asks something, and waits until the question stands in the thread with its answer begun. */
  async asksBy(sending: () => Promise<void>): Promise<void> {
    const question = this.questions.last();
    // The same may have been asked before.
    const before = (await question.isVisible())
      ? await question.getAttribute('data-message')
      : null;
    await sending();
    await question.waitFor();
    await expect(question).not.toHaveAttribute('data-message', before ?? '');
    await this.lastAnswer.waitFor();
  }

  /** Waits until no answer is arriving. */
  async settled(): Promise<void> {
    await expect(this.lastAnswer).toHaveAttribute('aria-busy', 'false', { timeout: 30_000 });
    await this.page.getByRole('button', { name: 'Send', exact: true }).waitFor();
  }

  /** What the next native question is answered with, by the position of the button. */
  async answerDialogs(button: number): Promise<void> {
    await this.app.evaluate(({ dialog }, response) => {
      dialog.showMessageBox = async () => ({ response, checkboxChecked: false });
    }, button);
  }

  /** Saves what has a secret in it, after which the page is loaded anew. */
  async saveSecret(save: () => Promise<void>): Promise<void> {
    const loaded = this.page.waitForEvent('load');
    await save();
    await loaded;
  }

  /** Goes to another choice of a group, which takes what an arrow leads to if that is still down then. */
  async arrowTo(choice: Locator, arrow: 'ArrowDown' | 'ArrowRight'): Promise<void> {
    await this.page.keyboard.down(arrow);
    await expect(choice).toBeChecked();
    await this.page.keyboard.up(arrow);
  }

  async quit(): Promise<void> {
    await this.app.close();
  }

  /** Does what ends the app, which may be gone before the automation hears that it was done. */
  async endsBy(act: () => Promise<unknown>): Promise<void> {
    const ended = once(this.process, 'exit');
    await act().catch((error: unknown) => {
      if (!String(error).includes('has been closed')) throw error;
    });
    await ended;
  }
}

interface Fixtures {
  /** A data folder of this test's own. */
  dataFolder: string;
  /** Starts the app on the test's data folder; every app is ended after the test. */
  launch: (options?: LaunchOptions) => Promise<Slice>;
  /** Whether its answers take the time of real ones: only where a test is about what goes on meanwhile. */
  pace: 'natural' | 'instant';
  /** A real server on loopback that speaks the guide's wire format. */
  simulator: Simulator;
}

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants a destructured first parameter.
  dataFolder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'slice-e2e-'));
    await use(folder);
    // What has just ended may still write a file; Node's own retries do not look for new ones.
    await expect(() => rmSync(folder, { recursive: true, force: true })).toPass({
      timeout: 20_000,
    });
  },
  launch: async ({ dataFolder }, use) => {
    const running: Slice[] = [];
    await use(async (options = {}) => {
      const app = await electron.launch(launchSettings(dataFolder, options));
      app.evaluate = askedAgain(app.evaluate);
      const slice = new Slice(app, await app.firstWindow(), app.process());
      running.push(slice);
      return slice;
    });
    for (const slice of running) await end(slice);
  },
  pace: ['instant', { option: true }],
  simulator: async ({ pace }, use) => {
    const simulator = await startSimulator({ pace });
    await use(simulator);
    await simulator.close();
  },
});

export { expect };

/** Ends an app that a test left behind, whatever it is doing. */
async function end({ app, process: child }: Slice): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  await app.evaluate((electron) => electron.app.exit(0)).catch(() => undefined);
  const killing = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await ended;
  clearTimeout(killing);
}
