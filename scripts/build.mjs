import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { root, tools } from './project.mjs';
import { run } from './runtime/command.mjs';
import { ExpectedFailure, say } from './runtime/say.mjs';

const FOLDERS = ['electron', 'renderer', 'shared'];
/** What the build is made with beside its settings. */
const PLUGINS = ['grammars.mjs', 'licences.mjs'];
/** The build itself makes these, from a package. */
const MADE = join('renderer', 'public', 'grammars');
const FILES = /^(package\.json|package-lock\.json|vite\.config\.ts|tsconfig.*\.json)$/;
const OUTPUTS = [
  'main/main.js',
  'main/store-worker.js',
  'main/usage-worker.js',
  'preload/preload.cjs',
  'renderer/index.html',
  'renderer/licences.txt',
  'packages.json',
];

const dist = join(root, 'dist');
const stamp = join(dist, '.stamp');

/**
 * Builds the app unless what stands in dist/ was made from these very sources.
 * @param {{ mode?: 'production' | 'development' }} [options]
 */
export async function ensureBuilt({ mode = 'production' } = {}) {
  const wanted = fingerprint(mode, sourceFiles());
  if (isCurrent(wanted)) return;
  say('Building the app …');
  const started = Date.now();
  forgetBuild();
  const args = [tools.vite, 'build', '--app', '--mode', mode, '--logLevel', 'warn'];
  const { code, stdout, stderr } = await run(process.execPath, args, { cwd: root });
  const missing = OUTPUTS.filter((name) => !existsSync(join(dist, name)));
  if (code !== 0 || missing.length > 0) {
    say(stdout + stderr);
    throw new ExpectedFailure(
      code === 0 ? `The build made no dist/${missing[0]}.` : 'The app could not be built.',
      'The lines above say why.',
    );
  }
  mkdirSync(dist, { recursive: true });
  writeFileSync(stamp, wanted);
  say(`Built in ${((Date.now() - started) / 1000).toFixed(1)} s.`);
}

/** Makes the next start build again, for whoever writes something else to dist/. */
export function forgetBuild() {
  rmSync(stamp, { force: true });
}

/**
 * Identifies sources without reading them: a file that was written has another time or size.
 * @param {string} mode
 * @param {{ path: string, mtimeMs: number, size: number }[]} files
 */
export function fingerprint(mode, files) {
  const hash = createHash('sha256').update(mode);
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  for (const { path, mtimeMs, size } of sorted) hash.update(`\n${path}\0${mtimeMs}\0${size}`);
  return hash.digest('hex');
}

function isCurrent(wanted) {
  if (!OUTPUTS.every((name) => existsSync(join(dist, name)))) return false;
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;
}

export function sourceFiles() {
  const names = readdirSync(root).filter((name) => FILES.test(name));
  names.push(...PLUGINS.map((name) => join('scripts', name)));
  for (const folder of FOLDERS) {
    for (const entry of readdirSync(join(root, folder), { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) names.push(join(entry.parentPath, entry.name).slice(root.length + 1));
    }
  }
  return names.flatMap((path) => {
    if (path.startsWith(MADE)) return [];
    const { mtimeMs, size } = statSync(join(root, path));
    return [{ path, mtimeMs, size }];
  });
}
