import type { Transform } from 'node:stream';
import type { Dispatcher } from 'undici';
import { type AnswerHeaders, type Endpoint, requestHeaders, unpacker } from './http';

/** Takes what becomes of a request, in the order of the methods. */
export interface AnswerListener {
  /** The request leaves, over a connection that stands: from here on the server may work on it. */
  onSent(): void;
  onHead(status: number, headers: AnswerHeaders): void;
  /** Bytes of the body, unpacked; they may be kept. */
  onBytes(bytes: Buffer): void;
  /** The end, once: without an error the body is whole. */
  onEnd(error?: unknown): void;
}

/** What may still follow an answer that is over, so that its connection can be used again. */
const TAIL_BYTES = 64 * 1024;
const TAIL_MS = 1_000;

/**
 * One POST and its answer. What one read from the socket brought is handed on in the same turn and at
 * once, though a server may have cut it into single bytes: a stream in between, or work for each piece,
 * costs more than all of the decoding.
 */
export class Posting {
  readonly #listener: AnswerListener;
  #controller: Dispatcher.DispatchController | null = null;
  #unpack: Transform | null = null;
  /** Why the request is to end as soon as there is something to end. */
  #abandoned: Error | null = null;
  /** Why a packed body is not whole. */
  #brokeOff: Error | undefined;
  /** Nothing is handed on any more. */
  #deaf = false;
  /** What the present read from the socket brought so far. */
  #read: Buffer[] = [];
  #tail = 0;
  #tailTimer: NodeJS.Timeout | undefined;

  /** Sends `body`, as JSON, to `path` under the endpoint's address. */
  constructor(endpoint: Endpoint, path: string, body: string, listener: AnswerListener) {
    this.#listener = listener;
    try {
      const { origin, pathname, search } = new URL(endpoint.baseUrl + path);
      endpoint.dispatcher.dispatch(
        {
          origin,
          path: pathname + search,
          method: 'POST',
          headers: requestHeaders(endpoint),
          body,
          // Its clocks are wound up again by any byte, so time is kept by the listener.
          headersTimeout: 0,
          bodyTimeout: 0,
        },
        {
          onRequestStart: (controller) => this.#start(controller),
          onResponseStart: (_, status, headers) => this.#head(status, headers),
          onResponseData: (controller, bytes) => this.#data(controller, bytes),
          onResponseEnd: (controller) => this.#close(controller),
          onResponseError: (controller, error) => this.#close(controller, error),
        },
      );
    } catch (error) {
      // Not in this turn: the listener does not have this object yet.
      queueMicrotask(() => this.#end(error));
    }
  }

  /** Ends the request wherever it is. The listener hears nothing more. */
  abandon(): void {
    this.#deaf = true;
    clearTimeout(this.#tailTimer);
    this.#abandoned = new Error('the answer was given up');
    this.#unpack?.destroy();
    this.#controller?.abort(this.#abandoned);
  }

  /**
   * The answer is over for the listener, who hears nothing more. The connection is kept if the body
   * ends at once, as it does behind an end mark, and closed otherwise.
   */
  release(): void {
    this.#deaf = true;
    this.#unpack?.destroy();
    this.#tailTimer = setTimeout(() => this.abandon(), TAIL_MS);
    this.#tailTimer.unref();
  }

  #start(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#abandoned) controller.abort(this.#abandoned);
    else this.#listener.onSent();
  }

  #head(status: number, headers: AnswerHeaders): void {
    // Informational heads come before the real one.
    if (this.#deaf || status < 200) return;
    this.#listener.onHead(status, headers);
    if (this.#deaf) return;
    try {
      this.#unpack = unpacker(headers);
    } catch (error) {
      this.#end(error);
      this.abandon();
      return;
    }
    this.#unpack
      ?.on('data', (bytes: Buffer) => this.#hand(bytes))
      .on('end', () => this.#end(this.#brokeOff))
      .on('error', (error) => {
        this.#end(error);
        this.abandon();
      });
  }

  #data(controller: Dispatcher.DispatchController, bytes: Buffer): void {
    if (this.#deaf) {
      this.#tail += bytes.length;
      if (this.#tail > TAIL_BYTES) this.abandon();
      return;
    }
    this.#read.push(bytes);
    // All pieces of one read come in one turn.
    if (this.#read.length === 1) queueMicrotask(() => this.#handRead(controller));
  }

  #handRead(controller: Dispatcher.DispatchController): void {
    const [first] = this.#read;
    if (first === undefined) return;
    const bytes = this.#read.length === 1 ? first : Buffer.concat(this.#read);
    this.#read = [];
    if (!this.#unpack) {
      this.#hand(bytes);
    } else if (!this.#unpack.destroyed && !this.#unpack.write(bytes)) {
      controller.pause();
      this.#unpack.once('drain', () => controller.resume());
    }
  }

  #hand(bytes: Buffer): void {
    if (!this.#deaf) this.#listener.onBytes(bytes);
  }

  /** The body is over, or broke off: what was packed before still comes. */
  #close(controller: Dispatcher.DispatchController, error?: Error): void {
    clearTimeout(this.#tailTimer);
    this.#handRead(controller);
    if (!this.#unpack || this.#unpack.destroyed) {
      this.#end(error);
      return;
    }
    this.#brokeOff = error;
    this.#unpack.end();
  }

  #end(error?: unknown): void {
    if (this.#deaf) return;
    this.#deaf = true;
    this.#listener.onEnd(error);
  }
}
