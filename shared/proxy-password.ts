import type { ProxyChoice } from './endpoint';

/** Secrets that are kept beside a connection's key, by their names: of headers, and of a proxy's user. */
type Kept = Readonly<Record<string, string>>;

/** The password as it is kept: for this user of this proxy and no other. No header has such a name. */
export function keepPassword(proxy: ProxyChoice, password: string | undefined): Kept {
  return password === undefined ? {} : { [nameFor(proxy)]: password };
}

/** The password that is kept for this user of this proxy. */
export function keptPassword(proxy: ProxyChoice, kept: Kept | null): string | undefined {
  return kept?.[nameFor(proxy)];
}

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

/** The proxy with its password, where there is one. */
export function withPassword(proxy: ProxyChoice, password: string | undefined): ProxyChoice {
  const url = urlOf(proxy);
  if (!url || password === undefined || url.username === '' || url.password !== '') return proxy;
  url.password = password;
  return { mode: 'url', url: url.href };
}

function nameFor(proxy: ProxyChoice): string {
  const url = urlOf(proxy);
  return url ? `:proxy ${url.username}@${url.host}` : ':proxy';
}

/** Without a scheme it is read as people mean it: `me:word@proxy:3128` is no address of the kind `me:`. */
function urlOf(proxy: ProxyChoice): URL | null {
  if (proxy.mode !== 'url') return null;
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(proxy.url) ? proxy.url : `http://${proxy.url}`;
  return URL.canParse(address) ? new URL(address) : null;
}
