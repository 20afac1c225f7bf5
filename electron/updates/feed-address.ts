/**
 * The server that a package names in its `app-update.yml`; null when it names none that could answer. A package
 * that nobody gives away has an address under `.invalid`, which is nobody's.
 */
export function feedAddress(file: string): URL | null {
  const written = /^url:\s*(?<quote>['"]?)(?<url>\S+?)\k<quote>\s*$/m.exec(file)?.groups?.url;
  if (written === undefined || !URL.canParse(written)) return null;
  const url = new URL(written);
  const named = url.hostname !== '' && !url.hostname.endsWith('.invalid');
  return named && (url.protocol === 'https:' || isLoopback(url)) ? url : null;
}

/** What goes over the network goes encrypted; what does not leave the machine need not. */
function isLoopback({ protocol, hostname }: URL): boolean {
  return protocol === 'http:' && (hostname === '127.0.0.1' || hostname === '[::1]');
}
