import { type CommandId, keysOf } from '../../shared/commands';
import type { Preset } from '../../shared/contract/preset';
import { useCommand } from '../state/commands';
import { useOwnKeys } from '../state/shortcuts';
import { keyText, MAC_KEYS } from '../ui/key-combination';

/** The commands that choose the first presets of the list, in their order. */
const PRESET_COMMANDS = [
  'preset1',
  'preset2',
  'preset3',
  'preset4',
  'preset5',
  'preset6',
  'preset7',
  'preset8',
  'preset9',
] as const satisfies readonly CommandId[];

/** The keys of the first presets as they are written on this computer; undefined where one has none. */
export function usePresetKeyTexts(): readonly (string | undefined)[] {
  const own = useOwnKeys();
  return PRESET_COMMANDS.map((id) => {
    const keys = keysOf(id, own, MAC_KEYS);
    return keys === null ? undefined : keyText(keys);
  });
}

/** Lets the first presets be chosen by their keys. */
export function PresetKeys(props: {
  presets: readonly Preset[];
  onChoose: (preset: Preset) => void;
}) {
  return PRESET_COMMANDS.map((id, index) => (
    <PresetKey key={id} id={id} preset={props.presets[index]} onChoose={props.onChoose} />
  ));
}

function PresetKey({
  id,
  preset,
  onChoose,
}: {
  id: CommandId;
  preset: Preset | undefined;
  onChoose: (preset: Preset) => void;
}) {
  useCommand(id, preset ? () => onChoose(preset) : null);
  return null;
}
