import { SETTINGS_SECTIONS } from './settings-sections';

/** The scheme under which the system hands addresses to the app. */
export const LINK_SCHEME = 'slice';

/** No address of ours is longer. */
const LONGEST = 60;

const LINK =
  /^slice:\/\/(?:chat\/(?<id>[1-9]\d*)|(?<spending>spending)|settings\/(?<section>[a-z]+))\/?$/;

/**
 * Where a `slice://` address from outside leads, as the hash that the page's router follows. There are three
 * kinds: `slice://chat/<number of a conversation>`, `slice://spending` and `slice://settings/<section>`.
 * Null for all else: any program and any web page can hand over an address, so it only ever shows a place.
 */
export function placeOfLink(link: string): string | null {
  if (link.length > LONGEST) return null;
  const found = LINK.exec(link)?.groups;
  if (!found) return null;
  const { id, section } = found;
  if (id !== undefined) return Number.isSafeInteger(Number(id)) ? `#/chat/${id}` : null;
  if (section === undefined) return '#/spending';
  const known = SETTINGS_SECTIONS.find((name) => name === section);
  return known === undefined ? null : `#/settings/${known}`;
}

/** The address that leads to one of those places. */
export function linkOfPlace(place: string): string {
  return place.replace('#/', `${LINK_SCHEME}://`);
}

/** The place that a command line asks for; null when it names none. The first address counts. */
export function placeInWords(argv: readonly string[]): string | null {
  const link = argv.slice(1).find((word) => word.startsWith(`${LINK_SCHEME}:`));
  return link === undefined ? null : placeOfLink(link);
}
