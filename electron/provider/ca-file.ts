import { X509Certificate } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { FailureError } from '../../shared/errors';

/** All roots of a system are about 250 kB. */
const MAX_FILE_BYTES = 1024 * 1024;

const CERTIFICATE = /-----BEGIN CERTIFICATE-----([^-]*)-----END CERTIFICATE-----/g;

/** Names a state of a file, so that a file that was changed is read again. */
export interface CaFile {
  readonly version: string;
  /** Each in PEM. */
  readonly certificates: () => Promise<string[]>;
}

/**
 * Looks at a file of certificates in PEM that the user trusts. What else stands in the file, such as
 * their descriptions, is ignored.
 *
 * It and `certificates` throw a `FailureError` with `invalid_input`: `ca_unreadable` when there is no such
 * file or it is longer than a megabyte, `ca_not_pem` when it has no certificate or a damaged one.
 */
export async function openCaFile(path: string): Promise<CaFile> {
  const file = await stat(path).catch((cause: unknown) => unreadable(cause));
  if (!file.isFile() || file.size > MAX_FILE_BYTES) return unreadable();
  return {
    version: JSON.stringify([path, file.mtimeMs, file.size]),
    certificates: async () => {
      const source = await readFile(path, 'latin1').catch((cause: unknown) => unreadable(cause));
      const found = [...source.matchAll(CERTIFICATE)].map(([, base64 = '']) => readable(base64));
      if (found.length === 0) throw notPem();
      return found;
    },
  };
}

function unreadable(cause?: unknown): never {
  throw new FailureError({ code: 'invalid_input', reason: 'ca_unreadable' }, { cause });
}

/** The certificate in PEM as OpenSSL likes it: it does not take every line break that others write. */
function readable(base64: string): string {
  try {
    return new X509Certificate(Buffer.from(base64, 'base64')).toString();
  } catch (cause) {
    throw notPem(cause);
  }
}

function notPem(cause?: unknown): FailureError {
  return new FailureError({ code: 'invalid_input', reason: 'ca_not_pem' }, { cause });
}
