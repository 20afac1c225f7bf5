import type { PresetId } from '../../../shared/ids';

/** The order after one preset has moved to another place. Both places count from 0. */
export function movedTo(ids: readonly PresetId[], from: number, to: number): readonly PresetId[] {
  const moved = ids[from];
  if (moved === undefined || from === to) return ids;
  const place = Math.min(ids.length - 1, Math.max(0, to));
  return ids.toSpliced(from, 1).toSpliced(place, 0, moved);
}

/** Where a preset ends up that is dropped before (or behind) another one. */
export function placeOfDrop(from: number, over: number, behind: boolean): number {
  const gap = over + (behind ? 1 : 0);
  return gap > from ? gap - 1 : gap;
}

/** Which preset is shown once one is gone: the next, else the one before. */
export function neighbourOf(ids: readonly PresetId[], gone: PresetId): PresetId | null {
  const at = ids.indexOf(gone);
  return ids[at + 1] ?? ids[at - 1] ?? null;
}
