import { createServer } from 'node:https';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { Agent } from 'undici';
import { describe, expect, it, onTestFinished } from 'vitest';
import { complete, sockets } from '../fixtures/completing';
import { inPieces, listening, loopback, nobody, saying } from '../fixtures/loopback';
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

  it('that is empty is not sent', async () => {
    const server = await loopback(inPieces({ pieces: [saying('a', 'stop')] }));
    await complete({ ...server, key: '' }, 'm');
    expect(server.requests[0]?.headers.authorization).toBeUndefined();
  });

  it.each([301, 302, 303, 307, 308])('follows no redirect (%i)', async (status) => {
    const elsewhere = await loopback(inPieces({ pieces: [saying('stolen', 'stop')] }));
    const headers = { location: `${elsewhere.baseUrl}/chat/completions` };
    const server = await loopback(inPieces({ pieces: [], status, headers }));
    const { end, text } = await complete({ ...server, key: KEY }, 'm');
    expect(end).toEqual({
      state: 'failed',
      failure: { code: 'not_found', reason: 'redirected', status },
    });
    expect(text).toBe('');
    expect(server.requests).toHaveLength(1);
    expect(elsewhere.requests).toEqual([]);
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

  it('is not trusted with a certificate of its own', async () => {
    const { end } = await complete({ baseUrl: `https://${await secureServer()}/v1` }, 'm');
    expect(end).toMatchObject({
      state: 'failed',
      failure: { code: 'network', reason: 'tls_untrusted', detail: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
    });
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

  it.each(['gzip', 'br'])('and cut off keeps what came, with %s', async (encoding) => {
    const words = Array.from({ length: 3_000 }, (_, i) => saying(`${i * 7919} `)).join('');
    const bytes = encoding === 'br' ? brotliCompressSync(words) : gzipSync(words);
    const pieces = [bytes.subarray(0, bytes.length / 2)];
    const headers = { 'content-encoding': encoding };
    const { end, text } = await complete(await loopback(inPieces({ pieces, headers })), 'm');
    expect(end).toMatchObject({ state: 'incomplete', failure: { reason: 'closed' } });
    expect(text).toMatch(/^0 7919 /);
  });
});

describe('an answer without end', () => {
  it('in one line ends at the longest record, with the text kept', async () => {
    const server = await loopback((_, response) => {
      response.write(saying('kept'));
      response.write('data: {"choices":"');
      const more = Buffer.alloc(256 * 1024, 'x');
      const pump = () => {
        while (!response.destroyed && response.write(more));
        if (!response.destroyed) response.once('drain', pump);
      };
      pump();
    });
    const { end, text } = await complete(server, 'm');
    expect(end).toEqual({
      state: 'incomplete',
      failure: { code: 'bad_stream', reason: 'record_too_long' },
    });
    expect(text).toBe('kept');
  });

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

  it('in its headers is no answer', async () => {
    const headers = { 'x-long': 'x'.repeat(70_000) };
    const server = await loopback(inPieces({ pieces: [saying('a')], headers }));
    const { end } = await complete(server, 'm', { dispatcher: sockets() });
    expect(end).toMatchObject({ failure: { code: 'bad_stream', reason: 'not_http' } });
  });
});
