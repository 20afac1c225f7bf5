import { z } from 'zod';
import { type Settings, settings } from '../../shared/contract/app';
import { type Connection, connection } from '../../shared/contract/connection';

/** What the page has to know to be written in, as it was when it was last open. */
export interface LastKnown {
  readonly settings: Settings;
  readonly connections: readonly Connection[];
}

type Reads = Pick<Storage, 'getItem'>;
type Writes = Pick<Storage, 'setItem'>;

const KEY = 'slice:last-known';
const DRAFT_KEY = 'slice:new-draft';
const EMPTY = 'empty';

const lastKnown = z.object({ settings, connections: z.array(connection).min(1) });

/**
 * What was known last; null on a first start, after an update with other settings, and where nothing can
 * be kept. It holds no key and no text, and what it says may no longer be so.
 */
export function readLastKnown(storage?: Reads): LastKnown | null {
  const text = readFrom(storage, KEY);
  if (text === null) return null;
  try {
    return lastKnown.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Keeps what main has told for the next start. */
export function keepLastKnown({ settings: look, connections }: LastKnown, storage?: Writes): void {
  // Whether a server was there says nothing of whether it will be.
  const unseen = connections.map((each) => ({ ...each, reachability: UNSEEN }));
  writeTo(storage, KEY, JSON.stringify({ settings: look, connections: unseen }));
}

const UNSEEN: Connection['reachability'] = { state: 'unknown', since: 0, latencyMs: null };

/** Whether nothing stood in the composer of a new conversation; false where it is not known. */
export function lastDraftWasEmpty(storage?: Reads): boolean {
  return readFrom(storage, DRAFT_KEY) === EMPTY;
}

/** Keeps whether anything stands there, not what. */
export function keepDraftIsEmpty(isEmpty: boolean, storage?: Writes): void {
  writeTo(storage, DRAFT_KEY, isEmpty ? EMPTY : 'something');
}

/** A browser without a place for it has nothing kept. */
function readFrom(storage: Reads | undefined, key: string): string | null {
  try {
    return (storage ?? localStorage).getItem(key);
  } catch {
    return null;
  }
}

function writeTo(storage: Writes | undefined, key: string, text: string): void {
  try {
    (storage ?? localStorage).setItem(key, text);
  } catch {
    // The next start waits for main, as a first one does.
  }
}
