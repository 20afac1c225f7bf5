import type { SimulatorUsage } from './usage';

export type KeyCheck = 'ok' | 'missing' | 'wrong';

/** One request as the simulator saw it. Fields fill up while it is being answered. */
export interface SimulatorRequest {
  /** Counts from 1. */
  readonly number: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly method: string;
  /** With the query string. */
  readonly path: string;
  /** Lower-case names. Instead of a key stands whether it was right. */
  readonly headers: Readonly<Record<string, string>>;
  readonly key: KeyCheck;
  /** The parsed JSON body, the text of one that is no JSON, or undefined without one. */
  readonly body: unknown;
  /** Null until headers are sent. */
  readonly status: number | null;
  /** The usage as it was sent, summed up for a super query; null if none was. */
  readonly usage: SimulatorUsage | null;
  /** What the billing history says, whether or not the client was told. */
  readonly billed: SimulatorUsage | null;
  /** Bytes of the body, before compression. */
  readonly bytesSent: number;
  /** The client closed the connection before the answer was at its end. */
  readonly clientLeft: boolean;
  /** Nothing more will be sent. */
  readonly ended: boolean;
}

export type RequestEntry = { -readonly [K in keyof SimulatorRequest]: SimulatorRequest[K] };

/** The requests of a simulator, oldest first; beyond `limit` the oldest are forgotten. */
export class RequestLog {
  readonly entries: RequestEntry[] = [];
  private count = 0;

  constructor(private readonly limit: number) {}

  add(start: Pick<SimulatorRequest, 'method' | 'path' | 'headers' | 'key'>): RequestEntry {
    this.count += 1;
    const entry: RequestEntry = {
      ...start,
      number: this.count,
      at: Date.now(),
      body: undefined,
      status: null,
      usage: null,
      billed: null,
      bytesSent: 0,
      clientLeft: false,
      ended: false,
    };
    this.entries.push(entry);
    if (this.entries.length > this.limit) this.entries.shift();
    return entry;
  }
}
