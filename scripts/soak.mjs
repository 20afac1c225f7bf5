/**
 * `npm run soak -- kill --times N [--seed N]` or `faults --seconds N [--seed N]`: runs test/soak/kill.ts
 * or faults.ts against the built app, which is made to fail on purpose, again and again. Ends with 1 when
 * something was lost.
 */
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt } from './build.mjs';
import { bundle } from './bundle.mjs';
import { root, tool } from './project.mjs';
import { ExpectedFailure, exitCodeOf, runMain } from './runtime/say.mjs';
import { prepareRuntime } from './runtime.mjs';

const SOAKS = ['kill', 'faults'];

await runMain(async () => {
  const [name = '', ...args] = process.argv.slice(2);
  if (!SOAKS.includes(name)) {
    throw new ExpectedFailure('Which soak? Name one.', `They are: ${SOAKS.join(', ')}`);
  }
  const { display, env } = await prepareRuntime({ node: true, display: true });
  const output = tool('.cache', `slice-soak-${process.pid}`);
  try {
    await ensureBuilt();
    const program = await bundle(join(root, 'test', 'soak', `${name}.ts`), output);
    const child = spawn(process.execPath, [program, ...args], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
    });
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
    return await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, signal) => resolve(exitCodeOf(code, signal)));
    });
  } finally {
    rmSync(output, { recursive: true, force: true });
    display.stop();
  }
});
