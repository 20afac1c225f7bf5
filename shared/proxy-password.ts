import type { ProxyChoice } from './endpoint';

/** The name under which the password of a proxy is kept beside the extra headers; no header has it. */
export const PROXY_PASSWORD = ':proxy';

/** A chosen proxy as it may be stored and shown, and its password apart; null when it names none. */
export function splitPassword(proxy: ProxyChoice): {
  readonly proxy: ProxyChoice;
  readonly password: string | null;
} {
  const url = urlOf(proxy);
  if (!url || url.password === '') return { proxy, password: null };
  const password = url.password;
  url.password = '';
  return { proxy: { mode: 'url', url: url.href }, password };
}

/** The proxy with its password, where one is kept for it. */
export function withPassword(proxy: ProxyChoice, password: string | undefined): ProxyChoice {
  const url = urlOf(proxy);
  if (!url || password === undefined || url.username === '' || url.password !== '') return proxy;
  url.password = password;
  return { mode: 'url', url: url.href };
}

/** Whether both name the same user of the same proxy, so that a password for one is right for the other. */
export function isSameProxy(one: ProxyChoice, other: ProxyChoice): boolean {
  const [a, b] = [urlOf(one), urlOf(other)];
  return a !== null && b !== null && a.host === b.host && a.username === b.username;
}

/** Without a scheme it is read as people mean it: `me:word@proxy:3128` is no address of the kind `me:`. */
function urlOf(proxy: ProxyChoice): URL | null {
  if (proxy.mode !== 'url') return null;
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(proxy.url) ? proxy.url : `http://${proxy.url}`;
  return URL.canParse(address) ? new URL(address) : null;
}
