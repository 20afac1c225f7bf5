import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { checkKey, headersWithoutKey } from './access';
import type { FixedReply } from './behaviour';
import { BillingHistory } from './billing-history';
import { detailedModelList, modelList } from './catalogue-pages';
import type { ChatMemory } from './chat-plan';
import { answerChat } from './chat-route';
import { apiError, json } from './error-replies';
import { hexSource } from './hash';
import { ReplyWriter } from './reply-writer';
import { type RequestEntry, RequestLog, type SimulatorRequest } from './request-log';

export interface SimulatorOptions {
  /** The key it takes; a random one by default. */
  readonly key?: string;
  /** The port on 127.0.0.1; any free one by default. */
  readonly port?: number;
  /** `natural` (default) writes like a real model, `instant` without pauses, for tests. */
  readonly pace?: 'natural' | 'instant';
  /** Makes the ids of completions and bills the same in every run. */
  readonly seed?: number;
  /** How many requests are remembered in `log`; 1000 by default. */
  readonly logLimit?: number;
}

export interface Simulator {
  /** What a user would type as base URL: http://127.0.0.1:PORT/v1 */
  readonly baseUrl: string;
  readonly key: string;
  /** Every request seen, oldest first; entries fill up while they are answered. */
  readonly log: readonly SimulatorRequest[];
  /** What it would have sent a bill for. */
  readonly history: BillingHistory;
  /** Ends all connections at once, also those in the middle of an answer. */
  close(): Promise<void>;
}

const HOST = '127.0.0.1';
const LARGEST_BODY = 32 * 1024 * 1024;
const LOG_LIMIT = 1000;

/** Longer than any pause in a test, so that no kept connection closes just when it is used again. */
const KEEP_ALIVE_MS = 60_000;

/** The id of the example in the documentation of the billing history. */
const FIRST_SEEDED_BILL = 158_939;

type Page = (query: URLSearchParams) => FixedReply;

/**
 * Starts a server on this machine that speaks the wire format of the chat completions guide and
 * misbehaves on demand (`FAULTS`). It is the app's Demo connection and the peer of the tests.
 * Rejects if the port cannot be had.
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const { port = 0, pace = 'natural', seed } = options;
  const key = options.key ?? `sk-sim-${randomBytes(24).toString('hex')}`;
  const log = new RequestLog(options.logLimit ?? LOG_LIMIT);
  // Ids must not come again after a restart: the app keeps them, and matches bills by them.
  const history = new BillingHistory(seed === undefined ? Date.now() : FIRST_SEEDED_BILL);
  const servers: Server[] = [];
  let elsewhere: Promise<string> | undefined;

  const memory: ChatMemory = {
    pace,
    history,
    newId: hexSource(seed ?? randomBytes(4).readUInt32LE()),
    asked: new Map(),
    elsewhere: () => {
      elsewhere ??= listen(0).then((url) => `${url}/elsewhere`);
      return elsewhere;
    },
  };
  const pages: Readonly<Record<string, { page: Page; open: boolean }>> = {
    '/v1/models': { page: (query) => json(200, modelList(query)), open: true },
    '/v1/models/detailed': { page: (query) => json(200, detailedModelList(query)), open: true },
    '/v1/queries': { page: (query) => history.page(query), open: false },
  };

  async function listen(at: number): Promise<string> {
    const server = createServer((request, response) => {
      void answer(request, response);
    });
    server.keepAliveTimeout = KEEP_ALIVE_MS;
    servers.push(server);
    server.listen(at, HOST);
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port was assigned');
    return `http://${HOST}:${address.port}`;
  }

  let closing = false;
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const check = checkKey(request, key);
    const entry = log.add({
      method: request.method ?? '',
      path: request.url ?? '',
      headers: headersWithoutKey(request, check),
      key: check,
    });
    const gone = new AbortController();
    response.on('close', () => {
      if (!response.writableFinished && !entry.ended && !closing) entry.clientLeft = true;
      entry.ended = true;
      gone.abort();
    });
    const writer = new ReplyWriter(response, entry, gone.signal);
    try {
      await dispatch(request, entry, writer);
    } catch (error) {
      if (gone.signal.aborted) return;
      if (response.headersSent) response.destroy();
      else writer.fixed(apiError(500, String(error), 'server_error', { type: 'server_error' }));
    }
  }

  async function dispatch(
    request: IncomingMessage,
    entry: RequestEntry,
    writer: ReplyWriter,
  ): Promise<void> {
    const [path = '', search = ''] = entry.path.split('?');
    const route = path.replace(/\/+$/, '');
    const page = pages[route];
    const isChat = route === '/v1/chat/completions';
    if (!isChat && page === undefined) {
      writer.fixed(apiError(404, `Invalid URL (${entry.method} ${path})`, 'unknown_url'));
      return;
    }
    const allowed = isChat ? 'POST' : 'GET';
    if (entry.method !== allowed) {
      const message = `Not allowed to ${entry.method} on ${path}`;
      const headers = { allow: allowed };
      writer.fixed(apiError(405, message, 'method_not_allowed', { headers }));
      return;
    }
    const bytes = isChat ? await bodyOf(request) : null;
    if (bytes === 'too-large') {
      const headers = { connection: 'close' };
      writer.fixed(apiError(413, 'The body is too large', 'request_too_large', { headers }));
      return;
    }
    if (bytes !== null) entry.body = parsedOrText(bytes);
    if (entry.key !== 'ok' && !page?.open) {
      writer.fixed(entry.key === 'missing' ? KEY_MISSING : KEY_WRONG);
    } else if (isChat) {
      await answerChat(memory, entry, writer);
    } else if (page) {
      writer.fixed(page.page(new URLSearchParams(search)));
    }
  }

  const origin = await listen(port);
  return {
    baseUrl: `${origin}/v1`,
    key,
    log: log.entries,
    history,
    close: async () => {
      closing = true;
      await elsewhere?.catch(() => undefined);
      await Promise.all(servers.map(stop));
    },
  };
}

const KEY_WRONG = apiError(401, 'Incorrect API key provided', 'invalid_api_key');
const KEY_MISSING = apiError(
  401,
  "You didn't provide an API key. Use the header 'Authorization: Bearer YOUR_KEY'.",
  null,
);

async function stop(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}

async function bodyOf(request: IncomingMessage): Promise<Buffer | 'too-large'> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    // Read on to the end all the same: a client that is still sending would not read the reply.
    if (size <= LARGEST_BODY) chunks.push(bytes);
    else chunks.length = 0;
  }
  return size > LARGEST_BODY ? 'too-large' : Buffer.concat(chunks);
}

function parsedOrText(bytes: Buffer): unknown {
  const text = bytes.toString('utf8');
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
