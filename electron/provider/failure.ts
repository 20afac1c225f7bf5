import { type ErrorCode, type Failure, FailureError } from '../../shared/errors';
import { parseJson } from './http';
import { MASK, masked } from './mask';
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
    /invalid_api_key|authentication_error|incorrect api key|invalid api key|api key not valid|unauthorized/,
    'key_rejected',
  ],
  [/content_policy|content_filter|\bmoderation\b|content_blocked|\bsafety\b/, 'content_blocked'],
  [/rate_limit|too many requests|overloaded/, 'rate_limited'],
];

/** What LM Studio answers a wrong path with, under 200 (wire-facts, section 4). */
const WRONG_PATH = /^unexpected endpoint or method/i;

/**
 * Turns an error body into a failure. `status` is the HTTP status where that said no. A number in the
 * body only helps to choose the code: under 200 it may come from a provider behind the server, after
 * work began (wire-facts, section 3), so it is no answer to the request. `key` is taken out of whatever
 * the server echoes.
 */
export function failureOfBody(
  body: unknown,
  status: number | undefined,
  key: string,
  retryAfterMs?: number,
): Failure {
  const said = readErrorBody(Array.isArray(body) ? body[0] : body);
  const refused = status !== undefined && status >= 400 ? status : undefined;
  const detail = said.message === null ? undefined : redact(said.message, key);
  const wrongPath = said.message !== null && WRONG_PATH.test(said.message);
  return {
    ...(wrongPath ? NO_SUCH_PATH : { code: codeOf(said, refused ?? statusInBody(body)) }),
    ...(detail === undefined ? {} : { detail }),
    ...(refused === undefined ? {} : { status: refused }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}

const NO_SUCH_PATH: Failure = { code: 'not_found', reason: 'not_an_api' };

/**
 * What a status other than 2xx says, with the text of its body. A page in HTML comes from something in
 * front of the server, or instead of it; its words are of no use.
 */
export function failureOfRefusal(
  source: string,
  status: number,
  key: string,
  retryAfterMs?: number,
): Failure {
  if (status < 400) return { code: 'not_found', reason: 'redirected', status };
  if (!source.trimStart().startsWith('<')) {
    return failureOfBody(parseJson(source) ?? source, status, key, retryAfterMs);
  }
  if (status === 404 || status === 405) return { ...NO_SUCH_PATH, status };
  return failureOfBody(undefined, status, key, retryAfterMs);
}

/** Takes secrets out of what a server said. */
export function withoutSecrets(failure: Failure, secrets: readonly string[]): Failure {
  if (failure.detail === undefined) return failure;
  const detail = masked(failure.detail, secrets);
  return detail === failure.detail ? failure : { ...failure, detail };
}

/** Whether a parsed body reports an error, in any of the known shapes. */
export function reportsError(body: WireRecord): boolean {
  const { error } = body;
  if (error !== undefined && error !== null && error !== false && error !== '') return true;
  if (body.object === 'error') return true;
  return body.choices === undefined && namesAnError(body.code) && 'message' in body;
}

/** A number below is that of a success, as in an envelope around a list. */
const FIRST_ERROR = 400;

function namesAnError(code: unknown): boolean {
  return typeof code === 'number' ? code >= FIRST_ERROR : text(code) !== null;
}

/**
 * What may be a key of somebody's. Nothing but letters behind `key` or `bearer` is a word: a server says
 * "bearer authentication" and "unknown key stream_options".
 */
const MAYBE_KEY =
  /\b(?:sk[-_ ]|(?:key|bearer)[-_ ](?![a-z]{1,20}(?:[-_.][a-z]{1,20})*(?![\w-]|\.\w)))[\w.-]{12,}/gi;

/** The server's words, cut and without the key. */
export function redact(message: string, key: string): string {
  return masked(message, [key]).replace(MAYBE_KEY, MASK).slice(0, MAX_DETAIL_LENGTH);
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
  if (!isRecord(body)) return { message: wordsOf(body), names: '' };
  const { error } = body;
  if (!isRecord(error)) {
    const message = wordsOf(error) ?? wordsOf(body.message) ?? wordsOf(body.detail);
    return { message, names: namesOf(body) };
  }
  const message = wordsOf(error.message) ?? wordsOf(body.message);
  const behind = wordsOfProvider(error);
  const words = [message, behind].filter((part) => part !== null).join(': ');
  return { message: text(words), names: namesOf(error) };
}

/**
 * A message in any of its forms: words, the list of FastAPI's validation errors (older vLLM and Mistral
 * answer 422 with it), or an object around one of them.
 */
function wordsOf(message: unknown, depth = 0): string | null {
  if (typeof message === 'string') return text(message.trim());
  if (Array.isArray(message)) return text(message.map(lineOf).join('; '));
  if (!isRecord(message) || depth > 2) return null;
  return wordsOf(message.message ?? message.detail ?? message.error, depth + 1);
}

function lineOf(entry: unknown): string {
  if (!isRecord(entry)) return String(entry);
  return [entry.loc, entry.msg].flat(2).map(String).join(' ');
}

/** OpenRouter puts what the provider said beside a message that says nothing. */
function wordsOfProvider(error: WireRecord): string | null {
  const raw = isRecord(error.metadata) ? error.metadata.raw : undefined;
  if (typeof raw !== 'string') return null;
  const body = parseJson(raw);
  return isRecord(body) ? readErrorBody(body).message : text(raw.trim());
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
  [/^(CERT_HAS_EXPIRED|CERT_NOT_YET_VALID)$/, 'tls_expired'],
  [/^(ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH)$/, 'tls_name'],
  [/^(CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|INVALID_(CA|PURPOSE)|PATH_LENGTH)/, 'tls_untrusted'],
  [/^(ERR_TLS|ERR_SSL|EPROTO)/, 'tls'],
  [/^(ENETUNREACH|EHOSTUNREACH|ENETDOWN|EHOSTDOWN|EADDRNOTAVAIL)$/, 'no_route'],
  [/^(ECONNRESET|EPIPE|UND_ERR_SOCKET|UND_ERR_RES_CONTENT_LENGTH|ETIMEDOUT)/, 'reset'],
];

/** Codes of a request that cannot leave as it is. */
const UNSENDABLE: ReadonlyMap<string, string> = new Map([
  ['ERR_INVALID_URL', 'not_a_url'],
  ['UND_ERR_INVALID_ARG', 'unsendable'],
]);

const TIMEOUTS: ReadonlyMap<string, string> = new Map([
  ['UND_ERR_CONNECT_TIMEOUT', 'connect'],
  ['UND_ERR_HEADERS_TIMEOUT', 'headers'],
  ['UND_ERR_BODY_TIMEOUT', 'idle'],
]);

/**
 * What kept a request from being answered, from the error that undici threw. `sent` tells whether the
 * request had begun to leave, where that is known: a connection that breaks before is one that was not
 * made, and the same code behind it can mean that the server is at work. A code that is not known stays
 * `unreachable`.
 */
export function failureOfTransport(error: unknown, sent?: boolean): Failure {
  // What a proxy did is told where it was spoken to.
  if (error instanceof FailureError) return error.failure;
  const { code, connecting } = causeOf(error);
  const before = sent === false || connecting;
  const timeout = before && code === 'ETIMEDOUT' ? 'connect' : TIMEOUTS.get(code);
  if (timeout !== undefined) return { code: 'timeout', reason: timeout };
  if (code === 'UND_ERR_HEADERS_OVERFLOW' || isOfParser(error)) {
    return { code: 'bad_stream', reason: 'not_http' };
  }
  if (/^(Z_|ERR__ERROR_|ERR_CONTENT_ENCODING$)/.test(code)) {
    return { code: 'bad_stream', reason: 'encoding' };
  }
  const unsendable = UNSENDABLE.get(code);
  if (unsendable !== undefined) return { code: 'invalid_input', reason: unsendable };
  const found = NETWORK_REASONS.find(([pattern]) => pattern.test(code))?.[1];
  return {
    code: 'network',
    reason: reasonOf(found, before, sent === true),
    ...(code === '' ? {} : { detail: code }),
  };
}

function reasonOf(found: string | undefined, before: boolean, after: boolean): string {
  if (found === undefined) return 'unreachable';
  if (after && !before) return 'reset';
  if (found === 'reset') return before ? 'connect' : found;
  return found === 'no_route' && !before ? 'unreachable' : found;
}

/** What undici's parser does not take for HTTP; it gives most of these errors no code. */
function isOfParser(error: unknown): boolean {
  return error instanceof Error && error.name === 'HTTPParserError';
}

/**
 * The code of an error or of what caused it, and whether the system said so of a connection in the
 * making; an aggregate of several addresses has both one deeper.
 */
function causeOf(error: unknown): { readonly code: string; readonly connecting: boolean } {
  let code = '';
  let connecting = false;
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 4; depth++) {
    if (code === '' && 'code' in at && typeof at.code === 'string') code = at.code;
    if ('syscall' in at && at.syscall === 'connect') connecting = true;
    at = at instanceof AggregateError && at.errors.length > 0 ? at.errors[0] : at.cause;
  }
  return { code, connecting };
}
