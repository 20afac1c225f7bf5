import { create } from 'zustand';
import { MAX_PRESET_NAME, type Preset, type PresetContent } from '../../shared/contract/preset';
import { client } from '../rpc/client';
import { readPresetsAgain } from './use-presets';

interface NewPreset {
  readonly content: PresetContent;
  /** What the name field begins with. */
  readonly name: string;
  readonly answer: (preset: Preset | null) => void;
}

interface NewPresetState {
  readonly asked: NewPreset | null;
}

/** The one dialog about the name of a preset. */
export const useNewPreset = create<NewPresetState>()(() => ({ asked: null }));

/** Asks for a name and keeps a preset under it. Null when it was called off. */
export function keepAsPreset(name: string, content: PresetContent): Promise<Preset | null> {
  useNewPreset.getState().asked?.answer(null);
  return new Promise((resolve) => {
    const answer = (preset: Preset | null) => {
      useNewPreset.setState({ asked: null });
      resolve(preset);
    };
    useNewPreset.setState({ asked: { name, content, answer } });
  });
}

/** Adds a preset to the list. */
export async function addPreset(name: string, content: PresetContent): Promise<Preset> {
  const preset = await client.presets.create({ name, content });
  await readPresetsAgain();
  return preset;
}

/** A name that no preset has: "Poet", then "Poet (2)". */
export function freePresetName(name: string, taken: readonly Pick<Preset, 'name'>[]): string {
  const names = new Set(taken.map((preset) => preset.name));
  const stem = name.replace(/ \(\d{1,6}\)$/, '');
  let free = name.slice(0, MAX_PRESET_NAME);
  for (let number = 2; names.has(free); number += 1) {
    const end = ` (${number})`;
    free = stem.slice(0, MAX_PRESET_NAME - end.length) + end;
  }
  return free;
}
