import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { _electron as electron } from 'playwright';
import { median, options, progress, report, round } from './lib/report';

/**
 * From the start of the process to the first paint in which one can write: Slice on a new and on a used
 * data folder, beside a bare Electron window with one field. Alternating, in one run, so that a noisy
 * machine is noisy for all.
 */
const ROUNDS = options.small ? 1 : 7;
const root = resolve('.');
const executable = process.env.SLICE_ELECTRON_EXECUTABLE;
if (!executable) throw new Error('run this with: npm run bench -- start');
const work = mkdtempSync(join(tmpdir(), 'slice-bench-'));
const asRoot = process.platform === 'linux' && process.getuid?.() === 0;

/** The least that can be called an app: a window, a page from disk, a field. */
function bareApp(): string {
  const folder = join(work, 'bare');
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{"name":"bare","main":"main.cjs"}');
  writeFileSync(
    join(folder, 'main.cjs'),
    `const { app, BrowserWindow } = require('electron');
     app.setPath('userData', process.env.SLICE_DATA_DIR);
     app.whenReady().then(() => new BrowserWindow({ width: 1280, height: 800 }).loadFile('index.html'));
     app.on('window-all-closed', () => app.quit());`,
  );
  writeFileSync(
    join(folder, 'index.html'),
    `<!doctype html><h1>Bare</h1><textarea></textarea><script>
     requestAnimationFrame(() => requestAnimationFrame(() => performance.mark('slice:usable')));
     </script>`,
  );
  return folder;
}

/** Milliseconds from the start of the process to the mark the page sets. */
async function start(app: string, dataFolder: string, args: readonly string[] = []) {
  const started = Date.now();
  const running = await electron.launch({
    executablePath: executable ?? '',
    args: [...(asRoot ? ['--no-sandbox'] : []), app, ...args],
    env: { ...environment(), SLICE_DATA_DIR: dataFolder },
  });
  const page = await running.firstWindow();
  let at: number | null = null;
  while (at === null) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    at = await page.evaluate(() => {
      const [mark] = performance.getEntriesByName('slice:usable');
      return mark ? performance.timeOrigin + mark.startTime : null;
    });
  }
  await running.close();
  return at - started;
}

function environment(): Record<string, string> {
  const set = Object.entries(process.env).filter((entry): entry is [string, string] => !!entry[1]);
  return Object.fromEntries(set);
}

const bare = bareApp();
const folders = { bare: join(work, 'bare-data'), used: join(work, 'used-data') };
await start(root, folders.used, ['--demo']);

const times: Record<'bare' | 'first' | 'used', number[]> = { bare: [], first: [], used: [] };
for (let turn = 0; turn <= ROUNDS; turn++) {
  const taken = {
    bare: await start(bare, folders.bare),
    first: await start(root, join(work, `first-${turn}`)),
    used: await start(root, folders.used),
  };
  const text = Object.entries(taken).map(([name, ms]) => `${name} ${Math.round(ms)} ms`);
  progress(`${turn === 0 ? 'warm-up' : `round ${turn}`}: ${text.join(', ')}`);
  if (turn === 0) continue;
  times.bare.push(taken.bare);
  times.first.push(taken.first);
  times.used.push(taken.used);
}

report({
  bare_ms: Math.round(median(times.bare)),
  first_start_ms: Math.round(median(times.first)),
  start_ms: Math.round(median(times.used)),
  first_start_vs_bare: round(median(times.first) / median(times.bare)),
  start_vs_bare: round(median(times.used) / median(times.bare)),
});
rmSync(work, { recursive: true, force: true });
