import type { Connection, ConnectionOptions } from '../../../shared/contract/connection';
import {
  type AuthScheme,
  DEFAULT_LIMITS,
  type ProxyChoice,
  type RequestLimits,
  type RoleRule,
  requestLimits,
} from '../../../shared/endpoint';
import { plainDecimal } from '../../ui/format';

export type LimitName = keyof RequestLimits;

export const LIMIT_NAMES: readonly LimitName[] = ['headersMs', 'idleMs', 'wholeMs'];

/** The options of a connection as they stand in a form. */
export interface OptionsDraft {
  readonly auth: AuthScheme;
  /** In seconds, as typed. */
  readonly limits: Readonly<Record<LimitName, string>>;
  readonly proxyMode: ProxyChoice['mode'];
  /** Kept while another mode is chosen, so that nothing typed is lost. */
  readonly proxyUrl: string;
  readonly caFile: string | null;
  readonly roles: RoleRule;
}

/** The options of a connection that is still to be made. */
export function newOptions(auth: AuthScheme): OptionsDraft {
  return {
    auth,
    limits: limitTexts(DEFAULT_LIMITS),
    proxyMode: 'system',
    proxyUrl: '',
    caFile: null,
    roles: 'any',
  };
}

export function optionsDraftOf(connection: Connection): OptionsDraft {
  const { auth, limits, proxy, caFile, roles } = connection;
  return {
    auth,
    limits: limitTexts(limits),
    proxyMode: proxy.mode,
    proxyUrl: proxy.mode === 'url' ? proxy.url : '',
    caFile,
    roles,
  };
}

function limitTexts(limits: RequestLimits): OptionsDraft['limits'] {
  // With three decimals it would read as thousands.
  const text = (ms: number) => String(ms / 1000).replace(/\.\d{3}$/, '$&0');
  return {
    headersMs: text(limits.headersMs),
    idleMs: text(limits.idleMs),
    wholeMs: text(limits.wholeMs),
  };
}

/** The least and the most seconds that a limit can be set to. */
export function limitRange(name: LimitName): { readonly from: number; readonly to: number } {
  const { minValue, maxValue } = requestLimits.shape[name];
  return { from: (minValue ?? 0) / 1000, to: (maxValue ?? 0) / 1000 };
}

/** Seconds as people write them, in milliseconds; null when that is no limit one can set. */
export function limitMs(name: LimitName, text: string): number | null {
  const ms = Math.round(Number(plainDecimal(text.trim())) * 1000);
  const known = requestLimits.shape[name].safeParse(ms);
  return text.trim() !== '' && known.success ? known.data : null;
}

export interface OptionProblems {
  /** Limits that are out of their range or no number. */
  readonly limits: readonly LimitName[];
  readonly proxyEmpty: boolean;
}

/** What can be seen to be wrong without asking anybody. */
export function optionProblems({ limits, proxyMode, proxyUrl }: OptionsDraft): OptionProblems {
  return {
    limits: LIMIT_NAMES.filter((name) => limitMs(name, limits[name]) === null),
    proxyEmpty: proxyMode === 'url' && proxyUrl.trim() === '',
  };
}

/** The options that a draft stands for; null while something in it is wrong. */
export function optionsOf(draft: OptionsDraft): ConnectionOptions | null {
  const { auth, limits, proxyMode, proxyUrl, caFile, roles } = draft;
  const problems = optionProblems(draft);
  const headersMs = limitMs('headersMs', limits.headersMs);
  const idleMs = limitMs('idleMs', limits.idleMs);
  const wholeMs = limitMs('wholeMs', limits.wholeMs);
  if (problems.proxyEmpty || headersMs === null || idleMs === null || wholeMs === null) return null;
  return {
    auth,
    limits: { headersMs, idleMs, wholeMs },
    proxy: proxyMode === 'url' ? { mode: 'url', url: proxyUrl.trim() } : { mode: proxyMode },
    caFile,
    roles,
  };
}
