import { join } from 'node:path';

/** Where the commands are called: the checkout. */
const root = process.cwd();

export interface LaunchOptions {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /**
   * Runs the app in a session of its own with an unlocked keyring: the data folder's own, or that of
   * whoever has this folder for a home.
   */
  readonly keyring?: boolean | { readonly home: string };
}

/** How the automation starts the app on a data folder. */
export function launchSettings(
  dataFolder: string,
  { args = [], env = {}, keyring }: LaunchOptions,
) {
  const executable = process.env.SLICE_ELECTRON_EXECUTABLE;
  if (!executable) throw new Error('run these tests with: npm test -- e2e');
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0;
  const own = [...(asRoot ? ['--no-sandbox'] : []), root, ...args];
  // Light and dark are the app's own business, not the automation's.
  const colorScheme = null;
  const environment = {
    ...Object.fromEntries(
      Object.entries(process.env).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, value]],
      ),
    ),
    ...ownDisplay(),
    SLICE_DATA_DIR: dataFolder,
    LANG: 'en_US.UTF-8',
    ...env,
  };
  const home = typeof keyring === 'object' ? keyring.home : dataFolder;
  return keyring
    ? {
        colorScheme,
        executablePath: join(root, 'test/e2e/with-keyring.sh'),
        args: ['--password-store=gnome-libsecret', ...own],
        env: { ...environment, HOME: home, XDG_RUNTIME_DIR: home },
      }
    : { colorScheme, executablePath: executable, args: own, env: environment };
}

/** Each worker of the tests shows its windows on a screen of its own. */
function ownDisplay(): { readonly DISPLAY?: string } {
  const displays = process.env.SLICE_TEST_DISPLAYS?.split(',') ?? [];
  const display = displays[Number(process.env.TEST_PARALLEL_INDEX ?? 0) % displays.length];
  return display ? { DISPLAY: display } : {};
}
