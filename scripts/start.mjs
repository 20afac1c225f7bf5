/**
 * `npm start -- [options of the app]`: gets whatever is missing, builds, and runs the app.
 */
import { spawn } from 'node:child_process';
import { ensureBuilt } from './build.mjs';
import { root } from './project.mjs';
import { exitCodeOf, runMain, say } from './runtime/say.mjs';
import { launchArguments, prepareRuntime } from './runtime.mjs';

await runMain(async () => {
  const started = Date.now();
  const { electron, display, env } = await prepareRuntime({ display: true });
  try {
    await ensureBuilt();
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    say(`Starting Slice on Electron ${electron.version} (set up in ${seconds} s).`);
    return await runElectron(electron.executable, process.argv.slice(2), env);
  } finally {
    display.stop();
  }
});

/** Runs the app to its end; a signal meant for us ends it, and us after it. */
function runElectron(executable, args, env) {
  const child = spawn(executable, [...launchArguments(), root, ...args], {
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(exitCodeOf(code, signal)));
  });
}
