import {
  createServer,
  type IncomingMessage,
  request as requestFrom,
  type ServerResponse,
} from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';

/** How the proxy let go of a request. */
export type Ending =
  /** The server's answer is whole, apart from what was done to its bytes. */
  | 'whole'
  /** The body ends early, as if it were over. */
  | 'truncated'
  /** The connection is closed in the middle. */
  | 'cut'
  /** The same with a reset, which takes back what was not read yet. */
  | 'reset'
  /** What follows is not HTTP. */
  | 'garbled'
  /** The proxy itself said 503. */
  | 'turned_away'
  /** The app hung up first. */
  | 'left';

/** One request for a completion, and what the app got for it. */
export interface Delivery {
  readonly question: string;
  /** It went on to the server. */
  reached: boolean;
  /** What was written to the app, with the moment (ms since 1970). */
  readonly pieces: { readonly bytes: Buffer; readonly at: number }[];
  /** What was done to it, in words. */
  readonly done: string[];
  /** null while it is on its way. */
  ending: Ending | null;
  endedAt: number;
}

export interface FaultyProxy {
  readonly baseUrl: string;
  /** Every completion that was asked for, oldest first. */
  readonly log: readonly Delivery[];
  /** From now on nothing is done to new answers. */
  calm(): void;
  close(): Promise<void>;
}

/** About so long is an answer of the words server, in bytes: faults fall within it. */
const ANSWER_BYTES = 76_000;

/** Shorter than any limit of the app's, in milliseconds. */
const SHORTEST_STALL_MS = 200;
const LONGEST_STALL_MS = 2_500;

/** Each answer has up to so many stalls, repetitions and wrong bytes. */
const MOST_HARMS = 5;
const TURNED_AWAY = 0.06;
const BROKEN_OFF = 0.35;

const BREAKS = ['truncated', 'cut', 'reset', 'garbled'] as const;

type Harm =
  | { readonly kind: 'stall'; readonly ms: number }
  | { readonly kind: 'repeat' }
  | { readonly kind: 'corrupt'; readonly bit: number }
  | { readonly kind: 'break'; readonly how: (typeof BREAKS)[number] };

/** What is done to an answer when so many of its bytes have passed. */
type Plan = readonly (Harm & { readonly offset: number })[];

const body = z.looseObject({
  messages: z.array(z.looseObject({ role: z.string(), content: z.unknown() })),
});

/** Stands before a server and harms the answers on their way, as `random` says; it remembers what it gave. */
export async function startFaultyProxy(server: string, random: () => number): Promise<FaultyProxy> {
  const { origin } = new URL(server);
  const log: Delivery[] = [];
  let isCalm = false;
  const complete = async (asked: Buffer, incoming: IncomingMessage, response: ServerResponse) => {
    const { messages } = body.parse(JSON.parse(asked.toString()));
    const question = String(messages.findLast(({ role }) => role === 'user')?.content ?? '');
    const delivery: Delivery = {
      question,
      reached: false,
      pieces: [],
      done: [],
      ending: null,
      endedAt: 0,
    };
    log.push(delivery);
    const end = (ending: Ending) => {
      if (delivery.ending !== null) return;
      delivery.ending = ending;
      delivery.endedAt = Date.now();
    };
    const turnsAway = random() < TURNED_AWAY && !isCalm;
    const plan = planOf(random);
    if (turnsAway) {
      end('turned_away');
      response.writeHead(503, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error: { message: 'not now', code: 503 } }));
      return;
    }
    const answer = await ask(origin, incoming, asked);
    delivery.reached = true;
    response.once('close', () => {
      end('left');
      answer.destroy();
    });
    response.writeHead(answer.statusCode ?? 500, { 'content-type': 'text/event-stream' });
    await new Harmer(delivery, isCalm ? [] : plan, response, end).pass(answer);
  };
  const gate = createServer(async (incoming, response) => {
    const asked = await buffer(incoming);
    if (incoming.url === '/v1/chat/completions') {
      await complete(asked, incoming, response);
      return;
    }
    const answer = await ask(origin, incoming, asked);
    response.writeHead(answer.statusCode ?? 500, answer.headers);
    answer.pipe(response);
  });
  await new Promise<void>((resolve) => gate.listen(0, '127.0.0.1', resolve));
  const address = gate.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  return {
    baseUrl: `http://127.0.0.1:${address.port}/v1`,
    log,
    calm: () => {
      isCalm = true;
    },
    close: async () => {
      gate.closeAllConnections();
      await new Promise((resolve) => gate.close(resolve));
    },
  };
}

function ask(origin: string, { method, url, headers }: IncomingMessage, asked: Buffer) {
  return new Promise<IncomingMessage>((resolve, reject) => {
    const onward = requestFrom(`${origin}${url ?? '/'}`, { method, headers }, resolve);
    onward.once('error', reject);
    onward.end(asked);
  });
}

function planOf(random: () => number): Plan {
  const anywhere = () => 1 + Math.floor(random() * ANSWER_BYTES);
  const harms = Array.from({ length: Math.floor(random() * (MOST_HARMS + 1)) }, () => ({
    offset: anywhere(),
    ...harmOf(random),
  }));
  const how = BREAKS[Math.floor(random() * BREAKS.length)] ?? 'reset';
  const breaks = random() < BROKEN_OFF ? [{ offset: anywhere(), kind: 'break', how } as const] : [];
  return [...harms, ...breaks].sort((one, other) => one.offset - other.offset);
}

function harmOf(random: () => number): Harm {
  const which = random();
  if (which < 0.3) {
    const ms = SHORTEST_STALL_MS + random() * (LONGEST_STALL_MS - SHORTEST_STALL_MS);
    return { kind: 'stall', ms: Math.round(ms) };
  }
  return which < 0.6 ? { kind: 'repeat' } : { kind: 'corrupt', bit: 1 << Math.floor(random() * 8) };
}

/** Passes one answer on, with what its plan does to it. */
class Harmer {
  readonly #delivery: Delivery;
  readonly #plan: (Plan[number] | undefined)[];
  readonly #response: ServerResponse;
  readonly #end: (ending: Ending) => void;
  #passed = 0;

  constructor(
    delivery: Delivery,
    plan: Plan,
    response: ServerResponse,
    end: (ending: Ending) => void,
  ) {
    this.#delivery = delivery;
    this.#plan = [...plan];
    this.#response = response;
    this.#end = end;
  }

  async pass(answer: AsyncIterable<Buffer>): Promise<void> {
    try {
      for await (const chunk of answer) {
        if (await this.#chunk(Buffer.from(chunk))) return;
      }
    } catch {
      // The app hung up, and so did we.
      return;
    }
    // The app ends an answer at its end mark, which may be before we do.
    this.#end('whole');
    this.#response.end();
  }

  /** True when the answer is over. */
  async #chunk(chunk: Buffer): Promise<boolean> {
    let rest = chunk;
    let isRepeated = false;
    for (;;) {
      const next = this.#plan[0];
      const before = next ? next.offset - this.#passed : Number.POSITIVE_INFINITY;
      if (!next || before >= rest.length) break;
      this.#plan.shift();
      switch (next.kind) {
        case 'stall':
          this.#write(rest.subarray(0, before));
          rest = rest.subarray(before);
          this.#passed += before;
          this.#note(next, `${next.ms} ms`);
          await wait(next.ms);
          break;
        case 'repeat':
          // Words behind an end are nobody's.
          isRepeated = !chunk.includes('[DONE]');
          break;
        case 'corrupt':
          rest[before] = (rest[before] ?? 0) ^ next.bit;
          this.#note(next, `bit ${next.bit}`);
          break;
        case 'break':
          this.#write(rest.subarray(0, before));
          this.#note(next, next.how);
          this.#break(next.how);
          return true;
      }
    }
    this.#write(rest);
    this.#passed += rest.length;
    if (isRepeated) {
      this.#delivery.done.push(`repeated ${chunk.length} bytes at ${this.#passed}`);
      this.#write(chunk);
    }
    return this.#response.closed;
  }

  #note({ kind, offset }: Plan[number], more: string): void {
    this.#delivery.done.push(`${kind} ${more} at ${offset}`);
  }

  #write(bytes: Buffer): void {
    if (bytes.length === 0 || this.#response.closed) return;
    this.#delivery.pieces.push({ bytes: Buffer.from(bytes), at: Date.now() });
    this.#response.write(bytes);
  }

  #break(how: (typeof BREAKS)[number]): void {
    const { socket } = this.#response;
    if (!socket || this.#response.closed) return;
    this.#end(how);
    switch (how) {
      case 'truncated':
        this.#response.end();
        return;
      case 'cut':
        socket.end();
        return;
      case 'reset':
        socket.resetAndDestroy();
        return;
      case 'garbled':
        socket.end('this is not the size of a chunk\r\n');
        return;
    }
  }
}
