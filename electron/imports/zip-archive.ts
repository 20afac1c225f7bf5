import {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readSync,
  statfsSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { crc32, createInflateRaw, inflateRawSync } from 'node:zlib';
import {
  type Entry,
  fromRandomAccessReaderPromise,
  getFileNameLowLevel,
  RandomAccessReader,
  type ZipFile,
} from 'yauzl';
import { MAX_IMAGE_BYTES } from '../../shared/contract/attachment';
import type { ImportFault } from '../../shared/contract/import';
import { FailureError } from '../../shared/errors';

/** The most files that an archive may have. */
const MOST_ENTRIES = 50_000;

/** So much may come of an archive in any case, in bytes; of more, no more than so many times what it has. */
const ALWAYS_ALLOWED = 64 * 1024 * 1024;
const LARGEST_RATIO = 200;

const PIECE_BYTES = 256 * 1024;

const DEFLATED = 8;

/** A file that is read for conversations; null: it is the one that was chosen, and in no archive. */
export interface ReadableFile {
  readonly name: string | null;
  readonly path: string;
}

/** An image that an archive has beside its JSON. */
export interface ArchivedImage {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What is in an archive for us. */
export interface Unpacked {
  readonly files: readonly ReadableFile[];
  /** Why something of it, or all, is not here; `name` is that of the file in it. */
  readonly faults: readonly { readonly fault: ImportFault; readonly name: string | null }[];
  /** The files together, in bytes. */
  readonly bytes: number;
  /** The file that ChatGPT names so; null when it is not there, damaged, or larger than an image may be. */
  readonly image: (id: string) => ArchivedImage | null;
  /** Gives the archive back; no image can be had any more. */
  readonly close: () => void;
}

/** Why an archive, or a file in it, cannot be had. */
class BadArchive extends Error {
  readonly fault: ImportFault;

  constructor(fault: ImportFault) {
    super(fault);
    this.fault = fault;
  }
}

/** Whether a file begins as a ZIP does. Throws when it cannot be opened. */
export function isZip(path: string): boolean {
  const file = openSync(path, 'r');
  try {
    const start = Buffer.alloc(4);
    readSync(file, start, 0, 4, 0);
    const mark = start.toString('latin1');
    // The second is that of an archive with nothing in it.
    return mark === 'PK\x03\x04' || mark === 'PK\x05\x06';
  } finally {
    closeSync(file);
  }
}

/**
 * Unpacks the JSON of an archive into a folder, under names of ours: those in the archive are only shown. What
 * is bad in it is told and passed. Throws a `FailureError` (`store_full`) when what it says it holds would
 * take more than half of what is `free`, in bytes; and what `reached` throws, which is told how much is unpacked.
 */
export async function unpackJson(
  path: string,
  folder: string,
  reached: (bytes: number, of: number) => void,
  free: () => number = () => freeIn(folder),
): Promise<Unpacked> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = openSync(path, 'r');
  const close = () => closeSync(file);
  try {
    const archive = new ArchiveFile(file);
    const { zip, entries, images } = await listed(archive, () => reached(0, archive.size));
    const bytes = entries.reduce((sum, { entry }) => sum + entry.uncompressedSize, 0);
    const packed = entries.reduce((sum, { entry }) => sum + entry.compressedSize, 0);
    // Several may name the same bytes.
    const most = LARGEST_RATIO * Math.min(packed, archive.size);
    if (bytes > ALWAYS_ALLOWED && bytes > most) throw new BadArchive('zip_bomb');
    // As much again is needed for what is read of it.
    if (bytes > free() / 2) throw new FailureError({ code: 'store_full', reason: 'disk_full' });
    const files: ReadableFile[] = [];
    const faults: Unpacked['faults'][number][] = [];
    let done = 0;
    for (const [index, { entry, name }] of entries.entries()) {
      const target = join(folder, `${index}.json`);
      try {
        await unpack(archive, zip, entry, target, (size) => {
          done += size;
          reached(done, bytes);
        });
        files.push({ name, path: target });
      } catch (error) {
        if (!(error instanceof BadArchive)) throw error;
        faults.push({ fault: error.fault, name });
      }
    }
    const image = (id: string) => {
      const found = images.get(id);
      return found ? imageIn(archive, zip, found) : null;
    };
    return { files, faults, bytes, image, close };
  } catch (error) {
    if (!(error instanceof BadArchive)) {
      close();
      throw error;
    }
    const faults = [{ fault: error.fault, name: null }];
    return { files: [], faults, bytes: 0, image: () => null, close };
  }
}

interface Listed {
  readonly entry: Entry;
  readonly name: string;
}

/** How ChatGPT's export names a file: its id, then its name and an ending, which may be anything. */
const CHATGPT_FILE = /(?:^|\/)(file[-_][A-Za-z\d]+)[-.]([^/]*)$/;

/** The JSON files that an archive names, and images by their ids. Throws a `BadArchive` when there are none. */
async function listed(
  archive: ArchiveFile,
  step: () => void,
): Promise<{ zip: ZipFile; entries: readonly Listed[]; images: ReadonlyMap<string, Listed> }> {
  const zip = await readable(() =>
    // Names are read below: one that would be no path is as good as any other.
    fromRandomAccessReaderPromise(archive, archive.size, {
      autoClose: false,
      decodeStrings: false,
      validateEntrySizes: false,
    }),
  );
  if (zip.entryCount > MOST_ENTRIES) throw new BadArchive('zip_many');
  const entries: Listed[] = [];
  const images = new Map<string, Listed>();
  let hasArchive = false;
  const each = zip.eachEntry();
  for (;;) {
    const next = await readable(() => each.next());
    if (next.done) break;
    step();
    const { generalPurposeBitFlag, fileNameRaw, extraFields } = next.value;
    const name = getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, false);
    // macOS puts a file of its own beside each, `._` before its name.
    if (/(^|\/)[^/.][^/]*\.jsonl?$/i.test(name)) entries.push({ entry: next.value, name });
    const [, id, title] = CHATGPT_FILE.exec(name) ?? [];
    if (id && title) images.set(id, { entry: next.value, name: title });
    hasArchive ||= /\.zip$/i.test(name);
  }
  if (entries.length === 0) throw new BadArchive(hasArchive ? 'zip_in_zip' : 'zip_no_json');
  return { zip, entries, images };
}

/** Unpacks one file. Throws a `BadArchive`, or what `wrote` throws, which is told of each piece in bytes. */
async function unpack(
  archive: ArchiveFile,
  zip: ZipFile,
  entry: Entry,
  target: string,
  wrote: (bytes: number) => void,
): Promise<void> {
  if (entry.isEncrypted()) throw new BadArchive('zip_encrypted');
  if (!entry.canDecodeFileData()) throw new BadArchive('zip_method');
  const { fileDataStart } = await readable(() =>
    zip.readLocalFileHeaderPromise(entry, { minimal: true }),
  );
  const packed = Readable.from(archive.pieces(fileDataStart, entry.compressedSize));
  const pieces: AsyncIterable<Buffer> =
    entry.compressionMethod === DEFLATED ? inflated(packed) : packed;
  const file = openSync(target, 'wx', 0o600);
  let size = 0;
  let sum = 0;
  try {
    for await (const piece of pieces) {
      size += piece.length;
      if (size > entry.uncompressedSize) throw new BadArchive('zip_bomb');
      sum = crc32(piece, sum);
      for (let at = 0; at < piece.length; ) at += writeSync(file, piece, at, piece.length - at);
      wrote(piece.length);
    }
  } catch (error) {
    throw isOfInflate(error) ? new BadArchive('zip_damaged') : error;
  } finally {
    packed.destroy();
    closeSync(file);
  }
  if (size !== entry.uncompressedSize || sum !== entry.crc32) throw new BadArchive('zip_damaged');
}

/** One image, in memory. It is read at once: who asks is in the middle of a message. */
function imageIn(
  archive: ArchiveFile,
  zip: ZipFile,
  { entry, name }: Listed,
): ArchivedImage | null {
  const { compressedSize, uncompressedSize } = entry;
  if (!entry.canDecodeFileData() || Math.max(compressedSize, uncompressedSize) > MAX_IMAGE_BYTES) {
    return null;
  }
  const starts: number[] = [];
  // An `ArchiveFile` answers before it returns.
  zip.readLocalFileHeader(entry, { minimal: true }, (error, header) => {
    if (!error) starts.push(header.fileDataStart);
  });
  const [start] = starts;
  if (start === undefined) return null;
  try {
    const packed = Buffer.concat([...archive.pieces(start, compressedSize)]);
    const bytes =
      entry.compressionMethod === DEFLATED
        ? inflateRawSync(packed, { maxOutputLength: uncompressedSize || 1 })
        : packed;
    return bytes.length === uncompressedSize && crc32(bytes) === entry.crc32
      ? { name, bytes }
      : null;
  } catch {
    return null;
  }
}

function inflated(packed: Readable): Readable {
  const inflate = createInflateRaw({ chunkSize: PIECE_BYTES });
  packed.on('error', (error) => inflate.destroy(error));
  return packed.pipe(inflate);
}

/** Whatever the library says of an archive, it cannot be read. */
async function readable<Result>(read: () => Promise<Result>): Promise<Result> {
  try {
    return await read();
  } catch {
    throw new BadArchive('zip_damaged');
  }
}

function isOfInflate(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
}

function freeIn(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

/** The bytes of an archive, wherever they are asked for: what is not in it is an error, and nothing else happens. */
class ArchiveFile extends RandomAccessReader {
  readonly size: number;
  readonly #file: number;

  constructor(file: number) {
    super();
    this.#file = file;
    this.size = fstatSync(file).size;
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    callback(this.#fill(buffer.subarray(offset, offset + length), position));
  }

  *pieces(from: number, length: number): Generator<Buffer, void> {
    for (let at = 0; at < length; at += PIECE_BYTES) {
      const piece = Buffer.allocUnsafe(Math.min(PIECE_BYTES, length - at));
      if (this.#fill(piece, from + at)) throw new BadArchive('zip_damaged');
      yield piece;
    }
  }

  #fill(piece: Buffer, position: number): Error | null {
    if (position + piece.length > this.size) return new Error('not in the archive');
    for (let at = 0; at < piece.length; ) {
      const read = readSync(this.#file, piece, at, piece.length - at, position + at);
      if (read === 0) return new Error('shorter than it was');
      at += read;
    }
    return null;
  }
}
