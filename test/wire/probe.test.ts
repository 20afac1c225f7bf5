import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Probe, probeConnection, probeModels } from '../../electron/provider/probe';
import { type Simulator, startSimulator } from '../../electron/simulator/simulator';
import type { Failure } from '../../shared/errors';
import { profile } from '../../shared/profile';
import { endpointAt } from '../fixtures/completing';
import { inPieces, loopback, nobody } from '../fixtures/loopback';
import { pages as server } from '../fixtures/pages';
import { SOON_MS } from '../fixtures/soon';

const KEY = 'secret-key-of-the-user-42';

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({ pace: 'instant', key: KEY });
});

afterAll(async () => {
  await simulator.close();
});

function endpoint(baseUrl: string, key = KEY) {
  return endpointAt(baseUrl, { key });
}

function failureOf(probe: Probe<unknown>): Failure | null {
  return probe.ok ? null : probe.failure;
}

const LIST = { object: 'list', data: [{ id: 'm' }] };

describe('a connection to APIpie', () => {
  it('is checked with its models and its key', async () => {
    const probe = await probeConnection('apipie', endpoint(simulator.baseUrl));
    expect(probe).toMatchObject({ ok: true, latencyMs: expect.any(Number) });
    if (probe.ok) expect(probe.value.map(({ id }) => id)).toContain('gpt-4o');
    expect(simulator.log.slice(-2).map(({ path }) => path)).toEqual([
      '/v1/models',
      '/v1/queries?limit=1&offset=0',
    ]);
  });

  it('does not take a wrong key, though the models need none', async () => {
    const wrong = endpoint(simulator.baseUrl, 'sk-wrong');
    expect(await probeModels(wrong)).toMatchObject({ ok: true });
    expect(failureOf(await probeConnection('apipie', wrong))).toMatchObject({
      code: 'key_rejected',
      status: 401,
    });
  });

  it.each([
    ['no credit', 402, { code: 'ACCOUNT_ERROR', message: 'out of credit' }],
    ['no history', 404, { error: 'x' }],
    ['a failing history', 500, 'x'],
  ])('takes a key with %s', async (_, status, body) => {
    const { baseUrl } = await server({ '/v1/models': [200, LIST], '/v1/queries': [status, body] });
    expect(await probeConnection('apipie', endpoint(baseUrl))).toMatchObject({ ok: true });
  });
});

describe('a connection to OpenRouter', () => {
  it('does not take a wrong key, though the models need none', async () => {
    const { baseUrl, requests } = await server({
      '/v1/models': [200, LIST],
      '/v1/key': [401, { error: { code: 401, message: `No auth for ${KEY}` } }],
    });
    const failure = failureOf(await probeConnection('openrouter', endpoint(baseUrl)));
    expect(failure).toMatchObject({ code: 'key_rejected', status: 401 });
    expect(JSON.stringify(failure)).not.toContain(KEY);
    expect(requests).toHaveLength(2);
  });

  it('takes a key that it knows', async () => {
    const { baseUrl } = await server({ '/v1/models': [200, LIST], '/v1/key': [200, { data: {} }] });
    expect(await probeConnection('openrouter', endpoint(baseUrl))).toMatchObject({ ok: true });
  });
});

describe('a connection to another server', () => {
  const others = profile.options.filter((name) => name !== 'apipie' && name !== 'openrouter');

  it.each(others)('of the profile %s is checked with its models alone', async (name) => {
    const { baseUrl, requests } = await server({ '/v1/models': [200, LIST] });
    expect(await probeConnection(name, endpoint(baseUrl))).toMatchObject({ ok: true });
    expect(requests.map(({ url }) => url)).toEqual(['/v1/models']);
    expect(requests[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
  });

  it('tells a wrong key from a wrong address', async () => {
    const { baseUrl } = await server({
      '/v1/models': [401, { error: { message: `Incorrect API key: ${KEY}` } }],
    });
    const failure = failureOf(await probeConnection('openai', endpoint(baseUrl)));
    expect(failure).toMatchObject({ code: 'key_rejected', status: 401 });
    expect(JSON.stringify(failure)).not.toContain(KEY);
  });
});

describe('an address that is no API', () => {
  it.each<[string, number, string]>([
    ['a page', 200, '<!DOCTYPE html><html></html>'],
    ['a page that is not there', 404, '<html>Not found</html>'],
    ['an API without this route', 404, '{"error":{"message":"Invalid URL"}}'],
    ['a page that takes no GET', 405, ''],
    ['plain words', 200, 'Ollama is running'],
    ['nothing', 204, ''],
    ['an empty body', 200, ''],
    ['a number', 200, '7'],
    ['an object without a list', 200, '{"status":"ok"}'],
    ['LM Studio on a wrong path', 200, '{"error":"Unexpected endpoint or method. (GET /models)"}'],
  ])('is seen: %s', async (_, status, body) => {
    const { baseUrl } = await loopback(inPieces({ pieces: [body], status }));
    expect(failureOf(await probeModels(endpoint(baseUrl)))).toMatchObject({
      code: 'bad_stream',
      reason: 'not_an_api',
    });
  });

  it('is not followed when it sends the key elsewhere', async () => {
    const elsewhere = await server({ '/v1/models': [200, LIST] });
    const headers = { location: `${elsewhere.baseUrl}/models` };
    const { baseUrl } = await loopback(inPieces({ pieces: [], status: 301, headers }));
    expect(failureOf(await probeModels(endpoint(baseUrl)))).toEqual({
      code: 'bad_stream',
      reason: 'redirected',
      status: 301,
      detail: headers.location,
    });
    expect(elsewhere.requests).toEqual([]);
  });

  it('is refused where nobody listens', async () => {
    expect(failureOf(await probeModels(endpoint(await nobody())))).toMatchObject({
      code: 'network',
      reason: 'refused',
    });
  });
});

describe('a check', () => {
  it('takes the lists of the servers we know', async () => {
    const lists: readonly unknown[] = [LIST, LIST.data, { data: [{ id: 'm', name: 'M' }] }];
    for (const list of lists) {
      const { baseUrl } = await server({ '/v1/models': [200, list] });
      const probe = await probeModels(endpoint(baseUrl));
      expect(probe.ok && probe.value.map(({ id }) => id)).toEqual(['m']);
    }
    const { baseUrl } = await server({ '/v1/models': [200, { data: null }] });
    expect(await probeModels(endpoint(baseUrl))).toMatchObject({ ok: true, value: [] });
  });

  it('reads a list that comes packed', async () => {
    const pieces = [gzipSync(JSON.stringify(LIST))];
    const headers = { 'content-encoding': 'gzip' };
    const { baseUrl } = await loopback(inPieces({ pieces, headers }));
    expect(await probeModels(endpoint(baseUrl))).toMatchObject({ ok: true });
  });

  it.each([
    [500, 'provider_failed'],
    [503, 'provider_failed'],
    [429, 'rate_limited'],
    [402, 'no_credit'],
  ])('says what a server with the status %i says', async (status, code) => {
    const { baseUrl } = await server({ '/v1/models': [status, '<html>busy</html>'] });
    expect(failureOf(await probeModels(endpoint(baseUrl)))).toEqual({ code, status });
  });

  it('can be given up', async () => {
    const { baseUrl } = await loopback(() => undefined);
    const signal = AbortSignal.timeout(100);
    const started = performance.now();
    expect(failureOf(await probeModels(endpoint(baseUrl), signal))).toEqual({ code: 'stopped' });
    expect(performance.now() - started).toBeLessThan(SOON_MS);
  });
});
