import { type BaseUrl, normaliseBaseUrl } from '../../shared/base-url';
import { apiKey } from '../../shared/contract/connection';
import type { ErrorCode, Failure } from '../../shared/errors';

/** What can be wrong with a connection; each has its own words (`connection.problem`). */
export type ProblemKind =
  | 'urlEmpty'
  | 'urlNotAUrl'
  | 'urlNotHttp'
  | 'urlHasCredentials'
  | 'keyEmpty'
  | 'keyNotAscii'
  | 'keyUnreadable'
  | 'keyNewAddress'
  | 'keyRejected'
  | 'noCredit'
  | 'dns'
  | 'refused'
  | 'unreachable'
  | 'timeout'
  | 'tls'
  | 'tlsUntrusted'
  | 'tlsName'
  | 'tlsExpired'
  | 'proxyEmpty'
  | 'proxyUnsupported'
  | 'proxyRefused'
  | 'proxyAuth'
  | 'proxyFailed'
  | 'caUnreadable'
  | 'caNotPem'
  | 'headerMissing'
  | 'headerValue'
  | 'notAnApi'
  | 'answersError'
  | 'otherPath'
  | 'notHttp'
  | 'redirected'
  | 'rateLimited'
  | 'serverFailed'
  | 'refusedRequest'
  | 'notSaved'
  | 'other';

/** The field a problem is shown under. */
export type ProblemField = 'url' | 'key' | 'proxy' | 'ca' | 'headers';

export interface Problem {
  readonly field: ProblemField;
  readonly kind: ProblemKind;
  /** The server's own words. */
  readonly answer?: string | undefined;
  /** What this computer says of it: a code of the system, or a reference into the log. */
  readonly cause?: string | undefined;
  /** The address that would answer instead. */
  readonly address?: string | undefined;
  /** The header it is about. */
  readonly header?: string | undefined;
}

const URL_PROBLEMS: Readonly<Record<Extract<BaseUrl, { ok: false }>['reason'], ProblemKind>> = {
  empty: 'urlEmpty',
  not_a_url: 'urlNotAUrl',
  not_http: 'urlNotHttp',
  has_credentials: 'urlHasCredentials',
};

/** What can be seen to be wrong without asking the server. */
export function problemOfInput(url: string, key: string, needsKey: boolean): Problem | null {
  return problemOfUrl(url) ?? problemOfKey(key, needsKey);
}

export function problemOfUrl(url: string): Problem | null {
  const address = normaliseBaseUrl(url);
  return address.ok ? null : { field: 'url', kind: URL_PROBLEMS[address.reason] };
}

export function problemOfKey(key: string, needsKey: boolean): Problem | null {
  if (needsKey && key.trim() === '') return { field: 'key', kind: 'keyEmpty' };
  if (!apiKey.safeParse(key).success) return { field: 'key', kind: 'keyNotAscii' };
  return null;
}

/** Where a reason decides, whatever the code is; what `detail` holds differs between them. */
const BY_REASON: ReadonlyMap<string, readonly [ProblemField, ProblemKind]> = new Map([
  ...Object.entries(URL_PROBLEMS).map(
    ([reason, kind]): [string, readonly [ProblemField, ProblemKind]] => [reason, ['url', kind]],
  ),
  ['dns', ['url', 'dns']],
  ['refused', ['url', 'refused']],
  ['tls', ['url', 'tls']],
  ['tls_untrusted', ['url', 'tlsUntrusted']],
  ['tls_name', ['url', 'tlsName']],
  ['tls_expired', ['url', 'tlsExpired']],
  ['proxy_unsupported', ['proxy', 'proxyUnsupported']],
  ['proxy_invalid', ['proxy', 'proxyUnsupported']],
  ['proxy_refused', ['proxy', 'proxyRefused']],
  ['proxy_auth', ['proxy', 'proxyAuth']],
  ['proxy_failed', ['proxy', 'proxyFailed']],
  ['ca_unreadable', ['ca', 'caUnreadable']],
  ['ca_not_pem', ['ca', 'caNotPem']],
  ['header_missing', ['headers', 'headerMissing']],
  ['header_value', ['headers', 'headerValue']],
  ['key', ['key', 'keyNotAscii']],
  ['new_address', ['key', 'keyNewAddress']],
  ['unreadable', ['key', 'keyUnreadable']],
  ['try_other_path', ['url', 'otherPath']],
  ['redirected', ['url', 'redirected']],
]);

const BY_CODE: Readonly<Partial<Record<ErrorCode, readonly [ProblemField, ProblemKind]>>> = {
  key_rejected: ['key', 'keyRejected'],
  no_key: ['key', 'keyEmpty'],
  no_credit: ['key', 'noCredit'],
  network: ['url', 'unreachable'],
  offline: ['url', 'unreachable'],
  timeout: ['url', 'timeout'],
  not_found: ['url', 'notAnApi'],
  rate_limited: ['url', 'rateLimited'],
  provider_failed: ['url', 'serverFailed'],
  invalid_input: ['url', 'refusedRequest'],
  store_full: ['key', 'notSaved'],
  store_corrupt: ['key', 'notSaved'],
};

/** Failures whose detail comes from this computer and not from the server. */
const LOCAL_DETAIL: ReadonlySet<ErrorCode> = new Set(['network', 'offline']);

/** What the server, or the way to it, objected to. */
export function problemOfFailure(failure: Failure): Problem {
  const { code, detail, reference } = failure;
  const [field, kind] = kindOf(failure);
  if (kind === 'otherPath') return { field, kind, address: detail };
  if (kind === 'headerMissing') return { field, kind, header: detail };
  if (kind === 'notSaved') return { field, kind, cause: reference };
  if (kind === 'other') return { field, kind, cause: reference ?? detail };
  return LOCAL_DETAIL.has(code) ? { field, kind, cause: detail } : { field, kind, answer: detail };
}

function kindOf({ code, reason, detail }: Failure): readonly [ProblemField, ProblemKind] {
  // The same words of an address that is refused here and of a server that is met.
  if (code === 'bad_stream' && reason === 'not_http') return ['url', 'notHttp'];
  const byReason = BY_REASON.get(reason ?? '');
  if (byReason) {
    // Without the address there is nothing to offer.
    return byReason[1] === 'otherPath' && detail === undefined ? ['url', 'notAnApi'] : byReason;
  }
  if (code === 'bad_stream') return ['url', detail === undefined ? 'notAnApi' : 'answersError'];
  return BY_CODE[code] ?? ['url', 'other'];
}
