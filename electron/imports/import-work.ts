import { rmSync } from 'node:fs';
import { basename } from 'node:path';
import type { ImportPreview } from '../../shared/contract/import';
import { FailureError } from '../../shared/errors';
import type { ReadDb } from '../store/connection';
import { hasConversation } from '../store/queries/imports';
import { ConversationReader } from './conversation-reader';
import { ImageKeeper } from './image-keeper';
import { JsonCursor } from './json-cursor';
import { JsonFile } from './json-source';
import { Staging } from './staging';

export interface ImportReading {
  /** The file that is read. */
  readonly path: string;
  /** Where what was read is to stand. */
  readonly staged: string;
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
 * Reads a file of conversations into a staged file. Nothing of it stays when anything throws, `reached`
 * included.
 */
export function readConversations(
  db: ReadDb,
  { path, staged, attachments, now }: ImportReading,
  reached: (bytes: number, of: number) => void,
): ImportFound {
  const images = new ImageKeeper(attachments);
  const file = opened(path, reached);
  try {
    const staging = new Staging(staged, now);
    try {
      const zip = file.startsAsZip();
      if (zip) staging.note({ fault: 'zip', title: null, at: 0, detail: null, skipped: true });
      else new ConversationReader(new JsonCursor(file), staging, images).read();
      staging.markKnown((uid) => hasConversation(db, uid));
      const preview = { ...staging.preview(), name: basename(path) };
      return { preview, images: images.added };
    } finally {
      staging.close();
    }
  } catch (error) {
    rmSync(staged, { force: true });
    images.giveUp();
    if (codeOf(error) === 'ENOSPC') {
      throw new FailureError({ code: 'store_full', reason: 'disk_full' }, { cause: error });
    }
    throw error;
  } finally {
    file.close();
  }
}

function opened(path: string, reached: (bytes: number, of: number) => void): JsonFile {
  try {
    return new JsonFile(path, reached);
  } catch (error) {
    throw new FailureError({ code: 'not_found', reason: 'not_readable' }, { cause: error });
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : null;
}
