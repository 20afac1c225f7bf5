import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ExpectedFailure } from './runtime/say.mjs';

/**
 * What lies beside the program in a packed app: in a folder for the system, on macOS in the app itself.
 * @param {string} release Where electron-builder has put all of it.
 * @returns {string}
 */
export function packedResources(release, platform = process.platform) {
  const isMac = platform === 'darwin';
  const name = isMac ? /^mac(-\w+)?$/ : /-unpacked$/;
  const folder = readdirSync(release).find((entry) => name.test(entry));
  if (!folder) throw new ExpectedFailure('The package has no folder.');
  const resources = isMac ? ['Slice.app', 'Contents', 'Resources'] : ['resources'];
  return join(release, folder, ...resources);
}
