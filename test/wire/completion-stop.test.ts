import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Simulator, startSimulator } from '../../electron/simulator/simulator';
import { complete } from '../fixtures/completing';
import { inPieces, loopback, rawServer, saying } from '../fixtures/loopback';
import { SOON_MS } from '../fixtures/soon';

const STOPPED = { state: 'stopped', failure: null };

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({ pace: 'instant', seed: 1 });
});

afterAll(async () => {
  await simulator.close();
});

describe('stop', () => {
  it('sends nothing when it came first', async () => {
    const before = simulator.log.length;
    const signal = AbortSignal.abort();
    const { end, events } = await complete(simulator, 'sim-fast', { signal });
    expect(end).toEqual({ ...STOPPED, unsent: true });
    expect(events).toEqual([]);
    expect(simulator.log).toHaveLength(before);
  });

  it('says that nothing left while a connection is waited for', async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 100);
    // It takes the connection and never says a word of TLS.
    const { baseUrl } = await rawServer(() => undefined);
    const secure = { baseUrl: baseUrl.replace('http:', 'https:') };
    const { end } = await complete(secure, 'm', { signal: stop.signal });
    expect(end).toEqual({ ...STOPPED, unsent: true });
  });

  it('leaves while headers are waited for', async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 100);
    const { end, tookMs } = await complete(simulator, 'sim-stall-start', { signal: stop.signal });
    expect(end).toEqual(STOPPED);
    expect(tookMs).toBeLessThan(SOON_MS);
    await expect.poll(() => simulator.log.at(-1)?.clientLeft).toBe(true);
  });

  it('leaves in the middle of an answer and keeps what came', async () => {
    const stop = new AbortController();
    let stoppedAt = 0;
    const { end, text } = await complete(simulator, 'sim-endless', {
      signal: stop.signal,
      onText: (soFar) => {
        if (soFar.length < 200 || stoppedAt > 0) return;
        stoppedAt = performance.now();
        stop.abort();
      },
    });
    expect(performance.now() - stoppedAt).toBeLessThan(SOON_MS);
    expect(end).toEqual(STOPPED);
    expect(text.length).toBeGreaterThanOrEqual(200);
    await expect.poll(() => simulator.log.at(-1)?.clientLeft).toBe(true);
  });

  it('leaves an answer that fell silent', async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 300);
    const { end, text, tookMs } = await complete(simulator, 'sim-stall', { signal: stop.signal });
    expect(end).toEqual(STOPPED);
    expect(text.length).toBeGreaterThan(20);
    expect(tookMs).toBeLessThan(SOON_MS);
  });

  it('leaves an error body that does not end', async () => {
    const server = await loopback(inPieces({ pieces: ['{"err'], status: 500, after: 'open' }));
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 100);
    const { tookMs } = await complete(server, 'm', { signal: stop.signal });
    expect(tookMs).toBeLessThan(SOON_MS);
  });
});

describe('the end of an answer', () => {
  it('is not waited for longer than a moment after the finish reason', async () => {
    const pieces = [saying('a'), saying('', 'stop')];
    const server = await loopback(inPieces({ pieces, after: 'open' }));
    const { end, text, tookMs } = await complete(server, 'm');
    expect(end).toEqual({ state: 'complete', failure: null });
    expect(text).toBe('a');
    expect(tookMs).toBeLessThan(SOON_MS);
  });

  it('is not taken for it where a finish reason stands in every chunk', async () => {
    const server = await loopback(async (_, response) => {
      for (const piece of [saying('a', 'stop'), saying('b', 'stop')]) {
        response.write(piece);
        await new Promise((resolve) => setTimeout(resolve, 60));
      }
      await new Promise((resolve) => setTimeout(resolve, 2_000));
      response.end(`${saying('c', 'stop')}data: [DONE]\n\n`);
    });
    const { end, text } = await complete(server, 'm');
    expect(end).toEqual({ state: 'complete', failure: null });
    expect(text).toBe('abc');
  });

  it('comes at once with the end mark', async () => {
    const pieces = [saying('a'), 'data: [DONE]\n\n'];
    const server = await loopback(inPieces({ pieces, after: 'open' }));
    const { end, tookMs } = await complete(server, 'm');
    expect(end).toEqual({ state: 'complete', failure: null });
    expect(tookMs).toBeLessThan(SOON_MS);
  });

  it('waits for usage that follows in a read of its own, also when some came at the start', async () => {
    const usage = (cost: number) => `data: {"choices":[],"usage":{"cost":${cost}}}\n\n`;
    const server = await loopback(async (_, response) => {
      for (const piece of [usage(0), saying('a'), saying('', 'stop'), usage(0.5)]) {
        response.write(piece);
        await new Promise((resolve) => setTimeout(resolve, 60));
      }
    });
    const { end, view, tookMs } = await complete(server, 'm');
    expect(end.state).toBe('complete');
    expect(view.usage?.cost).toBe(500_000_000n);
    // The moment after a finish reason would be 1,500 ms more.
    expect(tookMs).toBeLessThan(1_500);
  });

  it('is complete when the connection breaks behind a finish reason', async () => {
    const pieces = [saying('a'), saying('', 'stop')];
    const { end } = await complete(await loopback(inPieces({ pieces, after: 'drop' })), 'm');
    expect(end).toEqual({ state: 'complete', failure: null });
  });

  it('has the last record though its line has no end, however the connection goes', async () => {
    const last = saying('b').trimEnd();
    const dropped = await loopback(inPieces({ pieces: [saying('a'), last], after: 'drop' }));
    expect(await complete(dropped, 'm')).toMatchObject({
      text: 'ab',
      end: { state: 'incomplete' },
    });
    const usage = 'data: {"choices":[],"usage":{"cost":0.5}}';
    const left = await loopback(inPieces({ pieces: [saying('a', 'stop'), usage], after: 'open' }));
    const { view } = await complete(left, 'm');
    expect(view.usage?.cost).toBe(500_000_000n);
    const cut = last.slice(0, -2);
    const half = await loopback(inPieces({ pieces: [saying('a'), cut], after: 'drop' }));
    expect(await complete(half, 'm')).toMatchObject({ text: 'a', end: { state: 'incomplete' } });
  });

  it.each([
    ['a stream', [saying('a'), 'data: {"error":{"message":"gone"}}\n\n'], 'drop'],
    ['a whole body', ['{"error":{"message":"gone"}}'], 'drop'],
  ] as const)(
    'is what an error in %s said, however the connection goes',
    async (_, pieces, after) => {
      const { end } = await complete(await loopback(inPieces({ pieces, after })), 'm');
      expect(end).toEqual({
        state: 'failed',
        failure: { code: 'provider_failed', detail: 'gone' },
      });
    },
  );

  it('of a body in JSON comes when it is whole, though it says nothing', async () => {
    const server = await loopback(inPieces({ pieces: ['{"choices":[]}'], after: 'open' }));
    const { end } = await complete(server, 'm');
    expect(end).toEqual({ state: 'failed', failure: { code: 'bad_stream', reason: 'empty' } });
  });

  it('without a word is complete when the model chose to say nothing', async () => {
    const server = await loopback(inPieces({ pieces: [saying('', 'stop')] }));
    expect((await complete(server, 'm')).end).toEqual({ state: 'complete', failure: null });
  });
});
