import { findProgram, run } from './command.mjs';
import { ExpectedFailure, say } from './say.mjs';

let listsAreFresh = false;

/** Whether this process may install system packages by itself (a container, a CI machine). */
export function canInstall() {
  return process.getuid?.() === 0 && findProgram('apt-get') !== undefined;
}

/**
 * Installs Debian packages, or says which command does it.
 * @param {string[]} wanted Names as of Debian 12; newer releases renamed some.
 * @param {string} reason What is missing, as the beginning of a sentence.
 */
export async function installPackages(wanted, reason) {
  if (!findProgram('apt-get')) {
    throw new ExpectedFailure(
      `${reason} and this system has no apt-get to install it with.`,
      `Install what your system calls: ${wanted.join(' ')}`,
    );
  }
  if (!canInstall()) {
    const names = await renamed(wanted);
    throw new ExpectedFailure(
      `${reason}. Run this once, then try again:`,
      `  sudo apt-get install ${names.join(' ')}`,
    );
  }
  await refreshLists();
  const packages = await renamed(wanted);
  say(`${reason}. Installing ${packages.join(' ')} …`);
  const result = await apt(['install', '-y', '--no-install-recommends', ...packages]);
  if (result.code !== 0) {
    throw new ExpectedFailure(
      `${reason} and could not be installed: ${lastLine(result.stderr)}`,
      `Run this to see why: apt-get install ${packages.join(' ')}`,
    );
  }
}

async function refreshLists() {
  if (listsAreFresh) return;
  say('Reading the lists of system packages …');
  await apt(['update', '-q']);
  listsAreFresh = true;
}

/** Debian 13 and Ubuntu 24.04 added t64 to the names of libraries whose time type grew. */
async function renamed(packages) {
  return await Promise.all(
    packages.map(async (name) => {
      if (!/^lib/.test(name)) return name;
      const { code, stdout } = await run('apt-cache', ['show', `${name}t64`]);
      return code === 0 && stdout.includes('Package:') ? `${name}t64` : name;
    }),
  );
}

function apt(args) {
  return run('apt-get', args, { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
}

function lastLine(text) {
  return text.trim().split('\n').at(-1) ?? '';
}
