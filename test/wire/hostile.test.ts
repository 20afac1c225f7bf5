import { createServer } from 'node:https';
import { createGzip } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Failure } from '../../shared/errors';
import { type Completed, type CompleteOptions, complete } from '../fixtures/completing';
import { endless, listening, loopback, rawServer, saying, trickle } from '../fixtures/loopback';
import { selfSigned } from '../fixtures/self-signed';
import { SOON_MS } from '../fixtures/soon';

const MEBIBYTE = 1024 * 1024;

/** Short enough for a test, long enough that a slow machine keeps its promises. */
const WORDS = 'abcdefghijklmnopqrstuvwxyz';
const LIMITS = { headersMs: 250, idleMs: 250, wholeMs: 700 };

const HEAD = 'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n';
const CHUNKED_HEAD = `${HEAD}transfer-encoding: chunked\r\n\r\n`;

function inChunk(bytes: string): string {
  return `${bytes.length.toString(16)}\r\n${bytes}\r\n`;
}

function failed(failure: Failure): object {
  return { state: 'failed', failure };
}

function cutShort(failure: Partial<Failure>): object {
  return { state: 'incomplete', failure: expect.objectContaining(failure) };
}

/** One request, and how much memory it took at its worst, in MiB. */
async function measured(
  server: { readonly baseUrl: string },
  options: CompleteOptions = {},
): Promise<Completed & { readonly grownMiB: number }> {
  const before = process.memoryUsage().rss;
  let most = before;
  const timer = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 5);
  try {
    const completed = await complete(server, 'm', options);
    most = Math.max(most, process.memoryUsage().rss);
    return { ...completed, grownMiB: (most - before) / MEBIBYTE };
  } finally {
    clearInterval(timer);
  }
}

describe('a server that wastes time', () => {
  it('with a head that trickles is left after the time for heads', async () => {
    const server = await rawServer((socket) => {
      socket.write(`${HEAD}x-long: `);
      trickle(socket, 'x');
    });
    const { end, tookMs } = await complete(server, 'm', { limits: LIMITS });
    expect(end).toEqual(failed({ code: 'timeout', reason: 'headers' }));
    expect(tookMs).toBeLessThan(SOON_MS);
  });

  it('with one informational head after the other is left after the time for heads', async () => {
    const server = await rawServer((socket) => trickle(socket, 'HTTP/1.1 102 Processing\r\n\r\n'));
    const { end, tookMs } = await complete(server, 'm', { limits: LIMITS });
    expect(end).toEqual(failed({ code: 'timeout', reason: 'headers' }));
    expect(tookMs).toBeLessThan(SOON_MS);
  });

  it('with bytes that trickle within one line is left after the time for silence', async () => {
    const server = await loopback((_, response) => {
      response.write(`${saying('kept')}data: {"choices":[{"delta":{"content":"`);
      trickle(response, 'x');
    });
    const { end, text, tookMs } = await complete(server, 'm', { limits: LIMITS });
    expect(end).toEqual(cutShort({ code: 'incomplete', reason: 'idle' }));
    expect(text).toBe('kept');
    expect(tookMs).toBeLessThan(SOON_MS);
  });

  it('but says a word now and then is listened to', async () => {
    const server = await loopback((_, response) => {
      const words = [...WORDS];
      const next = () => {
        const word = words.shift();
        if (word === undefined) response.end('data: [DONE]\n\n');
        else setTimeout(next, 60, response.write(saying(word)));
      };
      next();
    });
    const limits = { headersMs: 1_000, idleMs: 1_000, wholeMs: 1_000 };
    const { end, text, tookMs } = await complete(server, 'm', { limits });
    expect(end.state).toBe('complete');
    expect(text).toBe(WORDS);
    expect(tookMs).toBeGreaterThan(limits.wholeMs);
  });

  it('with comments alone is alive, but not for ever', async () => {
    const server = await loopback((_, response) =>
      trickle(response, ': OPENROUTER PROCESSING\n\n'),
    );
    const { end, tookMs } = await complete(server, 'm', { limits: LIMITS });
    expect(end).toEqual(failed({ code: 'timeout', reason: 'whole' }));
    expect(tookMs).toBeGreaterThan(LIMITS.idleMs * 2);
    expect(tookMs).toBeLessThan(SOON_MS);
  });

  it('with comments behind the finish reason has a moment, not for ever', async () => {
    const server = await loopback((_, response) => {
      response.write(saying('a', 'stop'));
      trickle(response, ': ping\n\n');
    });
    const limits = { headersMs: 250, idleMs: 20_000, wholeMs: 20_000 };
    const { end, tookMs } = await complete(server, 'm', { limits });
    expect(end).toEqual({ state: 'complete', failure: null });
    expect(tookMs).toBeLessThan(SOON_MS);
  });

  it('with a body in JSON that trickles is left after the time for everything', async () => {
    const server = await loopback((_, response) => {
      response.write('{"choices":"');
      trickle(response, 'x');
    });
    const { end } = await complete(server, 'm', { limits: LIMITS });
    expect(end).toEqual(failed({ code: 'timeout', reason: 'whole' }));
  });

  it.each([
    ['its head', ''],
    ['its body', '{"choices":['],
  ])('may take its time for %s where the answer comes whole, and no longer', async (_, begun) => {
    const server = await loopback((request, response) => {
      if (begun !== '') response.write(begun);
      if (request.headers['x-late'] !== undefined) return;
      const rest = '{"choices":[{"message":{"content":"late"},"finish_reason":"stop"}]}';
      setTimeout(() => response.end(rest.slice(begun.length)), 450);
    });
    const whole = { body: { stream: false }, limits: { ...LIMITS, wholeMs: 3_000 } };
    const { end, text } = await complete(server, 'm', whole);
    expect(end).toEqual({ state: 'complete', failure: null });
    expect(text).toBe('late');
    const late = await complete(server, 'm', { ...whole, headers: { 'x-late': '1' } });
    expect(late.end).toEqual(failed({ code: 'timeout', reason: 'whole' }));
    expect(late.tookMs).toBeLessThan(SOON_MS);
  });

  it('with the words of a refusal is not waited for', async () => {
    const server = await loopback((_, response) => {
      response.writeHead(500);
      response.write('out of ');
      trickle(response, '\n');
    });
    const { end, tookMs } = await complete(server, 'm', {
      limits: { ...LIMITS, headersMs: 20_000 },
    });
    expect(end).toMatchObject({
      state: 'failed',
      failure: { code: 'provider_failed', status: 500, detail: 'out of' },
    });
    expect(tookMs).toBeLessThan(SOON_MS);
  });
});

describe('a server that wastes memory', () => {
  it('with a head without end is left', async () => {
    const server = await rawServer((socket) => {
      socket.write(HEAD);
      endless(socket, `x-more: ${'x'.repeat(1000)}\r\n`);
    });
    const { end, grownMiB } = await measured(server);
    expect(end).toEqual(failed({ code: 'bad_stream', reason: 'not_http' }));
    expect(grownMiB).toBeLessThan(64);
  });

  it('with a flood of informational heads is left', async () => {
    const server = await rawServer((socket) =>
      endless(socket, `HTTP/1.1 103 Early Hints\r\nlink: ${'x'.repeat(4000)}\r\n\r\n`),
    );
    const { end, grownMiB } = await measured(server, { limits: LIMITS });
    expect(end).toEqual(failed({ code: 'timeout', reason: 'headers' }));
    expect(grownMiB).toBeLessThan(128);
  });

  it('with a line without end is left at the longest record', async () => {
    const server = await loopback((_, response) => {
      response.write(`${saying('kept')}data: {"choices":"`);
      endless(response, Buffer.alloc(256 * 1024, 'x'));
    });
    const { end, text, grownMiB } = await measured(server);
    expect(end).toEqual({
      state: 'incomplete',
      failure: { code: 'bad_stream', reason: 'record_too_long' },
    });
    expect(text).toBe('kept');
    expect(grownMiB).toBeLessThan(160);
  });

  it('with a line without end in pieces of one byte is left at the longest record', async () => {
    const server = await rawServer((socket) => {
      socket.write(`${CHUNKED_HEAD}${inChunk(`${saying('kept')}data: `)}`);
      endless(socket, '1\r\nx\r\n'.repeat(8192));
    });
    const { end, text, grownMiB } = await measured(server);
    expect(end).toEqual({
      state: 'incomplete',
      failure: { code: 'bad_stream', reason: 'record_too_long' },
    });
    expect(text).toBe('kept');
    expect(grownMiB).toBeLessThan(128);
  }, 20_000);

  it('with JSON without end is left at 64 MiB', async () => {
    const server = await loopback((_, response) => {
      response.write('{"choices":"');
      endless(response, Buffer.alloc(256 * 1024, 'x'));
    });
    const { end, grownMiB } = await measured(server);
    expect(end).toEqual(failed({ code: 'bad_stream', reason: 'answer_too_long' }));
    expect(grownMiB).toBeLessThan(256);
  });

  it('with a bomb is left at 64 MiB, counted unpacked', async () => {
    const bomb = createGzip({ level: 9 });
    endless(bomb, Buffer.alloc(MEBIBYTE, ': x\n'));
    const server = await loopback((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      bomb.pipe(response);
    });
    onTestFinished(() => void bomb.destroy());
    const { end, grownMiB } = await measured(server);
    expect(end).toEqual(failed({ code: 'bad_stream', reason: 'answer_too_long' }));
    expect(grownMiB).toBeLessThan(200);
  });

  it('with the words of a refusal is cut off', async () => {
    const server = await loopback((_, response) => {
      response.writeHead(500);
      endless(response, 'sorry '.repeat(10_000));
    });
    const { end, grownMiB } = await measured(server);
    expect(end).toMatchObject({ state: 'failed', failure: { status: 500 } });
    expect(end.failure?.detail).toHaveLength(600);
    expect(grownMiB).toBeLessThan(64);
  });
});

describe('a server that is not one', () => {
  it.each([
    ['words', 'hello there\r\n\r\n'],
    ['another protocol', 'SSH-2.0-OpenSSH_9.6\r\n'],
    ['bytes', Buffer.from([0x16, 0x03, 0x01, 0, 0, 0xff, 0xfe])],
    ['a status that is none', 'HTTP/1.1 abc\r\n\r\n'],
  ])('and says %s does not speak HTTP', async (_, said) => {
    const server = await rawServer((socket) => void socket.end(said));
    const { end } = await complete(server, 'm');
    expect(end).toEqual(failed({ code: 'bad_stream', reason: 'not_http' }));
  });

  it.each([
    ['nothing', ''],
    ['half a line', 'HTTP/1.1 2'],
    ['a status line alone', 'HTTP/1.1 200 OK\r\n'],
    ['half a head', `${HEAD}x-half: `],
  ])('and closes after %s broke off', async (_, said) => {
    const server = await rawServer((socket) => void socket.end(said));
    const { end } = await complete(server, 'm');
    expect(end).toMatchObject({ state: 'failed', failure: { code: 'network', reason: 'reset' } });
  });

  it.each([
    ['before a head', '', ''],
    ['within the head', HEAD, ''],
    ['behind the head', CHUNKED_HEAD, ''],
    ['within a record', `${CHUNKED_HEAD}${inChunk(`${saying('kept')}data: {"cho`)}`, 'kept'],
    ['between records', `${CHUNKED_HEAD}${inChunk(saying('kept'))}`, 'kept'],
  ])('and resets the connection %s keeps what came', async (_, said, kept) => {
    const server = await rawServer((socket) => {
      socket.write(said, () => setTimeout(() => socket.resetAndDestroy(), 50));
    });
    const { end, text } = await complete(server, 'm');
    expect(end).toMatchObject(
      kept === ''
        ? { state: 'failed', failure: { code: 'network', reason: 'reset' } }
        : { state: 'incomplete', failure: { code: 'incomplete', reason: 'reset' } },
    );
    expect(text).toBe(kept);
  });

  it.each([
    ['a size that is none', 'zz\r\n'],
    ['a size beyond all numbers', `${'f'.repeat(40)}\r\n`],
    ['a chunk longer than it says', '2\r\nabcdef\r\n'],
  ])('and sends a chunk with %s keeps what came', async (_, garbage) => {
    const server = await rawServer((socket) => {
      socket.write(`${CHUNKED_HEAD}${inChunk(saying('kept'))}${garbage}`);
    });
    const { end, text } = await complete(server, 'm');
    expect(end).toEqual(cutShort({ code: 'incomplete', reason: 'not_http' }));
    expect(text).toBe('kept');
  });

  it('but closes the connection as HTTP/1.0 does is understood', async () => {
    const server = await rawServer((socket) => {
      socket.end(`HTTP/1.0 200 OK\r\n\r\n${saying('old', 'stop')}`);
    });
    const { end, text } = await complete(server, 'm');
    expect(end).toEqual({ state: 'complete', failure: null });
    expect(text).toBe('old');
  });

  it('and switches protocols is left', async () => {
    const server = await rawServer((socket) => {
      socket.write('HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n');
    });
    const { end } = await complete(server, 'm');
    expect(end).toMatchObject({ state: 'failed', failure: { code: 'network', reason: 'reset' } });
  });

  it('and vouches for itself gets no request', async () => {
    let requests = 0;
    const secure = createServer(selfSigned(), (_, response) => {
      requests += 1;
      response.end();
    });
    onTestFinished(() => {
      secure.closeAllConnections();
      secure.close();
    });
    const { end } = await complete({ baseUrl: `https://${await listening(secure)}/v1` }, 'm');
    expect(end).toMatchObject({
      state: 'failed',
      failure: { code: 'network', reason: 'tls_untrusted' },
    });
    expect(requests).toBe(0);
  });

  it.each([301, 302, 303, 307, 308])(
    'and sends us on (%i) does not have us follow',
    async (status) => {
      const elsewhere = await rawServer((socket) => void socket.end());
      const server = await loopback((_, response) => {
        response.writeHead(status, { location: `${elsewhere.baseUrl}/chat/completions` });
        response.end();
      });
      const { end } = await complete(server, 'm');
      expect(end).toEqual(failed({ code: 'not_found', reason: 'redirected', status }));
      expect(elsewhere.connections).toBe(0);
    },
  );
});
