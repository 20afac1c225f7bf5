import { isAscii } from 'node:buffer';

/** One SSE record longer than this ends the run (design, section 5): 8 MiB of characters. */
export const MAX_RECORD_LENGTH = 8 * 1024 * 1024;

/** The part of an SSE record that this wire format uses. */
export interface SseHandlers {
  /**
   * The payload of each record, in order, without the field name. When `whole` is false the line is
   * only guessed to be a record by itself; returning false then leaves it to be joined with the next
   * line.
   */
  onData(data: string, whole: boolean): boolean;
  /** An `error:` field, which is not in the SSE standard but is how llama.cpp reports failures. */
  onError(data: string): void;
}

/** Closes a stream; not JSON. */
export const END_MARK = '[DONE]';

export class RecordTooLongError extends Error {
  constructor() {
    super(`a record of the stream is longer than ${MAX_RECORD_LENGTH} characters`);
    this.name = 'RecordTooLongError';
  }
}

/**
 * Cuts a byte stream into SSE records. Bytes may be cut anywhere, in the middle of a character too.
 *
 * It differs from the standard in one point: consecutive `data:` lines are records of their own when
 * each is a whole JSON value, because the guide prints its stream without blank lines between them.
 * Other lines are joined by a line feed as the standard says.
 */
export class SseParser {
  readonly #handlers: SseHandlers;
  readonly #decoder = new Utf8Reader();
  #rest = '';
  #pending = '';
  /** The last line ended in CR at the edge of a read; a LF that follows belongs to it. */
  #skipLineFeed = false;

  constructor(handlers: SseHandlers) {
    this.#handlers = handlers;
  }

  /** Takes the next bytes. Throws `RecordTooLongError` when a record passes the limit. */
  push(bytes: Uint8Array): void {
    this.#consume(this.#decoder.read(bytes));
  }

  /** Takes the end of the stream: a last record without its line end is delivered too. */
  end(): void {
    this.#consume(this.#decoder.end());
    if (this.#rest !== '') {
      const line = this.#rest;
      this.#rest = '';
      this.#line(line, 0, line.length);
    }
    this.#flush();
  }

  #consume(chunk: string): void {
    if (chunk === '') return;
    let text = chunk;
    if (this.#skipLineFeed) {
      this.#skipLineFeed = false;
      if (text.charCodeAt(0) === 10) text = text.slice(1);
    }
    let feed = text.indexOf('\n');
    let carriage = text.indexOf('\r');
    const searched = this.#rest.length;
    text = this.#rest + text;
    if (feed === -1 && carriage === -1) {
      // Not looked into before its end is there: each look would copy the line so far.
      this.#keep(text);
      return;
    }
    if (feed !== -1) feed += searched;
    if (carriage !== -1) carriage += searched;
    let start = 0;
    while (feed !== -1 || carriage !== -1) {
      if (carriage === -1 || (feed !== -1 && feed < carriage)) {
        if (feed === start) this.#flush();
        else this.#line(text, start, feed);
        start = feed + 1;
        feed = text.charCodeAt(start) === 10 ? start : text.indexOf('\n', start);
      } else {
        this.#line(text, start, carriage);
        start = carriage + 1;
        if (feed === start) {
          start += 1;
          feed = text.indexOf('\n', start);
        } else if (start === text.length) {
          this.#skipLineFeed = true;
        }
        carriage = text.indexOf('\r', start);
      }
    }
    this.#keep(text.slice(start));
  }

  #keep(rest: string): void {
    this.#rest = rest;
    if (rest.length > MAX_RECORD_LENGTH) throw new RecordTooLongError();
  }

  /** Takes the line of `text` from `start` to before `end`, which is not cut out unless it is used. */
  #line(text: string, start: number, end: number): void {
    if (end - start > MAX_RECORD_LENGTH) throw new RecordTooLongError();
    if (end === start) {
      this.#flush();
    } else if (text.startsWith('data:', start)) {
      // Blanks around JSON mean nothing, and would hide that a line is a record, or the end mark.
      this.#data(text.slice(start + 5, end).trim());
    } else if (text.startsWith('error:', start)) {
      this.#flush();
      this.#handlers.onError(text.slice(start + 6, end).trim());
    }
  }

  #data(value: string): void {
    if (this.#pending === '') {
      if (isOneLineRecord(value) && this.#handlers.onData(value, false)) return;
      this.#pending = value;
    } else if (value === END_MARK) {
      this.#flush();
      this.#handlers.onData(value, true);
    } else {
      this.#pending += `\n${value}`;
      if (this.#pending.length > MAX_RECORD_LENGTH) throw new RecordTooLongError();
    }
  }

  #flush(): void {
    if (this.#pending === '') return;
    const record = this.#pending;
    this.#pending = '';
    this.#handlers.onData(record, true);
  }
}

/**
 * Reads UTF-8 that may be cut anywhere. Most of a stream is ASCII, and ASCII read as Latin-1 costs a
 * tenth of what a decoder costs that keeps state.
 */
class Utf8Reader {
  readonly #decoder = new TextDecoder('utf-8');
  /** The decoder may hold the first bytes of a character, or still look for a byte order mark. */
  #holds = true;

  read(bytes: Uint8Array): string {
    const last = bytes.at(-1);
    if (last === undefined) return '';
    if (!this.#holds && isAscii(bytes)) {
      return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
    }
    this.#holds = last > 0x7f;
    return this.#decoder.decode(bytes, { stream: true });
  }

  end(): string {
    return this.#decoder.decode();
  }
}

/**
 * A cheap sign that a line is a record by itself: it opens and closes as a JSON object or array, or
 * is the end mark.
 */
function isOneLineRecord(value: string): boolean {
  const first = value.charCodeAt(0);
  const last = value.charCodeAt(value.length - 1);
  return (first === 123 && last === 125) || (first === 91 && last === 93);
}
