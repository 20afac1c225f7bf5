import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** Bytes of JSON in UTF-8, piece by piece; null at the end. */
export interface JsonSource {
  next(): Uint8Array | null;
}

const PIECE_BYTES = 1024 * 1024;

/** What the first bytes say of how the text is written, and how many of them are no text. */
function encodingOf(bytes: Uint8Array): {
  encoding: 'utf-8' | 'utf-16le' | 'utf-16be';
  mark: number;
} {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return { encoding: 'utf-8', mark: 3 };
  if (first === 0xff && second === 0xfe) return { encoding: 'utf-16le', mark: 2 };
  if (first === 0xfe && second === 0xff) return { encoding: 'utf-16be', mark: 2 };
  // JSON begins with a character of ASCII.
  if (first !== 0 && second === 0) return { encoding: 'utf-16le', mark: 0 };
  if (first === 0 && second !== 0 && bytes.length > 1) return { encoding: 'utf-16be', mark: 0 };
  return { encoding: 'utf-8', mark: 0 };
}

/** A file of JSON in UTF-8 or UTF-16, with a byte order mark or without. */
export class JsonFile implements JsonSource {
  /** In bytes. */
  readonly size: number;
  readonly #file: number;
  readonly #reached: (bytes: number, of: number) => void;
  readonly #piece = new Uint8Array(PIECE_BYTES);
  #read = 0;
  #decode: ((piece: Uint8Array) => string) | null = null;

  /** `reached` is told how much of it is read; what it throws ends the reading. */
  constructor(path: string, reached: (bytes: number, of: number) => void) {
    this.#file = openSync(path, 'r');
    this.size = fstatSync(this.#file).size;
    this.#reached = reached;
  }

  next(): Uint8Array | null {
    const bytes = readSync(this.#file, this.#piece, 0, PIECE_BYTES, null);
    if (bytes === 0) return null;
    const isFirst = this.#read === 0;
    this.#read += bytes;
    this.#reached(this.#read, this.size);
    let piece = this.#piece.subarray(0, bytes);
    if (isFirst) {
      const { encoding, mark } = encodingOf(piece);
      piece = piece.subarray(mark);
      if (encoding !== 'utf-8') {
        const decoder = new TextDecoder(encoding);
        this.#decode = (bytesOf) => decoder.decode(bytesOf, { stream: true });
      }
    }
    return this.#decode ? new TextEncoder().encode(this.#decode(piece)) : piece;
  }

  close(): void {
    closeSync(this.#file);
  }
}
