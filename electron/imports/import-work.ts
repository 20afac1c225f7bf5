import { rmSync } from 'node:fs';
import { basename } from 'node:path';
import { type ImportFault, type ImportPreview, LISTED_FILES } from '../../shared/contract/import';
import { FailureError } from '../../shared/errors';
import type { ReadDb } from '../store/connection';
import { hasConversation } from '../store/queries/imports';
import { ConversationReader } from './conversation-reader';
import { ImageKeeper } from './image-keeper';
import { JsonCursor } from './json-cursor';
import { JsonFile } from './json-source';
import { Staging } from './staging';
import { isZip, type Unpacked, unpackJson } from './zip-archive';

export interface ImportReading {
  /** The file that is read. */
  readonly path: string;
  /** Where what was read is to stand. */
  readonly staged: string;
  /** A folder for what is unpacked of an archive. It is there only meanwhile. */
  readonly unpacked: string;
  /** The folder of the images of messages. */
  readonly attachments: string;
  /** In ms since 1970. */
  readonly now: number;
}

export interface ImportFound {
  readonly preview: ImportPreview;
  /** Images that were put beside those that are there: they go when the import is given up. */
  readonly images: readonly string[];
}

/**
 * Reads the file that was chosen, or the JSON of an archive, into a staged file. Nothing of it stays when
 * anything throws, `reached` included, and of what was unpacked in no case.
 */
export async function readImport(
  db: ReadDb,
  reading: ImportReading,
  reached: (bytes: number, of: number) => void,
): Promise<ImportFound> {
  const { path, unpacked } = reading;
  if (!opened(() => isZip(path))) return readConversations(db, reading, reached);
  try {
    // Each byte is written and read, and counts half then.
    const archive = await unpackJson(path, unpacked, (bytes, of) =>
      reached(Math.floor(bytes / 2), of),
    );
    try {
      return readConversations(
        db,
        reading,
        (bytes) => reached(Math.floor((archive.bytes + bytes) / 2), archive.bytes),
        archive,
      );
    } finally {
      archive.close();
    }
  } catch (error) {
    throw diskFull(error) ?? error;
  } finally {
    rmSync(unpacked, { recursive: true, force: true });
  }
}

/**
 * Reads a file of conversations, or those of an archive, into a staged file. Nothing of it stays when anything
 * throws, `reached` included.
 */
export function readConversations(
  db: ReadDb,
  { path, staged, attachments, now }: Omit<ImportReading, 'unpacked'>,
  reached: (bytes: number, of: number) => void,
  { files, faults, image }: Pick<Unpacked, 'files' | 'faults' | 'image'> = {
    files: [{ name: null, path }],
    faults: [],
    image: () => null,
  },
): ImportFound {
  let last: readonly [bytes: number, of: number] = [0, 0];
  const step = (bytes: number, of: number) => {
    last = [bytes, of];
    reached(bytes, of);
  };
  const still = () => reached(...last);
  const images = new ImageKeeper(attachments, (id) => {
    // One message may name more images than anybody waits for.
    still();
    return image(id);
  });
  try {
    const staging = new Staging(staged, now);
    try {
      const note = (fault: ImportFault, detail: string | null) =>
        staging.note({ fault, title: null, at: 0, detail, skipped: true });
      for (const { fault, name } of faults) note(fault, name?.slice(0, 100) ?? null);
      const known: string[] = [];
      let isKnown = false;
      let before = 0;
      for (const file of files) {
        staging.readFrom(file.name);
        const source = opened(
          () => new JsonFile(file.path, (bytes, of) => step(before + bytes, of)),
        );
        try {
          if (new ConversationReader(new JsonCursor(source), staging, images, still).read()) {
            isKnown = true;
            if (file.name !== null) known.push(file.name.slice(0, 100));
          }
          before += source.size;
        } finally {
          source.close();
        }
      }
      staging.readFrom(null);
      if (!isKnown && faults.length === 0) note('unknown_format', null);
      staging.markKnown((uid) => hasConversation(db, uid));
      const preview = {
        ...staging.preview(),
        name: basename(path),
        files: known.slice(0, LISTED_FILES),
        fileCount: known.length,
      };
      return { preview, images: images.added };
    } finally {
      staging.close();
    }
  } catch (error) {
    rmSync(staged, { force: true });
    images.giveUp(db);
    throw diskFull(error) ?? error;
  }
}

function opened<Result>(open: () => Result): Result {
  try {
    return open();
  } catch (error) {
    throw new FailureError({ code: 'not_found', reason: 'not_readable' }, { cause: error });
  }
}

function diskFull(error: unknown): FailureError | null {
  if (!(error instanceof Error) || !('code' in error) || error.code !== 'ENOSPC') return null;
  return new FailureError({ code: 'store_full', reason: 'disk_full' }, { cause: error });
}
