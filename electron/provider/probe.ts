import { normaliseBaseUrl } from '../../shared/base-url';
import type { ConnectionReport } from '../../shared/contract/connection';
import type { Failure } from '../../shared/errors';
import { needsKey, type Profile } from '../../shared/profile';
import { ask, type Probe } from './asking';
import { certificateOf } from './certificates';
import type { Endpoint } from './http';
import { type CatalogueModel, readModels } from './models';
import { type KeyProof, keyProofOf } from './profiles';
import { isRecord } from './wire';

export type { Probe } from './asking';

/**
 * Asks for the model list. It shows that the address is an API and, at most servers, that the key is
 * accepted; where models are listed without one, `probeConnection` asks further.
 */
export async function probeModels(
  endpoint: Endpoint,
  signal?: AbortSignal,
): Promise<Probe<CatalogueModel[]>> {
  const answer = await ask(endpoint, '/models', signal);
  if (!answer.ok) return answer;
  const models = readModels(answer.value);
  if (models === null) return { ok: false, failure: { code: 'bad_stream', reason: 'not_an_api' } };
  return { ...answer, value: models };
}

/**
 * Whether the server is an API and takes the key. No credit is no objection to a key. An address that
 * would be right with `/v1` at its end, or without it, is told by `try_other_path`.
 */
export async function probeConnection(
  profile: Profile,
  endpoint: Endpoint,
  signal?: AbortSignal,
): Promise<Probe<CatalogueModel[]>> {
  const models = await probeModels(endpoint, signal);
  if (!models.ok) {
    return { ok: false, failure: await withOtherPath(models.failure, endpoint, signal) };
  }
  const proof = keyProofOf(profile);
  if (proof === null) return models;
  const { key, failure } = await proveKey(proof, endpoint, signal);
  return key === 'rejected' && failure ? { ok: false, failure } : models;
}

/**
 * *Test connection*: everything that can be found out without paying. `proxy` is the one that the
 * endpoint's dispatcher goes through.
 */
export async function testConnection(
  profile: Profile,
  endpoint: Endpoint,
  proxy: string | null,
  signal?: AbortSignal,
): Promise<ConnectionReport> {
  const models = await probeModels(endpoint, signal);
  const verdict = models.ok
    ? await testKey(profile, endpoint, signal)
    : verdictOf(await withOtherPath(models.failure, endpoint, signal));
  return {
    at: Date.now(),
    latencyMs: models.ok ? models.latencyMs : null,
    models: models.ok ? models.value.length : null,
    proxy,
    certificate: certificateOf(endpoint.dispatcher, endpoint.baseUrl),
    ...verdict,
  };
}

type Verdict = Pick<ConnectionReport, 'failure' | 'key' | 'credit'>;

const SILENT: Verdict = { failure: null, key: 'unknown', credit: 'unknown' };

/** What a refusal says of key and credit: whoever has none left was known. */
function verdictOf(failure: Failure): Verdict {
  if (failure.code === 'key_rejected') return { ...SILENT, failure, key: 'rejected' };
  if (failure.code === 'no_credit') return { failure, key: 'accepted', credit: 'none' };
  return { ...SILENT, failure };
}

async function testKey(
  profile: Profile,
  endpoint: Endpoint,
  signal: AbortSignal | undefined,
): Promise<Verdict> {
  if (endpoint.key === '') {
    return needsKey(profile)
      ? { ...SILENT, failure: { code: 'no_key' } }
      : { ...SILENT, key: 'not_needed' };
  }
  const proof = keyProofOf(profile);
  return proof ? proveKey(proof, endpoint, signal) : compareWithoutKey(endpoint, signal);
}

/** Rows of the history have user names and addresses in them: nothing of an answer is kept. */
async function proveKey(
  proof: KeyProof,
  endpoint: Endpoint,
  signal: AbortSignal | undefined,
): Promise<Verdict> {
  const answer = await ask(endpoint, proof.path, signal);
  if (!answer.ok) {
    // A server that lists its models and does not have this path is another one than was said.
    if (answer.failure.code === 'bad_stream') return { ...SILENT, key: 'unproven' };
    return verdictOf(answer.failure);
  }
  if (!proof.isAnswer(answer.value)) return { ...SILENT, key: 'unproven' };
  const credit = creditOf(answer.value);
  const failure: Failure | null = credit === 'none' ? { code: 'no_credit' } : null;
  return { failure, key: 'accepted', credit };
}

/** OpenRouter's `limit_remaining`, in dollars; without a limit of the key it says nothing. */
function creditOf(body: unknown): Verdict['credit'] {
  const remaining = isRecord(body) && isRecord(body.data) ? body.data.limit_remaining : null;
  const dollars = typeof remaining === 'string' ? Number.parseFloat(remaining) : remaining;
  if (typeof dollars !== 'number' || Number.isNaN(dollars)) return 'unknown';
  return dollars > 0 ? 'some' : 'none';
}

/** The key was accepted if the list that came with it is refused without it. */
async function compareWithoutKey(
  endpoint: Endpoint,
  signal: AbortSignal | undefined,
): Promise<Verdict> {
  const bare = await ask({ ...endpoint, key: '' }, '/models', signal);
  if (bare.ok) return { ...SILENT, key: 'unproven' };
  return { ...SILENT, key: wantsKey(bare.failure) ? 'accepted' : 'unknown' };
}

function wantsKey({ code }: Failure): boolean {
  return code === 'no_key' || code === 'key_rejected';
}

/**
 * Names the address with `/v1` at its end, or without it, if that one answers as an API. It is asked
 * without the key and the user's headers: they are meant for the address that was given.
 */
async function withOtherPath(
  failure: Failure,
  endpoint: Endpoint,
  signal: AbortSignal | undefined,
): Promise<Failure> {
  const baseUrl = otherBaseUrl(endpoint.baseUrl);
  if (failure.reason !== 'not_an_api' || baseUrl === null) return failure;
  const bare: Endpoint = { ...endpoint, key: '', headers: {} };
  const there = await probeModels({ ...bare, baseUrl }, signal);
  if (!there.ok) {
    if (!wantsKey(there.failure)) return failure;
    // A server that asks everybody for a key first has not said that the path is right.
    const here = await ask(bare, '/models', signal);
    if (here.ok || wantsKey(here.failure)) return failure;
  }
  return { ...failure, reason: 'try_other_path', detail: baseUrl };
}

function otherBaseUrl(baseUrl: string): string | null {
  const other = baseUrl.endsWith('/v1') ? baseUrl.slice(0, -3) : `${baseUrl}/v1`;
  const entered = normaliseBaseUrl(other);
  // A bare host would get its `/v1` back.
  return entered.ok && entered.url === other ? other : null;
}
