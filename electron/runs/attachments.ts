import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Attachment, MAX_IMAGE_BYTES } from '../../shared/contract/attachment';
import { FailureError } from '../../shared/errors';
import { imageTypeOf } from '../../shared/image-type';
import type { Store } from '../store/client';
import { OneAtATime } from './one-at-a-time';

/** Where the file of an attachment is, by what it contains: the same image is kept once. */
export function attachmentPath(folder: string, sha256: string): string {
  return join(folder, sha256.slice(0, 2), sha256);
}

/** What stands in the folder: files by their hashes, and what a crash left while one was written. */
const FILE = /^[0-9a-f]{64}(?:\.(?:[0-9a-f-]+\.)?part)?$/;

/** So long a file may be there before anything names it, in milliseconds. */
const UNUSED_MS = 24 * 3_600_000;

/** The files that messages carry, in a folder beside the store. */
export class Attachments {
  readonly #folder: string;
  readonly #store: Store;
  /** Puts files there and takes them away: in between nobody may do either. */
  readonly #turns = new OneAtATime();

  constructor(folder: string, store: Store) {
    this.#folder = folder;
    this.#store = store;
  }

  /**
   * Keeps an image. It is on disk before the store knows of it, so that no message can name a file that
   * is not there. Throws a `FailureError` for what is no image, or too large.
   */
  async addImage(name: string, base64: string): Promise<Attachment> {
    const bytes = Buffer.from(base64, 'base64');
    if (bytes.length > MAX_IMAGE_BYTES) {
      throw new FailureError({ code: 'invalid_input', reason: 'too_large' });
    }
    const mediaType = imageTypeOf(bytes);
    if (mediaType === null) {
      throw new FailureError({ code: 'invalid_input', reason: 'not_an_image' });
    }
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return this.#turns.do(async () => {
      await this.#write(sha256, bytes);
      return this.#store.write.insertAttachment({
        sha256,
        name,
        mediaType,
        bytes: bytes.length,
        at: Date.now(),
      });
    });
  }

  /** An image as the wire carries it. Throws a `FailureError` when its file is gone. */
  async dataUri({ sha256, mediaType, name }: Attachment): Promise<string> {
    try {
      const bytes = await readFile(attachmentPath(this.#folder, sha256));
      return `data:${mediaType};base64,${bytes.toString('base64')}`;
    } catch (error) {
      throw new FailureError(
        { code: 'not_found', reason: 'image_missing', detail: name },
        { cause: error },
      );
    }
  }

  /**
   * Deletes files that no message has any more; those that were attached again meanwhile stay. One that cannot
   * be deleted is only left behind.
   */
  remove(hashes: readonly string[]): Promise<void> {
    return this.#turns.do(async () => {
      const named = new Set(await this.#store.read.namedFiles(hashes).catch(() => hashes));
      for (const sha256 of hashes) {
        if (named.has(sha256)) continue;
        await rm(attachmentPath(this.#folder, sha256), { force: true }).catch(() => undefined);
      }
    });
  }

  /**
   * Deletes the files that are not among `used`. One that was just written is left: a message may be about
   * to name it. `now` in ms since 1970.
   */
  async removeUnused(used: ReadonlySet<string>, now: number): Promise<void> {
    for (const folder of await readdir(this.#folder).catch(() => [])) {
      for (const name of await readdir(join(this.#folder, folder)).catch(() => [])) {
        if (used.has(name) || !FILE.test(name)) continue;
        const path = join(this.#folder, folder, name);
        await this.#turns.do(async () => {
          const written = (await stat(path).catch(() => null))?.mtimeMs ?? now;
          if (now - written > UNUSED_MS) await rm(path, { force: true }).catch(() => undefined);
        });
      }
    }
  }

  async #write(sha256: string, bytes: Buffer): Promise<void> {
    const path = attachmentPath(this.#folder, sha256);
    if ((await stat(path).catch(() => null))?.size === bytes.length) {
      // Nothing may have named it for long; now it is as good as just written.
      const now = new Date();
      await utimes(path, now, now).catch(() => undefined);
      return;
    }
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const draft = `${path}.${randomUUID()}.part`;
    try {
      const file = await open(draft, 'w', 0o600);
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(draft, path);
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
  }
}
