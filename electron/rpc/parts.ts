import type { AppInfo } from '../../shared/contract/app';
import type { Endpoints } from '../runs/endpoints';
import type { Feed } from '../runs/feed';
import type { KeySeal } from '../runs/key-seal';
import type { Runs } from '../runs/runs';
import type { Store } from '../store/client';

/** What the routes call. `main.ts` builds it once. */
export interface RpcParts {
  readonly store: Store;
  readonly runs: Runs;
  readonly endpoints: Endpoints;
  readonly feed: Feed;
  readonly keySeal: KeySeal;
  readonly timeZone: () => string;
  readonly info: () => AppInfo;
  /** Asks the user, then opens a link in the system's browser. Refuses what is no web or mail link. */
  readonly openExternal: (url: string) => Promise<void>;
  /** Follows the user's choice of light and dark in the window's own colours. */
  readonly themeChanged: (theme: 'system' | 'light' | 'dark') => void;
  /** Takes codes and ids only. Returns the reference under which it was written. */
  readonly log: (event: string, error: unknown) => string;
}
