export type BaseUrl =
  | { readonly ok: true; readonly url: string; readonly chatUrl: string }
  | {
      readonly ok: false;
      readonly reason: 'empty' | 'not_a_url' | 'not_http' | 'has_credentials';
    };

/** The address in the guide's example calls. */
export const DEFAULT_BASE_URL = 'https://apipie.ai/v1';

/**
 * What is cut from the end of a path: endpoints, which people paste along with the base URL
 * (wire-facts, section 1), slashes, and the quote that closed the address in front of a query.
 */
const PATH_END =
  /(?:\/(?:chat\/completions|completions|responses|embeddings|models(?:\/detailed)?|queries)|[/'])+$/i;

const HAS_SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;

/** Hosts that mean this computer or its own network, where TLS is not to be expected. */
const LOCAL_HOST =
  /^(?:localhost|[^/:]*\.local|0\.0\.0\.0|127\.\d+\.\d+\.\d+|10\.\d+\.\d+\.\d+|192\.168\.\d+\.\d+|172\.(?:1[6-9]|2\d|3[01])\.\d+\.\d+|\[::1\])(?=[:/]|$)/i;

/**
 * Brings whatever is pasted as an address into one form: no quotes, no white space, a scheme, no
 * trailing slash, no endpoint, and `/v1` where only a host was given (`/api/v1` at OpenRouter).
 */
export function normaliseBaseUrl(input: string): BaseUrl {
  const text = input
    .trim()
    .replace(/^['"`“„‘<]+|['"`”“’>]+$/g, '')
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
  const path = parsed.pathname.replace(/\/{2,}/g, '/').replace(PATH_END, '');
  const url = parsed.origin + (path === '' ? defaultPath(parsed.hostname) : path);
  return { ok: true, url, chatUrl: `${url}/chat/completions` };
}

/**
 * The server that an address leads to, as scheme, host and port; empty for none. What was entered for one
 * is for no other (decision 0027).
 */
export function originOf(address: string): string {
  return URL.canParse(address) ? new URL(address).origin : '';
}

function parse(text: string): URL | null {
  if (/\s/.test(text)) return null;
  if (HAS_SCHEME.test(text)) return URL.canParse(text) ? new URL(text) : null;
  const host = text.replace(/^\/+/, '');
  const withScheme = (LOCAL_HOST.test(host) ? 'http://' : 'https://') + host;
  if (!URL.canParse(withScheme)) return null;
  // Any word can be the name of a host; without a scheme it takes more to tell it from a slip.
  const url = new URL(withScheme);
  const looksLikeHost = url.hostname.includes('.') || url.hostname.includes(':');
  return looksLikeHost || LOCAL_HOST.test(url.hostname) || url.port !== '' ? url : null;
}

function defaultPath(host: string): string {
  return host === 'openrouter.ai' || host === 'www.openrouter.ai' ? '/api/v1' : '/v1';
}
