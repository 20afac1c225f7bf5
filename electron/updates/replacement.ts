import { createHash, timingSafeEqual } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, copyFile, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { UpdateError } from './problem';

/**
 * A file that is to take the place of the app's own: beside it, whole and checked, so that the last step is
 * one renaming, which is done or not done.
 */
export class Replacement {
  readonly #place: string;
  readonly #draft: string;
  readonly #sha512: string;

  private constructor(place: string, draft: string, sha512: string) {
    this.#place = place;
    this.#draft = draft;
    this.#sha512 = sha512;
  }

  /**
   * Puts a copy of `file` beside `place`. `sha512` is in base64.
   * @throws UpdateError `tampered` when the copy is another file; errors of the file system as they are.
   *   Nothing is left beside `place` then.
   */
  static async prepare(file: string, place: string, sha512: string): Promise<Replacement> {
    const draft = join(dirname(place), `.${basename(place)}.new`);
    const replacement = new Replacement(place, draft, sha512);
    try {
      await rm(draft, { force: true });
      await copyFile(file, draft);
      await chmod(draft, 0o755);
      await replacement.#check();
      await flushed(draft);
    } catch (error) {
      await rm(draft, { force: true }).catch(() => undefined);
      throw error;
    }
    return replacement;
  }

  /** Takes the place. What stood there is as it was when this throws. */
  async take(): Promise<void> {
    await this.#check();
    await rename(this.#draft, this.#place);
  }

  async #check(): Promise<void> {
    const hash = createHash('sha512');
    await pipeline(createReadStream(this.#draft), hash);
    const wanted = Buffer.from(this.#sha512, 'base64');
    const found = hash.digest();
    if (wanted.length !== found.length || !timingSafeEqual(wanted, found)) {
      throw new UpdateError('tampered');
    }
  }
}

async function flushed(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
