import type { IncomingMessage } from 'node:http';
import type { KeyCheck } from './request-log';

/** Checks the key in any of the three forms the API takes: bearer, bare, and x-api-key. */
export function checkKey(request: IncomingMessage, key: string): KeyCheck {
  const { authorization } = request.headers;
  const given = authorization?.replace(/^Bearer\s+/i, '') ?? request.headers['x-api-key'];
  if (given === undefined || given === '') return 'missing';
  return given === key ? 'ok' : 'wrong';
}

/** The headers of a request with every key replaced by what was found out about it. */
export function headersWithoutKey(
  request: IncomingMessage,
  check: KeyCheck,
): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers[name] = [value].flat().join(', ');
  }
  for (const name of ['authorization', 'x-api-key']) {
    if (name in headers) headers[name] = check;
  }
  return headers;
}
