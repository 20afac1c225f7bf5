import { join } from 'node:path';
import { root, tools } from './project.mjs';
import { run } from './runtime/command.mjs';

/** What must hold of the sources without running them, quickest to explain first. */
export const CHECKS = [
  // Forced: an incremental run does not notice a changed JSON or declaration file.
  { name: 'types', command: [tools.tsc, '-b', '--force'] },
  { name: 'format and lint', command: [tools.biome, 'check', '--colors=off', '.'] },
  { name: 'import rules', command: [tools.depcruise, 'electron', 'renderer', 'shared', 'test'] },
  { name: 'money', command: [join(root, 'scripts', 'money-check.mjs')] },
  { name: 'dead code', command: [tools.knip, '--no-progress'] },
];

/**
 * Runs all checks, also after one has failed, and prints a line for each.
 * @returns {Promise<{ passed: number, failed: number, skipped: number }>}
 */
export async function runChecks() {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const { name, command } of CHECKS) {
    const started = Date.now();
    const { code, stdout, stderr } = await run(process.execPath, command, { cwd: root });
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    console.log(`${code === 0 ? '✓' : '✗'} ${name} (${seconds} s)`);
    if (code === 0) counts.passed += 1;
    else {
      counts.failed += 1;
      console.log(`${stdout}${stderr}`.trimEnd());
    }
  }
  return counts;
}
