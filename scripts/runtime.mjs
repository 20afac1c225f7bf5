/**
 * Everything the app needs around it to run from a checkout. Each part first looks whether its work
 * is done already, so that every start but the first takes a moment.
 */
import { ensureDisplay } from './runtime/display.mjs';
import { ensureElectron } from './runtime/electron.mjs';
import { ensureNative } from './runtime/native.mjs';

export { ensureDisplay } from './runtime/display.mjs';
export { ensureElectron } from './runtime/electron.mjs';
export { ensureLibraries } from './runtime/libraries.mjs';
export { ensureNative } from './runtime/native.mjs';

/** The Node-API version of the Node that runs this script. */
export const ownNapi = Number(process.versions.napi);

/**
 * Chromium refuses to start its sandbox as root. Only development and tests run as root, in
 * containers; the shipped app never gets this switch.
 */
export function launchArguments(platform = process.platform, uid = process.getuid?.()) {
  return platform === 'linux' && uid === 0 ? ['--no-sandbox'] : [];
}

/**
 * The environment that makes the `electron` package, Playwright and our own tests use one runtime.
 * @param {import('./runtime/electron.mjs').ElectronRuntime} electron
 */
export function electronEnvironment(electron) {
  return {
    ELECTRON_OVERRIDE_DIST_PATH: electron.distPath,
    SLICE_ELECTRON_EXECUTABLE: electron.executable,
  };
}

/**
 * All of it, in order.
 * @param {{ node?: boolean, display?: boolean }} parts `node`: this Node will load SQLite as well
 *   (tests and benches); `display`: windows will be shown.
 */
export async function prepareRuntime({ node = false, display = false } = {}) {
  const electron = await ensureElectron();
  await ensureNative(node ? [electron.napi, ownNapi] : [electron.napi]);
  const screen = display ? await ensureDisplay() : { env: {}, virtual: false, stop() {} };
  return { electron, display: screen, env: { ...electronEnvironment(electron), ...screen.env } };
}
