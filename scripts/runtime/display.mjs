import { spawn } from 'node:child_process';
import { installPackages } from './apt.mjs';
import { findProgram } from './command.mjs';
import { ExpectedFailure, say } from './say.mjs';

/**
 * @typedef {object} Display
 * @property {Record<string, string>} env What a program needs in its environment to show windows.
 * @property {boolean} virtual
 * @property {() => void} stop
 */

/**
 * @param {NodeJS.Platform} platform
 * @param {NodeJS.ProcessEnv} env
 */
export function hasDisplay(platform = process.platform, env = process.env) {
  return platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

/**
 * A display to show windows on: the one that is there, else a virtual one that ends with us.
 * @returns {Promise<Display>}
 */
export async function ensureDisplay() {
  if (hasDisplay()) return { env: {}, virtual: false, stop() {} };
  if (!findProgram('Xvfb')) {
    await installPackages(
      ['xvfb', 'xauth'],
      'There is no display, and no Xvfb to stand in for one',
    );
  }
  say('No display found: running on a virtual one; you will not see a window.');
  const server = spawn(...commandLine(), {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    // Out of the terminal's reach: Ctrl+C must end the app before its display.
    detached: true,
  });
  const stop = () => server.kill('SIGTERM');
  process.once('exit', stop);
  const number = await readDisplayNumber(server);
  server.unref();
  server.stdio[3].destroy();
  return {
    env: { DISPLAY: `:${number}` },
    virtual: true,
    stop() {
      process.off('exit', stop);
      stop();
    },
  };
}

/** Where setpriv exists, the kernel ends the display should this process be killed outright. */
function commandLine() {
  const xvfb = ['Xvfb', '-displayfd', '3', '-screen', '0', '1920x1200x24', '-nolisten', 'tcp'];
  const setpriv = findProgram('setpriv');
  const line = setpriv ? [setpriv, '--pdeathsig', 'TERM', '--', ...xvfb] : xvfb;
  return [line[0], line.slice(1)];
}

/** Xvfb picks a free number itself and writes it once it is ready to serve. */
function readDisplayNumber(server) {
  return new Promise((resolve, reject) => {
    let text = '';
    const fail = () => reject(new ExpectedFailure('The virtual display (Xvfb) did not start.'));
    const timer = setTimeout(fail, 20_000);
    server.stdio[3].setEncoding('utf8').on('data', (data) => {
      text += data;
      if (!text.endsWith('\n')) return;
      clearTimeout(timer);
      resolve(text.trim());
    });
    server.once('error', fail);
    server.once('exit', fail);
  });
}
