import { startSimulator } from '../../electron/simulator/simulator';
import { expect, type Slice, test } from './app';

/** Answers the next questions by the position of a button, and notes what is asked and opened. */
async function watchLinks({ app }: Slice, button: number): Promise<() => Promise<string[]>> {
  await app.evaluate(({ dialog, shell }, response) => {
    const noted: string[] = [];
    Reflect.set(globalThis, 'noted', noted);
    Reflect.set(dialog, 'showMessageBox', async ({ message }: { message: string }) => {
      noted.push(message);
      return { response, checkboxChecked: false };
    });
    Reflect.set(shell, 'openExternal', async (url: string) => void noted.push(`opened ${url}`));
  }, button);
  return () => app.evaluate((): string[] => Reflect.get(globalThis, 'noted'));
}

test('a link says the host it really leads to before a browser opens it, and others are no links', async ({
  launch,
}) => {
  const simulator = await startSimulator({ pace: 'instant' });
  try {
    const slice = await launch();
    await slice.connect(simulator, { weak: true });
    await slice.chooseModel('sim-hostile-html');
    await slice.ask('A page, please');
    await slice.settled();
    const link = slice.lastAnswer.getByRole('link', { name: 'https://bank.example' });
    const question = 'Open phishing.invalid outside Slice?';

    const refused = await watchLinks(slice, 1);
    await link.click();
    await expect.poll(refused).toEqual([question]);

    const agreed = await watchLinks(slice, 0);
    await link.click();
    await expect.poll(agreed).toEqual([question, 'opened https://phishing.invalid/login']);

    // Scripts, data, files and places of the app are words without an address.
    const links = await slice.lastAnswer.getByRole('link').all();
    const addresses = await Promise.all(links.map((one) => one.getAttribute('href')));
    expect(addresses.filter((address) => !/^https?:/.test(address ?? ''))).toEqual([]);
  } finally {
    await simulator.close();
  }
});
