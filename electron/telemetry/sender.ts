import diagnostics from 'node:diagnostics_channel';
import { type IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { TelemetryProblem } from '../../shared/contract/telemetry';
import type { OwnAgent } from '../provider/agent';
import { askedWait } from '../provider/http';
import type { TelemetryBatch } from '../store/queries/telemetry-batch';
import type { Collector, CollectorVault } from './collector';
import type { Otlp } from './otlp';
import { NotTaken, reasonOfError, reasonOfStatus } from './problem';

export interface SenderParts {
  readonly vault: CollectorVault;
  readonly agentFor: (url: string) => Promise<OwnAgent>;
  readonly version: string;
  /** How long one request may take, those the exporter repeats by itself included, in milliseconds. */
  readonly timeoutMs: number;
}

/** What Node says of each answer to a request made through it. */
const ANSWERS = 'http.client.response.finish';

type Signal = TelemetryProblem['signal'];

/** The last answer of the collector. */
interface Answer {
  readonly status: number;
  readonly retryAfterMs: number | null;
}

/**
 * Sends to one collector. What went wrong is told in terms of ours: the exporters keep to themselves
 * with which status and for how long they were turned away, so that is heard of from Node.
 */
export class Sender {
  readonly #parts: SenderParts;
  readonly #collector: Collector;
  #ready: Promise<Otlp> | null = null;
  #own: OwnAgent | null = null;
  #answer: Answer | null = null;
  #closed = false;

  constructor(parts: SenderParts, collector: Collector) {
    this.#parts = parts;
    this.#collector = collector;
  }

  /** Throws `NotTaken`, as all of these do. */
  sendSpans(batch: TelemetryBatch): Promise<void> {
    return this.#send('spans', (otlp) => otlp.sendSpans(batch));
  }

  sendMetrics(batch: TelemetryBatch): Promise<void> {
    return this.#send('metrics', (otlp) => otlp.sendMetrics(batch));
  }

  sendTestSpan(traceId: string, at: number): Promise<void> {
    return this.#send('spans', (otlp) => otlp.sendTestSpan(traceId, at));
  }

  sendTestMetric(at: number): Promise<void> {
    return this.#send('metrics', (otlp) => otlp.sendTestMetric(at));
  }

  /** Breaks off what is on its way. */
  close(): void {
    this.#closed = true;
    diagnostics.unsubscribe(ANSWERS, this.#hear);
    this.#own?.close();
  }

  async #send(signal: Signal, work: (otlp: Otlp) => Promise<void>): Promise<void> {
    this.#answer = null;
    try {
      await work(await this.#open(signal));
    } catch (error) {
      if (error instanceof NotTaken) throw error;
      const { status = null, retryAfterMs: wait = null } = this.#answer ?? {};
      const refused = status !== null && status > 299;
      const reason = refused ? reasonOfStatus(status) : reasonOfError(error);
      throw new NotTaken({ reason, signal, status: refused ? status : null }, wait, error);
    }
  }

  /** Loads the exporters when there is first something for them. One that failed is tried again. */
  async #open(signal: Signal): Promise<Otlp> {
    const headers = this.#headers(signal);
    this.#ready ??= this.#make(headers);
    try {
      return await this.#ready;
    } catch (error) {
      this.#ready = null;
      throw error;
    }
  }

  async #make(headers: Readonly<Record<string, string>>): Promise<Otlp> {
    const { agentFor, timeoutMs, version } = this.#parts;
    const { endpoint, resource } = this.#collector;
    const [{ Otlp }, own] = await Promise.all([import('./otlp'), agentFor(endpoint)]);
    this.#own = own;
    if (this.#closed) own.close();
    else diagnostics.subscribe(ANSWERS, this.#hear);
    return new Otlp({ endpoint, headers, agent: own.agent, timeoutMs, resource, version });
  }

  #headers(signal: Signal): Readonly<Record<string, string>> {
    const { endpoint, headerNames: names } = this.#collector;
    if (names.length === 0) return {};
    const known = this.#parts.vault.readCollectorHeaders(endpoint) ?? {};
    const missing = names.some((name) => known[name] === undefined);
    if (missing) {
      throw new NotTaken({ reason: 'headers_unreadable', signal, status: null }, null, undefined);
    }
    return Object.fromEntries(names.map((name) => [name, known[name] ?? '']));
  }

  readonly #hear = (message: unknown): void => {
    if (!isExchange(message) || message.request.agent !== this.#own?.agent) return;
    const { statusCode, headers } = message.response;
    const wait = askedWait(headers, Date.now()) ?? null;
    this.#answer = { status: statusCode, retryAfterMs: wait };
  };
}

/** What Node tells of an answer, as far as it is of use here. */
interface Exchange {
  readonly request: { readonly agent?: unknown };
  readonly response: {
    readonly statusCode: number;
    readonly headers: IncomingHttpHeaders;
  };
}

function isExchange(message: unknown): message is Exchange {
  return (
    typeof message === 'object' &&
    message !== null &&
    'request' in message &&
    'response' in message &&
    message.response instanceof IncomingMessage
  );
}
