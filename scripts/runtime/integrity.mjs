import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

/**
 * Whether a file is byte for byte the one that was pinned, in the notation of package-lock.json.
 * @param {string} file
 * @param {string} integrity For example `sha512-…` in base64.
 */
export async function hasIntegrity(file, integrity) {
  const dash = integrity.indexOf('-');
  const hash = createHash(integrity.slice(0, dash));
  await pipeline(createReadStream(file), hash);
  return hash.digest('base64') === integrity.slice(dash + 1);
}
