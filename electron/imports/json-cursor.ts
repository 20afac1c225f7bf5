import type { JsonSource } from './json-source';

export type JsonFault = 'not_json' | 'truncated' | 'too_large';

/** What is wrong with a text of JSON, and where. */
export class JsonProblem extends Error {
  readonly fault: JsonFault;
  /** So many bytes of UTF-8 stand before it. */
  readonly at: number;
  /** Whether what follows can be read nevertheless. */
  readonly passed: boolean;

  constructor(fault: JsonFault, at: number, passed: boolean) {
    super(`${fault} at byte ${at}`);
    this.fault = fault;
    this.at = at;
    this.passed = passed;
  }
}

/** The largest value that is held in memory as a whole, in bytes. */
const LARGEST_VALUE = 64 * 1024 * 1024;

const QUOTE = 0x22;
const LINE = 0x0a;
const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/**
 * Goes through JSON of any size and depth. Whoever reads decides at each value whether to go into it, take
 * it as a whole, or pass it; only what is taken is held in memory. A value that is broken in itself is told
 * once and can be passed.
 */
export class JsonCursor {
  readonly #source: JsonSource;
  readonly #largest: number;
  #buffer = Buffer.allocUnsafe(2 * 1024 * 1024);
  #at = 0;
  #end = 0;
  #dropped = 0;
  #depth = 0;

  constructor(source: JsonSource, largest = LARGEST_VALUE) {
    this.#source = source;
    this.#largest = largest;
  }

  /** So many bytes stand before what comes next. */
  get at(): number {
    return this.#dropped + this.#at;
  }

  /** What comes next. */
  kind(): 'object' | 'array' | 'scalar' | 'end' {
    const byte = this.#token();
    if (byte === null) return 'end';
    if (byte === OPEN_OBJECT) return 'object';
    return byte === OPEN_ARRAY ? 'array' : 'scalar';
  }

  /** Goes into an object: the name of each entry, whose value comes next. One that is not read is passed. */
  *keys(): Generator<string, void> {
    for (const _ of this.#members(OPEN_OBJECT, CLOSE_OBJECT)) {
      if (this.#token() !== QUOTE) throw this.#wrong();
      const key = this.value();
      this.#expect(COLON);
      const { at } = this.#next();
      yield String(key);
      if (this.at === at) this.skip();
    }
  }

  /** Goes into an array: the number of each item, from 0, which comes next. One that is not read is passed. */
  *items(): Generator<number, void> {
    let index = 0;
    for (const _ of this.#members(OPEN_ARRAY, CLOSE_ARRAY)) {
      const { at } = this.#next();
      yield index;
      if (this.at === at) this.skip();
      index += 1;
    }
  }

  /**
   * The next value as a whole. Throws a `JsonProblem` where it is broken or larger than what may be held in
   * memory; it is passed then.
   */
  value(): unknown {
    const { at } = this.#next();
    const text = this.#scan(0, true);
    if (text === null) throw new JsonProblem('too_large', at, true);
    try {
      return JSON.parse(text);
    } catch {
      throw new JsonProblem('not_json', at, true);
    }
  }

  /** Passes the next value. */
  skip(): void {
    this.#next();
    this.#scan(0, false);
  }

  /** Goes out of everything that was gone into. */
  leave(): void {
    if (this.#depth > 0) this.#scan(this.#depth, false);
    this.#depth = 0;
  }

  /**
   * After a text that is no JSON: goes to the next line that begins with an object, and out of everything.
   * False when there is none.
   */
  nextLine(): boolean {
    this.#depth = 0;
    for (;;) {
      const line = this.#buffer.subarray(0, this.#end).indexOf(LINE, this.#at);
      this.#at = line === -1 ? this.#end : line + 1;
      if (this.#at >= this.#end && this.#fill() === null) return false;
      if (line !== -1 && this.#buffer[this.#at] === OPEN_OBJECT) return true;
    }
  }

  *#members(open: number, close: number): Generator<void, void> {
    this.#expect(open);
    this.#depth += 1;
    const depth = this.#depth;
    for (let isFirst = true; ; isFirst = false) {
      // Whoever did not read what it began, or failed in it, is led out of it.
      if (this.#depth > depth) this.#scan(this.#depth - depth, false);
      this.#depth = depth;
      const byte = this.#token();
      if (byte === close) break;
      if (!isFirst) this.#expect(COMMA);
      yield;
    }
    this.#at += 1;
    this.#depth -= 1;
  }

  /** The first byte of the next value; there must be one. */
  #next(): { readonly byte: number; readonly at: number } {
    const byte = this.#token();
    if (byte === null) throw new JsonProblem('truncated', this.at, false);
    return { byte, at: this.at };
  }

  #expect(byte: number): void {
    if (this.#next().byte !== byte) throw this.#wrong();
    this.#at += 1;
  }

  #wrong(): JsonProblem {
    const fault = this.#token() === null ? 'truncated' : 'not_json';
    return new JsonProblem(fault, this.at, false);
  }

  #token(): number | null {
    for (;;) {
      while (this.#at < this.#end) {
        const byte = this.#buffer[this.#at] ?? 0;
        if (!isSpace(byte)) return byte;
        this.#at += 1;
      }
      if (this.#fill() === null) return null;
    }
  }

  /**
   * Goes to the end of the next value, or out of `depth` containers. Returns its text when that is wanted,
   * null when it is too large.
   */
  #scan(depth: number, wanted: boolean): string | null {
    let open = depth;
    let keeps = wanted;
    let at = this.#at;
    const more = () => {
      if (keeps && at - this.#at > this.#largest) keeps = false;
      if (!keeps) this.#at = at;
      const moved = this.#fill();
      if (moved === null) return false;
      at -= moved;
      return true;
    };
    const needed = () => {
      if (!more()) throw new JsonProblem('truncated', this.#dropped + this.#end, false);
    };
    const passString = () => {
      at += 1;
      for (;;) {
        const quote = this.#buffer.subarray(0, this.#end).indexOf(QUOTE, at);
        const until = quote === -1 ? this.#end : quote;
        let before = until;
        while (before > at && this.#buffer[before - 1] === BACKSLASH) before -= 1;
        const escaped = (until - before) % 2 === 1;
        at = until;
        if (quote === -1) {
          needed();
          if (escaped) at += 1;
        } else {
          at += 1;
          if (!escaped) return;
        }
      }
    };
    const passScalar = () => {
      const from = this.#dropped + at;
      for (;;) {
        while (at < this.#end) {
          const byte = this.#buffer[at] ?? 0;
          const ends =
            byte === COMMA ||
            byte === COLON ||
            byte === CLOSE_ARRAY ||
            byte === CLOSE_OBJECT ||
            byte === OPEN_ARRAY ||
            byte === OPEN_OBJECT ||
            byte === QUOTE ||
            isSpace(byte);
          if (ends) {
            if (this.#dropped + at === from) throw new JsonProblem('not_json', from, false);
            return;
          }
          at += 1;
        }
        if (!more()) return;
      }
    };
    for (;;) {
      if (at >= this.#end) needed();
      const byte = this.#buffer[at] ?? 0;
      if (byte === QUOTE) passString();
      else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
        open += 1;
        at += 1;
        continue;
      } else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
        open -= 1;
        at += 1;
        if (open < 0) throw new JsonProblem('not_json', this.#dropped + at - 1, false);
      } else if (open === 0) passScalar();
      else {
        at += 1;
        continue;
      }
      if (open === 0) break;
    }
    const text =
      keeps && at - this.#at <= this.#largest ? this.#buffer.toString('utf8', this.#at, at) : null;
    this.#at = at;
    return text;
  }

  /** Reads on and forgets what stands before the cursor. By how much the rest has moved, null at the end. */
  #fill(): number | null {
    const piece = this.#source.next();
    if (piece === null) return null;
    const moved = this.#at;
    const kept = this.#end - moved;
    const size = kept + piece.length;
    if (size > this.#buffer.length) {
      const larger = Buffer.allocUnsafe(size * 2);
      this.#buffer.copy(larger, 0, moved, this.#end);
      this.#buffer = larger;
    } else {
      this.#buffer.copyWithin(0, moved, this.#end);
    }
    this.#buffer.set(piece, kept);
    this.#dropped += moved;
    this.#at = 0;
    this.#end = size;
    return moved;
  }
}
