import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { KeyOwner } from '../../../electron/runs/endpoints';
import { Secrets } from '../../../electron/shell/secrets';
import { connectionId } from '../../../shared/ids';
import { lockKeyring, safeStorage, setKeyring } from '../../fixtures/safe-storage';

vi.mock('electron', () => import('../../fixtures/safe-storage'));

const KEY = 'sk-first-0123456789';
const NEXT = 'sk-second-9876543210';
const MINE = 'password';
const THEIRS = '\xf1\xe2\xd3\xc4\xb5\xa6\x97\x88';
const HERE = 'https://one.example/v1';
const owner = (id: number, baseUrl: string): KeyOwner => ({ id: connectionId.parse(id), baseUrl });
const one = owner(1, HERE);
const two = owner(2, HERE);
const COLLECTOR = 'https://collector.example:4318';
const ONE = '1 https://one.example';

const { platform } = process;
let folder: string;
let path: string;

beforeAll(() => Object.defineProperty(process, 'platform', { value: 'linux' }));
afterAll(() => Object.defineProperty(process, 'platform', { value: platform }));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'slice-secrets-'));
  path = join(folder, 'keys.json');
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** The next start of the app, with this keyring or without one. */
function start(keyring: string | null): Secrets {
  setKeyring(keyring);
  return new Secrets(path);
}

function stored(name: string): { ciphertext: string; strength: string } | undefined {
  return JSON.parse(readFileSync(path, 'utf8')).keys[name];
}

/** The files in which a secret stands, as it is or weakly encrypted. */
function filesWith(secret: string): string[] {
  return readdirSync(folder).filter((name) => {
    const text = readFileSync(join(folder, name), 'latin1');
    const weak = [...text.matchAll(/"ciphertext":"([^"]+)/g)].map(([, ciphertext = '']) =>
      Buffer.from(ciphertext, 'base64').toString('latin1'),
    );
    return [text, ...weak].some((form) => form.includes(secret));
  });
}

describe('a key where there is a keyring', () => {
  it('is encrypted in a file that is for its owner alone, and there at the next start', () => {
    start(MINE).save(one, KEY, false);
    expect(stored(ONE)?.strength).toBe('encrypted');
    expect(filesWith(KEY)).toEqual([]);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const again = start(MINE);
    expect([again.state(one), again.read(one)]).toEqual(['encrypted', KEY]);
  });

  it.each([
    ['no keyring', null],
    ['a keyring that gives back noise', THEIRS],
  ])('stays in the file with %s, and is there when the keyring is', (_, other) => {
    start(MINE).save(one, KEY, false);
    const before = readFileSync(path);
    const locked = start(other);
    expect([locked.state(one), locked.read(one)]).toEqual(['unreadable', null]);
    expect(readFileSync(path)).toEqual(before);
    expect(start(MINE).read(one)).toBe(KEY);
  });

  it('stays too when another is typed in meanwhile, which holds until the app ends', () => {
    start(MINE).save(one, KEY, false);
    const before = readFileSync(path);
    const locked = start(null);
    locked.save(one, NEXT, false);
    expect([locked.state(one), locked.read(one)]).toEqual(['session', NEXT]);
    expect(readFileSync(path)).toEqual(before);
    expect(start(MINE).read(one)).toBe(KEY);
  });

  it('is replaced for good by one that is kept', () => {
    const secrets = start(MINE);
    secrets.save(one, KEY, false);
    const { ciphertext } = stored(ONE) ?? { ciphertext: '' };
    secrets.save(one, NEXT, false);
    expect(start(MINE).read(one)).toBe(NEXT);
    expect(filesWith(ciphertext)).toEqual([]);
    expect(readdirSync(folder)).toEqual(['keys.json']);
  });
});

describe('a key where there is no keyring', () => {
  it('is kept only until the app ends', () => {
    const secrets = start(null);
    expect(secrets.strength()).toBe('weak');
    secrets.save(one, KEY, false);
    expect([secrets.state(one), secrets.read(one)]).toEqual(['session', KEY]);
    expect(stored(ONE)).toBeUndefined();
    expect(start(null).state(one)).toBe('missing');
  });

  it('is kept weakly by choice, said to be weak, and there at the next start', () => {
    start(null).save(one, KEY, true);
    const again = start(null);
    expect([again.state(one), again.read(one)]).toEqual(['weak', KEY]);
  });

  it('is kept in memory alone again when that is chosen later, and out of the file', () => {
    start(null).save(one, KEY, true);
    expect(filesWith(KEY)).toEqual(['keys.json']);
    const later = start(null);
    later.save(one, KEY, false);
    expect([later.state(one), later.read(one)]).toEqual(['session', KEY]);
    expect(filesWith(KEY)).toEqual([]);
  });

  it('is kept from then on when that is chosen later, with its headers', () => {
    const secrets = start(null);
    secrets.save(one, KEY, false);
    secrets.saveHeaders(one, { 'x-team': 'ours' }, false);
    secrets.save(one, KEY, true);
    const again = start(null);
    expect([again.state(one), again.read(one)]).toEqual(['weak', KEY]);
    expect(again.readHeaders(one)).toEqual({ 'x-team': 'ours' });
  });

  it('becomes encrypted once there is a keyring, with its headers and the collector’s', () => {
    const weak = start(null);
    weak.save(one, KEY, true);
    weak.saveHeaders(one, { 'x-team': NEXT }, true);
    weak.saveCollectorHeaders(COLLECTOR, { authorization: 'Bearer collector' }, true);
    const strong = start(MINE);
    expect([strong.state(one), strong.read(one)]).toEqual(['encrypted', KEY]);
    expect(strong.readHeaders(one)).toEqual({ 'x-team': NEXT });
    expect(strong.readCollectorHeaders(COLLECTOR)).toEqual({ authorization: 'Bearer collector' });
    const { keys } = JSON.parse(readFileSync(path, 'utf8'));
    expect(Object.values(keys)).toHaveLength(3);
    for (const kept of Object.values(keys)) expect(kept).toMatchObject({ strength: 'encrypted' });
    expect(filesWith(KEY)).toEqual([]);
    expect(start(MINE).read(one)).toBe(KEY);
  });

  it('stays as weak as it is when it cannot be written better', () => {
    start(null).save(one, KEY, true);
    const before = readFileSync(path);
    const encrypt = vi.spyOn(safeStorage, 'encryptString').mockImplementation(() => {
      throw new Error('the keyring is gone');
    });
    const strong = start(MINE);
    expect([strong.state(one), strong.read(one)]).toEqual(['weak', KEY]);
    encrypt.mockRestore();
    expect(readFileSync(path)).toEqual(before);
  });
});

describe('the values of a collector’s headers', () => {
  it('stay weakly kept when one of them goes and nothing is said', () => {
    const secrets = start(null);
    secrets.saveCollectorHeaders(COLLECTOR, { a: 'one', b: 'two' }, true);
    secrets.saveCollectorHeaders(COLLECTOR, { a: 'one' });
    expect(start(null).readCollectorHeaders(COLLECTOR)).toEqual({ a: 'one' });
  });
});

describe('a key where the keyring is locked', () => {
  it('is kept until the app ends also for who agreed to weak protection, which is not to be had', () => {
    start(MINE).save(two, NEXT, false);
    lockKeyring();
    const secrets = new Secrets(path);
    expect(secrets.strength()).toBe('none');
    secrets.save(one, KEY, true);
    expect([secrets.state(one), secrets.read(one)]).toEqual(['session', KEY]);
    expect(secrets.state(two)).toBe('unreadable');
    expect(start(MINE).read(two)).toBe(NEXT);
  });
});

describe('a key that is taken away', () => {
  it('leaves nothing, whether it could be read or not', () => {
    start(MINE).save(one, KEY, false);
    const locked = start(null);
    locked.save(one, NEXT, false);
    locked.forget(one);
    expect([locked.state(one), locked.read(one)]).toEqual(['missing', null]);
    expect(stored(ONE)).toBeUndefined();
    expect(start(MINE).state(one)).toBe('missing');
  });

  it('leaves the others and its own headers; with its connection those go too', () => {
    const secrets = start(MINE);
    secrets.save(one, KEY, false);
    secrets.saveHeaders(one, { 'x-team': 'ours' }, false);
    secrets.save(two, NEXT, false);
    secrets.forget(one);
    expect(secrets.readHeaders(one)).toEqual({ 'x-team': 'ours' });
    secrets.forgetAll(one);
    expect(secrets.readHeaders(one)).toBeNull();
    expect(Object.keys(JSON.parse(readFileSync(path, 'utf8')).keys)).toEqual([
      '2 https://one.example',
    ]);
    expect(start(MINE).read(two)).toBe(NEXT);
  });

  it('goes from a file that was set aside as well', () => {
    start(null).save(one, KEY, true);
    const broken = readFileSync(path, 'utf8').slice(0, -1);
    writeFileSync(path, broken);
    const secrets = start(null);
    expect(readFileSync(`${path}.unreadable`, 'utf8')).toBe(broken);
    secrets.save(one, KEY, true);
    expect(filesWith(KEY)).toEqual(['keys.json', 'keys.json.unreadable']);
    secrets.forget(one);
    expect(filesWith(KEY)).toEqual([]);
    expect(readdirSync(folder)).toEqual(['keys.json']);
  });
});

describe('a file that can be neither read nor copied', () => {
  it('is set aside all the same, and does not keep the app from starting', () => {
    // Also what is another user's, or is found on a full disk, cannot be copied.
    mkdirSync(path);
    const secrets = start(MINE);
    expect(readdirSync(folder)).toEqual(['keys.json.unreadable']);
    secrets.save(one, KEY, false);
    expect(start(MINE).read(one)).toBe(KEY);
  });
});

describe('a file that cannot be written', () => {
  it('leaves everything as it was, and says so', () => {
    const secrets = start(MINE);
    secrets.save(one, KEY, false);
    rmSync(folder, { recursive: true });
    expect(() => secrets.save(one, NEXT, false)).toThrow(/ENOENT/);
    expect(() => secrets.forget(one)).toThrow(/ENOENT/);
    expect([secrets.state(one), secrets.read(one)]).toEqual(['encrypted', KEY]);
    expect(existsSync(folder)).toBe(false);
    folder = mkdtempSync(join(tmpdir(), 'slice-secrets-'));
  });
});
