import { normaliseBaseUrl } from '../../../shared/base-url';
import type { Connection, ConnectionChange, NewHeader } from '../../../shared/contract/connection';
import type { Profile } from '../../../shared/profile';
import { splitPassword } from '../../../shared/proxy-password';
import { type Problem, problemOfKey, problemOfUrl } from '../../connection/problem';
import { serviceOf } from '../../connection/services';
import { sealedProxy, sealSecret } from '../../rpc/seal';
import { type HeaderDraft, headerChange, headerProblems, savedHeaders } from './header-draft';
import { type OptionsDraft, optionProblems, optionsDraftOf, optionsOf } from './options-draft';

/** A connection as it stands in the form. */
export interface ConnectionDraft {
  readonly name: string;
  readonly profile: Profile;
  readonly baseUrl: string;
  /** What was typed to replace the key; empty while it stays. */
  readonly key: string;
  readonly allowWeak: boolean;
  readonly options: OptionsDraft;
  readonly headers: readonly HeaderDraft[];
}

export function draftOf(connection: Connection): ConnectionDraft {
  const { name, profile, baseUrl, keyState, headerNames } = connection;
  return {
    name,
    profile,
    baseUrl,
    key: '',
    allowWeak: keyState === 'weak',
    options: optionsDraftOf(connection),
    headers: savedHeaders(headerNames),
  };
}

/** Another kind of server; the form its key goes in follows, unless it was chosen by hand. */
export function withProfile(draft: ConnectionDraft, profile: Profile): ConnectionDraft {
  const asUsual = draft.options.auth === serviceOf(draft.profile).auth;
  const auth = asUsual ? serviceOf(profile).auth : draft.options.auth;
  return { ...draft, profile, options: { ...draft.options, auth } };
}

/** Whether a secret stands in the form. */
export function holdsSecret({ key, headers, options: { proxyUrl } }: ConnectionDraft): boolean {
  const { password } = splitPassword({ mode: 'url', url: proxyUrl });
  return key !== '' || password !== null || headers.some((header) => header.value !== '');
}

/** A change whose secrets are still readable. It never leaves the page like this. */
export interface OpenChange
  extends Omit<ConnectionChange, 'id' | 'key' | 'setHeaders' | 'allowWeak'> {
  readonly key?: string;
  readonly setHeaders?: readonly { readonly name: string; readonly value: string }[];
}

/** What differs from the stored connection. A draft with problems counts too. */
export function changeOf(draft: ConnectionDraft, connection: Connection): OpenChange {
  const before = draftOf(connection);
  const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
  const now = optionsOf(draft.options);
  const address = normaliseBaseUrl(draft.baseUrl);
  const baseUrl = address.ok ? address.url : draft.baseUrl;
  const headers = headerChange(draft.headers, connection.headerNames);
  const options: Partial<NonNullable<typeof now>> = {};
  if (now) {
    if (now.auth !== connection.auth) options.auth = now.auth;
    if (!same(now.limits, connection.limits)) options.limits = now.limits;
    if (!same(now.proxy, connection.proxy)) options.proxy = now.proxy;
    if (now.caFile !== connection.caFile) options.caFile = now.caFile;
    if (now.roles !== connection.roles) options.roles = now.roles;
  }
  return {
    ...(draft.name.trim() === before.name ? {} : { name: draft.name.trim() }),
    ...(draft.profile === before.profile ? {} : { profile: draft.profile }),
    ...(baseUrl === before.baseUrl ? {} : { baseUrl }),
    ...(draft.key === '' ? {} : { key: draft.key.trim() }),
    ...options,
    ...(headers.set.length === 0 ? {} : { setHeaders: headers.set }),
    ...(headers.remove.length === 0 ? {} : { removeHeaders: [...headers.remove] }),
  };
}

/** Whether there is anything to save. */
export function isDirty(draft: ConnectionDraft, connection: Connection): boolean {
  const before = draftOf(connection);
  const { allowWeak: _, ...typed } = draft;
  const { allowWeak: __, ...stored } = before;
  return JSON.stringify(typed) !== JSON.stringify(stored);
}

/** What stands in the way of saving a draft, found without asking anybody. */
export interface DraftProblems {
  readonly nameEmpty: boolean;
  readonly url: Problem | null;
  readonly key: Problem | null;
  readonly options: ReturnType<typeof optionProblems>;
  readonly headers: ReturnType<typeof headerProblems>;
}

export function problemsOf(draft: ConnectionDraft, isDemo: boolean): DraftProblems {
  return {
    nameEmpty: draft.name.trim() === '',
    url: isDemo ? null : problemOfUrl(draft.baseUrl),
    key: problemOfKey(draft.key, false),
    options: optionProblems(draft.options),
    headers: headerProblems(draft.headers),
  };
}

export function hasAdvancedProblems({ options, headers }: DraftProblems): boolean {
  return options.limits.length > 0 || options.proxyEmpty || headers.size > 0;
}

export function hasProblems(problems: DraftProblems): boolean {
  const { nameEmpty, url, key } = problems;
  return nameEmpty || url !== null || key !== null || hasAdvancedProblems(problems);
}

/** The change with its secrets sealed, as main takes it. */
export async function sealedChange(
  { key, setHeaders, proxy, ...rest }: OpenChange,
  id: Connection['id'],
  allowWeak: boolean,
): Promise<ConnectionChange> {
  const sealed = await Promise.all(
    (setHeaders ?? []).map(
      async ({ name, value }): Promise<NewHeader> => ({ name, value: await sealSecret(value) }),
    ),
  );
  return {
    id,
    ...rest,
    ...(proxy === undefined ? {} : await sealedProxy(proxy)),
    ...(sealed.length === 0 ? {} : { setHeaders: sealed }),
    ...(key === undefined ? {} : { key: await sealSecret(key), allowWeak }),
  };
}
