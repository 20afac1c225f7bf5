import { useQuery } from '@tanstack/react-query';
import type { Preset } from '../../shared/contract/preset';
import type { PresetId } from '../../shared/ids';
import { orpc, queryClient } from '../rpc/client';

const NONE: readonly Preset[] = [];

/** The presets in the user's order; null while they are being read. */
export function useReadPresets(): readonly Preset[] | null {
  return useQuery(orpc.presets.list.queryOptions()).data ?? null;
}

/** The same; none while they are being read. */
export function usePresets(): readonly Preset[] {
  return useReadPresets() ?? NONE;
}

/** One of them; null when it is not there, or not any more. */
export function presetNamed(presets: readonly Preset[], id: PresetId | null): Preset | null {
  return presets.find((preset) => preset.id === id) ?? null;
}

/** Shows a change of the list before it is stored. */
export function showPresets(change: (presets: readonly Preset[]) => readonly Preset[]): void {
  queryClient.setQueryData<Preset[]>(
    orpc.presets.list.queryKey(),
    (now) => now && [...change(now)],
  );
}

export function readPresetsAgain(): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: orpc.presets.key() });
}
