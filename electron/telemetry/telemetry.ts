import { randomBytes } from 'node:crypto';
import { originOf } from '../../shared/base-url';
import type { FeedEvent } from '../../shared/contract/events';
import type {
  TelemetryChange,
  TelemetryReport,
  TelemetryState,
} from '../../shared/contract/telemetry';
import { MAX_HEADERS } from '../../shared/endpoint';
import { FailureError } from '../../shared/errors';
import type { StoredTelemetry } from '../store/queries/telemetry';
import { type Collector, collectorBase } from './collector';
import { Delivery, type DeliveryPace, type DeliveryParts } from './delivery';
import { NotTaken } from './problem';
import { Sender } from './sender';

/** What changes, with the values of headers opened. */
export type TelemetryChanges = Omit<TelemetryChange, 'setHeaders'> & {
  readonly setHeaders?: readonly { readonly name: string; readonly value: string }[];
};

export interface TelemetryParts
  extends Omit<DeliveryParts, 'pace' | 'timeoutMs'>,
    Partial<Pick<DeliveryParts, 'pace' | 'timeoutMs'>> {
  /** What happens from now on, until the signal aborts. */
  readonly follow: (signal: AbortSignal) => AsyncIterable<FeedEvent>;
}

const PACE: DeliveryPace = { collectMs: 5_000, firstRetryMs: 5_000, longestRetryMs: 900_000 };

const TIMEOUT_MS = 10_000;

/**
 * Tells the user's own collector of ended runs, while the user wants it. Off, it listens to nothing,
 * loads nothing and connects to nothing.
 */
export class Telemetry {
  readonly #parts: TelemetryParts & DeliveryParts;
  #delivery: Delivery | null = null;
  #listening: AbortController | null = null;
  #closed = false;

  constructor(parts: TelemetryParts) {
    this.#parts = { pace: PACE, timeoutMs: TIMEOUT_MS, ...parts };
  }

  /** Goes on with what waits since the last time, if it is on. */
  async start(): Promise<void> {
    this.#follow(await this.#parts.store.read.getTelemetry());
  }

  async state(): Promise<TelemetryState> {
    const { instance: _, headerNames, ...stored } = await this.#parts.store.read.getTelemetry();
    return {
      ...stored,
      headerNames: [...headerNames],
      trouble: this.#delivery?.trouble ?? null,
    };
  }

  /**
   * Saves what changed, and turns it on or off. Throws a `FailureError`: `invalid_input` with
   * `no_address` when there is nobody to tell, or `too_many_headers`; `no_key` with `new_address` when
   * values of headers that were for another server would go to this one, or `header_missing` when one
   * that stays cannot be read now.
   */
  async change({
    setHeaders,
    removeHeaders,
    allowWeak,
    ...changes
  }: TelemetryChanges): Promise<TelemetryState> {
    const { store, vault, changed } = this.#parts;
    const before = await store.read.getTelemetry();
    const endpoint =
      changes.endpoint === undefined ? before.endpoint : collectorBase(changes.endpoint);
    if ((changes.on ?? before.on) && endpoint === '') {
      throw new FailureError({ code: 'invalid_input', reason: 'no_address' });
    }
    const headers = this.#headersAfter(before, endpoint, setHeaders ?? [], removeHeaders ?? []);
    const first = before.endpoint === '' && endpoint !== '' && headers.names.length > 0;
    if (setHeaders?.length || removeHeaders?.length || first) {
      vault.saveCollectorHeaders(endpoint, headers.values, allowWeak);
      // They are for the server that they go to now, and for no later one.
      const moves = originOf(before.endpoint) !== originOf(endpoint);
      if (moves && vault.readCollectorHeaders(before.endpoint)) {
        vault.saveCollectorHeaders(before.endpoint, {});
      }
    }
    await store.write.changeTelemetry(
      {
        on: changes.on ?? before.on,
        name: changes.name ?? before.name,
        signals: changes.signals ?? before.signals,
        endpoint,
        headerNames: headers.names,
      },
      Date.now(),
    );
    this.#follow(await store.read.getTelemetry());
    changed();
    return this.state();
  }

  /** Sends something that counts for nothing. Throws `invalid_input` with `no_address` without one. */
  async test(): Promise<TelemetryReport> {
    const collector = collectorOf(await this.#parts.store.read.getTelemetry(), this.#parts.version);
    if (collector.endpoint === '') {
      throw new FailureError({ code: 'invalid_input', reason: 'no_address' });
    }
    const sender = new Sender(this.#parts, collector);
    const began = performance.now();
    const at = Date.now();
    try {
      if (collector.signals !== 'metrics') {
        await sender.sendTestSpan(randomBytes(16).toString('hex'), at);
      }
      if (collector.signals !== 'spans') await sender.sendTestMetric(at);
      this.#delivery?.hurry();
      return { ms: performance.now() - began, problem: null };
    } catch (error) {
      if (!(error instanceof NotTaken)) throw error;
      return { ms: performance.now() - began, problem: error.problem };
    } finally {
      sender.close();
    }
  }

  async sendEarlier(): Promise<TelemetryState> {
    await this.#parts.store.write.sendEarlierRuns();
    this.#delivery?.hurry();
    this.#parts.changed();
    return this.state();
  }

  async stopEarlier(): Promise<TelemetryState> {
    await this.#parts.store.write.stopEarlierRuns();
    this.#parts.changed();
    return this.state();
  }

  /** What is on its way is broken off; it is sent again the next time. */
  close(): void {
    this.#closed = true;
    this.#stop();
  }

  #follow(stored: StoredTelemetry): void {
    this.#stop();
    if (!stored.on || stored.endpoint === '' || this.#closed) return;
    this.#delivery = new Delivery(this.#parts, collectorOf(stored, this.#parts.version));
    this.#listening = new AbortController();
    void this.#listen(this.#delivery, this.#listening.signal);
  }

  #stop(): void {
    this.#listening?.abort();
    this.#delivery?.close();
    this.#delivery = null;
  }

  /** Runs end, and their costs become known. */
  async #listen(delivery: Delivery, signal: AbortSignal): Promise<void> {
    for await (const event of this.#parts.follow(signal)) {
      const matters =
        event.type === 'run.ended' ||
        (event.type === 'data.changed' && event.topics.includes('spending'));
      if (!matters) continue;
      delivery.wake();
      this.#parts.changed();
    }
  }

  /** All headers as they will be. Values that were given for one server never go to another. */
  #headersAfter(
    before: StoredTelemetry,
    endpoint: string,
    set: NonNullable<TelemetryChanges['setHeaders']>,
    remove: readonly string[],
  ): { readonly names: readonly string[]; readonly values: Readonly<Record<string, string>> } {
    const replaced = new Set([...set.map(({ name }) => name), ...remove].map(lower));
    const kept = before.headerNames.filter((name) => !replaced.has(name.toLowerCase()));
    const moves = before.endpoint !== '' && originOf(before.endpoint) !== originOf(endpoint);
    if (kept.length > 0 && moves && endpoint !== '') {
      throw new FailureError({ code: 'no_key', reason: 'new_address' });
    }
    const first = before.endpoint === '' && endpoint !== '';
    const changes = first || set.length > 0 || remove.length > 0;
    const names = [...kept, ...set.map(({ name }) => name)];
    if (names.length > MAX_HEADERS) {
      throw new FailureError({ code: 'invalid_input', reason: 'too_many_headers' });
    }
    const { vault } = this.#parts;
    const known = {
      ...(first ? vault.readCollectorHeaders(endpoint) : {}),
      ...vault.readCollectorHeaders(before.endpoint),
    };
    const lost = kept.find((name) => known[name] === undefined);
    if (changes && lost !== undefined) {
      throw new FailureError({ code: 'no_key', reason: 'header_missing', detail: lost });
    }
    const values = [
      ...kept.flatMap((name) => (known[name] === undefined ? [] : [[name, known[name]] as const])),
      ...set.map(({ name, value }) => [name, value] as const),
    ];
    return { names, values: Object.fromEntries(values) };
  }
}

function collectorOf(stored: StoredTelemetry, version: string): Collector {
  const { endpoint, signals, headerNames, instance, name } = stored;
  return {
    endpoint,
    signals,
    headerNames,
    resource: {
      'service.name': 'slice',
      'service.version': version,
      'service.instance.id': instance,
      ...(name === '' ? {} : { 'slice.desktop': name }),
    },
  };
}

function lower(text: string): string {
  return text.toLowerCase();
}
