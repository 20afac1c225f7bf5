import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * How long the sqlite3 shell takes for these statements, so many times over, in milliseconds: without its
 * own start, and after they were run once.
 */
export function searchByShell(
  shell: string,
  store: string,
  statements: readonly string[],
  rounds: number,
): number {
  const folder = mkdtempSync(join(tmpdir(), 'slice-bench-'));
  const once = `${statements.join(';\n')};\n`;
  const took = (times: number) => {
    const script = join(folder, 'search.sql');
    writeFileSync(script, `.output /dev/null\n${once.repeat(times)}`);
    const start = performance.now();
    const { status, stderr } = spawnSync(shell, ['-readonly', '-bail', store, `.read ${script}`]);
    if (status !== 0)
      throw new Error(`the sqlite3 shell failed: ${String(stderr).slice(0, 2_000)}`);
    return performance.now() - start;
  };
  const first = took(1);
  const all = took(rounds + 1);
  rmSync(folder, { recursive: true, force: true });
  return all - first;
}
