import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setImmediate as turn } from 'node:timers/promises';
import { constants, createGzip, type Gzip } from 'node:zlib';
import type { Behaviour, FixedReply } from './behaviour';
import { aborted, type Pace, pause } from './pace';
import type { RequestEntry } from './request-log';
import type { Step } from './stream';

/** Writes between two turns of the event loop, so that a fast answer starves nobody. */
const WRITES_PER_TURN = 16;

/** Between the halves of a split character, and before a reset so that what was sent arrives. */
const HALVES_APART_MS = 15;
const BEFORE_RESET_MS = 25;

/** More splits than this would only take time. */
const MOST_SPLITS = 6;

const COMMENT = ': OPENROUTER PROCESSING';
const RECORDS_PER_COMMENT = 10;

/** Bytes out to one client: with backpressure, counted, and never after it has left. */
export class ReplyWriter {
  private gzip: Gzip | null = null;
  private writes = 0;

  constructor(
    private readonly response: ServerResponse,
    private readonly entry: RequestEntry,
    /** Fires when the connection is gone. */
    readonly signal: AbortSignal,
  ) {}

  /** Sends a reply that is known as a whole. */
  fixed(reply: FixedReply): void {
    this.entry.status = reply.status;
    this.entry.bytesSent = Buffer.byteLength(reply.body);
    this.response.writeHead(reply.status, {
      'content-type': reply.contentType,
      'content-length': this.entry.bytesSent,
      ...reply.headers,
    });
    this.response.end(reply.body);
  }

  /** Sends the headers of a body that comes in pieces. */
  open(contentType: string, compressed: boolean): void {
    this.entry.status = 200;
    this.response.writeHead(200, {
      'content-type': contentType,
      'cache-control': 'no-cache',
      ...(compressed && { 'content-encoding': 'gzip' }),
    });
    this.response.flushHeaders();
    if (!compressed) return;
    this.gzip = createGzip({ flush: constants.Z_SYNC_FLUSH });
    this.gzip.pipe(this.response);
    this.signal.addEventListener('abort', () => this.gzip?.destroy(), { once: true });
  }

  async write(bytes: Uint8Array): Promise<void> {
    if (this.signal.aborted) return;
    this.entry.bytesSent += bytes.length;
    this.writes += 1;
    const target = this.gzip ?? this.response;
    if (!target.write(bytes)) {
      await once(target, 'drain', { signal: this.signal }).catch(() => undefined);
    } else if (this.writes % WRITES_PER_TURN === 0) {
      await turn();
    }
  }

  async end(how: 'body' | 'stall' | 'reset' | 'drop'): Promise<void> {
    if (how === 'body') {
      (this.gzip ?? this.response).end();
    } else if (how === 'stall') {
      await aborted(this.signal);
    } else {
      await pause(BEFORE_RESET_MS, this.signal);
      this.entry.ended = true;
      if (how === 'reset') this.response.socket?.resetAndDestroy();
      else this.response.socket?.destroy();
    }
  }
}

/**
 * Writes the steps of a reply as an event stream, at a pace and in the frame that the behaviour asks
 * for. Returns early, without having pulled the rest, when the client leaves.
 */
export async function writeSteps(
  steps: Iterable<Step>,
  writer: ReplyWriter,
  pace: Pace,
  behaviour: Behaviour,
): Promise<void> {
  const lineEnd = behaviour.lineEnd ?? '\n';
  const recordEnd = behaviour.blankLines === 'none' ? lineEnd : lineEnd + lineEnd;
  const start = performance.now();
  let splits = 0;
  let records = 0;
  let paced = 0;

  const put = async (text: string): Promise<void> => {
    const bytes = Buffer.from(text);
    if (behaviour.writes === 'byte') {
      for (let i = 0; i < bytes.length && !writer.signal.aborted; i += 1) {
        await writer.write(bytes.subarray(i, i + 1));
      }
    } else if (behaviour.writes === 'split-character') {
      let rest = bytes.subarray(0);
      for (let at = middleOfCharacter(rest); at > 0 && splits < MOST_SPLITS; splits += 1) {
        await writer.write(rest.subarray(0, at));
        await pause(HALVES_APART_MS, writer.signal);
        rest = rest.subarray(at);
        at = middleOfCharacter(rest);
      }
      await writer.write(rest);
    } else {
      await writer.write(bytes);
    }
  };

  for (const step of steps) {
    if (writer.signal.aborted) return;
    switch (step.kind) {
      case 'data':
        if (step.paced) {
          const due = start + pace.firstMs + (paced * 1000) / pace.rate;
          const wait = due - performance.now();
          if (wait > 0) await pause(wait, writer.signal);
          paced += 1;
        }
        if (behaviour.comments && records % RECORDS_PER_COMMENT === 0) {
          await put(COMMENT + recordEnd);
        }
        records += 1;
        await put(`data: ${step.data}${recordEnd}`);
        break;
      case 'field':
        await put(`${step.field}: ${step.value}${recordEnd}`);
        break;
      case 'raw':
        await put(step.text);
        break;
      case 'cut': {
        const bytes = Buffer.from(`data: ${step.data}`);
        await writer.write(bytes.subarray(0, middleOfCharacter(bytes)));
        await writer.end('body');
        return;
      }
      case 'end':
        await writer.end(step.how);
        return;
    }
  }
}

/** A position after the first byte of the first character of several bytes; 0 if there is none. */
function middleOfCharacter(bytes: Uint8Array): number {
  return bytes.findIndex((byte) => byte >= 0xc0) + 1;
}
