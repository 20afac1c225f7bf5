import type { Failure } from '../../shared/errors';
import type { EndState } from '../../shared/run-state';
import type { StreamEvent } from '../../shared/stream-event';
import { ChunkDecoder } from './decode';
import { withoutSecrets } from './failure';
import { Gathered } from './gathered';
import { type Endpoint, parseJson, secretsOf } from './http';
import { asCompletion } from './memory-reply';
import type { Patience } from './patience';
import { RecordTooLongError, SseParser } from './sse';
import { asAnswers } from './super-reply';

/** All of one answer's bytes; past it the run ends with what arrived (design, section 5). */
const MAX_ANSWER_BYTES = 64 * 1024 * 1024;

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** How an answer ended. Everything that arrived went to the sink before. */
export interface CompletionEnd {
  readonly state: EndState;
  readonly failure: Failure | null;
  /** It was stopped, or came to nothing, before anything of it left. */
  readonly unsent?: true;
}

/** One answer's bytes on their way to events. */
export class Answer {
  readonly #sink: (events: readonly StreamEvent[]) => void;
  readonly #endpoint: Endpoint;
  readonly #patience: Patience;
  readonly #decoder: ChunkDecoder;
  readonly #parser: SseParser;
  #kind: BodyKind = 'blank';
  /** What came before it was known what the body is, and all of one in JSON. */
  #held = new Gathered();
  #size = 0;
  /** A record came with the present read. */
  #heard = false;
  #batch: StreamEvent[] = [];
  #failure: Failure | null = null;

  constructor(
    sink: (events: readonly StreamEvent[]) => void,
    answers: number,
    endpoint: Endpoint,
    patience: Patience,
  ) {
    this.#sink = sink;
    this.#endpoint = endpoint;
    this.#patience = patience;
    this.#decoder = new ChunkDecoder((event) => this.#collect(event), answers, endpoint.key);
    this.#parser = new SseParser({
      onData: (data, whole) => {
        this.#heard = true;
        return this.#decoder.record(data, whole);
      },
      onError: (data) => this.#decoder.errorField(data),
    });
  }

  /** Takes what one read brought. The end comes back when nothing more is to be waited for. */
  take(bytes: Buffer): CompletionEnd | null {
    this.#size += bytes.length;
    if (this.#size > MAX_ANSWER_BYTES) return this.#tooLong('answer_too_long');
    try {
      this.#read(bytes);
    } catch (error) {
      if (error instanceof RecordTooLongError) return this.#tooLong('record_too_long');
      throw error;
    }
    this.#flush();
    if (this.#kind === 'page') return NOT_AN_API;
    if (this.#isOver()) return this.#end();
    this.#keepTime(bytes);
    return null;
  }

  /** The end of an answer whose body is whole. */
  ended(): CompletionEnd {
    this.#takeRest();
    if (this.#kind === 'json' && !this.#takeWhole()) this.#decoder.malformed += 1;
    this.#flush();
    return this.#end();
  }

  /** The end of an answer whose body broke off for this cause. */
  brokenOff(cause: Failure): CompletionEnd {
    this.#takeRest();
    this.#takeWhole();
    this.#flush();
    const { finished, done, failed, hasOutput } = this.#decoder;
    if (finished || done || failed) return this.#end();
    if (!hasOutput) return { state: 'failed', failure: cause };
    return { state: 'incomplete', failure: { ...cause, code: 'incomplete' } };
  }

  /** The end, when nothing came for a moment; null when more has to come. */
  overdue(): CompletionEnd | null {
    if (this.#kind === 'json' && !this.#takeWhole()) return null;
    this.#takeRest();
    this.#flush();
    return this.#end();
  }

  #read(bytes: Buffer): void {
    this.#heard = false;
    if (this.#kind === 'stream') {
      this.#parser.push(bytes);
      return;
    }
    this.#held.add(bytes);
    if (this.#kind !== 'blank') return;
    this.#kind = sniff(bytes);
    if (this.#kind !== 'stream') return;
    const held = this.#held.bytes();
    this.#held = new Gathered();
    this.#parser.push(held);
  }

  /** Takes a last record of a stream whose line has no end, if all of it is there. */
  #takeRest(): void {
    if (this.#kind !== 'stream') return;
    try {
      this.#parser.end();
    } catch (error) {
      if (!(error instanceof RecordTooLongError)) throw error;
      this.#decoder.malformed += 1;
    }
  }

  /** Decodes a body in JSON if all of it is there; once. */
  #takeWhole(): boolean {
    if (this.#kind !== 'json' || this.#held.length === 0) return false;
    const source = this.#held.text();
    const value = parseJson(source);
    if (value === undefined) return false;
    this.#held = new Gathered();
    this.#decoder.value(asAnswers(asCompletion(value)), source);
    // A completion that parsed as a whole is whole, whether or not it names a finish reason.
    if (this.#decoder.hasOutput) this.#decoder.finished = true;
    return true;
  }

  /** Neighbouring deltas of one read become one event: most of the work downstream is per event. */
  #collect(event: StreamEvent): void {
    if (event.type === 'error') {
      this.#failure = withoutSecrets(event.failure, secretsOf(this.#endpoint));
      this.#batch.push({ type: 'error', failure: this.#failure });
      return;
    }
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

  #keepTime(bytes: Buffer): void {
    const inLines = this.#kind === 'stream';
    if (!inLines || bytes.includes(LINE_FEED) || bytes.includes(CARRIAGE_RETURN)) {
      this.#patience.line();
    }
    if (this.#heard) this.#patience.record();
    // A body in JSON says of itself when it is over.
    if (inLines ? this.#decoder.finished && this.#heard : this.#kind === 'json') {
      this.#patience.finishing(this.#decoder.wentOn);
    }
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
