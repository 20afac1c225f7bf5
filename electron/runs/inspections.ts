import type { Inspection, RequestPreview } from '../../shared/contract/run';
import type { RunId } from '../../shared/ids';
import type { ShownHeader } from '../provider/curl';
import { Gathered } from '../provider/gathered';
import { MASK, masked } from '../provider/mask';

/** How many requests are remembered. */
const MAX_RUNS = 30;

/** How much of one answer is remembered, in bytes. */
const MAX_BODY_BYTES = 2 * 1024 * 1024;

/** Headers whose values are nobody's business but the server's. */
const PRIVATE_HEADERS: ReadonlySet<string> = new Set(['set-cookie', 'authorization', 'cookie']);

/** What a request sent and got, while it runs and for a while after. Secrets are masked when it is read. */
export class RequestRecord {
  readonly #request: RequestPreview;
  readonly #secrets: readonly string[];
  #status: number | null = null;
  #headers: readonly ShownHeader[] = [];
  readonly #kept = new Gathered();
  #bytes = 0;

  /** `secrets` are taken out of whatever the server echoes. */
  constructor(request: RequestPreview, secrets: readonly string[]) {
    this.#request = request;
    this.#secrets = secrets;
  }

  response(status: number, headers: Readonly<Record<string, string | string[] | undefined>>): void {
    this.#status = status;
    this.#headers = Object.entries(headers).flatMap(([name, value]) =>
      [value ?? []]
        .flat()
        .map((one) => ({ name, value: PRIVATE_HEADERS.has(name.toLowerCase()) ? MASK : one })),
    );
  }

  bytes(bytes: Uint8Array): void {
    this.#bytes += bytes.length;
    const room = MAX_BODY_BYTES - this.#kept.length;
    if (room > 0) this.#kept.add(bytes.subarray(0, room));
  }

  read(): Inspection {
    const response =
      this.#status === null
        ? null
        : {
            status: this.#status,
            headers: this.#headers.map(({ name, value }) => ({ name, value: this.#masked(value) })),
            body: this.#masked(this.#kept.bytes().toString('utf8')),
            bytes: this.#bytes,
          };
    return { request: this.#request, response };
  }

  #masked(text: string): string {
    return masked(text, this.#secrets);
  }
}

/** The last requests of this run of the app, for *Inspect request*. Never on disk. */
export class Inspections {
  readonly #records = new Map<RunId, RequestRecord>();

  add(id: RunId, record: RequestRecord): void {
    this.#records.set(id, record);
    for (const oldest of this.#records.keys()) {
      if (this.#records.size <= MAX_RUNS) return;
      this.#records.delete(oldest);
    }
  }

  get(id: RunId): Inspection | null {
    return this.#records.get(id)?.read() ?? null;
  }
}
