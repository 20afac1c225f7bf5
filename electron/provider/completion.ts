import { type Dispatcher, request } from 'undici';
import type { Failure } from '../../shared/errors';
import type { EndState } from '../../shared/run-state';
import type { StreamEvent } from '../../shared/stream-event';
import { ChunkDecoder } from './decode';
import { failureOfBody, failureOfTransport } from './failure';
import {
  bodyOf,
  type Endpoint,
  parseJson,
  readShortBody,
  requestHeaders,
  retryAfterMs,
} from './http';
import { RecordTooLongError, SseParser } from './sse';

/** All of one answer's bytes; past it the run ends with what arrived (design, section 5). */
const MAX_ANSWER_BYTES = 64 * 1024 * 1024;

const MAX_ERROR_BODY_BYTES = 64 * 1024;

/**
 * How long usage and the end mark are waited for once a finish reason was seen, in milliseconds. Many
 * servers leave the connection open after it.
 */
const AFTER_FINISH_MS = 1_500;

export interface CompletionRequest {
  readonly endpoint: Endpoint;
  /** The JSON body as it goes out. */
  readonly body: string;
  /** How many answers the body asks for (`n`). */
  readonly answers: number;
  readonly signal: AbortSignal;
}

/** How an answer ended. Everything that arrived went to the sink before. */
export interface CompletionEnd {
  readonly state: EndState;
  readonly failure: Failure | null;
}

/**
 * Sends one completion request and hands its events to `sink`, in order, each batch being what one
 * read from the socket brought. Never throws: whatever happens ends in exactly one state.
 */
export async function streamCompletion(
  { endpoint, body: asked, answers, signal }: CompletionRequest,
  sink: (events: readonly StreamEvent[]) => void,
): Promise<CompletionEnd> {
  const aborter = new AbortController();
  const stop = () => aborter.abort();
  signal.addEventListener('abort', stop, { once: true });
  try {
    if (signal.aborted) return STOPPED;
    const response = await request(`${endpoint.baseUrl}/chat/completions`, {
      method: 'POST',
      headers: requestHeaders(endpoint.key),
      body: asked,
      dispatcher: endpoint.dispatcher,
      signal: aborter.signal,
    });
    if (response.statusCode < 200 || response.statusCode > 299) {
      return await refusal(response, endpoint.key);
    }
    const body = bodyOf(response);
    const answer = new Answer(sink, answers, endpoint.key, aborter);
    try {
      return await answer.read(body);
    } catch (error) {
      const end = answer.brokenOff(error);
      return signal.aborted ? STOPPED : end;
    } finally {
      answer.close();
    }
  } catch (error) {
    return signal.aborted ? STOPPED : { state: 'failed', failure: failureOfTransport(error) };
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

const STOPPED: CompletionEnd = { state: 'stopped', failure: null };

async function refusal(response: Dispatcher.ResponseData, key: string): Promise<CompletionEnd> {
  const status = response.statusCode;
  const wait = retryAfterMs(response.headers['retry-after'], Date.now());
  const source = await readShortBody(response, MAX_ERROR_BODY_BYTES).catch(() => '');
  if (status >= 300 && status < 400) {
    return {
      state: 'failed',
      failure: { code: 'not_found', reason: 'redirected', status },
    };
  }
  const looksLikePage = source.trimStart().startsWith('<');
  const said = looksLikePage ? undefined : (parseJson(source) ?? source);
  return { state: 'failed', failure: failureOfBody(said, status, key, wait) };
}

/** One answer's bytes on their way to events. */
class Answer {
  readonly #sink: (events: readonly StreamEvent[]) => void;
  readonly #decoder: ChunkDecoder;
  readonly #parser: SseParser;
  readonly #aborter: AbortController;
  #kind: BodyKind = 'blank';
  /** What came before it was known what the body is, and all of one in JSON. */
  #held: Buffer[] = [];
  #batch: StreamEvent[] = [];
  #grace: NodeJS.Timeout | undefined;
  #overdue = false;
  #failure: Failure | null = null;

  constructor(
    sink: (events: readonly StreamEvent[]) => void,
    answers: number,
    key: string,
    aborter: AbortController,
  ) {
    this.#sink = sink;
    this.#aborter = aborter;
    this.#decoder = new ChunkDecoder((event) => this.#collect(event), answers, key);
    this.#parser = new SseParser({
      onData: (data, whole) => this.#decoder.record(data, whole),
      onError: (data) => this.#decoder.errorField(data),
    });
  }

  /** Reads to the end of the answer, which need not be the end of the body. */
  async read(body: AsyncIterable<Buffer>): Promise<CompletionEnd> {
    let size = 0;
    for await (const bytes of body) {
      size += bytes.length;
      if (size > MAX_ANSWER_BYTES) return this.#tooLong('answer_too_long');
      this.#take(bytes);
      if (this.#kind === 'page') return NOT_AN_API;
      this.#flush();
      if (this.#isOver()) break;
      this.#awaitEnd();
    }
    if (this.#kind === 'stream') this.#parser.end();
    else if (this.#kind === 'json' && !this.#takeWhole()) this.#decoder.malformed += 1;
    this.#flush();
    return this.#end();
  }

  /** The end of an answer whose body threw: cut off, silent too long, or over a limit of ours. */
  brokenOff(error: unknown): CompletionEnd {
    if (error instanceof RecordTooLongError) return this.#tooLong('record_too_long');
    this.#takeWhole();
    this.#flush();
    const { finished, failed } = this.#decoder;
    if (this.#overdue || finished || failed) return this.#end();
    const cause = failureOfTransport(error);
    if (!this.#decoder.hasOutput) return { state: 'failed', failure: cause };
    return { state: 'incomplete', failure: { ...cause, code: 'incomplete' } };
  }

  close(): void {
    clearTimeout(this.#grace);
  }

  #take(bytes: Buffer): void {
    if (this.#kind === 'stream') {
      this.#parser.push(bytes);
      return;
    }
    this.#held.push(bytes);
    if (this.#kind !== 'blank') return;
    this.#kind = sniff(bytes);
    if (this.#kind !== 'stream') return;
    const held = this.#held;
    this.#held = [];
    for (const piece of held) this.#parser.push(piece);
  }

  /** Decodes a body in JSON if all of it is there; once. */
  #takeWhole(): boolean {
    if (this.#kind !== 'json' || this.#held.length === 0) return false;
    const source = Buffer.concat(this.#held)
      .toString('utf8')
      .replace(/^\uFEFF/, '');
    const value = parseJson(source);
    if (value === undefined) return false;
    this.#held = [];
    this.#decoder.value(value, source);
    // A completion that parsed as a whole is whole, whether or not it names a finish reason.
    if (this.#decoder.hasOutput) this.#decoder.finished = true;
    return true;
  }

  /** Neighbouring deltas of one read become one event: most of the work downstream is per event. */
  #collect(event: StreamEvent): void {
    if (event.type === 'error') this.#failure = event.failure;
    const last = this.#batch.at(-1);
    if (
      last &&
      (event.type === 'text' || event.type === 'reasoning') &&
      last.type === event.type &&
      last.choice === event.choice
    ) {
      last.text += event.text;
    } else {
      this.#batch.push(event);
    }
  }

  #flush(): void {
    if (this.#batch.length === 0) return;
    const batch = this.#batch;
    this.#batch = [];
    this.#sink(batch);
  }

  #isOver(): boolean {
    const { done, finished, usageClosed } = this.#decoder;
    return done || (finished && usageClosed);
  }

  /**
   * After a finish reason the server has a moment for usage; each further read renews it. A body in
   * JSON says of itself when it is over.
   */
  #awaitEnd(): void {
    if (!this.#decoder.finished && this.#kind !== 'json') return;
    clearTimeout(this.#grace);
    this.#grace = setTimeout(() => {
      if (this.#kind === 'json' && !this.#takeWhole()) return;
      this.#overdue = true;
      this.#aborter.abort();
    }, AFTER_FINISH_MS);
  }

  #end(): CompletionEnd {
    const { finished, done, hasOutput, failed, malformed } = this.#decoder;
    if (failed) return { state: 'failed', failure: this.#failure };
    if (hasOutput && (finished || done)) return { state: 'complete', failure: null };
    if (hasOutput) {
      return {
        state: 'incomplete',
        failure: { code: 'incomplete', reason: 'closed' },
      };
    }
    if (finished) return { state: 'complete', failure: null };
    const reason = malformed > 0 ? 'unreadable' : 'empty';
    return { state: 'failed', failure: { code: 'bad_stream', reason } };
  }

  #tooLong(reason: string): CompletionEnd {
    this.#flush();
    const state = this.#decoder.hasOutput ? 'incomplete' : 'failed';
    return { state, failure: { code: 'bad_stream', reason } };
  }
}

const NOT_AN_API: CompletionEnd = {
  state: 'failed',
  failure: { code: 'bad_stream', reason: 'not_an_api' },
};

type BodyKind = 'blank' | 'json' | 'page' | 'stream';

/**
 * What a body is, from its first bytes: content types lie in both directions (design, section 5), and
 * no record of an event stream begins with a brace, a bracket or a tag.
 */
function sniff(bytes: Buffer): BodyKind {
  for (const byte of bytes) {
    if (byte <= 0x20 || byte === 0xef || byte === 0xbb || byte === 0xbf) continue;
    if (byte === 0x7b || byte === 0x5b) return 'json';
    return byte === 0x3c ? 'page' : 'stream';
  }
  return 'blank';
}
