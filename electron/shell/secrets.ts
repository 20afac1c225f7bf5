import { copyFileSync, existsSync } from 'node:fs';
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
 * the file: the keychain may only be locked.
 */
export class Secrets implements KeyVault, CollectorVault {
  readonly #path: string;
  readonly #file: KeyFile;
  /** Secrets in use, so that the system is asked once. They never leave main. */
  readonly #inMemory = new Map<string, string>();

  constructor(path: string) {
    this.#path = path;
    this.#file = readJsonFile(path, keyFile) ?? { version: 1, keys: {} };
    // A file that cannot be read is set aside, not overwritten by the next save.
    if (existsSync(path) && readJsonFile(path, keyFile) === null) {
      copyFileSync(path, `${path}.unreadable`);
    }
  }

  strength(): KeyStrength {
    if (hasRealEncryption()) return 'encrypted';
    return process.platform === 'linux' ? 'weak' : 'none';
  }

  state(id: ConnectionId): KeyState {
    const stored = this.#file.keys[id];
    if (!stored) return this.#inMemory.has(String(id)) ? 'session' : 'missing';
    return this.read(id) === null ? 'unreadable' : stored.strength;
  }

  read(id: ConnectionId): string | null {
    return this.#read(String(id));
  }

  save(id: ConnectionId, key: string, allowWeak: boolean): void {
    this.#save(String(id), key, allowWeak);
  }

  forget(id: ConnectionId): void {
    this.#inMemory.delete(String(id));
    delete this.#file.keys[id];
    writeJsonFile(this.#path, this.#file);
  }

  readHeaders(id: ConnectionId): Readonly<Record<string, string>> | null {
    const text = this.#read(headersOf(id));
    return text === null ? null : headers.parse(JSON.parse(text));
  }

  saveHeaders(
    id: ConnectionId,
    values: Readonly<Record<string, string>>,
    allowWeak: boolean,
  ): void {
    this.#save(headersOf(id), JSON.stringify(values), allowWeak);
  }

  readCollectorHeaders(): Readonly<Record<string, string>> | null {
    const text = this.#read(COLLECTOR_HEADERS);
    return text === null ? null : headers.parse(JSON.parse(text));
  }

  saveCollectorHeaders(values: Readonly<Record<string, string>>, allowWeak: boolean): void {
    this.#save(COLLECTOR_HEADERS, JSON.stringify(values), allowWeak);
  }

  #read(name: string): string | null {
    const known = this.#inMemory.get(name);
    if (known !== undefined) return known;
    const stored = this.#file.keys[name];
    if (!stored) return null;
    const secret = decrypt(stored.ciphertext, stored.strength);
    if (secret !== null) this.#inMemory.set(name, secret);
    return secret;
  }

  #save(name: string, secret: string, allowWeak: boolean): void {
    this.#inMemory.set(name, secret);
    const strength = this.strength();
    if (strength === 'encrypted' || (strength === 'weak' && allowWeak)) {
      if (strength === 'weak') safeStorage.setUsePlainTextEncryption(true);
      const ciphertext = safeStorage.encryptString(secret).toString('base64');
      this.#file.keys[name] = { ciphertext, strength };
    } else {
      delete this.#file.keys[name];
    }
    writeJsonFile(this.#path, this.#file);
  }
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

function decrypt(ciphertext: string, strength: 'encrypted' | 'weak'): string | null {
  try {
    if (strength === 'weak' && !hasRealEncryption()) safeStorage.setUsePlainTextEncryption(true);
    return safeStorage.decryptString(Buffer.from(ciphertext, 'base64'));
  } catch {
    return null;
  }
}
