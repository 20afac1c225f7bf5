/**
 * `npm run bench -- NAME [--json]`: runs test/bench/NAME.ts (or .mjs) in this Node, with the runtime
 * and the built app at hand. With --json one object is all that comes out on stdout.
 */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join, parse } from 'node:path';
import { readBenchArguments, splitResult } from './bench-arguments.mjs';
import { ensureBuilt } from './build.mjs';
import { bundle } from './bundle.mjs';
import { root, tool } from './project.mjs';
import { ExpectedFailure, exitCodeOf, runMain } from './runtime/say.mjs';
import { prepareRuntime } from './runtime.mjs';

const folder = join(root, 'test', 'bench');

await runMain(async () => {
  const { name, json, rest } = readBenchArguments(process.argv.slice(2));
  const source = findBench(name);
  const { display, env } = await prepareRuntime({ node: true, display: true });
  const output = tool('.cache', `slice-bench-${process.pid}`);
  try {
    await ensureBuilt();
    const program = source.endsWith('.mjs') ? source : await bundle(source, output);
    return await runBench([program, ...(json ? ['--json'] : []), ...rest], env, json);
  } finally {
    rmSync(output, { recursive: true, force: true });
    display.stop();
  }
});

function findBench(name) {
  const names = benchNames();
  const file = ['.ts', '.mjs'].map((end) => join(folder, `${name}${end}`)).find(existsSync);
  if (name && names.includes(name) && file) return file;
  throw new ExpectedFailure(
    name ? `There is no bench called "${name}".` : 'Which bench? Name one.',
    `The benches are: ${names.join(', ') || 'none yet'}`,
  );
}

/** A bench is called after its file; one whose name has a dot (`x.page.ts`) is a part of another. */
function benchNames() {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
  const names = files
    .map(({ name }) => parse(name))
    .filter(({ name, ext }) => ['.ts', '.mjs'].includes(ext) && !name.includes('.'));
  return names.map(({ name }) => name).sort();
}

function runBench(args, env, json) {
  const child = spawn(process.execPath, ['--expose-gc', ...args], {
    cwd: root,
    stdio: ['ignore', json ? 'pipe' : 'inherit', 'inherit'],
    env: { ...process.env, ...env },
  });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (text) => {
    output += text;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (!json) return resolve(exitCodeOf(code, signal));
      const { result, before } = splitResult(output);
      process.stderr.write(before);
      if (result === undefined) {
        return reject(new ExpectedFailure('The bench did not end with one JSON object.'));
      }
      process.stdout.write(`${result}\n`);
      resolve(exitCodeOf(code, signal));
    });
  });
}
