import { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';

/** The size of a page, in bytes. Slice has never made a store with another one. */
export const PAGE = 4096;

/** The pages of a store's file, those in the log beside it before those in the file. */
export class PageFile {
  /** How many pages there are; the first one is 1. */
  readonly count: number;
  readonly #file: number;
  readonly #inFile: number;
  readonly #logged: ReadonlyMap<number, Buffer>;

  constructor(path: string) {
    this.#file = openSync(path, 'r');
    this.#inFile = Math.floor(fstatSync(this.#file).size / PAGE);
    this.#logged = existsSync(`${path}-wal`) ? pagesOfLog(readFileSync(`${path}-wal`)) : new Map();
    let count = this.#inFile;
    for (const page of this.#logged.keys()) count = Math.max(count, page);
    this.count = count;
  }

  /** Null for one that is not there or that the disk does not give. */
  page(number: number): Buffer | null {
    const logged = this.#logged.get(number);
    if (logged) return logged;
    if (!Number.isInteger(number) || number < 1 || number > this.#inFile) return null;
    const page = Buffer.alloc(PAGE);
    try {
      const read = readSync(this.#file, page, 0, PAGE, (number - 1) * PAGE);
      return read === PAGE ? page : null;
    } catch {
      return null;
    }
  }

  close(): void {
    closeSync(this.#file);
  }
}

const LOG_HEAD = 32;
const FRAME_HEAD = 24;

/**
 * What was committed to a write-ahead log, as SQLite reads it: up to the first frame whose checksum, over
 * everything before it, is not right (https://sqlite.org/fileformat2.html#walformat).
 */
function pagesOfLog(log: Buffer): ReadonlyMap<number, Buffer> {
  const committed = new Map<number, Buffer>();
  if (log.length < LOG_HEAD || log.readUInt32BE(0) >>> 1 !== 0x377f0682 >>> 1) return committed;
  if (log.readUInt32BE(8) !== PAGE) return committed;
  const isBigEndian = (log.readUInt32BE(0) & 1) === 1;
  const salts = log.subarray(16, 24);
  let sum = checksum(log.subarray(0, 24), [0, 0], isBigEndian);
  if (!isSum(log, 24, sum)) return committed;
  let pending: [page: number, content: Buffer][] = [];
  for (let at = LOG_HEAD; at + FRAME_HEAD + PAGE <= log.length; at += FRAME_HEAD + PAGE) {
    const content = log.subarray(at + FRAME_HEAD, at + FRAME_HEAD + PAGE);
    if (!log.subarray(at + 8, at + 16).equals(salts)) break;
    sum = checksum(log.subarray(at, at + 8), sum, isBigEndian);
    sum = checksum(content, sum, isBigEndian);
    if (!isSum(log, at + 16, sum)) break;
    pending.push([log.readUInt32BE(at), content]);
    if (log.readUInt32BE(at + 4) === 0) continue;
    for (const [page, last] of pending) committed.set(page, last);
    pending = [];
  }
  return committed;
}

type Sum = readonly [number, number];

function checksum(bytes: Buffer, from: Sum, isBigEndian: boolean): Sum {
  let [one, two] = from;
  for (let at = 0; at < bytes.length; at += 8) {
    const first = isBigEndian ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at);
    const second = isBigEndian ? bytes.readUInt32BE(at + 4) : bytes.readUInt32LE(at + 4);
    one = (one + first + two) >>> 0;
    two = (two + second + one) >>> 0;
  }
  return [one, two];
}

function isSum(log: Buffer, at: number, [one, two]: Sum): boolean {
  return log.readUInt32BE(at) === one && log.readUInt32BE(at + 4) === two;
}
