import { canInstall, installPackages } from './apt.mjs';
import { findProgram } from './command.mjs';
import { say } from './say.mjs';

const PROGRAMS = ['dbus-run-session', 'dbus-launch', 'gnome-keyring-daemon'];

/**
 * One test keeps a key in a real keyring. Where it can be installed it is; elsewhere that test says
 * itself why it is left out, and the others run.
 */
export async function ensureKeyring() {
  if (process.platform !== 'linux' || PROGRAMS.every(findProgram) || !canInstall()) return;
  try {
    await installPackages(
      ['dbus', 'dbus-x11', 'gnome-keyring', 'libsecret-1-0'],
      'A test needs a keyring, and there is none',
    );
  } catch (error) {
    say(error.message);
  }
}
