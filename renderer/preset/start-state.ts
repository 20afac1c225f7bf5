import { create } from 'zustand';
import type { ChatSettings } from '../../shared/chat-settings';
import type { PresetId } from '../../shared/ids';
import type { VariableValues } from './variables';

/** What was chosen for the conversation that has not begun, for as long as the window is open. */
export interface StartState {
  /** `default`: nobody has chosen, so the default preset is meant. */
  readonly presetId: PresetId | null | 'default';
  /** The preset's variables; null while they have not been asked for. */
  readonly values: VariableValues | null;
  /** The settings, once they were changed by hand. */
  readonly settings: ChatSettings | null;
  /** The model, once it was chosen by hand. */
  readonly model: string | null;
}

const NOTHING: StartState = { presetId: 'default', values: null, settings: null, model: null };

export const useStartState = create<StartState>()(() => NOTHING);

/** Forgets what was chosen: the conversation has begun, and the next one starts anew. */
export function clearStart(): void {
  useStartState.setState(NOTHING);
}

/** Opens the place where a conversation begins, with a preset chosen; its variables are asked for on sending. */
export function beginWithPreset(id: PresetId): void {
  useStartState.setState({ ...NOTHING, presetId: id });
  location.hash = '/chat';
}
