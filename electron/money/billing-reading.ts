import { type Failure, FailureError } from '../../shared/errors';
import type { ConnectionId } from '../../shared/ids';
import { askBillingPage, type BilledCall, type BillingPage } from '../provider/billing-history';
import { billingWait } from '../provider/billing-wait';
import type { Endpoint } from '../provider/http';
import type { Store } from '../store/client';
import type { UnfinishedImport } from '../store/queries/billing';

/** Entries a page: the history of a heavy day in one question. */
const PAGE = 100;

export interface ReadingParts {
  readonly store: Store;
  readonly connectionId: ConnectionId;
  readonly endpoint: Endpoint;
  readonly signal: AbortSignal;
  /** Waits, or returns early when the signal says so. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** So many entries are new by now. */
  readonly read: (entries: number) => void;
  /** The server wants so many milliseconds; null: it answers again. */
  readonly waits: (ms: number | null) => void;
}

/** A page and which of its calls are kept already. */
interface Seen {
  readonly page: BillingPage;
  readonly known: ReadonlyMap<string, { readonly finished: boolean }>;
}

/**
 * Reads the history of a connection from its newest entry to what a finished import has, or to its end.
 *
 * An import that was stopped has entries from some place on: those that came above them since are read first
 * and kept together, so that no gap is left behind, and then what is below. While pages are read, new
 * entries push the others on, so that some come twice; those are kept once.
 */
export class BillingReading {
  readonly #parts: ReadingParts;
  readonly #import: UnfinishedImport;
  #new = 0;
  /** The last page that was asked for, by what is in it. */
  #last = { offset: -1, print: '' };

  constructor(parts: ReadingParts, unfinished: UnfinishedImport) {
    this.#parts = parts;
    this.#import = unfinished;
    this.#new = unfinished.entries;
  }

  /** Throws a `FailureError`; what is kept by then is whole from the newest entry on. */
  async toItsEnd(): Promise<void> {
    const offset = this.#import.entries === 0 ? 0 : await this.#above();
    if (offset !== null) await this.#below(offset);
  }

  /** Reads what is above an import that goes on. Where to read on; null when all is read. */
  async #above(): Promise<number | null> {
    const fresh: BilledCall[] = [];
    let skipped = 0;
    for (let offset = 0; ; ) {
      const seen = await this.#ask(offset);
      const { page } = seen;
      const met = page.calls.find(({ call }) => seen.known.has(call.remoteId));
      const before = met?.place ?? page.entries;
      fresh.push(...page.calls.filter(({ place }) => place < before).map(({ call }) => call));
      if (met) {
        await this.#keep(fresh, skipped);
        const isOld = seen.known.get(met.call.remoteId)?.finished === true;
        return isOld ? null : this.#bottom(offset + met.place);
      }
      skipped += page.skipped.length;
      offset += page.entries;
      if (page.isLast || page.entries === 0) {
        await this.#keep(fresh, skipped);
        return null;
      }
    }
  }

  /**
   * The place of the lowest page that begins with what the import has, which starts at `top`. It is where it
   * was unless entries came meanwhile, or went.
   */
  async #bottom(top: number): Promise<number> {
    let offset = top + Math.max(0, this.#import.entries - PAGE);
    while (offset > top) {
      const { page, known } = await this.#ask(offset);
      if (page.calls.some(({ call }) => known.get(call.remoteId)?.finished === false))
        return offset;
      offset = Math.max(top, offset - PAGE);
    }
    return offset;
  }

  async #below(from: number): Promise<void> {
    for (let offset = from; ; ) {
      const { page, known } = await this.#ask(offset);
      const fresh = page.calls.filter(({ call }) => !known.has(call.remoteId));
      const kept = page.calls.findLast(({ call }) => known.get(call.remoteId)?.finished === false);
      const lastKept = kept?.place ?? -1;
      await this.#keep(
        fresh.map(({ call }) => call),
        // What stands above an entry that this import has was counted with it.
        page.skipped.filter((place) => place > lastKept).length,
      );
      const last = page.calls.at(-1);
      const meetsOld = last !== undefined && known.get(last.call.remoteId)?.finished === true;
      if (meetsOld || page.isLast || page.entries === 0) return;
      offset += page.entries;
    }
  }

  async #keep(calls: readonly BilledCall[], skipped: number): Promise<void> {
    const { store, read } = this.#parts;
    if (calls.length === 0 && skipped === 0) return;
    this.#new += await store.write.addBilling(this.#import.id, calls, skipped);
    read(this.#new);
  }

  async #ask(offset: number): Promise<Seen> {
    const { store, connectionId } = this.#parts;
    const page = await this.#page(offset);
    this.#refuseSamePage(offset, page);
    const ids = page.calls.map(({ call }) => call.remoteId);
    const known = await store.read.knownBilling(connectionId, ids);
    return { page, known: new Map(known.map((one) => [one.remoteId, one])) };
  }

  /** A server that gives the same page wherever one asks would be asked without end. */
  #refuseSamePage(offset: number, { entries, print }: BillingPage): void {
    const isSame = entries > 0 && print === this.#last.print && offset !== this.#last.offset;
    if (isSame) throw new FailureError({ code: 'bad_stream', reason: 'not_an_api' });
    this.#last = { offset, print };
  }

  async #page(offset: number): Promise<BillingPage> {
    const { endpoint, signal, sleep, waits } = this.#parts;
    for (let asked = 1; ; asked += 1) {
      const answer = await askBillingPage(endpoint, offset, PAGE, signal);
      if (answer.ok) return answer.value;
      const wait = signal.aborted ? null : billingWait(answer.failure, asked);
      if (wait === null) throw new FailureError(answer.failure);
      waits(wait);
      await sleep(wait, signal);
      waits(null);
      if (signal.aborted) throw new FailureError(STOPPED);
    }
  }
}

const STOPPED: Failure = { code: 'stopped' };
