import type { Connection } from '../../../shared/contract/connection';
import { wantsKey } from '../../state/key-need';

/** Why a message cannot be sent at present; the words are in the locales under `composer`. */
export type Hindrance = 'noConnection' | 'noKey' | 'offline' | 'noModel';

/** The first reason there is, or null when a message can be sent. */
export function hindranceOf(connection: Connection | null, model: string | null): Hindrance | null {
  if (!connection) return 'noConnection';
  if (wantsKey(connection)) return 'noKey';
  if (connection.reachability.state === 'offline') return 'offline';
  return model === null ? 'noModel' : null;
}
