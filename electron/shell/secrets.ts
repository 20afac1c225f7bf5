import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { safeStorage } from 'electron';
import { z } from 'zod';
import type { KeyState, KeyStrength } from '../../shared/contract/connection';
import type { ConnectionId } from '../../shared/ids';
import type { KeyVault } from '../runs/endpoints';
import type { CollectorVault } from '../telemetry/collector';
import { readJsonFile, writeJsonFile } from './json-file';

const entry = z.object({
  /** Base64 of what `safeStorage` made of the key. */
  ciphertext: z.string(),
  strength: z.enum(['encrypted', 'weak']),
});

const keyFile = z.object({ version: z.literal(1), keys: z.record(z.string(), entry) });
type KeyFile = z.infer<typeof keyFile>;

/**
 * Keeps keys through the operating system's own encryption. Where it has none, a key lives in memory
 * until the app ends, unless the user agrees to weak storage. A key that cannot be decrypted stays in
 * the file: the keychain may only be locked (decision 0026).
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
    if (file === null && existsSync(path)) copyFileSync(path, asideOf(path));
    this.#file = file ?? { version: 1, keys: {} };
  }

  strength(): KeyStrength {
    if (hasRealEncryption()) return 'encrypted';
    return process.platform === 'linux' ? 'weak' : 'none';
  }

  state(id: ConnectionId): KeyState {
    const name = String(id);
    if (this.#session.has(name)) return 'session';
    if (!this.#file.keys[name]) return 'missing';
    if (this.read(id) === null) return 'unreadable';
    // Reading it may have made a weak one strong.
    return this.#file.keys[name].strength;
  }

  read(id: ConnectionId): string | null {
    return this.#read(String(id));
  }

  save(id: ConnectionId, key: string, allowWeak: boolean): void {
    const values = this.#read(headersOf(id));
    this.#save({
      [String(id)]: { secret: key, allowWeak },
      ...(values === null ? {} : { [headersOf(id)]: { secret: values, allowWeak } }),
    });
  }

  forget(id: ConnectionId): void {
    this.#forget(String(id));
  }

  forgetAll(id: ConnectionId): void {
    this.#forget(String(id), headersOf(id));
  }

  readHeaders(id: ConnectionId): Readonly<Record<string, string>> | null {
    return this.#readValues(headersOf(id));
  }

  saveHeaders(
    id: ConnectionId,
    values: Readonly<Record<string, string>>,
    allowWeak: boolean,
  ): void {
    this.#saveValues(headersOf(id), values, allowWeak);
  }

  readCollectorHeaders(): Readonly<Record<string, string>> | null {
    return this.#readValues(COLLECTOR_HEADERS);
  }

  saveCollectorHeaders(
    values: Readonly<Record<string, string>>,
    allowWeak = this.#file.keys[COLLECTOR_HEADERS]?.strength === 'weak',
  ): void {
    this.#saveValues(COLLECTOR_HEADERS, values, allowWeak);
  }

  #readValues(name: string): Readonly<Record<string, string>> | null {
    const text = this.#read(name);
    return text === null ? null : headers.parse(JSON.parse(text));
  }

  #saveValues(name: string, values: Readonly<Record<string, string>>, allowWeak: boolean): void {
    if (Object.keys(values).length === 0) this.#forget(name);
    else this.#save({ [name]: { secret: JSON.stringify(values), allowWeak } });
  }

  #read(name: string): string | null {
    const secret = this.#session.get(name) ?? this.#known.get(name);
    if (secret !== undefined) return secret;
    const stored = this.#file.keys[name];
    if (!stored) return null;
    const read = decrypt(stored.ciphertext, stored.strength);
    if (read === null) return null;
    this.#known.set(name, read);
    if (stored.strength === 'weak' && hasRealEncryption()) this.#strengthen(name, read);
    return read;
  }

  /** Weakly kept once, and the system can keep it well by now. */
  #strengthen(name: string, secret: string): void {
    try {
      this.#save({ [name]: { secret, allowWeak: true } });
    } catch {
      // It stays as it was, and is tried again at the next start.
    }
  }

  /** Keeps each as well as it can. When the file cannot be written, all stays as it was, and it throws. */
  #save(
    secrets: Readonly<Record<string, { readonly secret: string; readonly allowWeak: boolean }>>,
  ): void {
    const strength = this.strength();
    const keys = { ...this.#file.keys };
    const sessionOnly = new Set<string>();
    for (const [name, { secret, allowWeak }] of Object.entries(secrets)) {
      if (strength === 'encrypted' || (strength === 'weak' && allowWeak)) {
        if (strength === 'weak') safeStorage.setUsePlainTextEncryption(true);
        const ciphertext = safeStorage.encryptString(secret).toString('base64');
        keys[name] = { ciphertext, strength };
      } else {
        sessionOnly.add(name);
        // What cannot be read now may be good again when the keychain is.
        if (this.#isReadable(name)) delete keys[name];
      }
    }
    this.#write(keys);
    for (const [name, { secret }] of Object.entries(secrets)) {
      this.#session.delete(name);
      this.#known.delete(name);
      (sessionOnly.has(name) ? this.#session : this.#known).set(name, secret);
    }
  }

  #isReadable(name: string): boolean {
    const stored = this.#file.keys[name];
    if (!stored || this.#known.has(name)) return true;
    return decrypt(stored.ciphertext, stored.strength) !== null;
  }

  /** Nothing of them is left, also not in a file that was set aside. */
  #forget(...names: readonly string[]): void {
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

function asideOf(path: string): string {
  return `${path}.unreadable`;
}

const headers = z.record(z.string(), z.string());

/** The name under which the values of the collector's headers are kept; no connection has it. */
const COLLECTOR_HEADERS = 'collector headers';

/** The name under which the values of a connection's extra headers are kept, beside its key. */
function headersOf(id: ConnectionId): string {
  return `${id} headers`;
}

/** On Linux `basic_text` encrypts with a password that is in Chromium's sources. */
function hasRealEncryption(): boolean {
  if (!safeStorage.isEncryptionAvailable()) return false;
  return process.platform !== 'linux' || safeStorage.getSelectedStorageBackend() !== 'basic_text';
}

/**
 * What a key or the values of headers are made of. Another keychain's password does not always make the
 * system fail: one time in 256 it gives back noise.
 */
const SECRET = /^[\x20-\x7e]+$/;

function decrypt(ciphertext: string, strength: 'encrypted' | 'weak'): string | null {
  try {
    if (strength === 'weak' && !hasRealEncryption()) safeStorage.setUsePlainTextEncryption(true);
    const secret = safeStorage.decryptString(Buffer.from(ciphertext, 'base64'));
    return SECRET.test(secret) ? secret : null;
  } catch {
    return null;
  }
}
