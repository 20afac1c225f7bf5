export type BaseUrl =
  | { readonly ok: true; readonly url: string; readonly chatUrl: string }
  | {
      readonly ok: false;
      readonly reason: 'empty' | 'not_a_url' | 'not_http' | 'has_credentials';
    };

/** The address in the guide's example calls. */
export const DEFAULT_BASE_URL = 'https://apipie.ai/v1';

/** Paths below a base URL that people paste along with it (wire-facts, section 1). */
const ENDPOINT =
  /\/(?:chat\/completions|completions|responses|embeddings|models(?:\/detailed)?|queries)\/*$/i;

const HAS_SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;

/** Hosts that mean this computer or its own network, where TLS is not to be expected. */
const LOCAL_HOST =
  /^(?:localhost|[^/:]*\.local|127\.\d+\.\d+\.\d+|10\.\d+\.\d+\.\d+|192\.168\.\d+\.\d+|172\.(?:1[6-9]|2\d|3[01])\.\d+\.\d+|\[::1\])(?=[:/]|$)/i;

/**
 * Brings whatever is pasted as an address into one form: no quotes, no white space, a scheme, no
 * trailing slash, no endpoint, and `/v1` where only a host was given (`/api/v1` at OpenRouter).
 */
export function normaliseBaseUrl(input: string): BaseUrl {
  const text = input
    .trim()
    .replace(/^['"<]+|['">]+$/g, '')
    .trim();
  if (text === '') return { ok: false, reason: 'empty' };
  const parsed = parse(text);
  if (!parsed) return { ok: false, reason: 'not_a_url' };
  if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') {
    return { ok: false, reason: 'not_http' };
  }
  if (parsed.username !== '' || parsed.password !== '') {
    return { ok: false, reason: 'has_credentials' };
  }
  const path = parsed.pathname
    .replace(/\/{2,}/g, '/')
    .replace(ENDPOINT, '')
    .replace(/\/+$/, '');
  const url = parsed.origin + (path === '' ? defaultPath(parsed.hostname) : path);
  return { ok: true, url, chatUrl: `${url}/chat/completions` };
}

function parse(text: string): URL | null {
  const scheme = LOCAL_HOST.test(text) ? 'http://' : 'https://';
  const withScheme = HAS_SCHEME.test(text) ? text : scheme + text.replace(/^\/+/, '');
  if (/\s/.test(withScheme) || !URL.canParse(withScheme)) return null;
  const url = new URL(withScheme);
  const looksLikeHost = url.hostname.includes('.') || url.hostname.includes(':');
  return looksLikeHost || LOCAL_HOST.test(url.hostname) || url.port !== '' ? url : null;
}

function defaultPath(host: string): string {
  return host === 'openrouter.ai' || host === 'www.openrouter.ai' ? '/api/v1' : '/v1';
}
