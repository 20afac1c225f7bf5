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
