import { create } from 'zustand';
import type { Preset, PresetContent } from '../../../shared/contract/preset';
import type { PresetId } from '../../../shared/ids';
import { showPresets } from '../../preset/use-presets';
import { client, orpc, queryClient } from '../../rpc/client';

/** A preset as it stands in its fields, which may not be fit to be kept yet. */
export interface PresetDraft {
  readonly name: string;
  readonly content: PresetContent;
}

interface Kept {
  readonly draft: PresetDraft;
  /** The last attempt to keep it failed. */
  readonly failed: boolean;
}

interface DraftsState {
  /** What is not kept yet. It outlives leaving the page. */
  readonly drafts: ReadonlyMap<PresetId, Kept>;
}

export const usePresetDrafts = create<DraftsState>()(() => ({ drafts: new Map() }));

const PAUSE_MS = 500;

const timers = new Map<PresetId, ReturnType<typeof setTimeout>>();

/** What of a draft can be kept: a name that is one, and the messages that say something. */
export function keepable({ name, content }: PresetDraft): {
  readonly name?: string;
  readonly content: PresetContent;
} {
  const opening = content.opening.filter(({ text }) => text.trim() !== '');
  const same = opening.length === content.opening.length;
  const whole = same ? content : { ...content, opening };
  return name.trim() === '' ? { content: whole } : { name: name.trim(), content: whole };
}

/** Whether all that stands in the fields can be kept as it stands there. */
function isWhole(draft: PresetDraft): boolean {
  const { name, content } = keepable(draft);
  return name === draft.name && content === draft.content;
}

/** Takes a change of a preset's fields as they are now, and keeps it after a pause. */
export function changeDraft(id: PresetId, change: (now: PresetDraft) => PresetDraft): void {
  const presets = queryClient.getQueryData(orpc.presets.list.queryKey());
  const preset = presets?.find((one) => one.id === id);
  const { drafts } = usePresetDrafts.getState();
  const now = drafts.get(id)?.draft ?? (preset && draftOf(preset, drafts));
  if (!now) return;
  put(id, { draft: change(now), failed: false });
  clearTimeout(timers.get(id));
  timers.set(
    id,
    setTimeout(() => void keepDraft(id), PAUSE_MS),
  );
}

/** Keeps at once what has not been kept; never rejects, a failure stands beside the draft. */
export async function keepDraft(id: PresetId): Promise<void> {
  clearTimeout(timers.get(id));
  timers.delete(id);
  const kept = usePresetDrafts.getState().drafts.get(id);
  if (!kept) return;
  const change = keepable(kept.draft);
  // Whoever uses the preset in the next moment means it as it stands in its fields.
  showPresets((presets) => presets.map((one) => (one.id === id ? { ...one, ...change } : one)));
  try {
    const preset = await client.presets.change({ id, ...change });
    showPresets((presets) => presets.map((one) => (one.id === id ? preset : one)));
    if (isNow(id, kept) && isWhole(kept.draft)) put(id, null);
  } catch {
    if (isNow(id, kept)) put(id, { ...kept, failed: true });
  }
}

/** Keeps everything at once: the page may be gone in a moment. */
export async function keepAllDrafts(): Promise<void> {
  await Promise.all([...timers.keys()].map(keepDraft));
}

/** Lets go of what was typed: the preset is gone, or the field was left. */
export function dropDraft(id: PresetId): void {
  clearTimeout(timers.get(id));
  timers.delete(id);
  put(id, null);
}

/** A preset as its fields show it. */
export function draftOf(preset: Preset, drafts: DraftsState['drafts']): PresetDraft {
  return drafts.get(preset.id)?.draft ?? { name: preset.name, content: preset.content };
}

function isNow(id: PresetId, kept: Kept): boolean {
  return usePresetDrafts.getState().drafts.get(id) === kept;
}

function put(id: PresetId, kept: Kept | null): void {
  usePresetDrafts.setState(({ drafts }) => {
    const next = new Map(drafts);
    if (kept) next.set(id, kept);
    else next.delete(id);
    return { drafts: next };
  });
}
