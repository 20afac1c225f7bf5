import { createServer } from 'node:https';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { Dispatchers } from '../../electron/provider/dispatcher';
import { probeConnection, testConnection } from '../../electron/provider/probe';
import { type Simulator, startSimulator } from '../../electron/simulator/simulator';
import { connectionReport } from '../../shared/contract/connection';
import { DEFAULT_LIMITS } from '../../shared/endpoint';
import type { Profile } from '../../shared/profile';
import { authority } from '../fixtures/certificates';
import { endpointAt } from '../fixtures/completing';
import { inPieces, listening, loopback, nobody } from '../fixtures/loopback';
import { type Page, pages } from '../fixtures/pages';
import { httpProxy } from '../fixtures/proxies';
import { temporaryFile } from '../fixtures/temporary-file';

const KEY = 'secret-key-of-the-user-42';
const LIST = { object: 'list', data: [{ id: 'm' }, { id: 'n' }] };
const HISTORY = {
  items: [{ id: 1, username: 'ada', source_ip: '192.0.2.7' }],
  limit: 1,
  offset: 0,
};

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({ pace: 'instant', key: KEY });
});

afterAll(async () => {
  await simulator.close();
});

/** The report on a server, checked against the contract, without the key anywhere in it. */
async function report(profile: Profile, baseUrl: string, key = KEY) {
  const made = await testConnection(profile, endpointAt(baseUrl, { key }), null);
  expect(connectionReport.parse(made)).toEqual(made);
  expect(JSON.stringify(made)).not.toContain(KEY);
  return made;
}

const ALL_WELL = {
  failure: null,
  models: 2,
  latencyMs: expect.any(Number),
  proxy: null,
  certificate: null,
};

describe('the test of a connection to APIpie', () => {
  it('proves the key by the history, and costs nothing', async () => {
    const before = Date.now();
    const made = await report('apipie', simulator.baseUrl);
    expect(made).toMatchObject({ ...ALL_WELL, models: 15, key: 'accepted', credit: 'unknown' });
    expect(made.at).toBeGreaterThanOrEqual(before);
    expect(simulator.log.slice(-2).map(({ method, path }) => [method, path])).toEqual([
      ['GET', '/v1/models'],
      ['GET', '/v1/queries?limit=1&offset=0'],
    ]);
  });

  it('tells a wrong key, although the models are there', async () => {
    expect(await report('apipie', simulator.baseUrl, 'sk-wrong')).toMatchObject({
      failure: { code: 'key_rejected', status: 401 },
      key: 'rejected',
      models: 15,
    });
  });

  it('keeps nothing of the history', async () => {
    const { baseUrl } = await pages({
      '/v1/models': [200, LIST],
      '/v1/queries': [200, HISTORY],
    });
    const made = await report('apipie', baseUrl);
    expect(made).toEqual({
      ...ALL_WELL,
      at: expect.any(Number),
      key: 'accepted',
      credit: 'unknown',
    });
  });

  it.each<[string, readonly [number, unknown], object]>([
    [
      'no credit',
      [402, { code: 'ACCOUNT_ERROR', message: 'out of credit' }],
      { failure: { code: 'no_credit', status: 402 }, key: 'accepted', credit: 'none' },
    ],
    [
      'no credit, under 200',
      [200, { code: 'ACCOUNT_ERROR', message: 'out of credit' }],
      { failure: { code: 'no_credit' }, key: 'accepted', credit: 'none' },
    ],
    [
      'a wrong key, under 200',
      [200, { error: { message: `Incorrect API key: ${KEY}` } }],
      { failure: { code: 'key_rejected' }, key: 'rejected' },
    ],
    ['no history', [404, { error: 'x' }], { failure: null, key: 'unproven' }],
    ['a page for a history', [200, '<html></html>'], { failure: null, key: 'unproven' }],
    ['the same answer to everything', [200, LIST], { failure: null, key: 'unproven' }],
    [
      'a history that fails',
      [500, { error: { message: 'oh' } }],
      { failure: { code: 'provider_failed', status: 500 }, key: 'unknown' },
    ],
    [
      'too many questions',
      [429, { error: { message: 'slow down' } }],
      { failure: { code: 'rate_limited', status: 429 }, key: 'unknown' },
    ],
  ])('tells %s', async (_, history, expected) => {
    const { baseUrl } = await pages({ '/v1/models': [200, LIST], '/v1/queries': history });
    expect(await report('apipie', baseUrl)).toMatchObject({ models: 2, ...expected });
  });

  it('tells no credit also where the list has it', async () => {
    const { baseUrl } = await pages({ '/v1/models': [402, { code: 'ACCOUNT_ERROR' }] });
    expect(await report('apipie', baseUrl)).toMatchObject({
      failure: { code: 'no_credit', status: 402 },
      key: 'accepted',
      credit: 'none',
      models: null,
    });
  });

  it('asks for a key that is missing', async () => {
    expect(await report('apipie', simulator.baseUrl, '')).toMatchObject({
      failure: { code: 'no_key' },
      key: 'unknown',
    });
  });
});

describe('the test of a connection to OpenRouter', () => {
  it.each<[unknown, object]>([
    [null, { failure: null, credit: 'unknown' }],
    [12.5, { failure: null, credit: 'some' }],
    ['0.01', { failure: null, credit: 'some' }],
    [0, { failure: { code: 'no_credit' }, credit: 'none' }],
    [-0.2, { failure: { code: 'no_credit' }, credit: 'none' }],
    ['soon', { failure: null, credit: 'unknown' }],
  ])('with %j left of the limit tells the credit', async (limit_remaining, expected) => {
    const { baseUrl } = await pages({
      '/api/v1/models': [200, LIST],
      '/api/v1/key': { body: { data: { limit_remaining, usage: 1 } }, locked: true },
    });
    const made = await report('openrouter', baseUrl.replace('/v1', '/api/v1'));
    expect(made).toMatchObject({ key: 'accepted', models: 2, ...expected });
  });
});

describe('the test of a connection to another server', () => {
  it('proves the key by the list that is refused without it', async () => {
    const { baseUrl, requests } = await pages({ '/v1/models': { body: LIST, locked: true } });
    for (const profile of ['openai', 'mistral', 'azure', 'vllm', 'other'] as const) {
      expect(await report(profile, baseUrl)).toMatchObject({ ...ALL_WELL, key: 'accepted' });
    }
    expect(requests.slice(0, 2).map(({ headers }) => headers.authorization)).toEqual([
      `Bearer ${KEY}`,
      undefined,
    ]);
  });

  it('does not take a list that is shown to anybody for a proof', async () => {
    const { baseUrl } = await pages({ '/v1/models': [200, LIST] });
    expect(await report('openai', baseUrl)).toMatchObject({ ...ALL_WELL, key: 'unproven' });
  });

  it('needs no key where nobody asks for one', async () => {
    const { baseUrl } = await pages({ '/v1/models': [200, { object: 'list', data: null }] });
    expect(await report('ollama', baseUrl, '')).toMatchObject({
      ...ALL_WELL,
      models: 0,
      key: 'not_needed',
    });
  });

  it('asks for a key where the server does', async () => {
    const { baseUrl } = await pages({ '/v1/models': { body: LIST, locked: true } });
    expect(await report('other', baseUrl, '')).toMatchObject({
      failure: { code: 'no_key', status: 401 },
      key: 'unknown',
    });
  });

  it.each<[string, Page, object]>([
    ['a wrong key', { status: 401, body: { error: 'no' } }, { code: 'key_rejected', status: 401 }],
    ['a server that fails', { status: 503, body: '<html>' }, { code: 'provider_failed' }],
    [
      'an error under 200',
      { body: { error: { message: 'The cluster is asleep.' } } },
      { code: 'bad_stream', reason: 'answers_error', detail: 'The cluster is asleep.' },
    ],
    [
      'LM Studio on a wrong path',
      { body: { error: 'Unexpected endpoint or method. (GET /models)' } },
      { code: 'bad_stream', reason: 'not_an_api' },
    ],
    ['a page', { body: '<html></html>' }, { code: 'bad_stream', reason: 'not_an_api' }],
    ['a list of nothing', { body: {} }, { code: 'bad_stream', reason: 'not_an_api' }],
    [
      'no GET',
      { status: 405, body: '' },
      { code: 'bad_stream', reason: 'not_an_api', status: 405 },
    ],
  ])('tells %s', async (_, page, failure) => {
    const { baseUrl } = await pages({ '/v1/models': page });
    expect(await report('openai', baseUrl)).toMatchObject({ failure, models: null });
  });

  it.each([
    [400, '•••'],
    [302, 'https://other.example/•••'],
  ])('does not show what the extra headers hold, with %i', async (status, detail) => {
    const { baseUrl } = await loopback((request, response) => {
      const team = String(request.headers['x-team']);
      response.writeHead(status, { location: `https://other.example/${team}` });
      response.end(JSON.stringify({ error: team }));
    });
    const endpoint = endpointAt(baseUrl, { key: KEY, headers: { 'X-Team': 'blue-secret' } });
    expect((await testConnection('other', endpoint, null)).failure?.detail).toBe(detail);
  });

  it('tells a redirection with where it leads, and does not follow it', async () => {
    const elsewhere = await pages({ '/v1/models': [200, LIST] });
    const headers = { location: `${elsewhere.baseUrl}/models?key=${KEY}` };
    const { baseUrl } = await loopback(inPieces({ pieces: [], status: 308, headers }));
    expect((await report('openai', baseUrl)).failure).toEqual({
      code: 'bad_stream',
      reason: 'redirected',
      status: 308,
      detail: `${elsewhere.baseUrl}/models`,
    });
    expect(elsewhere.requests).toEqual([]);
  });
});

describe('an address with a slip at its end', () => {
  const at = (baseUrl: string, path: string) => baseUrl.replace(/\/v1$/, path);
  const other = (detail: string) => ({ code: 'bad_stream', reason: 'try_other_path', detail });

  it.each<[string, string, string, Page]>([
    ['without its /v1', '/api', '/api/v1', { body: LIST }],
    ['with a /v1 too many', '/v1/v1', '/v1', { body: LIST }],
    ['with a /v1 where there is none', '/engine/v1', '/engine', { body: LIST }],
    ['without its /v1, where a key is asked for', '/api', '/api/v1', { body: LIST, locked: true }],
  ])('%s is told the right one', async (_, given, right, page) => {
    const { baseUrl, requests } = await pages({ [`${right}/models`]: page });
    const failure = other(at(baseUrl, right));
    expect((await report('openai', at(baseUrl, given))).failure).toMatchObject(failure);
    expect(await probeConnection('openai', endpointAt(at(baseUrl, given)))).toMatchObject({
      ok: false,
      failure,
    });
    const elsewhere = requests.filter(({ url }) => url === `${right}/models`);
    expect(elsewhere.length).toBeGreaterThan(0);
    expect(elsewhere.every(({ headers }) => headers.authorization === undefined)).toBe(true);
  });

  it.each<[string, string, Readonly<Record<string, Page>>]>([
    ['neither answers', '/api', {}],
    ['the other is a page', '/api', { '/api/v1/models': { body: '<html></html>' } }],
    ['it would be completed again', '/v1', { '/models': { body: LIST } }],
    [
      'everything asks for a key',
      '/api',
      {
        '/api/models': { status: 404, body: {}, locked: true },
        '/api/v1/models': { body: {}, locked: true },
      },
    ],
  ])('is told no other one when %s', async (_, given, served) => {
    const { baseUrl } = await pages(served);
    expect((await report('openai', at(baseUrl, given))).failure).toEqual({
      code: 'bad_stream',
      reason: 'not_an_api',
      status: 404,
    });
  });
});

describe('a server that cannot be reached', () => {
  it('is told by what is in the way', async () => {
    expect(await report('openai', await nobody())).toMatchObject({
      failure: { code: 'network', reason: 'refused' },
      key: 'unknown',
      latencyMs: null,
    });
  });

  it('is told when it is silent, before it answers or in the middle', async () => {
    const limits = { ...DEFAULT_LIMITS, headersMs: 1_000, idleMs: 1_000 };
    const silent = await loopback(() => undefined);
    const halting = await loopback(inPieces({ pieces: ['{"data":['], after: 'open' }));
    const made = await Promise.all(
      [silent, halting].map(({ baseUrl }) =>
        testConnection('openai', endpointAt(baseUrl, { limits }), null),
      ),
    );
    expect(made.map(({ failure }) => failure)).toEqual([
      { code: 'timeout', reason: 'headers' },
      { code: 'timeout', reason: 'idle' },
    ]);
  });

  it('can be given up', async () => {
    const { baseUrl } = await loopback(() => undefined);
    const signal = AbortSignal.timeout(50);
    const made = await testConnection('openai', endpointAt(baseUrl), null, signal);
    expect(made.failure).toEqual({ code: 'stopped' });
  });
});

describe('the way to a server', () => {
  it('is told: the proxy, and who vouches for the server', async () => {
    const root = authority('Our Company');
    const until = new Date('2031-02-03T04:05:06Z');
    const server = createServer(root.issue({ hosts: ['127.0.0.1'], until }), (_, response) => {
      response.end(JSON.stringify(LIST));
    });
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const proxy = await httpProxy({ credentials: 'me:secret' });
    const dispatchers = new Dispatchers({ systemProxy: async () => 'DIRECT', env: {} });
    onTestFinished(() => dispatchers.close());
    const baseUrl = `https://${await listening(server)}/v1`;
    const test = async (url: string, caFile: string | null) => {
      const way = await dispatchers.forServer(baseUrl, { proxy: { mode: 'url', url }, caFile });
      return testConnection('other', endpointAt(baseUrl, { ...way, key: '' }), way.proxy);
    };
    const caFile = temporaryFile(root.cert);
    expect(await test(`http://me:secret@${proxy.address}`, caFile)).toMatchObject({
      ...ALL_WELL,
      proxy: proxy.address,
      certificate: { issuer: 'Our Company', validUntil: until.getTime() },
    });
    expect(await test(`http://${proxy.address}`, caFile)).toMatchObject({
      failure: { code: 'network', reason: 'proxy_auth' },
      proxy: proxy.address,
      certificate: null,
    });
    expect(await test(`http://me:secret@${proxy.address}`, null)).toMatchObject({
      failure: { code: 'network', reason: 'tls_untrusted' },
      certificate: null,
    });
  });
});
