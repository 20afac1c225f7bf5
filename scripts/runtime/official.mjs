import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { tool } from '../project.mjs';
import { cacheDirectory } from './cache.mjs';
import { say, sayEvery } from './say.mjs';

const DAY = 24 * 60 * 60 * 1000;
const UNREACHABLE =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|EPROTO|CERT|HTTPError|RequestError|TimeoutError|fetch failed/i;

/** The folder of the `electron` package and the version it wants. */
function electronPackage() {
  const manifest = tool('electron', 'package.json');
  return { folder: dirname(manifest), version: JSON.parse(readFileSync(manifest, 'utf8')).version };
}

/** @param {NodeJS.Platform} platform */
export function executableName(platform = process.platform) {
  if (platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return platform === 'win32' ? 'electron.exe' : 'electron';
}

/** The official runtime's folder when it is there, complete, and of the right version. */
export function findOfficial() {
  const { folder, version } = electronPackage();
  const dist = join(folder, 'dist');
  try {
    const found = readFileSync(join(dist, 'version'), 'utf8').trim().replace(/^v/, '');
    // The installer writes path.txt last, so its absence means a stopped download.
    const complete = existsSync(join(folder, 'path.txt'));
    if (found === version && complete && existsSync(join(dist, executableName()))) return dist;
  } catch {
    // Not downloaded yet.
  }
  return undefined;
}

/**
 * Whether the release host failed so recently that asking it again only costs time.
 * @param {number} now
 */
export function failedLately(now = Date.now(), env = process.env) {
  if (env.SLICE_RETRY_OFFICIAL === '1') return false;
  try {
    const { at, version } = JSON.parse(readFileSync(stampFile(), 'utf8'));
    return version === electronPackage().version && now - at >= 0 && now - at < DAY;
  } catch {
    return false;
  }
}

/**
 * Runs Electron's own installer.
 * @returns {Promise<{ ok: true } | { ok: false, unreachable: boolean, reason: string }>}
 */
export async function installOfficial() {
  const { folder, version } = electronPackage();
  say(`Downloading Electron ${version} (about 120 MB) …`);
  const { code, output } = await runInstaller(join(folder, 'install.js'));
  if (code === 0 && findOfficial()) {
    rmSync(stampFile(), { force: true });
    return { ok: true };
  }
  const unreachable = UNREACHABLE.test(output);
  if (unreachable) {
    mkdirSync(cacheDirectory(), { recursive: true });
    writeFileSync(stampFile(), JSON.stringify({ at: Date.now(), version }));
  }
  return { ok: false, unreachable, reason: firstLine(output) };
}

/** The installer draws its own progress bar on a terminal; elsewhere a line every few seconds. */
function runInstaller(script) {
  return new Promise((resolve) => {
    const terminal = process.stderr.isTTY;
    const child = spawn(process.execPath, [script], {
      stdio: ['ignore', terminal ? 'inherit' : 'pipe', 'pipe'],
    });
    const stop = terminal
      ? () => {}
      : sayEvery(5, (seconds) => `  still downloading (${seconds} s)`);
    let output = '';
    child.stdout?.on('data', (data) => {
      output += data;
    });
    child.stderr.on('data', (data) => {
      output += data;
    });
    child.once('close', (code) => {
      stop();
      resolve({ code, output });
    });
  });
}

function firstLine(output) {
  const lines = output.split('\n').map((line) => line.trim());
  return lines.find((line) => /error/i.test(line)) ?? lines.find(Boolean) ?? 'no reason was given';
}

function stampFile() {
  return join(cacheDirectory(), 'official-unreachable.json');
}
