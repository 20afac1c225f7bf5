import { PAGE, type PageFile } from './page-file';

/** Whole numbers are bigint, because that is what they are bound as. */
export type Value = null | bigint | number | string | Buffer;

export interface Row {
  /** Null in a table without one. */
  readonly rowid: bigint | null;
  readonly values: readonly Value[];
  /** False when it breaks off: the last text may be cut, and values may be missing at the end. */
  readonly isWhole: boolean;
}

/** What a page of a tree is: its numbers are those of the file format. */
const KINDS = new Map<number, { isLeaf: boolean; hasRowids: boolean }>([
  [0x0d, { isLeaf: true, hasRowids: true }],
  [0x05, { isLeaf: false, hasRowids: true }],
  [0x0a, { isLeaf: true, hasRowids: false }],
  [0x02, { isLeaf: false, hasRowids: false }],
]);

export interface TreePage {
  readonly hasRowids: boolean;
  readonly isLeaf: boolean;
  /** The pages below it, in order. */
  readonly children: readonly number[];
  readonly rows: readonly Row[];
  /** How many of its cells make no sense. */
  readonly unreadable: number;
}

/**
 * Reads one page of a table or an index by itself (https://sqlite.org/fileformat2.html#b_tree_pages), and
 * whatever its rows have on other pages. A cell that makes no sense is left out. Null for what is no such
 * page.
 */
export function readTreePage(file: PageFile, number: number): TreePage | null {
  const page = file.page(number);
  const head = number === 1 ? 100 : 0;
  const kind = KINDS.get(page?.[head] ?? 0);
  if (!page || !kind) return null;
  const { isLeaf, hasRowids } = kind;
  const cells = page.readUInt16BE(head + 3);
  const first = head + (isLeaf ? 8 : 12);
  const rows: Row[] = [];
  const children: number[] = [];
  let unreadable = 0;
  for (let cell = 0; cell < cells; cell += 1) {
    try {
      const at = page.readUInt16BE(first + cell * 2);
      if (!isLeaf) children.push(page.readUInt32BE(at));
      if (isLeaf || !hasRowids) rows.push(readCell(file, page, isLeaf ? at : at + 4, hasRowids));
    } catch {
      unreadable += 1;
    }
  }
  if (!isLeaf) children.push(page.readUInt32BE(head + 8));
  return { hasRowids, isLeaf, children, rows, unreadable };
}

/** More than one row ever has, in bytes. */
const LARGEST = 256_000_000;

function readCell(file: PageFile, page: Buffer, start: number, hasRowids: boolean): Row {
  let [size, at] = readNumber(page, start);
  let rowid: bigint | null = null;
  if (hasRowids) [rowid, at] = readVarint(page, at);
  if (size > LARGEST) throw new RangeError('a row is too large');
  const payload = readPayload(file, page, at, size, hasRowids);
  const { values, isWhole } = readRecord(payload);
  return { rowid, values, isWhole: isWhole && payload.length === size };
}

/** As much of it as is there. */
function readPayload(
  file: PageFile,
  page: Buffer,
  at: number,
  size: number,
  hasRowids: boolean,
): Buffer {
  const most = hasRowids ? PAGE - 35 : Math.floor(((PAGE - 12) * 64) / 255) - 23;
  if (size <= most) return page.subarray(at, at + size);
  const least = Math.floor(((PAGE - 12) * 32) / 255) - 23;
  const fitting = least + ((size - least) % (PAGE - 4));
  const here = fitting <= most ? fitting : least;
  const pieces = [page.subarray(at, at + here)];
  let next = at + here + 4 <= PAGE ? page.readUInt32BE(at + here) : 0;
  for (let left = size - here; left > 0; left -= PAGE - 4) {
    const more = file.page(next);
    if (!more) break;
    pieces.push(more.subarray(4, 4 + Math.min(left, PAGE - 4)));
    next = more.readUInt32BE(0);
  }
  return Buffer.concat(pieces);
}

function readRecord(payload: Buffer): Pick<Row, 'values' | 'isWhole'> {
  const [headSize, afterSize] = readNumber(payload, 0);
  let head = afterSize;
  let body = headSize;
  const values: Value[] = [];
  try {
    while (head < headSize) {
      const [type, next] = readNumber(payload, head);
      const [value, size] = readValue(payload, body, type);
      values.push(value);
      head = next;
      body += size;
      if (body > payload.length) return { values, isWhole: false };
    }
  } catch {
    return { values, isWhole: false };
  }
  return { values, isWhole: head === headSize };
}

function readValue(payload: Buffer, at: number, type: number): [Value, size: number] {
  switch (type) {
    case 0:
      return [null, 0];
    case 1:
    case 2:
    case 3:
    case 4:
      return [BigInt(payload.readIntBE(at, type)), type];
    case 5:
      return [BigInt(payload.readIntBE(at, 6)), 6];
    case 6:
      return [payload.readBigInt64BE(at), 8];
    case 7:
      return [payload.readDoubleBE(at), 8];
    case 8:
      return [0n, 0];
    case 9:
      return [1n, 0];
    case 10:
    case 11:
      throw new RangeError('a value is of no known type');
    default: {
      const size = (type - (type % 2 === 0 ? 12 : 13)) / 2;
      const bytes = payload.subarray(at, at + size);
      return [type % 2 === 0 ? bytes : bytes.toString('utf8'), size];
    }
  }
}

/** A size or a type. Throws on what is too large to be one. */
function readNumber(bytes: Buffer, start: number): [value: number, next: number] {
  let value = 0;
  for (let at = start; at < start + 5; at += 1) {
    const byte = bytes.readUInt8(at);
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) return [value, at + 1];
  }
  throw new RangeError('a size is too large');
}

function readVarint(bytes: Buffer, start: number): [value: bigint, next: number] {
  let value = 0n;
  for (let at = start; at < start + 8; at += 1) {
    const byte = bytes.readUInt8(at);
    value = (value << 7n) | BigInt(byte & 0x7f);
    if (byte < 0x80) return [value, at + 1];
  }
  value = (value << 8n) | BigInt(bytes.readUInt8(start + 8));
  return [BigInt.asIntN(64, value), start + 9];
}
