import type { Failure } from '../../shared/errors';
import type { StreamEvent } from '../../shared/stream-event';
import { Answer, type CompletionEnd } from './answer';
import { failureOfRefusal, failureOfTransport, withoutSecrets } from './failure';
import { Gathered } from './gathered';
import { type AnswerHeaders, askedWait, type Endpoint, secretsOf } from './http';
import { Patience, type WaitedFor } from './patience';
import { type AnswerListener, Posting } from './posting';

export type { CompletionEnd } from './answer';

const MAX_REFUSAL_BYTES = 64 * 1024;

export interface CompletionRequest {
  readonly endpoint: Endpoint;
  /** The JSON body as it goes out. */
  readonly body: string;
  /** How many answers the body asks for (`n`). */
  readonly answers: number;
  readonly signal: AbortSignal;
  /** Called with the head of the answer. */
  readonly onResponse?: (status: number, headers: AnswerHeaders) => void;
  /** Called with the bytes of the body as they arrive, unpacked: a refusal's too. */
  readonly onBytes?: (bytes: Buffer) => void;
}

/**
 * Sends one completion request and hands its events to `sink`, in order, each batch being what one
 * read from the socket brought. Never throws: whatever happens ends in exactly one state.
 */
export async function streamCompletion(
  request: CompletionRequest,
  sink: (events: readonly StreamEvent[]) => void,
): Promise<CompletionEnd> {
  if (request.signal.aborted) return UNSENT;
  return new Promise((resolve) => {
    const exchange = new Exchange(request, sink, resolve);
    exchange.begin();
  });
}

const STOPPED: CompletionEnd = { state: 'stopped', failure: null };
const UNSENT: CompletionEnd = { ...STOPPED, unsent: true };

/** One request and what becomes of it. */
class Exchange implements AnswerListener {
  readonly #request: CompletionRequest;
  readonly #answer: Answer;
  readonly #patience: Patience;
  readonly #resolve: (end: CompletionEnd) => void;
  readonly #stop = () => this.#settle(this.#sent ? STOPPED : UNSENT);
  #posting: Posting | null = null;
  #sent = false;
  #over = false;
  /** Gathers the words of an answer that is a refusal by its status. */
  #refusal: Refusal | null = null;

  constructor(
    request: CompletionRequest,
    sink: (events: readonly StreamEvent[]) => void,
    resolve: (end: CompletionEnd) => void,
  ) {
    this.#request = request;
    this.#resolve = resolve;
    const { endpoint, answers, body } = request;
    this.#patience = new Patience(
      endpoint.limits,
      asksForStream(body),
      (waitedFor) => this.#givenUp(waitedFor),
      () => this.#guard(() => this.#settle(this.#answer.overdue())),
    );
    this.#answer = new Answer(sink, answers, endpoint, this.#patience);
  }

  begin(): void {
    const { endpoint, body, signal } = this.#request;
    signal.addEventListener('abort', this.#stop, { once: true });
    this.#posting = new Posting(endpoint, '/chat/completions', body, this);
  }

  onSent(): void {
    this.#sent = true;
    this.#patience.sent();
  }

  onHead(status: number, headers: AnswerHeaders): void {
    this.#guard(() => {
      this.#request.onResponse?.(status, headers);
      if (status < 300) {
        this.#patience.head();
        return;
      }
      const wait = askedWait(headers, Date.now());
      const refusal = { status, retryAfterMs: wait, said: new Gathered() };
      if (status < 400) {
        this.#settle(this.#refused(refusal));
        return;
      }
      this.#patience.refused();
      this.#refusal = refusal;
    });
  }

  onBytes(bytes: Buffer): void {
    this.#guard(() => {
      this.#request.onBytes?.(bytes);
      if (!this.#refusal) {
        this.#settle(this.#answer.take(bytes));
        return;
      }
      const { said } = this.#refusal;
      said.add(bytes.subarray(0, MAX_REFUSAL_BYTES - said.length));
      if (said.length === MAX_REFUSAL_BYTES) this.#settle(this.#refused(this.#refusal));
    });
  }

  onEnd(error?: unknown): void {
    this.#guard(() => {
      if (this.#refusal) this.#settle(this.#refused(this.#refusal));
      else if (error === undefined) this.#settle(this.#answer.ended());
      else this.#settle(this.#answer.brokenOff(failureOfTransport(error, this.#sent)));
    });
  }

  #givenUp(waitedFor: WaitedFor): void {
    this.#guard(() => {
      const cause: Failure = { code: 'timeout', reason: waitedFor };
      this.#settle(this.#refusal ? this.#refused(this.#refusal) : this.#answer.brokenOff(cause));
    });
  }

  #refused({ status, retryAfterMs: wait, said }: Refusal): CompletionEnd {
    const { endpoint } = this.#request;
    const failure = failureOfRefusal(said.text(), status, endpoint.key, wait);
    return { state: 'failed', failure: withoutSecrets(failure, secretsOf(endpoint)) };
  }

  /** Our own mistakes end a request too. */
  #guard(work: () => void): void {
    if (this.#over) return;
    try {
      work();
    } catch {
      this.#settle({ state: 'failed', failure: { code: 'internal' } });
    }
  }

  /** Once; null is no end. */
  #settle(end: CompletionEnd | null): void {
    if (this.#over || !end) return;
    this.#over = true;
    this.#patience.close();
    this.#request.signal.removeEventListener('abort', this.#stop);
    if (end.state === 'complete') this.#posting?.release();
    else this.#posting?.abandon();
    this.#resolve(end);
  }
}

interface Refusal {
  readonly status: number;
  readonly retryAfterMs: number | undefined;
  readonly said: Gathered;
}

/**
 * Whether the answer should come as a stream, going by what was asked. The body is not parsed, because
 * it can hold pictures; within a string of it the quotes would be escaped.
 */
function asksForStream(body: string): boolean {
  return /"stream"\s*:\s*true\b/.test(body);
}
