/**
 * `node scripts/slice.mjs usage …`, or `npm run --silent slice -- usage …`: the commands of the installed
 * app (`slice usage …`) from the checkout. The app itself does them, without a window.
 */
import { spawn } from 'node:child_process';
import { ensureBuilt } from './build.mjs';
import { root } from './project.mjs';
import { ExpectedFailure, exitCodeOf, runMain } from './runtime/say.mjs';
import { launchArguments, prepareRuntime } from './runtime.mjs';

const COMMANDS = ['usage', 'export'];

await runMain(async () => {
  const args = process.argv.slice(2);
  if (!COMMANDS.includes(args[0])) {
    throw new ExpectedFailure(
      'Say what to do: slice usage, or slice export.',
      'With --help each says what it can. The app starts with: npm start',
    );
  }
  const { electron, env } = await prepareRuntime();
  await ensureBuilt();
  const child = spawn(electron.executable, [...launchArguments(), root, ...args], {
    // npm runs us in the folder of the package; files are meant where the person is.
    cwd: process.env.npm_lifecycle_event === 'slice' ? process.env.INIT_CWD : process.cwd(),
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  return await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(exitCodeOf(code, signal)));
  });
});
