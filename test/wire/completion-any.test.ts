import { createServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type CompletionEnd, streamCompletion } from '../../electron/provider/completion';
import type { Endpoint } from '../../electron/provider/http';
import type { StreamEvent } from '../../shared/stream-event';
import { anyStream, cut, cuts, saidIn } from '../fixtures/any-stream';
import { complete, endpointAt, sockets } from '../fixtures/completing';
import { decode } from '../fixtures/decoding';
import fc from '../fixtures/fast-check';
import { inPieces, listening, loopback } from '../fixtures/loopback';

describe('any stream', () => {
  it('says what its server said, however it is cut', () => {
    fc.assert(
      fc.property(anyStream, cuts, ({ bytes, answers, said, totalTokens }, at) => {
        const { view } = decode(cut(bytes, at), { answers });
        expect(saidIn(view)).toEqual(said);
        expect(view.usage).toMatchObject({ totalTokens, cost: 500_000_000n });
        expect(view).toEqual(decode([bytes], { answers }).view);
      }),
    );
  });

  it('says the same over a socket, packed or not, and is complete', async () => {
    let answer = inPieces({ pieces: [] });
    const server = await loopback((request, response) => answer(request, response));
    const dispatcher = sockets();
    await fc.assert(
      fc.asyncProperty(
        anyStream,
        cuts,
        fc.boolean(),
        async ({ bytes, answers, said }, at, pack) => {
          const headers: Record<string, string> = pack ? { 'content-encoding': 'gzip' } : {};
          answer = inPieces({ pieces: cut(pack ? gzipSync(bytes) : bytes, at), headers });
          const { end, view } = await complete(server, 'm', { dispatcher, answers });
          expect(end).toEqual({ state: 'complete', failure: null });
          expect(saidIn(view)).toEqual(said);
          expect(view).toEqual(decode([bytes], { answers }).view);
        },
      ),
      { numRuns: 60 },
    );
  });
});

/** Follows a request to its end, and a moment longer: nothing may come behind the end. */
async function followed(endpoint: Endpoint): Promise<CompletionEnd> {
  const late: StreamEvent[] = [];
  let ended = false;
  const end = await streamCompletion(
    { endpoint, body: '{"stream":true}', answers: 1, signal: new AbortController().signal },
    (events) => {
      if (ended) late.push(...events);
    },
  );
  ended = true;
  await pause(1);
  expect(late).toEqual([]);
  return end;
}

function isAnEnd({ state, failure }: CompletionEnd): void {
  expect(['complete', 'incomplete', 'failed']).toContain(state);
  expect(failure === null).toBe(state === 'complete');
  expect(failure?.code).not.toBe('internal');
}

describe('garbage', () => {
  const garbage = fc.record({
    status: fc.constantFrom(200, 200, 200, 204, 206, 299, 307, 400, 401, 429, 500, 599),
    headers: fc.constantFrom<Record<string, string>>(
      {},
      { 'content-type': 'application/json' },
      { 'content-encoding': 'gzip' },
      { 'content-encoding': 'br' },
      { 'content-encoding': 'nonsense' },
      { 'retry-after': 'whenever' },
    ),
    pieces: fc.array(
      fc.oneof(
        fc.uint8Array({ maxLength: 40 }),
        fc.constantFrom(
          'data: ',
          'data: {"choices":[{"delta":{"content":"x"}}]}\n\n',
          '{"choices":',
          '[[[[',
          'error: {}\n\n',
          '<html>',
          '\n\n',
          'data: [DONE]\n\n',
          '{"error":{"message":null}}',
          'null',
        ),
      ),
      { maxLength: 6 },
    ),
    after: fc.constantFrom('drop' as const, undefined),
  });

  it('in a body ends in exactly one state and is never thrown', async () => {
    let answer = inPieces({ pieces: [] });
    const server = await loopback((request, response) => answer(request, response));
    const endpoint = endpointAt(server.baseUrl);
    await fc.assert(
      fc.asyncProperty(garbage, async ({ after, ...reply }) => {
        answer = inPieces({ ...reply, ...(after && { after }) });
        isAnEnd(await followed(endpoint));
      }),
      { numRuns: 150 },
    );
  });

  it('that was a stream once ends in exactly one state and is never thrown', async () => {
    let answer = inPieces({ pieces: [] });
    const server = await loopback((request, response) => answer(request, response));
    const endpoint = endpointAt(server.baseUrl);
    const damage = fc.array(fc.tuple(fc.nat(), fc.nat(30), fc.uint8Array({ maxLength: 6 })), {
      minLength: 1,
      maxLength: 5,
    });
    await fc.assert(
      fc.asyncProperty(anyStream, damage, cuts, async ({ bytes }, places, at) => {
        let damaged = bytes;
        for (const [place, length, instead] of places) {
          const from = place % damaged.length;
          const rest = damaged.subarray(from + length);
          damaged = Buffer.concat([damaged.subarray(0, from), instead, rest, Buffer.from(' ')]);
        }
        answer = inPieces({ pieces: cut(damaged, at) });
        isAnEnd(await followed(endpoint));
      }),
      { numRuns: 100 },
    );
  });

  it('on a bare socket ends in exactly one state and is never thrown', async () => {
    let pieces: readonly (string | Uint8Array)[] = [];
    const raw = createServer((socket: Socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => {
        for (const said of pieces) socket.write(said);
        socket.end();
      });
    });
    onTestFinished(() => void raw.close());
    const endpoint = endpointAt(`http://${await listening(raw)}/v1`, { dispatcher: sockets() });
    const bare = fc.array(
      fc.oneof(
        fc.uint8Array({ minLength: 1, maxLength: 30 }),
        fc.constantFrom(
          'HTTP/1.1 200 OK\r\n',
          'HTTP/1.1 100 Continue\r\n\r\n',
          'HTTP/1.1 102 Processing\r\n\r\n',
          'HTTP/1.1 500 No\r\n',
          'HTTP/1.1 204 Nothing\r\n\r\n',
          'transfer-encoding: chunked\r\n',
          'content-length: 12\r\n',
          'content-encoding: gzip\r\n',
          'connection: close\r\n',
          '\r\n',
          '5\r\ndata:\r\n',
          '0\r\n\r\n',
          'data: {"choices":[{"delta":{"content":"x"}}]}\n\n',
        ),
      ),
      { minLength: 1, maxLength: 8 },
    );
    await fc.assert(
      fc.asyncProperty(bare, async (said) => {
        pieces = said;
        isAnEnd(await followed(endpoint));
      }),
      { numRuns: 200 },
    );
  });
});
