import { type BaseUrl, normaliseBaseUrl } from '../../../shared/base-url';
import { apiKey } from '../../../shared/contract/connection';
import type { Failure } from '../../../shared/errors';

/** What is wrong with the form, by the field it is shown under. */
export type ProblemKind =
  | 'urlEmpty'
  | 'urlNotAUrl'
  | 'urlNotHttp'
  | 'urlHasCredentials'
  | 'keyEmpty'
  | 'keyNotAscii'
  | 'keyRejected'
  | 'noCredit'
  | 'dns'
  | 'refused'
  | 'tls'
  | 'unreachable'
  | 'timeout'
  | 'notAnApi'
  | 'redirected'
  | 'rateLimited'
  | 'serverFailed'
  | 'refusedRequest'
  | 'notSaved'
  | 'other';

export interface Problem {
  readonly field: 'url' | 'key';
  readonly kind: ProblemKind;
  /** The server's own words. */
  readonly answer?: string | undefined;
  /** What this computer says of it: a code of the system, or a reference into the log. */
  readonly cause?: string | undefined;
}

type UrlReason = Extract<BaseUrl, { ok: false }>['reason'];

const URL_PROBLEMS: Readonly<Record<UrlReason, ProblemKind>> = {
  empty: 'urlEmpty',
  not_a_url: 'urlNotAUrl',
  not_http: 'urlNotHttp',
  has_credentials: 'urlHasCredentials',
};

/** What can be seen to be wrong without asking the server. */
export function problemOfInput(url: string, key: string, needsKey: boolean): Problem | null {
  const address = normaliseBaseUrl(url);
  if (!address.ok) return { field: 'url', kind: URL_PROBLEMS[address.reason] };
  return problemOfKey(key, needsKey);
}

export function problemOfKey(key: string, needsKey: boolean): Problem | null {
  if (needsKey && key.trim() === '') return { field: 'key', kind: 'keyEmpty' };
  if (!apiKey.safeParse(key).success) return { field: 'key', kind: 'keyNotAscii' };
  return null;
}

const NETWORK_PROBLEMS: ReadonlyMap<string | undefined, ProblemKind> = new Map([
  ['dns', 'dns'],
  ['refused', 'refused'],
  ['tls', 'tls'],
]);

/** What the server, or the way to it, objected to. */
export function problemOfFailure(failure: Failure): Problem {
  const url = (kind: ProblemKind): Problem => ({ field: 'url', kind, answer: failure.detail });
  const key = (kind: ProblemKind): Problem => ({ field: 'key', kind, answer: failure.detail });
  switch (failure.code) {
    case 'key_rejected':
      return key('keyRejected');
    case 'no_key':
      return key('keyEmpty');
    case 'no_credit':
      return key('noCredit');
    case 'network':
    case 'offline':
      return {
        field: 'url',
        kind: NETWORK_PROBLEMS.get(failure.reason) ?? 'unreachable',
        cause: failure.detail,
      };
    case 'timeout':
      return url('timeout');
    case 'bad_stream':
    case 'not_found':
      return url(failure.reason === 'redirected' ? 'redirected' : 'notAnApi');
    case 'rate_limited':
      return url('rateLimited');
    case 'provider_failed':
      return url('serverFailed');
    case 'invalid_input':
      return url('refusedRequest');
    case 'store_full':
    case 'store_corrupt':
      return { field: 'key', kind: 'notSaved', cause: failure.reference };
    default:
      return { field: 'url', kind: 'other', cause: failure.reference ?? failure.detail };
  }
}
