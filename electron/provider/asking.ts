import type { Dispatcher } from 'undici';
import type { Failure } from '../../shared/errors';
import {
  failureOfBody,
  failureOfRefusal,
  failureOfTransport,
  redact,
  reportsError,
  withoutSecrets,
} from './failure';
import {
  askedWait,
  type Endpoint,
  parseJson,
  readShortBody,
  requestHeaders,
  secretsOf,
} from './http';
import { isRecord } from './wire';

/** A catalogue of a thousand models has about 1 MB. */
const MAX_BYTES = 32 * 1024 * 1024;

/**
 * A question that takes longer than this, in milliseconds, goes to a server one cannot talk to. It is
 * longer than a connection may take, so that one that is not made is told from an answer that is late.
 */
const ASK_MS = 25_000;

export type Probe<T> =
  | { readonly ok: true; readonly value: T; readonly latencyMs: number }
  | { readonly ok: false; readonly failure: Failure };

/**
 * Asks a server for something that costs nothing, `path` being relative to the endpoint's address. The
 * value is JSON, an object or an array, that reports no error. The latency is the time until the head of
 * the answer, in milliseconds, with that of the connection where a new one was made.
 */
export async function ask(
  endpoint: Endpoint,
  path: string,
  signal?: AbortSignal,
): Promise<Probe<unknown>> {
  const timeout = AbortSignal.timeout(ASK_MS);
  const started = performance.now();
  let latencyMs: number | null = null;
  try {
    const { request } = await import('undici');
    const response = await request(endpoint.baseUrl + path, {
      headers: requestHeaders(endpoint),
      dispatcher: endpoint.dispatcher,
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      headersTimeout: Math.min(ASK_MS, endpoint.limits.headersMs),
      bodyTimeout: Math.min(ASK_MS, endpoint.limits.idleMs),
    });
    latencyMs = performance.now() - started;
    const source = await readShortBody(response, MAX_BYTES);
    const failure = failureOfAnswer(response, source, endpoint);
    return failure ? { ok: false, failure } : { ok: true, value: parseJson(source), latencyMs };
  } catch (error) {
    if (signal?.aborted) return { ok: false, failure: { code: 'stopped' } };
    if (!timeout.aborted) return { ok: false, failure: failureOfTransport(error) };
    const reason = latencyMs === null ? 'headers' : 'whole';
    return { ok: false, failure: { code: 'timeout', reason } };
  }
}

function failureOfAnswer(
  { statusCode: status, headers }: Dispatcher.ResponseData,
  source: string,
  endpoint: Endpoint,
): Failure | null {
  if (status >= 300 && status < 400) return redirection(status, headers.location, endpoint);
  if (status === 404 || status === 405) return notAnApi(status);
  if (status < 400) return failureOfSuccess(status, parseJson(source), endpoint);
  const wait = askedWait(headers, Date.now());
  const failure = withoutSecretsOf(endpoint, failureOfRefusal(source, status, endpoint.key, wait));
  const nothingShown = endpoint.key === '' && Object.keys(endpoint.headers).length === 0;
  return nothingShown && failure.code === 'key_rejected' ? { ...failure, code: 'no_key' } : failure;
}

/** What is wrong with an answer that says it is good. */
function failureOfSuccess(status: number, body: unknown, endpoint: Endpoint): Failure | null {
  if (!isRecord(body) && !Array.isArray(body)) return notAnApi(status);
  if (!isRecord(body) || !reportsError(body)) return null;
  const failure = withoutSecretsOf(endpoint, failureOfBody(body, undefined, endpoint.key));
  // LM Studio answers a wrong path with 200 and an error (wire-facts, section 4).
  if (failure.reason === 'not_an_api') return notAnApi(status);
  if (failure.code !== 'provider_failed') return failure;
  return { ...failure, code: 'bad_stream', reason: 'answers_error' };
}

function notAnApi(status: number): Failure {
  return { code: 'bad_stream', reason: 'not_an_api', status };
}

/** Where to is worth knowing: often it is the same address with https. It is never followed. */
function redirection(
  status: number,
  location: string | string[] | undefined,
  endpoint: Endpoint,
): Failure {
  const failure: Failure = { code: 'bad_stream', reason: 'redirected', status };
  const to = [location].flat()[0];
  if (to === undefined || !URL.canParse(to, endpoint.baseUrl)) return failure;
  const { origin, pathname } = new URL(to, endpoint.baseUrl);
  const detail = redact((origin + pathname).slice(0, 300), endpoint.key);
  return withoutSecretsOf(endpoint, { ...failure, detail });
}

function withoutSecretsOf(endpoint: Endpoint, failure: Failure): Failure {
  return withoutSecrets(failure, secretsOf(endpoint));
}
