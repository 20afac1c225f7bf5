import { createHash } from 'node:crypto';
import { mkdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { MAX_IMAGE_BYTES } from '../../shared/contract/attachment';
import { imageTypeOf } from '../../shared/image-type';
import { attachmentPath } from '../runs/attachments';
import type { ReadDb } from '../store/connection';
import { namedFiles } from '../store/queries/attachments';
import type { ReadImage } from './read-conversation';
import type { ArchivedImage } from './zip-archive';

/** Puts the images of a file where those of messages are, by what they contain. */
export class ImageKeeper {
  readonly #folder: string;
  readonly #archived: (id: string) => ArchivedImage | null;
  readonly #added = new Set<string>();
  /** What came of each that was only named: every version of a message names its images. */
  readonly #named = new Map<string, ReadImage | null>();

  /** `archived`: what stands beside the file that is read. */
  constructor(folder: string, archived: (id: string) => ArchivedImage | null = () => null) {
    this.#folder = folder;
    this.#archived = archived;
  }

  /** The files that were not there before. */
  get added(): readonly string[] {
    return [...this.#added];
  }

  /** Null for what is no image, or too large. */
  keep(name: string, base64: string): ReadImage | null {
    return this.#keep(name, Buffer.from(base64, 'base64'));
  }

  /** An image that is only named; null when it is not there, too. */
  keepArchived(id: string): ReadImage | null {
    const known = this.#named.get(id);
    if (known !== undefined) return known;
    const found = this.#archived(id);
    const kept = found && this.#keep(found.name, found.bytes);
    this.#named.set(id, kept);
    return kept;
  }

  #keep(name: string, bytes: Uint8Array): ReadImage | null {
    const mediaType = imageTypeOf(bytes);
    if (mediaType === null || bytes.length > MAX_IMAGE_BYTES) return null;
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const path = attachmentPath(this.#folder, sha256);
    if (!isThere(path)) {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      try {
        writeFileSync(`${path}.part`, bytes, { mode: 0o600, flush: true });
        renameSync(`${path}.part`, path);
      } catch (error) {
        rmSync(`${path}.part`, { force: true });
        throw error;
      }
      this.#added.add(sha256);
    }
    return { name: name.slice(0, 255) || 'image', mediaType, sha256, bytes: bytes.length };
  }

  /** Deletes what was added, all but those that the store names: they were attached meanwhile. */
  giveUp(db: ReadDb): void {
    const named = new Set(namedFiles(db, this.added));
    for (const sha256 of this.#added) {
      if (!named.has(sha256)) rmSync(attachmentPath(this.#folder, sha256), { force: true });
    }
    this.#added.clear();
  }
}

/** Nothing may have named it for long; now it is as good as just written. */
function isThere(path: string): boolean {
  const now = new Date();
  try {
    utimesSync(path, now, now);
    return true;
  } catch {
    return false;
  }
}
