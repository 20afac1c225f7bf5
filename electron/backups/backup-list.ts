import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Backup } from '../../shared/contract/backup';
import { backupOf } from './backup-names';

/** The backups of a folder, the newest first; none when it is not there. */
export async function listBackups(folder: string): Promise<Backup[]> {
  const files = await readdir(folder).catch(() => []);
  const found = await Promise.all(
    files.map(async (file) => {
      const named = backupOf(file);
      const size = named && (await stat(join(folder, file)).catch(() => null));
      return named && size ? { ...named, bytes: size.size } : null;
    }),
  );
  return found.filter((one) => one !== null).toSorted((a, b) => b.at - a.at);
}
