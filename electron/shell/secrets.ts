import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import { safeStorage } from 'electron';
import { z } from 'zod';
import { originOf } from '../../shared/base-url';
import type { KeyState, KeyStrength } from '../../shared/contract/connection';
import type { ConnectionId } from '../../shared/ids';
import type { KeyOwner, KeyVault } from '../runs/endpoints';
import type { CollectorVault } from '../telemetry/collector';
import { readJsonFile, writeJsonFile } from './json-file';

const entry = z.object({
  /** Base64 of what `safeStorage` made of a `bound`. */
  ciphertext: z.string(),
  strength: z.enum(['encrypted', 'weak']),
});
type Entry = z.infer<typeof entry>;

const keyFile = z.object({ version: z.literal(1), keys: z.record(z.string(), entry) });
type KeyFile = z.infer<typeof keyFile>;

/**
 * What is encrypted: a secret and the server it was entered for. Another name in the file makes it no
 * other server's. Entries from before have the bare secret.
 */
const bound = z.strictObject({ format: z.literal(2), origin: z.string(), secret: z.string() });

/** Where a secret is in the file, and the server it is for. */
interface Place {
  readonly name: string;
  readonly origin: string;
}

/**
 * Keeps keys through the operating system's own encryption, each for the server it was entered for
 * (decision 0027). Where the system has none, a key lives in memory until the app ends, unless weak storage
 * is possible and the user agrees to it. A key that cannot be decrypted stays in the file: the keychain may only be
 * locked (decision 0026).
 */
export class Secrets implements KeyVault, CollectorVault {
  readonly #path: string;
  #file: KeyFile;
  /** Those that are kept only until the app ends. */
  readonly #session = new Map<string, string>();
  /** Those of the file that were asked for, so that the system is asked once. They never leave main. */
  readonly #known = new Map<string, string>();

  constructor(path: string) {
    this.#path = path;
    const file = readJsonFile(path, keyFile);
    // A file that cannot be read is set aside, not overwritten by the next save.
    if (file === null && existsSync(path)) setAside(path);
    this.#file = file ?? { version: 1, keys: {} };
  }

  bindOld(owners: readonly KeyOwner[], collector: string): void {
    const keys = { ...this.#file.keys };
    let bindings = 0;
    const bind = (old: string, { name }: Place) => {
      const kept = keys[old];
      if (!kept) return;
      keys[name] = kept;
      delete keys[old];
      bindings += 1;
    };
    for (const owner of owners) {
      bind(oldKey(owner.id), keyPlace(owner));
      bind(oldHeaders(owner.id), headersPlace(owner));
    }
    bind(COLLECTOR_HEADERS, collectorPlace(collector));
    if (bindings === 0) return;
    this.#file = { version: 1, keys };
    try {
      this.#write(keys);
    } catch {
      // It holds until the app ends, and is tried again at the next start.
    }
  }

  strength(): KeyStrength {
    if (hasRealEncryption()) return 'encrypted';
    return canEncryptWeakly() ? 'weak' : 'none';
  }

  state(owner: KeyOwner): KeyState {
    const { name } = keyPlace(owner);
    if (this.#session.has(name)) return 'session';
    if (!this.#file.keys[name]) return 'missing';
    if (this.read(owner) === null) return 'unreadable';
    // Reading it may have made a weak one strong.
    return this.#file.keys[name].strength;
  }

  otherServers({ id, baseUrl }: KeyOwner): readonly string[] {
    const before = `${id} `;
    const names = new Set([...Object.keys(this.#file.keys), ...this.#session.keys()]);
    return [...names]
      .filter((name) => name.startsWith(before))
      .map((name) => name.slice(before.length))
      .filter((rest) => originOf(rest) === rest && rest !== originOf(baseUrl));
  }

  read(owner: KeyOwner): string | null {
    return this.#read(keyPlace(owner));
  }

  save(owner: KeyOwner, key: string, allowWeak: boolean): void {
    const values = this.#read(headersPlace(owner));
    this.#save(
      [
        { place: keyPlace(owner), secret: key },
        ...(values === null ? [] : [{ place: headersPlace(owner), secret: values }]),
      ],
      allowWeak,
    );
  }

  forget(owner: KeyOwner): void {
    const { name } = keyPlace(owner);
    if (this.#session.has(name) || this.#file.keys[name]) this.#forget(name);
    else this.#forget(...this.otherServers(owner).map((origin) => `${owner.id} ${origin}`));
  }

  forgetAll(owner: KeyOwner): void {
    const { id } = owner;
    this.#forget(keyPlace(owner).name, headersPlace(owner).name, oldKey(id), oldHeaders(id));
  }

  readHeaders(owner: KeyOwner): Readonly<Record<string, string>> | null {
    return this.#readValues(headersPlace(owner));
  }

  saveHeaders(owner: KeyOwner, values: Readonly<Record<string, string>>, allowWeak: boolean): void {
    this.#saveValues(headersPlace(owner), values, allowWeak);
  }

  readCollectorHeaders(endpoint: string): Readonly<Record<string, string>> | null {
    return this.#readValues(collectorPlace(endpoint));
  }

  saveCollectorHeaders(
    endpoint: string,
    values: Readonly<Record<string, string>>,
    allowWeak?: boolean,
  ): void {
    const place = collectorPlace(endpoint);
    const before = this.#file.keys[place.name]?.strength === 'weak';
    this.#saveValues(place, values, allowWeak ?? before);
  }

  #readValues(place: Place): Readonly<Record<string, string>> | null {
    const text = this.#read(place);
    return text === null ? null : headers.parse(JSON.parse(text));
  }

  #saveValues(place: Place, values: Readonly<Record<string, string>>, allowWeak: boolean): void {
    if (Object.keys(values).length === 0) this.#forget(place.name);
    else this.#save([{ place, secret: JSON.stringify(values) }], allowWeak);
  }

  /** The one way to a secret: nobody has it without naming the server that it is to go to. */
  #read(place: Place): string | null {
    const { name, origin } = place;
    const known = this.#session.get(name) ?? this.#known.get(name);
    if (known !== undefined) return known;
    const stored = this.#file.keys[name];
    const text = stored ? decrypt(stored) : null;
    if (!stored || text === null) return null;
    const opened = openBound(text);
    if (opened && opened.origin !== origin) return null;
    const secret = opened?.secret ?? text;
    this.#known.set(name, secret);
    if (canBeBetter(stored, opened !== null)) this.#improve(place, secret);
    return secret;
  }

  /** Weakly kept once, and the system can keep it well by now; or without its server. */
  #improve(place: Place, secret: string): void {
    try {
      this.#save([{ place, secret }], true);
    } catch {
      // It stays as it was, and is tried again at the next start.
    }
  }

  /** Keeps each as well as it can. When the file cannot be written, all stays as it was, and it throws. */
  #save(
    secrets: readonly { readonly place: Place; readonly secret: string }[],
    allowWeak: boolean,
  ): void {
    const strength = this.strength();
    const keys = { ...this.#file.keys };
    const toFile = strength === 'encrypted' || (strength === 'weak' && allowWeak);
    for (const { place, secret } of secrets) {
      const { name, origin } = place;
      if (toFile) {
        if (strength === 'weak') safeStorage.setUsePlainTextEncryption(true);
        const text = JSON.stringify({ format: 2, origin, secret } satisfies z.infer<typeof bound>);
        const ciphertext = safeStorage.encryptString(text).toString('base64');
        keys[name] = { ciphertext, strength };
      } else if (this.#isReadable(name)) {
        // What cannot be read now may be good again when the keychain is.
        delete keys[name];
      }
    }
    this.#write(keys);
    for (const { place, secret } of secrets) {
      this.#session.delete(place.name);
      this.#known.delete(place.name);
      (toFile ? this.#known : this.#session).set(place.name, secret);
    }
  }

  #isReadable(name: string): boolean {
    const stored = this.#file.keys[name];
    return !stored || this.#known.has(name) || decrypt(stored) !== null;
  }

  /** Nothing of them is left, also not in a file that was set aside. */
  #forget(...names: readonly string[]): void {
    if (!names.some((name) => this.#session.has(name) || this.#file.keys[name])) return;
    const keys = { ...this.#file.keys };
    for (const name of names) delete keys[name];
    rmSync(asideOf(this.#path), { force: true });
    this.#write(keys);
    for (const name of names) {
      this.#session.delete(name);
      this.#known.delete(name);
    }
  }

  #write(keys: KeyFile['keys']): void {
    const file: KeyFile = { version: 1, keys };
    writeJsonFile(this.#path, file);
    this.#file = file;
  }
}

/** A copy, for the file may be readable again at the next start; moved where there can be none. */
function setAside(path: string): void {
  try {
    copyFileSync(path, asideOf(path));
  } catch {
    renameSync(path, asideOf(path));
  }
}

function asideOf(path: string): string {
  return `${path}.unreadable`;
}

const headers = z.record(z.string(), z.string());

/** The name of the values of the collector's headers; no connection has it. */
const COLLECTOR_HEADERS = 'collector headers';

function keyPlace({ id, baseUrl }: KeyOwner): Place {
  return placeOf(oldKey(id), baseUrl);
}

/** The values of a connection's extra headers are beside its key. */
function headersPlace({ id, baseUrl }: KeyOwner): Place {
  return placeOf(oldHeaders(id), baseUrl);
}

function collectorPlace(endpoint: string): Place {
  return placeOf(COLLECTOR_HEADERS, endpoint);
}

function placeOf(old: string, address: string): Place {
  const origin = originOf(address);
  return { name: `${old} ${origin}`, origin };
}

/** The names from before they named a server. */
function oldKey(id: ConnectionId): string {
  return String(id);
}

function oldHeaders(id: ConnectionId): string {
  return `${id} headers`;
}

/** On Linux `basic_text` encrypts with a password that is in Chromium's sources. */
function hasRealEncryption(): boolean {
  if (!safeStorage.isEncryptionAvailable()) return false;
  return process.platform !== 'linux' || safeStorage.getSelectedStorageBackend() !== 'basic_text';
}

/** Electron does it only where the desktop has no keyring of its own: not in place of one that is locked. */
function canEncryptWeakly(): boolean {
  return process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text';
}

function canBeBetter({ strength }: Entry, isBound: boolean): boolean {
  if (hasRealEncryption()) return strength === 'weak' || !isBound;
  return strength === 'weak' && !isBound;
}

/** A secret with its server, or null for one from before. */
function openBound(text: string): z.infer<typeof bound> | null {
  try {
    return bound.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/**
 * What keys, the values of headers and all that is encrypted are made of. Another keychain's password
 * does not always make the system fail: one time in 256 it gives back noise.
 */
const SECRET = /^[\x20-\x7e]+$/;

function decrypt({ ciphertext, strength }: Entry): string | null {
  try {
    if (strength === 'weak' && !hasRealEncryption()) safeStorage.setUsePlainTextEncryption(true);
    const text = safeStorage.decryptString(Buffer.from(ciphertext, 'base64'));
    return SECRET.test(text) ? text : null;
  } catch {
    return null;
  }
}
