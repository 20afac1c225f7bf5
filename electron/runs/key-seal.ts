import { webcrypto } from 'node:crypto';
import { apiKey, headerValue, type SealedKey } from '../../shared/contract/connection';
import { FailureError } from '../../shared/errors';

const CURVE = { name: 'ECDH', namedCurve: 'P-256' } as const;

const { subtle } = webcrypto;

/** Opens the keys that the page seals. Its own key pair lives as long as the app runs. */
export class KeySeal {
  #pair: Promise<webcrypto.CryptoKeyPair> | null = null;

  /** The public half, base64 of its SPKI form. */
  async publicKey(): Promise<string> {
    const { publicKey } = await this.#keyPair();
    return Buffer.from(await subtle.exportKey('spki', publicKey)).toString('base64');
  }

  /** Throws a `FailureError` for what was not sealed for this app, or is no key. */
  async open(sealed: SealedKey): Promise<string> {
    const key = apiKey.safeParse(await this.#decrypt(sealed));
    if (!key.success) throw new FailureError({ code: 'invalid_input', reason: 'key' });
    return key.data;
  }

  /** The value of a header, sealed like a key. Throws a `FailureError`. */
  async openHeader(sealed: SealedKey): Promise<string> {
    const value = headerValue.safeParse(await this.#decrypt(sealed));
    if (!value.success) throw new FailureError({ code: 'invalid_input', reason: 'header_value' });
    return value.data;
  }

  async #decrypt({ sender, iv, ciphertext }: SealedKey): Promise<string> {
    try {
      const { privateKey } = await this.#keyPair();
      const from = await subtle.importKey('spki', Buffer.from(sender, 'base64'), CURVE, false, []);
      const shared = await subtle.deriveKey(
        { name: 'ECDH', public: from },
        privateKey,
        { name: 'AES-GCM', length: 256 },
        false,
        ['decrypt'],
      );
      const plain = await subtle.decrypt(
        { name: 'AES-GCM', iv: Buffer.from(iv, 'base64') },
        shared,
        Buffer.from(ciphertext, 'base64'),
      );
      return new TextDecoder().decode(plain);
    } catch (error) {
      throw new FailureError({ code: 'invalid_input', reason: 'seal' }, { cause: error });
    }
  }

  #keyPair(): Promise<webcrypto.CryptoKeyPair> {
    this.#pair ??= subtle.generateKey(CURVE, false, ['deriveKey']);
    return this.#pair;
  }
}
