import { spawn } from 'node:child_process';
import { dirname, isAbsolute, resolve } from 'node:path';
import { app } from 'electron';

/**
 * On Linux an AppImage is one file of the user's; other packages are the system's. One that another app's
 * AppImage has started finds the name of that in its surroundings, and must leave it alone. Null where the app
 * is in none.
 */
export function ownAppImage(): string | null {
  const { APPIMAGE, APPDIR } = process.env;
  if (process.platform !== 'linux' || !APPIMAGE || !isAbsolute(APPIMAGE)) return null;
  const isOwn = !app.isPackaged || (APPDIR && dirname(process.execPath) === resolve(APPDIR));
  return isOwn ? APPIMAGE : null;
}

/**
 * Starts a program once this process has ended, on Linux. What Electron starts then may gain no rights
 * (`no_new_privs`): no AppImage could be mounted by `fusermount`, and no sandbox set up where that takes a helper with
 * root's rights. And what waits for the end there is itself of the folder that goes with an AppImage.
 */
export function startAtEnd(file: string, args: readonly string[]): void {
  // Nothing is ever written to it: it closes with this process.
  const waiting = spawn('/bin/sh', ['-c', 'read -r _; exec "$0" "$@" < /dev/null', file, ...args], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  // There is nobody left to be told.
  waiting.on('error', () => undefined);
  waiting.unref();
}
