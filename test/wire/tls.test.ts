import { utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { certificateOf } from '../../electron/provider/certificates';
import { Dispatchers } from '../../electron/provider/dispatcher';
import { type Authority, authority, type Certified, selfSigned } from '../fixtures/certificates';
import { complete } from '../fixtures/completing';
import { inPieces, listening, loopback, saying } from '../fixtures/loopback';
import { temporaryFile } from '../fixtures/temporary-file';

const HERE = ['127.0.0.1'];
const HELLO = inPieces({ pieces: [saying('hello', 'stop'), 'data: [DONE]\n\n'] });
const COMPLETE = { state: 'complete', failure: null };

/** A server with this certificate, and how many requests got through to it. */
async function server(certified: Certified) {
  const reached: unknown[] = [];
  const made = createServer(certified, (request, response) => {
    reached.push(request.url);
    request.resume().on('end', () => HELLO(request, response));
  });
  onTestFinished(() => {
    made.closeAllConnections();
    made.close();
  });
  return { baseUrl: `https://${await listening(made)}/v1`, reached };
}

function dispatchers(): Dispatchers {
  const made = new Dispatchers({ systemProxy: async () => 'DIRECT', env: {} });
  onTestFinished(() => made.close());
  return made;
}

/** Asks a server, trusting what stands in a file. */
async function trusting(caFile: string | null, baseUrl: string, made = dispatchers()) {
  const way = await made.forServer(baseUrl, { proxy: { mode: 'none' }, caFile });
  const { end } = await complete({ baseUrl }, 'm', way);
  return { end, certificate: certificateOf(way.dispatcher, baseUrl) };
}

function failureWith(reason: string, detail: string) {
  return { state: 'failed', failure: { code: 'network', reason, detail } };
}

describe('a certificate of a private authority', () => {
  it('is trusted with the file of that authority, and told who issued it until when', async () => {
    const root = authority('Our Company');
    const until = new Date('2031-02-03T04:05:06Z');
    const { baseUrl } = await server(root.issue({ hosts: HERE, until }));
    expect(await trusting(temporaryFile(root.cert), baseUrl)).toEqual({
      end: COMPLETE,
      certificate: { issuer: 'Our Company', validUntil: until.getTime() },
    });
  });

  it('is trusted with a file that has others too, and words between them', async () => {
    const [one, root] = [authority('One'), authority('Our Company')];
    const { baseUrl } = await server(root.issue({ hosts: HERE }));
    const file = `# One\n${one.cert}\r\n# Ours\r\n${root.cert.replaceAll('\n', '\r\n\r\n')}`;
    expect((await trusting(temporaryFile(file), baseUrl)).end).toEqual(COMPLETE);
  });

  it.each<[string, (root: Authority) => string | null]>([
    ['no file', () => null],
    ['the file of another', () => temporaryFile(authority('Another').cert)],
  ])('is not trusted with %s', async (_, fileOf) => {
    const root = authority('Our Company');
    const { baseUrl, reached } = await server(root.issue({ hosts: HERE }));
    expect(await trusting(fileOf(root), baseUrl)).toEqual({
      end: failureWith('tls_untrusted', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'),
      certificate: null,
    });
    expect(reached).toEqual([]);
  });

  it('is trusted for the connection with the file alone', async () => {
    const root = authority('Our Company');
    const { baseUrl } = await server(root.issue({ hosts: HERE }));
    const made = dispatchers();
    expect((await trusting(temporaryFile(root.cert), baseUrl, made)).end).toEqual(COMPLETE);
    expect((await trusting(null, baseUrl, made)).end).toMatchObject({ state: 'failed' });
  });

  it('is trusted as soon as the file has it', async () => {
    const root = authority('Our Company');
    const { baseUrl } = await server(root.issue({ hosts: HERE }));
    const made = dispatchers();
    const file = temporaryFile(authority('Another').cert);
    expect((await trusting(file, baseUrl, made)).end).toMatchObject({ state: 'failed' });
    writeFileSync(file, root.cert);
    utimesSync(file, 1, 1);
    expect((await trusting(file, baseUrl, made)).end).toEqual(COMPLETE);
  });
});

describe('the roots of the system', () => {
  /** What this Node may be too old to tell. */
  function systemHas(roots: (kind: string) => string[]) {
    const before = Object.getOwnPropertyDescriptor(tls, 'getCACertificates');
    Object.defineProperty(tls, 'getCACertificates', { value: roots, configurable: true });
    onTestFinished(() => {
      if (before) Object.defineProperty(tls, 'getCACertificates', before);
      else Reflect.deleteProperty(tls, 'getCACertificates');
    });
  }

  it('are trusted, beside a file or without one', async () => {
    const root = authority('Our Company');
    systemHas((kind) => (kind === 'system' ? [root.cert] : []));
    const { baseUrl } = await server(root.issue({ hosts: HERE }));
    expect((await trusting(null, baseUrl)).end).toEqual(COMPLETE);
    const file = temporaryFile(authority('Another').cert);
    expect((await trusting(file, baseUrl)).end).toEqual(COMPLETE);
  });

  it('that cannot be read stop nothing', async () => {
    const root = authority('Our Company');
    systemHas(() => {
      throw new Error('no store');
    });
    const { baseUrl } = await server(root.issue({ hosts: HERE }));
    expect((await trusting(temporaryFile(root.cert), baseUrl)).end).toEqual(COMPLETE);
    expect((await trusting(null, baseUrl)).end).toMatchObject({ state: 'failed' });
  });
});

describe('a certificate that is not good', () => {
  const root = authority('Our Company');

  it.each<[string, Certified, string, string]>([
    [
      'for another name',
      root.issue({ hosts: ['other.example'] }),
      'tls_name',
      'ERR_TLS_CERT_ALTNAME_INVALID',
    ],
    [
      'that has expired',
      root.issue({ hosts: HERE, until: new Date('2021-01-01T00:00:00Z') }),
      'tls_expired',
      'CERT_HAS_EXPIRED',
    ],
    [
      'that is not valid yet',
      root.issue({ hosts: HERE, from: new Date('2048-01-01T00:00:00Z') }),
      'tls_expired',
      'CERT_NOT_YET_VALID',
    ],
    [
      'that only it vouches for',
      selfSigned({ hosts: HERE }),
      'tls_untrusted',
      'DEPTH_ZERO_SELF_SIGNED_CERT',
    ],
  ])('%s is refused before anything is sent', async (_, certified, reason, detail) => {
    const { baseUrl, reached } = await server(certified);
    const { end, certificate } = await trusting(temporaryFile(root.cert), baseUrl);
    expect(end).toEqual(failureWith(reason, detail));
    expect(certificate).toBeNull();
    expect(reached).toEqual([]);
  });

  it('is refused even where the environment says to look away', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    onTestFinished(() => void vi.unstubAllEnvs());
    const { baseUrl, reached } = await server(selfSigned({ hosts: HERE }));
    expect((await trusting(null, baseUrl)).end).toMatchObject({
      failure: { reason: 'tls_untrusted' },
    });
    expect(reached).toEqual([]);
  });

  it('is told from a server without TLS', async () => {
    const { baseUrl } = await loopback(HELLO);
    const { end } = await trusting(null, baseUrl.replace('http:', 'https:'));
    expect(end).toMatchObject({ failure: { code: 'network', reason: 'tls' } });
  });
});

describe('a file of certificates', () => {
  const reasonWith = (caFile: string) =>
    dispatchers()
      .forServer('https://api.example/v1', { proxy: { mode: 'none' }, caFile })
      .then(
        () => null,
        ({ failure }) => failure,
      );

  it.each<[string, () => string, string]>([
    ['is not there', () => join(tmpdir(), 'no-such-file.pem'), 'ca_unreadable'],
    ['is a folder', () => tmpdir(), 'ca_unreadable'],
    ['is far too long', () => temporaryFile('x'.repeat(1_048_577)), 'ca_unreadable'],
    ['is empty', () => temporaryFile(''), 'ca_not_pem'],
    ['is something else', () => temporaryFile('\u0000\u0001DER'), 'ca_not_pem'],
    ['has only a key', () => temporaryFile(selfSigned().key), 'ca_not_pem'],
    [
      'has a damaged certificate',
      () => temporaryFile(`${authority('A').cert}${authority('B').cert.replace('MII', 'MIJ')}`),
      'ca_not_pem',
    ],
    [
      'has a certificate that breaks off',
      () => temporaryFile(authority('A').cert.slice(0, 200)),
      'ca_not_pem',
    ],
  ])('that %s is refused', async (_, path, reason) => {
    expect(await reasonWith(path())).toEqual({ code: 'invalid_input', reason });
  });
});
