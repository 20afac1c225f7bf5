import {
  COMMANDS,
  type CommandGroup,
  type CommandId,
  keysOf,
  type OwnKeys,
} from '../../../shared/commands';
import { COMMAND_IDS } from '../../state/shortcuts';
import { keyText, writtenCombination } from '../../ui/key-combination';

export interface ListedCommand {
  readonly id: CommandId;
  readonly label: string;
  readonly keys: string | null;
  /** The user has chosen these keys, or none. */
  readonly own: boolean;
}

export interface ListedGroup {
  readonly group: CommandGroup;
  readonly commands: readonly ListedCommand[];
}

/** All commands in their groups, those whose name or keys fit what was typed. */
export function listedCommands(
  labelOf: (id: CommandId) => string,
  own: OwnKeys,
  mac: boolean,
  typed = '',
): readonly ListedGroup[] {
  const groups = new Map<CommandGroup, ListedCommand[]>();
  for (const id of COMMAND_IDS) {
    const command = {
      id,
      label: labelOf(id),
      keys: keysOf(id, own, mac),
      own: keysOf(id, own, mac) !== keysOf(id, {}, mac),
    };
    if (!fits(command, typed, mac)) continue;
    const { group } = COMMANDS[id];
    groups.set(group, [...(groups.get(group) ?? []), command]);
  }
  return [...groups].map(([group, commands]) => ({ group, commands }));
}

/** By name, or by its keys as they are written on this system or as they are stored. */
function fits({ label, keys }: ListedCommand, typed: string, mac: boolean): boolean {
  const text = typed.trim().toLowerCase();
  if (text === '' || label.toLowerCase().includes(text)) return true;
  if (keys === null) return false;
  return (
    keyText(keys, mac).toLowerCase().startsWith(text) ||
    keys === writtenCombination(typed, mac) ||
    keys.toLowerCase() === text.replace(/^(ctrl|cmd)\+/, 'mod+')
  );
}
