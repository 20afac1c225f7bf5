import { describe, expect, it } from 'vitest';
import {
  decideProxy,
  type ProxyDecision,
  proxyOfSystem,
  proxyText,
} from '../../../electron/provider/proxy';
import type { ProxyChoice } from '../../../shared/endpoint';
import { FailureError } from '../../../shared/errors';
import fc from '../../fixtures/fast-check';

const SYSTEM: ProxyChoice = { mode: 'system' };
const API = 'https://api.example.com/v1';

function decide(target: string, env: NodeJS.ProcessEnv, choice = SYSTEM): ProxyDecision {
  return decideProxy(new URL(target), choice, env);
}

/** The proxy with its protocol, or what else was decided. */
function way(target: string, env: NodeJS.ProcessEnv, choice = SYSTEM): string {
  const decision = decide(target, env, choice);
  return typeof decision === 'string' ? decision : `${decision.protocol}//${proxyText(decision)}`;
}

function failureOf(work: () => unknown) {
  try {
    work();
  } catch (error) {
    if (error instanceof FailureError) return error.failure;
    throw error;
  }
  return null;
}

describe('the way to a server', () => {
  const everything = { HTTPS_PROXY: 'http://env:1', NO_PROXY: '*' };

  it.each<[string, ProxyChoice, string, NodeJS.ProcessEnv, string]>([
    [
      'what was chosen',
      { mode: 'url', url: 'http://mine:3128' },
      API,
      everything,
      'http://mine:3128',
    ],
    [
      'what was chosen, for this computer too',
      { mode: 'url', url: 'mine:3128' },
      'http://127.0.0.1:11434/v1',
      {},
      'http://mine:3128',
    ],
    [
      'none where none was chosen',
      { mode: 'none' },
      API,
      { HTTPS_PROXY: 'http://env:1' },
      'direct',
    ],
    ['what the system says', SYSTEM, API, {}, 'ask_system'],
    ['what the system says', SYSTEM, API, { HTTP_PROXY: 'http://env:1' }, 'ask_system'],
    ['what the system says', SYSTEM, API, { HTTPS_PROXY: ' ' }, 'ask_system'],
    ['HTTPS_PROXY', SYSTEM, API, { HTTPS_PROXY: 'http://env:1', ALL_PROXY: 'b:2' }, 'http://env:1'],
    ['HTTP_PROXY', SYSTEM, 'http://a.example/v1', { HTTP_PROXY: 'env:1' }, 'http://env:1'],
    ['ALL_PROXY', SYSTEM, API, { HTTP_PROXY: 'a:1', ALL_PROXY: 'b:2' }, 'http://b:2'],
    [
      'lower case first',
      SYSTEM,
      API,
      { https_proxy: 'low:1', HTTPS_PROXY: 'up:1' },
      'http://low:1',
    ],
    ['none for a name in NO_PROXY', SYSTEM, API, everything, 'direct'],
    ['none for a name in no_proxy', SYSTEM, API, { no_proxy: 'example.com' }, 'direct'],
  ])('is %s', (_, choice, target, env, expected) => {
    expect(way(target, env, choice)).toBe(expected);
  });

  it.each([
    'http://localhost:1234/v1',
    'http://LOCALHOST./v1',
    'http://ollama.localhost/v1',
    'https://127.0.0.1/v1',
    'http://127.9.9.9:8080/v1',
    'http://[::1]:11434/v1',
  ])('is direct to this computer itself: %s', (target) => {
    expect(way(target, { ALL_PROXY: 'http://env:1' })).toBe('direct');
  });

  it.each(['http://localhost.example/v1', 'http://128.0.0.1/v1', 'http://mylocalhost/v1'])(
    'is not direct to what only looks like this computer: %s',
    (target) => {
      expect(way(target, { ALL_PROXY: 'http://env:1' })).toBe('http://env:1');
    },
  );
});

describe('NO_PROXY', () => {
  it.each<[string, string, boolean]>([
    ['*', API, true],
    ['api.example.com', API, true],
    ['API.Example.COM', API, true],
    ['example.com', API, true],
    ['ample.com', API, false],
    ['.example.com', API, true],
    ['.example.com', 'https://example.com', false],
    ['*.example.com', API, true],
    ['*.example.com', 'https://example.com', false],
    ['.api.example.com', API, false],
    ['example.org', API, false],
    ['a, example.com ,b', API, true],
    ['a example.com', API, true],
    [',, ,', API, false],
    ['', API, false],
    ['example.com:443', API, true],
    ['example.com:8443', API, false],
    ['example.com:80', 'http://example.com/v1', true],
    ['*:443', API, true],
    ['*:80', API, false],
    ['10.1.2.3', 'http://10.1.2.3:8000', true],
    ['10.1.2.3:8000', 'http://10.1.2.3:8000', true],
    ['10.1.2.3:8001', 'http://10.1.2.3:8000', false],
    ['10.0.0.0/8', 'http://10.200.2.3', true],
    ['10.0.0.0/8', 'http://11.0.0.1', false],
    ['10.0.0.0/8', 'http://host10.0.0.example', false],
    ['10.0.0.0/33', 'http://10.0.0.0', false],
    ['10.0.0.0/', 'http://10.0.0.0', false],
    ['0.0.0.0/0', 'http://9.9.9.9', true],
    ['fd00::1', 'http://[fd00:0::1]:80', true],
    ['[fd00::1]', 'http://[fd00::1]', true],
    ['[fd00::1]:80', 'http://[fd00::1]', true],
    ['[fd00::1]:81', 'http://[fd00::1]', false],
    ['fd00::/8', 'http://[fd12::9]', true],
    ['fd00::/8', 'http://10.0.0.1', false],
    ['.1', 'http://10.0.0.1', false],
  ])('of %j names %s: %s', (NO_PROXY, target, named) => {
    const env = { NO_PROXY, ALL_PROXY: 'http://env:1' };
    expect(way(target, env)).toBe(named ? 'direct' : 'http://env:1');
  });

  it('may hold anything', () => {
    const target = fc.oneof(
      fc.domain(),
      fc.ipV4(),
      fc.ipV6().map((address) => `[${address}]`),
    );
    fc.assert(
      fc.property(fc.oneof(fc.string(), target), target, (NO_PROXY, host) => {
        fc.pre(URL.canParse(`https://${host}`));
        expect(['direct', 'ask_system']).toContain(way(`https://${host}`, { NO_PROXY }));
      }),
    );
  });
});

describe('the address of a proxy', () => {
  it.each<[string, string]>([
    ['proxy.example', 'http://proxy.example:80'],
    ['proxy.example:3128', 'http://proxy.example:3128'],
    ['HTTP://proxy.example:3128/', 'http://proxy.example:3128'],
    ['https://proxy.example', 'https://proxy.example:443'],
    ['http://[fd00::1]:8080', 'http://[fd00::1]:8080'],
    ['socks5://proxy.example', 'socks5://proxy.example:1080'],
    ['socks5h://proxy.example:9050', 'socks5://proxy.example:9050'],
  ])('%s is read', (url, expected) => {
    expect(way(API, {}, { mode: 'url', url })).toBe(expected);
  });

  it.each([
    ['http://me:p%40ss@proxy:1', { user: 'me', password: 'p@ss' }],
    ['http://me@proxy:1', { user: 'me', password: '' }],
    ['http://me:100%@proxy:1', { user: 'me', password: '100%' }],
    ['proxy:1', null],
  ])('%s has its credentials beside it', (url, credentials) => {
    const decision = decide(API, {}, { mode: 'url', url });
    expect(decision).toMatchObject({ host: 'proxy', credentials });
    if (typeof decision === 'object') expect(proxyText(decision)).toBe('proxy:1');
  });

  it.each([
    ['http://', 'proxy_unsupported'],
    ['http://a:99999', 'proxy_unsupported'],
    ['a proxy', 'proxy_unsupported'],
    ['socks4://proxy:1', 'proxy_unsupported'],
    ['ftp://proxy:1', 'proxy_unsupported'],
  ])('%s is %s', (url, reason) => {
    const chosen = failureOf(() => decide(API, {}, { mode: 'url', url }));
    expect(chosen).toMatchObject({ code: 'invalid_input', reason });
    expect(failureOf(() => decide(API, { HTTPS_PROXY: url }))).toEqual(chosen);
  });

  it('is not told when it cannot be used, because it may hold a password', () => {
    const failure = failureOf(() => decide(API, { ALL_PROXY: 'ftp://me:secret@proxy' }));
    expect(failure).toEqual({ code: 'invalid_input', reason: 'proxy_unsupported', detail: 'ftp' });
  });
});

describe("the system's answer", () => {
  it.each<[string, string | null]>([
    ['DIRECT', null],
    ['', null],
    ['PROXY a:3128', 'http://a:3128'],
    ['PROXY a:3128; PROXY b:1; DIRECT', 'http://a:3128'],
    ['proxy a', 'http://a:80'],
    ['HTTPS a', 'https://a:443'],
    ['SOCKS5 a', 'socks5://a:1080'],
    ['SOCKS a:1; PROXY b:2', 'http://b:2'],
    ['SOCKS a:1; DIRECT', null],
    ['PROXY ; DIRECT', null],
  ])('%j leads to %s', (answer, expected) => {
    const proxy = proxyOfSystem(answer);
    expect(proxy && `${proxy.protocol}//${proxyText(proxy)}`).toBe(expected);
  });

  it.each(['SOCKS a:1', 'QUIC a:1; SOCKS4 b:2'])('%j names nothing that can be used', (answer) => {
    expect(failureOf(() => proxyOfSystem(answer))).toMatchObject({ reason: 'proxy_unsupported' });
  });
});
