import type { ErrorCode, Failure } from '../../shared/errors';
import { isRecord, text, type WireRecord } from './wire';

const MAX_DETAIL_LENGTH = 600;

/** What a server said of an error, whatever shape it gave it (wire-facts, section 5, point 6). */
interface ErrorBody {
  readonly message: string | null;
  /** Codes and types, lower case, joined: what the tables below are matched against. */
  readonly names: string;
}

const BY_STATUS: ReadonlyMap<number, ErrorCode> = new Map([
  [401, 'key_rejected'],
  [402, 'no_credit'],
  [403, 'key_rejected'],
  [404, 'not_found'],
  [408, 'timeout'],
  [409, 'conflict'],
  [413, 'context_too_long'],
  [429, 'rate_limited'],
  [504, 'timeout'],
]);

/** Names and phrases that say more than the status does, the most telling first. */
const BY_WORDS: readonly (readonly [RegExp, ErrorCode])[] = [
  [
    /insufficient_quota|account_error|insufficient[ _]credits?|no credit|billing_hard_limit/,
    'no_credit',
  ],
  [
    /context_length|exceed_context_size|maximum context|context (?:window|length|size)|prompt is too long|too many tokens/,
    'context_too_long',
  ],
  [
    /invalid_api_key|authentication_error|incorrect api key|invalid api key|unauthorized/,
    'key_rejected',
  ],
  [/content_policy|content_filter|moderation|content_blocked|safety/, 'content_blocked'],
  [/rate_limit|too many requests|overloaded/, 'rate_limited'],
];

/**
 * Turns an error body into a failure. `status` is the HTTP status, or the number the body itself gives
 * when the transport said 200. `key` is taken out of whatever the server echoes.
 */
export function failureOfBody(
  body: unknown,
  status: number | undefined,
  key: string,
  retryAfterMs?: number,
): Failure {
  const said = readErrorBody(body);
  const inner = status === undefined || status < 400 ? (statusInBody(body) ?? status) : status;
  const detail = said.message === null ? undefined : redact(said.message, key);
  return {
    code: codeOf(said, inner),
    ...(detail === undefined ? {} : { detail }),
    ...(inner === undefined ? {} : { status: inner }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}

/** Whether a parsed body reports an error, in any of the known shapes. */
export function reportsError(body: WireRecord): boolean {
  if (body.error !== undefined && body.error !== null) return true;
  if (body.object === 'error') return true;
  return body.choices === undefined && text(body.code) !== null && 'message' in body;
}

/** The server's words, cut and without the key. */
export function redact(message: string, key: string): string {
  const shown = key.length >= 4 ? message.replaceAll(key, '•••') : message;
  return shown.replace(/\b(sk|key|bearer)[-_ ][\w.-]{12,}/gi, '•••').slice(0, MAX_DETAIL_LENGTH);
}

function codeOf(said: ErrorBody, status: number | undefined): ErrorCode {
  const words = `${said.names} ${said.message?.toLowerCase() ?? ''}`;
  for (const [pattern, code] of BY_WORDS) if (pattern.test(words)) return code;
  if (status === undefined) return 'provider_failed';
  const known = BY_STATUS.get(status);
  if (known) return known;
  if (status >= 400 && status < 500) return 'invalid_input';
  return 'provider_failed';
}

function readErrorBody(body: unknown): ErrorBody {
  if (typeof body === 'string') return { message: text(body.trim()), names: '' };
  if (!isRecord(body)) return { message: null, names: '' };
  const error = body.error;
  if (typeof error === 'string') return { message: error, names: namesOf(body) };
  if (isRecord(error)) {
    return {
      message: text(error.message) ?? text(body.message),
      names: namesOf(error),
    };
  }
  if (Array.isArray(body.detail)) return { message: detailOf(body.detail), names: '' };
  return {
    message: text(body.message) ?? text(body.detail),
    names: namesOf(body),
  };
}

/** The list of FastAPI's validation errors: vLLM and others answer 422 with it. */
function detailOf(detail: readonly unknown[]): string | null {
  const lines = detail.map((entry) =>
    isRecord(entry) ? [entry.loc, entry.msg].flat(2).map(String).join(' ') : String(entry),
  );
  return text(lines.join('; '));
}

function namesOf(error: WireRecord): string {
  const metadata = isRecord(error.metadata) ? error.metadata : {};
  return [error.code, error.type, metadata.error_type]
    .filter((name) => typeof name === 'string')
    .join(' ')
    .toLowerCase();
}

function statusInBody(body: unknown): number | undefined {
  const error = isRecord(body) && isRecord(body.error) ? body.error : body;
  const code = isRecord(error) ? error.code : undefined;
  const number = typeof code === 'string' && /^\d{3}$/.test(code) ? Number(code) : code;
  return typeof number === 'number' && number >= 400 && number < 600 ? number : undefined;
}

/** Node's, undici's and OpenSSL's codes for what keeps a request from reaching a server. */
const NETWORK_REASONS: readonly (readonly [RegExp, string])[] = [
  [/^(ENOTFOUND|EAI_AGAIN|EAI_FAIL)/, 'dns'],
  [/^(ECONNREFUSED)$/, 'refused'],
  [/^(CERT_|ERR_TLS|ERR_SSL|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_(VERIFY|GET)|EPROTO)/, 'tls'],
  [/^(ENETUNREACH|EHOSTUNREACH|ENETDOWN|EADDRNOTAVAIL)$/, 'unreachable'],
  [/^(ECONNRESET|EPIPE|UND_ERR_SOCKET)/, 'reset'],
];

const TIMEOUT_CODES =
  /^(UND_ERR_CONNECT_TIMEOUT|UND_ERR_HEADERS_TIMEOUT|UND_ERR_BODY_TIMEOUT|ETIMEDOUT)$/;

/** What kept a request from being answered, from the error that undici threw. */
export function failureOfTransport(error: unknown): Failure {
  const code = errorCodeOf(error);
  if (TIMEOUT_CODES.test(code)) return { code: 'timeout', reason: timeoutReason(code) };
  if (code === 'UND_ERR_HEADERS_OVERFLOW' || code.startsWith('HPE_')) {
    return { code: 'bad_stream', reason: 'not_http' };
  }
  if (/^(Z_|ERR__ERROR_|ERR_CONTENT_ENCODING$)/.test(code)) {
    return { code: 'bad_stream', reason: 'encoding' };
  }
  const reason = NETWORK_REASONS.find(([pattern]) => pattern.test(code))?.[1] ?? 'unreachable';
  return { code: 'network', reason, ...(code === '' ? {} : { detail: code }) };
}

function timeoutReason(code: string): string {
  if (code === 'UND_ERR_BODY_TIMEOUT') return 'idle';
  return code === 'UND_ERR_HEADERS_TIMEOUT' ? 'headers' : 'connect';
}

/** The code of an error or of what caused it; an aggregate of several addresses has it one deeper. */
function errorCodeOf(error: unknown): string {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 4; depth++) {
    if ('code' in at && typeof at.code === 'string') return at.code;
    at = at instanceof AggregateError && at.errors.length > 0 ? at.errors[0] : at.cause;
  }
  return '';
}
