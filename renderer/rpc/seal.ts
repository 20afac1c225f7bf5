import type { SealedKey } from '../../shared/contract/connection';
import type { ProxyChoice } from '../../shared/endpoint';
import { splitPassword } from '../../shared/proxy-password';
import { client } from './client';

const CURVE = { name: 'ECDH', namedCurve: 'P-256' } as const;

/** Encrypts a key or another secret for main alone, so that what goes across does not hold it in clear. */
export async function sealSecret(secret: string): Promise<SealedKey> {
  const { subtle } = crypto;
  const main = await subtle.importKey(
    'spki',
    bytesOf(await client.connections.sealingKey()),
    CURVE,
    false,
    [],
  );
  const own = await subtle.generateKey(CURVE, false, ['deriveKey']);
  const shared = await subtle.deriveKey(
    { name: 'ECDH', public: main },
    own.privateKey,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt'],
  );
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const ciphertext = await subtle.encrypt(
    { name: 'AES-GCM', iv },
    shared,
    new TextEncoder().encode(secret),
  );
  return {
    sender: textOf(await subtle.exportKey('spki', own.publicKey)),
    iv: textOf(iv.buffer),
    ciphertext: textOf(ciphertext),
  };
}

/** A chosen proxy, and the password that stands in its address apart and encrypted. */
export async function sealedProxy(
  chosen: ProxyChoice,
): Promise<{ proxy: ProxyChoice; proxyPassword?: SealedKey }> {
  const { proxy, password } = splitPassword(chosen);
  return password === null ? { proxy } : { proxy, proxyPassword: await sealSecret(password) };
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

function textOf(bytes: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(bytes)));
}
