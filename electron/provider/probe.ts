import { type Dispatcher, request } from 'undici';
import type { Model, Profile } from '../../shared/contract/connection';
import type { Failure } from '../../shared/errors';
import { failureOfBody, failureOfTransport, reportsError } from './failure';
import { type Endpoint, parseJson, readShortBody, requestHeaders } from './http';
import { readModels } from './models';
import { isRecord } from './wire';

/** A catalogue of a thousand models has about 1 MB. */
const MAX_LIST_BYTES = 32 * 1024 * 1024;

/** A check that takes longer than this, in milliseconds, is a server one cannot talk to. */
const CHECK_MS = 15_000;

/** The cheapest request that needs a key, where the model list needs none (wire-facts, sections 1, 3). */
const KEY_PATHS: ReadonlyMap<Profile, string> = new Map([
  ['apipie', '/queries?limit=1&offset=0'],
  ['openrouter', '/key'],
]);

export type Probe<T> =
  | { readonly ok: true; readonly value: T; readonly latencyMs: number }
  | { readonly ok: false; readonly failure: Failure };

/**
 * Asks for the model list. It shows that the address is an API and, at most servers, that the key is
 * accepted; where models are listed without one, `probeConnection` asks further.
 */
export async function probeModels(
  endpoint: Endpoint,
  signal?: AbortSignal,
): Promise<Probe<Model[]>> {
  const answer = await get(endpoint, '/models', signal);
  if (!answer.ok) return answer;
  const models = readModels(answer.value);
  if (models === null) return { ok: false, failure: { code: 'bad_stream', reason: 'not_an_api' } };
  return { ...answer, value: models };
}

/** Whether the server is an API and takes the key. No credit is no objection to a key. */
export async function probeConnection(
  profile: Profile,
  endpoint: Endpoint,
  signal?: AbortSignal,
): Promise<Probe<Model[]>> {
  const models = await probeModels(endpoint, signal);
  const path = KEY_PATHS.get(profile);
  if (!models.ok || path === undefined) return models;
  const proof = await get(endpoint, path, signal);
  return !proof.ok && proof.failure.code === 'key_rejected' ? proof : models;
}

async function get(
  endpoint: Endpoint,
  path: string,
  signal: AbortSignal | undefined,
): Promise<Probe<unknown>> {
  const timeout = AbortSignal.timeout(CHECK_MS);
  const started = performance.now();
  try {
    const response = await request(endpoint.baseUrl + path, {
      headers: requestHeaders(endpoint),
      dispatcher: endpoint.dispatcher,
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    const latencyMs = performance.now() - started;
    const source = await readShortBody(response, MAX_LIST_BYTES);
    const failure = failureOfAnswer(response, source, endpoint.key);
    return failure ? { ok: false, failure } : { ok: true, value: parseJson(source), latencyMs };
  } catch (error) {
    if (timeout.aborted) return { ok: false, failure: { code: 'timeout', reason: 'headers' } };
    if (signal?.aborted) return { ok: false, failure: { code: 'stopped' } };
    return { ok: false, failure: failureOfTransport(error) };
  }
}

function failureOfAnswer(
  { statusCode }: Dispatcher.ResponseData,
  source: string,
  key: string,
): Failure | null {
  const body = parseJson(source);
  const isApi = body !== undefined && (isRecord(body) || Array.isArray(body));
  if (statusCode >= 300 && statusCode < 400) {
    return { code: 'bad_stream', reason: 'redirected', status: statusCode };
  }
  if (statusCode === 404 || statusCode === 405 || (statusCode < 400 && !isApi)) {
    return { code: 'bad_stream', reason: 'not_an_api', status: statusCode };
  }
  if (statusCode >= 400) return failureOfBody(body ?? undefined, statusCode, key);
  // LM Studio answers a wrong path with 200 and an error (wire-facts, section 4).
  if (isRecord(body) && reportsError(body)) return { code: 'bad_stream', reason: 'not_an_api' };
  return null;
}
