import { describe, expect, it } from 'vitest';
import { nano } from '../../shared/money';
import { complete, sockets } from '../fixtures/completing';
import { GUIDE_COMPLETION, GUIDE_STREAM, GUIDE_STREAM_PRINTED } from '../fixtures/guide-stream';
import { inPieces, loopback, saying } from '../fixtures/loopback';
import { SOON_MS } from '../fixtures/soon';

const COMPLETE = { state: 'complete', failure: null };

const STREAMED = {
  completionId: 'chatcmpl-fc2e9121675cd68b07b6d1eb5e2b11e8',
  servedModel: 'openai/gpt-4o',
  servedProvider: 'openrouter',
  choices: [{ parts: [{ kind: 'text', text: 'The sky', name: null }], finishReason: 'stop' }],
  usage: {
    promptTokens: 13,
    completionTokens: 100,
    totalTokens: 113,
    promptCharacters: 20,
    responseCharacters: 527,
    cost: nano(1_878_000n),
    latencyMs: 2831,
  },
};

describe("the guide's stream over a socket", () => {
  it.each([
    ['framed', GUIDE_STREAM],
    ['as printed', GUIDE_STREAM_PRINTED],
  ])('%s is read the same wherever it is cut', async (_, text) => {
    const bytes = Buffer.from(text);
    let at = 0;
    const server = await loopback((request, response) =>
      inPieces({ pieces: [bytes.subarray(0, at), bytes.subarray(at)] })(request, response),
    );
    const dispatcher = sockets();
    for (at = 0; at <= bytes.length; at += 97) {
      const { end, view } = await complete(server, 'gpt-4o', { dispatcher });
      expect(end).toEqual(COMPLETE);
      expect(view).toMatchObject(STREAMED);
    }
  });

  it('byte by byte is read the same', async () => {
    const pieces = Array.from(Buffer.from(GUIDE_STREAM), (byte) => Uint8Array.of(byte));
    const { end, view } = await complete(await loopback(inPieces({ pieces })), 'gpt-4o');
    expect(end).toEqual(COMPLETE);
    expect(view).toMatchObject(STREAMED);
  });

  it('loses no word behind half a byte order mark', async () => {
    const bytes = Buffer.from(`\uFEFF${saying('The')}${GUIDE_STREAM}`);
    const server = await loopback(async (_, response) => {
      response.write(bytes.subarray(0, 1));
      // Apart enough that they are read apart.
      await new Promise((resolve) => setTimeout(resolve, 50));
      response.end(bytes.subarray(1));
    });
    const { end, text } = await complete(server, 'gpt-4o');
    expect(end).toEqual(COMPLETE);
    expect(text).toBe('TheThe sky');
  });

  it('begins at the first word, not at the end', async () => {
    const [head = '', rest = ''] = GUIDE_STREAM.split(/(?<="The".*\n\n)/);
    let goOn: () => void = () => undefined;
    const server = await loopback((_, response) => {
      response.write(head);
      goOn = () => response.end(rest);
    });
    const seen: string[] = [];
    const { end } = await complete(server, 'gpt-4o', {
      onText: (text) => {
        seen.push(text);
        if (text === 'The') goOn();
      },
    });
    expect(end).toEqual(COMPLETE);
    expect(seen[0]).toBe('The');
  });
});

describe("the guide's unstreamed answer", () => {
  const whole = { completionId: 'chatcmpl-5fde5f7fffe8d6dc1f18aab4a138d4b7' };

  it.each([
    ['at once', [GUIDE_COMPLETION], 'application/json'],
    ['in pieces', GUIDE_COMPLETION.split(/(?=[\n"])/), 'application/json'],
    ['behind keep-alive white space', ['\n', '   \n', GUIDE_COMPLETION], 'application/json'],
    ['with a byte order mark', ['\uFEFF', GUIDE_COMPLETION], 'application/json'],
    [
      'with half a byte order mark',
      [Uint8Array.of(0xef), Uint8Array.of(0xbb, 0xbf), GUIDE_COMPLETION],
      'application/json',
    ],
    ['called an event stream', [GUIDE_COMPLETION], 'text/event-stream'],
  ])('%s is read whole', async (_, pieces, type) => {
    const server = await loopback(inPieces({ pieces, headers: { 'content-type': type } }));
    const { end, view, text } = await complete(server, 'gpt-4o');
    expect(end).toEqual(COMPLETE);
    expect(view).toMatchObject({
      ...whole,
      usage: { cost: nano(1_878_000n), responseCharacters: 474, latencyMs: 2727 },
      choices: [{ finishReason: 'stop' }],
    });
    expect(text).toMatch(/^The sky appears/);
  });

  it('is complete when it is whole, though the connection stays open', async () => {
    const server = await loopback(inPieces({ pieces: [GUIDE_COMPLETION], after: 'open' }));
    const { end, text, tookMs } = await complete(server, 'gpt-4o');
    expect(end).toEqual(COMPLETE);
    expect(text).toMatch(/^The sky appears/);
    expect(tookMs).toBeLessThan(SOON_MS);
  });

  it('is complete when it is whole, though the connection breaks then', async () => {
    const server = await loopback(inPieces({ pieces: [GUIDE_COMPLETION], after: 'drop' }));
    expect((await complete(server, 'gpt-4o')).end).toEqual(COMPLETE);
  });

  it('cut off is no answer', async () => {
    const pieces = [GUIDE_COMPLETION.slice(0, 700)];
    const { end, text } = await complete(await loopback(inPieces({ pieces })), 'gpt-4o');
    expect(end).toEqual({
      state: 'failed',
      failure: { code: 'bad_stream', reason: 'unreadable' },
    });
    expect(text).toBe('');
  });

  it.each([201, 202])('may have the status %i', async (status) => {
    const server = await loopback(inPieces({ pieces: [GUIDE_COMPLETION], status }));
    expect((await complete(server, 'gpt-4o')).end).toEqual(COMPLETE);
  });
});
