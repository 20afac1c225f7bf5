import { createWriteStream, mkdirSync } from 'node:fs';
import { symlink } from 'node:fs/promises';
import { dirname, resolve, sep } from 'node:path';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import yauzl from 'yauzl';

const TYPE = 0o170000;
const SYMLINK = 0o120000;

/**
 * Unpacks a zip file with its file modes. A bare machine has no unzip program, so this is done here.
 * @param {string} zip
 * @param {string} target
 * @param {(name: string) => string | undefined} place The path an entry gets below `target`, or
 *   undefined to leave it out.
 */
export async function unzip(zip, target, place) {
  const file = await yauzl.openPromise(zip);
  try {
    for await (const entry of file.eachEntry()) {
      const name = place(entry.fileName);
      if (name === undefined) continue;
      const path = resolve(target, name);
      if (path !== resolve(target) && !path.startsWith(resolve(target) + sep)) {
        throw new Error(`The archive names a file outside of its folder: ${entry.fileName}`);
      }
      if (entry.fileName.endsWith('/')) {
        mkdirSync(path, { recursive: true });
        continue;
      }
      mkdirSync(dirname(path), { recursive: true });
      const mode = entry.externalFileAttributes >>> 16;
      const content = await file.openReadStreamPromise(entry);
      if ((mode & TYPE) === SYMLINK) await symlink(await text(content), path);
      else await pipeline(content, createWriteStream(path, { mode: mode & 0o777 || 0o644 }));
    }
  } finally {
    file.close();
  }
}
