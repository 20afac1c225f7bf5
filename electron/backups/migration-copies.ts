import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** So long each copy stays in any case, in milliseconds. */
const KEPT_MS = 30 * 24 * 3_600_000;

/**
 * The copies of the store from before migrations that are to go, now (ms since 1970) that a backup was made:
 * all that are older than a month but the newest.
 */
export async function outdatedCopies(store: string, now: number): Promise<string[]> {
  const folder = dirname(store);
  const start = `${basename(store)}.before-`;
  const names = (await readdir(folder)).filter(
    (name) => name.startsWith(start) && /^\d+$/.test(name.slice(start.length)),
  );
  const copies = await Promise.all(
    names.map(async (name) => ({
      path: join(folder, name),
      schema: Number(name.slice(start.length)),
      at: (await stat(join(folder, name))).mtimeMs,
    })),
  );
  return copies
    .toSorted((a, b) => b.at - a.at || b.schema - a.schema)
    .slice(1)
    .filter(({ at }) => now - at > KEPT_MS)
    .map(({ path }) => path);
}
