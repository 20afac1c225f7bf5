import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { KeyOwner } from '../../../electron/runs/endpoints';
import { Secrets } from '../../../electron/shell/secrets';
import { originOf } from '../../../shared/base-url';
import { connectionId } from '../../../shared/ids';
import fc from '../../fixtures/fast-check';
import { safeStorage, setKeyring } from '../../fixtures/safe-storage';

vi.mock('electron', () => import('../../fixtures/safe-storage'));

const KEY = 'sk-first-0123456789';
const NEXT = 'sk-second-9876543210';
const KEYRING = 'password';
const COLLECTOR = 'https://collector.example:4318';
const one = { id: connectionId.parse(1), baseUrl: 'https://one.example/v1' };
const moved = { ...one, baseUrl: 'https://two.example/v1' };

const { platform } = process;
let folder: string;
let path: string;

beforeAll(() => Object.defineProperty(process, 'platform', { value: 'linux' }));
afterAll(() => Object.defineProperty(process, 'platform', { value: platform }));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'slice-key-servers-'));
  path = join(folder, 'keys.json');
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** The next start of the app, with this keyring or without one. */
function start(keyring: string | null = KEYRING): Secrets {
  setKeyring(keyring);
  return new Secrets(path);
}

function keysOf(text: string): Record<string, { ciphertext: string; strength: string }> {
  return JSON.parse(text).keys;
}

/** What the file holds in clear, by name, while there is a keyring. */
function opened(): Record<string, string> {
  const keys = Object.entries(keysOf(readFileSync(path, 'utf8')));
  return Object.fromEntries(
    keys.map(([name, { ciphertext }]) => [
      name,
      safeStorage.decryptString(Buffer.from(ciphertext, 'base64')),
    ]),
  );
}

/** A file from before secrets had a server. */
function writeOld(secrets: Readonly<Record<string, string>>, strength = 'encrypted'): void {
  setKeyring(strength === 'encrypted' ? KEYRING : null);
  if (strength === 'weak') safeStorage.setUsePlainTextEncryption(true);
  const keys = Object.entries(secrets).map(([name, secret]) => {
    const ciphertext = safeStorage.encryptString(secret).toString('base64');
    return [name, { ciphertext, strength }];
  });
  writeFileSync(path, JSON.stringify({ version: 1, keys: Object.fromEntries(keys) }));
}

const SERVERS = [
  'https://one.example/v1',
  'https://one.example/other/path',
  'http://one.example/v1',
  'https://one.example:8443/v1',
  'https://one.example.evil.example/v1',
  'https://two.example/v1',
];

const OWNERS: readonly KeyOwner[] = [1, 2, 11].flatMap((id) =>
  SERVERS.map((baseUrl) => ({ id: connectionId.parse(id), baseUrl })),
);
const owner = fc.constantFrom(...OWNERS);
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ owner, weak: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({ owner, does: fc.constantFrom('forget' as const, 'forgetAll' as const) }),
  },
  { weight: 2, arbitrary: fc.record({ keyring: fc.boolean() }) },
);
const steps = fc.array(step, { maxLength: 20 });

const placeOf = ({ id, baseUrl }: KeyOwner) => `${id} ${originOf(baseUrl)}`;

function othersOf(entered: ReadonlyMap<string, string>, asking: KeyOwner): string[] {
  return [...entered.keys()].filter(
    (place) => place.startsWith(`${asking.id} `) && place !== placeOf(asking),
  );
}

describe('whatever is kept and forgotten, however the address changes', () => {
  it('a key and its headers are given for the server they were entered for, and for no other', () => {
    fc.assert(
      fc.property(steps, (all) => {
        rmSync(path, { force: true });
        let secrets = start();
        for (const [at, wanted] of all.entries()) {
          if ('keyring' in wanted) secrets = start(wanted.keyring ? KEYRING : null);
          else if ('weak' in wanted) {
            const place = placeOf(wanted.owner);
            secrets.save(wanted.owner, `sk-${place}-${at}`.replace(' ', '-'), wanted.weak);
            secrets.saveHeaders(wanted.owner, { place }, wanted.weak);
          } else secrets[wanted.does](wanted.owner);
          for (const asking of OWNERS) {
            const place = placeOf(asking);
            const key = secrets.read(asking);
            if (key !== null) expect(key).toMatch(`sk-${place.replace(' ', '-')}-`);
            const headers = secrets.readHeaders(asking);
            if (headers !== null) expect(headers).toEqual({ place });
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it('none is lost but by its own replacement and by being forgotten', () => {
    fc.assert(
      fc.property(steps, (all) => {
        rmSync(path, { force: true });
        const entered = new Map<string, string>();
        let secrets = start();
        for (const [at, wanted] of all.entries()) {
          if ('keyring' in wanted) secrets = start();
          else if ('weak' in wanted) {
            secrets.save(wanted.owner, `sk-${at}`, wanted.weak);
            entered.set(placeOf(wanted.owner), `sk-${at}`);
          } else {
            const had = entered.delete(placeOf(wanted.owner));
            // Without one for this server, those that are shown go.
            if (wanted.does === 'forget' && !had) {
              for (const place of othersOf(entered, wanted.owner)) entered.delete(place);
            }
            secrets[wanted.does](wanted.owner);
          }
          for (const asking of OWNERS) {
            expect(secrets.read(asking)).toBe(entered.get(placeOf(asking)) ?? null);
            expect(secrets.otherServers(asking).map((origin) => `${asking.id} ${origin}`)).toEqual(
              expect.arrayContaining(othersOf(entered, asking)),
            );
            expect(secrets.otherServers(asking)).toHaveLength(othersOf(entered, asking).length);
          }
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe('a key where the address leads to another server', () => {
  it.each([
    ['encrypted', KEYRING, false],
    ['weak', null, true],
    ['session', null, false],
  ] as const)('is not given when it is kept as %s, and is there again', (state, keyring, weak) => {
    const secrets = start(keyring);
    secrets.save(one, KEY, weak);
    expect([secrets.state(moved), secrets.read(moved)]).toEqual(['missing', null]);
    expect(secrets.otherServers(moved)).toEqual(['https://one.example']);
    expect([secrets.state(one), secrets.read(one)]).toEqual([state, KEY]);
    expect(secrets.otherServers(one)).toEqual([]);
  });

  it('can be forgotten from there, once there is none for the server itself', () => {
    const secrets = start();
    secrets.save(one, KEY, false);
    secrets.save(moved, NEXT, false);
    secrets.forget(moved);
    expect(secrets.read(one)).toBe(KEY);
    secrets.forget(moved);
    expect(secrets.read(one)).toBeNull();
    expect(opened()).toEqual({});
  });
});

describe('who edits the file', () => {
  it('does not make a key another server’s', () => {
    const secrets = start();
    secrets.save(one, KEY, false);
    secrets.saveHeaders(one, { 'x-team': KEY }, false);
    secrets.saveCollectorHeaders(COLLECTOR, { authorization: KEY });
    const { keys, ...rest } = JSON.parse(readFileSync(path, 'utf8'));
    const [key, headers, collector] = [
      '1 https://one.example',
      '1 headers https://one.example',
      `collector headers ${COLLECTOR}`,
    ].map((name) => keys[name]);
    const edited = {
      '1 https://two.example': key,
      '1 headers https://two.example': headers,
      'collector headers https://two.example': collector,
      // The names from before, which are bound to whatever the connection is.
      '2': key,
      '2 headers': headers,
    };
    writeFileSync(path, JSON.stringify({ ...rest, keys: edited }));
    const before = readFileSync(path, 'utf8');
    const fooled = start();
    const two = { ...moved, id: connectionId.parse(2) };
    fooled.bindOld([two], moved.baseUrl);
    expect([fooled.read(moved), fooled.readHeaders(moved)]).toEqual([null, null]);
    expect([fooled.read(two), fooled.readHeaders(two)]).toEqual([null, null]);
    expect(fooled.readCollectorHeaders(moved.baseUrl)).toBeNull();
    const kept = Object.values(keysOf(readFileSync(path, 'utf8')));
    expect(kept).toHaveLength(Object.keys(keysOf(before)).length);
  });
});

describe('a file from before keys had a server', () => {
  const OLD = {
    '1': KEY,
    '1 headers': JSON.stringify({ 'x-team': 'ours' }),
    '3': NEXT,
    'collector headers': JSON.stringify({ authorization: 'Bearer me' }),
  };

  it.each([
    ['encrypted', KEYRING],
    ['weak', null],
  ])('is read, and bound to the servers of its connections, when it is %s', (strength, keyring) => {
    writeOld(OLD, strength);
    const secrets = start(keyring);
    expect(secrets.read(one)).toBeNull();
    secrets.bindOld([one], COLLECTOR);
    expect([secrets.state(one), secrets.read(one)]).toEqual([strength, KEY]);
    expect(secrets.readHeaders(one)).toEqual({ 'x-team': 'ours' });
    expect(secrets.readCollectorHeaders(COLLECTOR)).toEqual({ authorization: 'Bearer me' });
    const again = start(keyring);
    again.bindOld([moved], 'https://two.example');
    expect([again.read(moved), again.readHeaders(moved)]).toEqual([null, null]);
    expect(again.readCollectorHeaders('https://two.example')).toBeNull();
    expect([again.state(one), again.read(one)]).toEqual([strength, KEY]);
  });

  it('has each server inside what is encrypted from the first use on', () => {
    writeOld(OLD);
    const secrets = start();
    secrets.bindOld([one], COLLECTOR);
    secrets.read(one);
    expect(JSON.parse(opened()['1 https://one.example'] ?? '')).toEqual({
      format: 2,
      origin: 'https://one.example',
      secret: KEY,
    });
  });

  it('is bound while the keychain is locked, so that no later address gets the key', () => {
    writeOld(OLD);
    start(null).bindOld([one], COLLECTOR);
    const later = start();
    later.bindOld([moved], COLLECTOR);
    expect(later.read(moved)).toBeNull();
    expect(later.read(one)).toBe(KEY);
  });

  it('keeps a key whose connection is in another store, until that is back', () => {
    writeOld(OLD);
    start().bindOld([one], COLLECTOR);
    const three = { ...moved, id: connectionId.parse(3) };
    const back = start();
    back.bindOld([one, three], COLLECTOR);
    expect(back.read(three)).toBe(NEXT);
  });

  it('gives nothing to a connection that is made under the same number', () => {
    writeOld(OLD);
    const three = { ...moved, id: connectionId.parse(3) };
    start().forgetAll(three);
    const again = start();
    again.bindOld([three], COLLECTOR);
    expect(again.read(three)).toBeNull();
  });

  it('is bound until the app ends when it cannot be written', () => {
    writeOld(OLD);
    const secrets = start();
    rmSync(folder, { recursive: true });
    secrets.bindOld([one], COLLECTOR);
    expect([secrets.read(one), secrets.read(moved)]).toEqual([KEY, null]);
    folder = mkdtempSync(join(tmpdir(), 'slice-key-servers-'));
  });
});
