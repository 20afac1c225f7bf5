import { describe, expect, it, onTestFinished } from 'vitest';
import {
  changeOf,
  draftOf,
  hasAdvancedProblems,
  hasProblems,
  holdsSecret,
  isDirty,
  problemsOf,
  withProfile,
} from '../../../renderer/features/settings/connection-draft';
import {
  headerChange,
  headerProblems,
  savedHeaders,
  withNewHeader,
} from '../../../renderer/features/settings/header-draft';
import {
  limitMs,
  limitRange,
  optionsDraftOf,
} from '../../../renderer/features/settings/options-draft';
import { count, setFormatLocale } from '../../../renderer/ui/format';
import { DEFAULT_LIMITS, MAX_HEADERS } from '../../../shared/endpoint';
import { describedConnection } from '../../fixtures/connections';

const stored = describedConnection({ headerNames: ['X-Team', 'X-Old'] });
const draft = draftOf(stored);

describe('a connection in the form', () => {
  it('is clean until something in it changes, and clean again when that is taken back', () => {
    expect(isDirty(draft, stored)).toBe(false);
    const named = { ...draft, name: 'Work' };
    expect(isDirty(named, stored)).toBe(true);
    expect(isDirty({ ...named, name: stored.name }, stored)).toBe(false);
  });

  it('sends only what differs', () => {
    expect(changeOf(draft, stored)).toEqual({});
    const changed = {
      ...draft,
      name: ' Work ',
      baseUrl: 'https://example.org',
      key: ' sk-new ',
      options: {
        ...draft.options,
        limits: { ...draft.options.limits, idleMs: '30' },
        proxyMode: 'none' as const,
        caFile: '/etc/ca.pem',
        roles: 'alternate' as const,
      },
    };
    expect(changeOf(changed, stored)).toEqual({
      name: 'Work',
      baseUrl: 'https://example.org/v1',
      key: 'sk-new',
      limits: { ...DEFAULT_LIMITS, idleMs: 30_000 },
      proxy: { mode: 'none' },
      caFile: '/etc/ca.pem',
      roles: 'alternate',
    });
  });

  it('lets the form of the key follow the kind of server, unless it was chosen by hand', () => {
    expect(withProfile(draft, 'azure').options.auth).toBe('api-key');
    const byHand = { ...draft, options: { ...draft.options, auth: 'raw' as const } };
    expect(withProfile(byHand, 'azure').options.auth).toBe('raw');
  });

  it('knows when a secret stands in it', () => {
    expect(holdsSecret(draft)).toBe(false);
    expect(holdsSecret({ ...draft, key: 'k' })).toBe(true);
    const behind = (proxyUrl: string) => ({ ...draft, options: { ...draft.options, proxyUrl } });
    expect(holdsSecret(behind('http://me@proxy:3128'))).toBe(false);
    expect(holdsSecret(behind('http://me:word@proxy:3128'))).toBe(true);
    expect(holdsSecret(behind('me:word@proxy:3128'))).toBe(true);
    const [first, ...rest] = draft.headers;
    if (!first) throw new Error('no header');
    expect(holdsSecret({ ...draft, headers: [{ ...first, value: 'v' }, ...rest] })).toBe(true);
  });

  it('may have no name or address missing, and says which part is wrong', () => {
    expect(hasProblems(problemsOf(draft, false))).toBe(false);
    expect(problemsOf({ ...draft, name: ' ' }, false).nameEmpty).toBe(true);
    expect(problemsOf({ ...draft, baseUrl: 'ftp://x' }, false).url?.kind).toBe('urlNotHttp');
    expect(problemsOf({ ...draft, key: 'a b' }, false).key?.kind).toBe('keyNotAscii');
    const proxy = { ...draft.options, proxyMode: 'url' as const };
    expect(hasAdvancedProblems(problemsOf({ ...draft, options: proxy }, false))).toBe(true);
    expect(problemsOf({ ...draft, baseUrl: 'demo:' }, true).url).toBeNull();
  });
});

describe('timeouts', () => {
  it('are written in seconds, with a comma too, and kept in milliseconds', () => {
    expect(limitMs('idleMs', '120')).toBe(120_000);
    expect(limitMs('idleMs', ' 1,5 ')).toBe(1500);
  });

  it('have their thousands set apart as the language has it, and as the range is shown', () => {
    onTestFinished(() => setFormatLocale('en'));
    const { to } = limitRange('wholeMs');
    for (const locale of ['en', 'de', 'zh-CN']) {
      setFormatLocale(locale);
      expect(limitMs('wholeMs', count(to)), locale).toBe(14_400_000);
    }
    setFormatLocale('de');
    expect(limitMs('wholeMs', '1,234')).toBe(1234);
  });

  it('are what they were when a form is opened and kept, in every language', () => {
    onTestFinished(() => setFormatLocale('en'));
    const limits = { headersMs: 1234, idleMs: 1500, wholeMs: 14_400_000 };
    const { limits: shown } = optionsDraftOf(describedConnection({ limits }));
    for (const locale of ['en', 'de', 'zh-CN']) {
      setFormatLocale(locale);
      expect(limitMs('headersMs', shown.headersMs), locale).toBe(1234);
    }
    expect(shown).toEqual({ headersMs: '1.2340', idleMs: '1.5', wholeMs: '14400' });
  });

  it('stay within the range that is shown', () => {
    const { from, to } = limitRange('wholeMs');
    expect({ from, to }).toEqual({ from: 1, to: 14_400 });
    expect(limitMs('wholeMs', String(to))).toBe(14_400_000);
    for (const text of ['', '0.5', String(to + 1), 'soon', '-5', 'Infinity']) {
      expect(limitMs('wholeMs', text)).toBeNull();
    }
  });
});

describe('extra headers', () => {
  it('keep what is stored, set what was typed, and remove what is gone', () => {
    const [team, old] = savedHeaders(stored.headerNames);
    if (!team || !old) throw new Error('no headers');
    const added = { id: 9, name: ' X-New ', value: ' secret ', saved: false };
    expect(headerChange([team, old], stored.headerNames)).toEqual({ set: [], remove: [] });
    expect(headerChange([team, added], stored.headerNames)).toEqual({
      set: [{ name: 'X-New', value: 'secret' }],
      remove: ['X-Old'],
    });
    expect(headerChange([{ ...team, value: 'v2' }, old], stored.headerNames)).toEqual({
      set: [{ name: 'X-Team', value: 'v2' }],
      remove: [],
    });
  });

  it('are not removed when they are only entered anew in other letters', () => {
    const anew = { id: 9, name: 'x-team', value: 'v', saved: false };
    expect(headerChange([anew], ['X-Team'])).toEqual({
      set: [{ name: 'x-team', value: 'v' }],
      remove: [],
    });
  });

  it.each([
    ['', 'v', 'nameEmpty'],
    ['a b', 'v', 'notAName'],
    ['Authorization', 'v', 'reserved'],
    ['x-team', 'v', 'twice'],
    ['X-Ok', ' ', 'valueEmpty'],
    ['X-Ok', 'é', 'valueNotAscii'],
  ])('are refused with a reason: %j: %j', (name, value, problem) => {
    const all = [...savedHeaders(['X-Team']), { id: 5, name, value, saved: false }];
    expect([...headerProblems(all)]).toEqual([[5, problem]]);
  });

  it('have a most, and rows that are told apart', () => {
    let headers = savedHeaders(stored.headerNames);
    for (let i = 0; i < MAX_HEADERS + 5; i++) headers = withNewHeader(headers);
    expect(headers).toHaveLength(MAX_HEADERS);
    expect(new Set(headers.map((header) => header.id)).size).toBe(MAX_HEADERS);
  });
});
