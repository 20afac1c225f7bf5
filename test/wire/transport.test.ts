import { createServer } from 'node:https';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { Agent } from 'undici';
import { describe, expect, it, onTestFinished } from 'vitest';
import { complete, sockets } from '../fixtures/completing';
import { endless, inPieces, listening, loopback, nobody, saying } from '../fixtures/loopback';
import { selfSigned } from '../fixtures/self-signed';

const KEY = 'secret-key-of-the-user-42';

async function secureServer(): Promise<string> {
  const server = createServer(selfSigned(), (_, response) => void response.end());
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return listening(server);
}

describe('the key', () => {
  it('goes out as a bearer and in no other header', async () => {
    const server = await loopback(inPieces({ pieces: [saying('a', 'stop')] }));
    await complete({ ...server, key: KEY }, 'm');
    const { authorization, ...rest } = server.requests[0]?.headers ?? {};
    expect(authorization).toBe(`Bearer ${KEY}`);
    expect(JSON.stringify(rest)).not.toContain(KEY);
    expect(rest).toMatchObject({
      'accept-encoding': 'identity',
      'content-type': 'application/json',
    });
  });

  it.each([
    ['bearer', 'authorization', `Bearer ${KEY}`],
    ['raw', 'authorization', KEY],
    ['x-api-key', 'x-api-key', KEY],
    ['api-key', 'api-key', KEY],
  ] as const)('goes where the server wants it: %s', async (auth, name, value) => {
    const server = await loopback(inPieces({ pieces: [saying('a', 'stop')] }));
    await complete({ ...server, key: KEY }, 'm', { auth });
    const { [name]: sent, ...rest } = server.requests[0]?.headers ?? {};
    expect(sent).toBe(value);
    expect(JSON.stringify(rest)).not.toContain(KEY);
  });

  it('is followed by the headers that the user wants, which replace none of ours', async () => {
    const server = await loopback(inPieces({ pieces: [saying('a', 'stop')] }));
    const headers = {
      'X-Team': 'blue',
      'User-Agent': 'mine',
      'HTTP-Referer': 'https://slice.example',
      Accept: 'nothing',
      'Content-Type': 'text/plain',
      AUTHORIZATION: 'Bearer other',
      Host: 'elsewhere.example',
      'Content-Length': '1',
      'Transfer-Encoding': 'chunked',
      'X-Api-Key': 'other',
      'bad name': 'x',
    };
    const { end } = await complete({ ...server, key: KEY }, 'm', { headers, auth: 'x-api-key' });
    expect(end.state).toBe('complete');
    const sent = server.requests[0]?.headers;
    expect(sent).toMatchObject({
      'x-team': 'blue',
      'user-agent': 'mine',
      'http-referer': 'https://slice.example',
      accept: 'application/json, text/event-stream',
      'content-type': 'application/json',
      host: new URL(server.baseUrl).host,
      'x-api-key': KEY,
    });
    expect(sent?.authorization).toBeUndefined();
    expect(sent?.['transfer-encoding']).toBeUndefined();
  });

  it.each([
    ['a refusal', 400, '{"error":{"message":"no team blue-secret-7"}}'],
    ['a stream', 200, 'data: {"error":{"message":"no team blue-secret-7"}}\n\n'],
  ])('and the values of those headers are cut out of %s', async (_, status, body) => {
    const server = await loopback(inPieces({ pieces: [body], status }));
    const headers = { 'x-team': 'blue-secret-7' };
    const { end, events } = await complete(server, 'm', { headers });
    expect(end.failure?.detail).toBe('no team •••');
    expect(JSON.stringify({ end, events })).not.toContain('blue-secret-7');
  });

  it('is not sent along with a header that cannot be sent', async () => {
    const server = await loopback(inPieces({ pieces: [] }));
    const { end } = await complete({ ...server, key: KEY }, 'm', { headers: { 'x-a': 'b\nc' } });
    expect(end).toMatchObject({
      state: 'failed',
      failure: { code: 'invalid_input', reason: 'unsendable' },
    });
    expect(server.requests).toEqual([]);
  });

  it('that is empty is not sent', async () => {
    const server = await loopback(inPieces({ pieces: [saying('a', 'stop')] }));
    await complete({ ...server, key: '' }, 'm');
    expect(server.requests[0]?.headers.authorization).toBeUndefined();
  });

  it.each([
    ['JSON', 401, `{"error":{"message":"Incorrect API key: ${KEY}"}}`],
    ['plain words', 403, `the key ${KEY} is blocked`],
    ['a stream', 200, `data: {"error":{"message":"${KEY} is used up"}}\n\n`],
    ['an error field', 200, `error: ${KEY} is used up\n\n`],
    ['a body under 200', 200, `{"error":"${KEY} is used up"}`],
    ['an array', 200, `[{"error":"${KEY} is used up"}]`],
  ])('is cut out of what the server echoes in %s', async (_, status, body) => {
    const server = await loopback(inPieces({ pieces: [body], status }));
    const { end, events } = await complete({ ...server, key: KEY }, 'm');
    expect(end.state).toBe('failed');
    expect(end.failure?.detail).toContain('•••');
    expect(JSON.stringify({ end, events })).not.toContain(KEY);
  });
});

describe('what came', () => {
  it('is shown as it came: the head, and the bytes unpacked', async () => {
    const stream = saying('Grüße', 'stop');
    const headers = { 'content-encoding': 'gzip', 'x-request-id': 'r-1' };
    const server = await loopback(inPieces({ pieces: [gzipSync(stream)], headers, status: 203 }));
    const heads: unknown[] = [];
    const bytes: Buffer[] = [];
    await complete(server, 'm', {
      onResponse: (status, { 'x-request-id': id }) => heads.push([status, id]),
      onBytes: (piece) => bytes.push(piece),
    });
    expect(heads).toEqual([[203, 'r-1']]);
    expect(Buffer.concat(bytes).toString()).toBe(stream);
  });

  it('is shown of a refusal too', async () => {
    const body = '{"error":{"message":"no"}}';
    const bytes: Buffer[] = [];
    const heads: number[] = [];
    await complete(await loopback(inPieces({ pieces: [body], status: 418 })), 'm', {
      onResponse: (status) => heads.push(status),
      onBytes: (piece) => bytes.push(piece),
    });
    expect(heads).toEqual([418]);
    expect(Buffer.concat(bytes).toString()).toBe(body);
  });

  it('ends the request when whoever looks at it fails, and is not thrown', async () => {
    const server = await loopback(inPieces({ pieces: [saying('a', 'stop')] }));
    const { end } = await complete(server, 'm', {
      onBytes: () => {
        throw new Error('full');
      },
    });
    expect(end).toEqual({ state: 'failed', failure: { code: 'internal' } });
  });
});

describe('a connection', () => {
  it('is used again when an answer was complete, also with an end mark', async () => {
    const pieces = [saying('a', 'stop'), 'data: [DONE]\n\n'];
    const server = await loopback(inPieces({ pieces }));
    const dispatcher = sockets();
    for (let count = 0; count < 4; count++) await complete(server, 'm', { dispatcher });
    // The next request may begin before the last byte of the one before is read.
    expect(new Set(server.requests.map(({ socket }) => socket)).size).toBeLessThan(3);
  });

  it('is closed when an answer goes on behind its end mark', async () => {
    const server = await loopback((_, response) => {
      response.write(`${saying('a', 'stop')}data: [DONE]\n\n`);
      endless(response, ': more\n'.repeat(1000));
    });
    const { end } = await complete(server, 'm');
    expect(end.state).toBe('complete');
    const socket = server.requests[0]?.socket;
    await expect.poll(() => socket?.destroyed, { timeout: 3_000 }).toBe(true);
    // Not only when its time is up.
    expect(socket?.bytesWritten).toBeLessThan(16 * 1024 * 1024);
  });
});

describe('a server that cannot be reached', () => {
  it('is refused where nobody listens', async () => {
    const { end } = await complete({ baseUrl: await nobody() }, 'm');
    expect(end).toMatchObject({ state: 'failed', failure: { code: 'network', reason: 'refused' } });
  });

  it('is not found where the name leads nowhere', async () => {
    const dispatcher = new Agent({
      connect: {
        lookup: (host, _, found) =>
          found(Object.assign(new Error(`getaddrinfo ${host}`), { code: 'ENOTFOUND' }), []),
      },
    });
    onTestFinished(() => dispatcher.close());
    const { end } = await complete({ baseUrl: 'http://no.such.example/v1' }, 'm', { dispatcher });
    expect(end).toMatchObject({ state: 'failed', failure: { code: 'network', reason: 'dns' } });
  });

  it('has no secure connection when it speaks plainly', async () => {
    const { baseUrl } = await loopback(inPieces({ pieces: [] }));
    const { end } = await complete({ baseUrl: baseUrl.replace('http:', 'https:') }, 'm');
    expect(end).toMatchObject({ state: 'failed', failure: { code: 'network', reason: 'tls' } });
  });

  it('says so when it wants a secure connection and gets none', async () => {
    const { end } = await complete({ baseUrl: `http://${await secureServer()}/v1` }, 'm');
    expect(end.state).toBe('failed');
    expect(['reset', 'not_http']).toContain(end.failure?.reason);
  });

  it('may close before it answers', async () => {
    const server = await loopback((_, response) => void response.socket?.destroy());
    const { end } = await complete(server, 'm');
    expect(end).toMatchObject({ state: 'failed', failure: { code: 'network', reason: 'reset' } });
  });
});

describe('a body that is compressed though nobody asked', () => {
  const stream = saying('Grüße') + saying(' 🌍', 'stop');

  it.each([
    ['gzip', gzipSync(stream)],
    ['x-gzip', gzipSync(stream)],
    ['GZIP', gzipSync(stream)],
    ['deflate', deflateSync(stream)],
    ['br', brotliCompressSync(stream)],
    ['identity', Buffer.from(stream)],
    ['', Buffer.from(stream)],
  ])('with %s is read', async (encoding, bytes) => {
    const pieces = [bytes.subarray(0, 30), bytes.subarray(30)];
    const server = await loopback(inPieces({ pieces, headers: { 'content-encoding': encoding } }));
    const { end, text } = await complete(server, 'm');
    expect(end).toEqual({ state: 'complete', failure: null });
    expect(text).toBe('Grüße 🌍');
  });

  it('is read when it reports an error', async () => {
    const pieces = [gzipSync('{"error":{"message":"no","code":"invalid_api_key"}}')];
    const headers = { 'content-encoding': 'gzip' };
    const { end } = await complete(await loopback(inPieces({ pieces, headers, status: 400 })), 'm');
    expect(end.failure).toEqual({ code: 'key_rejected', detail: 'no', status: 400 });
  });

  it.each([
    ['gzip', 'no gzip at all'],
    ['br', 'no brotli at all'],
    ['zstd', 'x'],
    ['gzip, br', 'x'],
  ])('with %s that cannot be read ends in a clear error', async (encoding, body) => {
    const headers = { 'content-encoding': encoding };
    const { end } = await complete(await loopback(inPieces({ pieces: [body], headers })), 'm');
    expect(end).toMatchObject({
      state: 'failed',
      failure: { code: 'bad_stream', reason: 'encoding' },
    });
  });

  it.each([
    ['gzip', 'closed', undefined],
    ['gzip', 'reset', 'drop'],
    ['br', 'closed', undefined],
    ['br', 'reset', 'drop'],
  ] as const)('and cut off keeps what came, with %s and %s', async (encoding, reason, after) => {
    const words = Array.from({ length: 3_000 }, (_, i) => saying(`${i * 7919} `)).join('');
    const bytes = encoding === 'br' ? brotliCompressSync(words) : gzipSync(words);
    const pieces = [bytes.subarray(0, bytes.length / 2)];
    const headers = { 'content-encoding': encoding };
    const reply = { pieces, headers, ...(after && { after }) };
    const { end, text } = await complete(await loopback(inPieces(reply)), 'm');
    expect(end).toMatchObject({ state: 'incomplete', failure: { reason } });
    expect(text).toMatch(/^0 7919 /);
  });
});

describe('an answer without end', () => {
  it('ends at 64 MiB, counted unpacked, with the text kept', async () => {
    const silence = Buffer.from(`: ${'x'.repeat(1021)}\n`.repeat(65 * 1024));
    const pieces = [gzipSync(Buffer.concat([Buffer.from(saying('kept')), silence]), { level: 1 })];
    const headers = { 'content-encoding': 'gzip' };
    const { end, text } = await complete(await loopback(inPieces({ pieces, headers })), 'm');
    expect(end).toEqual({
      state: 'incomplete',
      failure: { code: 'bad_stream', reason: 'answer_too_long' },
    });
    expect(text).toBe('kept');
  });

  it('may be a body of white space', async () => {
    const { end } = await complete(await loopback(inPieces({ pieces: [' \n', '\r\n'] })), 'm');
    expect(end.failure).toEqual({ code: 'bad_stream', reason: 'empty' });
  });
});
