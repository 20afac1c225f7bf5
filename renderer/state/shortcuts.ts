import { useQuery } from '@tanstack/react-query';
import { COMMANDS, type CommandId, isCommand, keysOf, type OwnKeys } from '../../shared/commands';
import { orpc } from '../rpc/client';
import { MAC_KEYS } from '../ui/key-combination';

/** Every command, in the order of the list. */
export const COMMAND_IDS: readonly CommandId[] = Object.keys(COMMANDS).filter(isCommand);

const NOTHING: OwnKeys = {};

/** The user's own combinations. */
export function useOwnKeys(): OwnKeys {
  const { data } = useQuery(orpc.app.settings.queryOptions());
  return data?.shortcuts ?? NOTHING;
}

/** The keys of a command, for a tooltip or a menu; undefined when it has none. */
export function useKeysOf(id: CommandId): string | undefined {
  return keysOf(id, useOwnKeys(), MAC_KEYS) ?? undefined;
}

/** The command that has this combination, leaving out one. */
export function commandWith(
  combination: string,
  own: OwnKeys,
  mac: boolean,
  except?: CommandId,
): CommandId | null {
  return COMMAND_IDS.find((id) => id !== except && keysOf(id, own, mac) === combination) ?? null;
}

/** The user's own combinations after a change: only what differs from the usual is kept. */
export function withKeys(own: OwnKeys, id: CommandId, keys: string | null, mac: boolean): OwnKeys {
  const { [id]: _, ...others } = own;
  return keys === keysOf(id, {}, mac) ? others : { ...others, [id]: keys };
}
