import { createServer } from 'node:https';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Dispatchers, type DispatchersParts } from '../../electron/provider/dispatcher';
import type { ProxyChoice } from '../../shared/endpoint';
import { authority } from '../fixtures/certificates';
import { complete } from '../fixtures/completing';
import { inPieces, listening, loopback, nobody, saying } from '../fixtures/loopback';
import { httpProxy, type ProxyOfTest, socksProxy } from '../fixtures/proxies';
import { SOON_MS } from '../fixtures/soon';
import { temporaryFile } from '../fixtures/temporary-file';

const KEY = 'secret-key-of-the-user-42';
const HELLO = inPieces({ pieces: [saying('hello', 'stop'), 'data: [DONE]\n\n'] });

function dispatchers(parts: Partial<DispatchersParts> = {}): Dispatchers {
  const made = new Dispatchers({ systemProxy: async () => 'DIRECT', env: {}, ...parts });
  onTestFinished(() => made.close());
  return made;
}

/** A server with TLS whose certificate only a file of the user's vouches for. */
async function secureServer() {
  const root = authority('Proxy Test Authority');
  const keys: (string | undefined)[] = [];
  const server = createServer(root.issue({ hosts: ['127.0.0.1'] }), (request, response) => {
    keys.push(request.headers.authorization);
    request.resume().on('end', () => HELLO(request, response));
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const baseUrl = `https://${await listening(server)}/v1`;
  return { baseUrl, keys, root, caFile: temporaryFile(root.cert) };
}

/** Asks a server through a proxy that was chosen for it. */
async function through(
  url: string,
  baseUrl: string,
  caFile: string | null = null,
  made = dispatchers(),
) {
  const proxy: ProxyChoice = { mode: 'url', url };
  const way = await made.forServer(baseUrl, { proxy, caFile });
  return { ...(await complete({ baseUrl, key: KEY }, 'm', way)), proxy: way.proxy };
}

const COMPLETE = { state: 'complete', failure: null };

describe('a proxy', () => {
  it('tunnels to a server with TLS, and sees neither the key nor the conversation', async () => {
    const [server, proxy] = await Promise.all([secureServer(), httpProxy()]);
    const done = await through(`http://${proxy.address}`, server.baseUrl, server.caFile);
    expect(done).toMatchObject({ end: COMPLETE, text: 'hello', proxy: proxy.address });
    expect(proxy.asked).toEqual([`CONNECT ${new URL(server.baseUrl).host}`]);
    expect(server.keys).toEqual([`Bearer ${KEY}`]);
    expect(proxy.seen().length).toBeGreaterThan(300);
    expect(proxy.seen()).not.toContain('secret-key');
    expect(proxy.seen()).not.toContain('messages');
  });

  it('forwards to a server without TLS, as HTTP has it', async () => {
    const [server, proxy] = await Promise.all([loopback(HELLO), httpProxy()]);
    const done = await through(`http://${proxy.address}`, server.baseUrl);
    expect(done).toMatchObject({ end: COMPLETE, text: 'hello' });
    expect(proxy.asked).toEqual([`POST ${server.baseUrl}/chat/completions`]);
    expect(server.requests[0]?.headers).toMatchObject({
      host: new URL(server.baseUrl).host,
      authorization: `Bearer ${KEY}`,
    });
  });

  it('is told its own credentials, and the server is not', async () => {
    const manner = { credentials: 'me:p@ss' };
    const [plain, secure, proxy] = await Promise.all([
      loopback(HELLO),
      secureServer(),
      httpProxy(manner),
    ]);
    const url = `http://me:p%40ss@${proxy.address}`;
    expect(await through(url, plain.baseUrl)).toMatchObject({
      end: COMPLETE,
      proxy: proxy.address,
    });
    expect(await through(url, secure.baseUrl, secure.caFile)).toMatchObject({ end: COMPLETE });
    const basic = `Basic ${Buffer.from(manner.credentials).toString('base64')}`;
    expect(proxy.credentials).toEqual([basic, basic]);
    expect(JSON.stringify(plain.requests[0]?.rawHeaders)).not.toContain(basic);
    expect(proxy.seen()).not.toContain('p@ss');
  });

  it('can itself be spoken to with TLS', async () => {
    const server = await secureServer();
    const proxy = await httpProxy({ secure: server.root.issue({ hosts: ['127.0.0.1'] }) });
    const plain = await loopback(HELLO);
    const url = `https://${proxy.address}`;
    const [one, other] = [
      await through(url, server.baseUrl, server.caFile),
      await through(url, plain.baseUrl, server.caFile),
    ];
    expect([one.end, other.end]).toEqual([COMPLETE, COMPLETE]);
    expect(proxy.asked).toEqual([
      `CONNECT ${new URL(server.baseUrl).host}`,
      `POST ${plain.baseUrl}/chat/completions`,
    ]);
  });

  it('keeps its tunnel for the next request', async () => {
    const [server, proxy] = await Promise.all([secureServer(), httpProxy()]);
    const made = dispatchers();
    for (const _ of [1, 2, 3]) {
      const done = await through(`http://${proxy.address}`, server.baseUrl, server.caFile, made);
      expect(done.end).toEqual(COMPLETE);
    }
    expect(server.keys).toHaveLength(3);
    expect(proxy.asked).toHaveLength(1);
  });

  it('may speak SOCKS 5, with and without credentials', async () => {
    const [plain, secure] = await Promise.all([loopback(HELLO), secureServer()]);
    const open = await socksProxy();
    expect(await through(`socks5://${open.address}`, plain.baseUrl)).toMatchObject({
      end: COMPLETE,
    });
    const closed = await socksProxy({ credentials: 'me:secret' });
    const url = `socks5h://me:secret@${closed.address}`;
    const done = await through(url, secure.baseUrl, secure.caFile);
    expect(done).toMatchObject({ end: COMPLETE, text: 'hello', proxy: closed.address });
    expect(closed.credentials).toEqual(['me:secret']);
    expect(closed.asked).toEqual([`CONNECT ${new URL(secure.baseUrl).host}`]);
    expect(closed.seen()).not.toContain('secret-key');
    const named = plain.baseUrl.replace('127.0.0.1', 'localhost');
    await through(`socks5://${open.address}`, named);
    expect(open.asked).toEqual(
      [plain, { baseUrl: named }].map(({ baseUrl }) => `CONNECT ${new URL(baseUrl).host}`),
    );
  });
});

describe('a proxy that speaks SOCKS 5', () => {
  it.each([
    ['::1', '0:0:0:0:0:0:0:1'],
    ['fe80::8:1', 'fe80:0:0:0:0:0:8:1'],
    ['::ffff:127.0.0.1', '0:0:0:0:0:ffff:7f00:1'],
  ])('is told %s as an address and not as a name', async (host, groups) => {
    const proxy = await socksProxy();
    await through(`socks5://${proxy.address}`, `http://[${host}]:9/v1`);
    expect(proxy.asked).toEqual([`CONNECT [${groups}]:9`]);
  });
});

describe('a proxy that speaks SOCKS 5 slowly', () => {
  it('is heard out byte by byte, and keeps nothing else from its turn', async () => {
    const server = await loopback(HELLO);
    const proxy = await socksProxy({ credentials: 'me:secret', inBytes: true });
    const done = await through(`socks5://me:secret@${proxy.address}`, server.baseUrl);
    expect(done).toMatchObject({ end: COMPLETE, text: 'hello' });
  });
});

describe('a proxy that fails', () => {
  /** What a completion ends with, to a server with TLS and to one without. */
  async function failures(url: string) {
    const [secure, plain] = await Promise.all([secureServer(), loopback(HELLO)]);
    const made = dispatchers({ connectMs: 1_500 });
    const ends = [
      await through(url, secure.baseUrl, secure.caFile, made),
      await through(url, plain.baseUrl, null, made),
    ];
    expect(secure.keys).toEqual([]);
    expect(plain.requests).toEqual([]);
    return ends.map(({ end }) => end.failure);
  }

  it('by not being there is told from a server that is not', async () => {
    const refused = { code: 'network', reason: 'proxy_refused', detail: 'ECONNREFUSED' };
    const { host } = new URL(await nobody());
    expect(await failures(`http://${host}`)).toEqual([refused, refused]);
    expect(await failures(`socks5://${host}`)).toEqual([refused, refused]);
    const proxy = await httpProxy();
    const { end } = await through(`http://${proxy.address}`, await nobody());
    expect(end.failure).toMatchObject({ status: 502 });
  });

  it('by wanting credentials says so', async () => {
    const proxy = await httpProxy({ credentials: 'me:secret' });
    for (const url of [`http://${proxy.address}`, `http://me:wrong@${proxy.address}`]) {
      expect(await failures(url)).toMatchObject([
        { code: 'network', reason: 'proxy_auth', detail: '407 No' },
        { code: 'network', reason: 'proxy_auth' },
      ]);
    }
    const socks = await socksProxy({ credentials: 'me:secret' });
    for (const url of [`socks5://${socks.address}`, `socks5://me:wrong@${socks.address}`]) {
      const auth = { code: 'network', reason: 'proxy_auth', detail: 'SOCKS' };
      expect(await failures(url)).toEqual([auth, auth]);
    }
  });

  it.each([403, 502, 301])(
    'by answering a tunnel with %i is not taken for the server',
    async (status) => {
      const proxy = await httpProxy({ status });
      const [tunnelled] = await failures(`http://${proxy.address}`);
      expect(tunnelled).toEqual({
        code: 'network',
        reason: 'proxy_failed',
        detail: `${status} No`,
      });
    },
  );

  it('by saying nothing is given up', async () => {
    const proxy = await httpProxy({ silent: true });
    const server = await secureServer();
    const made = dispatchers({ connectMs: 300 });
    const done = await through(`http://${proxy.address}`, server.baseUrl, server.caFile, made);
    expect(done.end.failure).toMatchObject({ code: 'network', reason: 'proxy_failed' });
    expect(done.tookMs).toBeLessThan(SOON_MS);
  });

  it('by being no proxy at all says so', async () => {
    const server = await secureServer();
    const other = await loopback(HELLO);
    const { host } = new URL(other.baseUrl);
    for (const url of [`http://${host}`, `socks5://${host}`]) {
      const { end } = await through(url, server.baseUrl, server.caFile);
      expect(end.failure).toMatchObject({ code: 'network', reason: 'proxy_failed' });
    }
  });

  it('to be trusted is not spoken to', async () => {
    const proxy = await httpProxy({ secure: authority('Nobody').issue({ hosts: ['127.0.0.1'] }) });
    const untrusted = {
      code: 'network',
      reason: 'proxy_failed',
      detail: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    };
    expect(await failures(`https://${proxy.address}`)).toEqual([untrusted, untrusted]);
    expect(proxy.asked).toEqual([]);
  });

  it('to reach the server by SOCKS passes on why', async () => {
    const proxy = await socksProxy();
    const { end } = await through(`socks5://${proxy.address}`, await nobody());
    expect(end.failure).toEqual({
      code: 'network',
      reason: 'proxy_failed',
      detail: 'SOCKS reply 5',
    });
  });
});

describe('the way that is taken', () => {
  const system: ProxyChoice = { mode: 'system' };
  const API = 'http://api.example/v1';

  async function asked(
    parts: Partial<DispatchersParts>,
    proxies: readonly ProxyOfTest[],
    choice = system,
  ) {
    const way = await dispatchers(parts).forServer(API, { proxy: choice, caFile: null });
    if (way.proxy !== null) await complete({ baseUrl: API }, 'm', way);
    return { proxy: way.proxy, asked: proxies.map(({ asked }) => asked.length) };
  }

  it("is the environment's, else the system's, unless one was chosen", async () => {
    const proxies = [await httpProxy(), await httpProxy()] as const;
    const [one, other] = proxies.map(({ address }) => address);
    const parts = {
      env: { HTTP_PROXY: `http://${one}` },
      systemProxy: async () => `PROXY ${other}`,
    };
    expect(await asked(parts, proxies)).toEqual({ proxy: one, asked: [1, 0] });
    expect(await asked({ ...parts, env: {} }, proxies)).toEqual({ proxy: other, asked: [1, 1] });
    const chosen: ProxyChoice = { mode: 'url', url: other ?? '' };
    expect(await asked(parts, proxies, chosen)).toEqual({ proxy: other, asked: [1, 2] });
    const exempt = { ...parts, env: { ...parts.env, NO_PROXY: '.other, api.example' } };
    expect(await asked(exempt, proxies)).toEqual({ proxy: null, asked: [1, 2] });
    expect(await asked(parts, proxies, { mode: 'none' })).toEqual({ proxy: null, asked: [1, 2] });
  });

  it('is direct to this computer, and the system is not asked about it', async () => {
    const questions: string[] = [];
    const server = await loopback(HELLO);
    const systemProxy = async (url: string) => {
      questions.push(url);
      return 'PROXY nowhere.example:1';
    };
    const made = dispatchers({ systemProxy, env: { ALL_PROXY: 'nowhere.example' } });
    const way = await made.forServer(server.baseUrl, { proxy: system, caFile: null });
    expect(way.proxy).toBeNull();
    expect((await complete(server, 'm', way)).end).toEqual(COMPLETE);
    expect(questions).toEqual([]);
  });

  it('is direct when the system cannot say', async () => {
    const systemProxy = () => Promise.reject(new Error('no script'));
    expect(await asked({ systemProxy }, [])).toMatchObject({ proxy: null });
  });

  it('is kept while it stays the same, and is another one otherwise', async () => {
    const made = dispatchers();
    const way = (proxy: ProxyChoice, baseUrl = API) =>
      made.forServer(baseUrl, { proxy, caFile: null });
    const direct = await way(system);
    expect((await way({ mode: 'none' })).dispatcher).toBe(direct.dispatcher);
    const [one, same, other] = await Promise.all(
      ['a:1', 'http://a:1', 'b:1'].map((url) => way({ mode: 'url', url })),
    );
    expect(one?.dispatcher).not.toBe(direct.dispatcher);
    expect(same?.dispatcher).toBe(one?.dispatcher);
    expect(other?.dispatcher).not.toBe(one?.dispatcher);
  });

  it('is refused with a kind of proxy that is not known', async () => {
    const choice: ProxyChoice = { mode: 'url', url: 'ftp://a:1' };
    await expect(asked({}, [], choice)).rejects.toMatchObject({
      failure: { code: 'invalid_input', reason: 'proxy_unsupported' },
    });
  });
});
