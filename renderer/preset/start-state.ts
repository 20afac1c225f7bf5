import { create } from 'zustand';
import type { ChatSettings } from '../../shared/chat-settings';
import type { ConnectionId, PresetId } from '../../shared/ids';
import type { VariableValues } from './variables';

interface StartTarget {
  readonly connectionId: ConnectionId | null;
  readonly model: string | null;
}

/** What was chosen for the conversation that has not begun, for as long as the window is open. */
export interface StartState {
  /** `default`: nobody has chosen, so the default preset is meant. */
  readonly presetId: PresetId | null | 'default';
  /** The preset's variables; null while they have not been asked for. */
  readonly values: VariableValues | null;
  /** The settings, once they were changed by hand. */
  readonly settings: ChatSettings | null;
  /** Whom to ask, as far as that was chosen by hand. */
  readonly target: StartTarget;
}

const NOBODY: StartTarget = { connectionId: null, model: null };

const NOTHING: StartState = { presetId: 'default', values: null, settings: null, target: NOBODY };

/** Takes a preset, and whom it names; what was chosen by hand before it is forgotten. */
export function startWith(presetId: PresetId | null, values: VariableValues | null): void {
  useStartState.setState({ presetId, values, settings: null, target: NOBODY });
}

/** Has it begin with a connection, whatever its preset names. */
export function startAt(connectionId: ConnectionId): void {
  useStartState.setState({ target: { connectionId, model: null } });
}

export const useStartState = create<StartState>()(() => NOTHING);

/** Forgets what was chosen: the conversation has begun, and the next one starts anew. */
export function clearStart(): void {
  useStartState.setState(NOTHING);
}

/** Opens the place where a conversation begins, with a preset chosen; its variables are asked for on sending. */
export function beginWithPreset(id: PresetId): void {
  startWith(id, null);
  location.hash = '/chat';
}
