/**
 * `npm run screenshots`: takes the pictures in docs/images/ from the app itself, so that they never
 * show what it does not do.
 */
import { spawn } from 'node:child_process';
import { ensureBuilt } from './build.mjs';
import { root, tools } from './project.mjs';
import { exitCodeOf, runMain } from './runtime/say.mjs';
import { prepareRuntime } from './runtime.mjs';

await runMain(async () => {
  const { display, env } = await prepareRuntime({ display: true });
  try {
    await ensureBuilt();
    const config = 'test/pictures/playwright.config.ts';
    const args = [tools.playwright, 'test', '--config', config, ...process.argv.slice(2)];
    const child = spawn(process.execPath, args, {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, ...env },
    });
    return await new Promise((resolve) => {
      child.once('close', (code, signal) => resolve(exitCodeOf(code, signal)));
    });
  } finally {
    display.stop();
  }
});
