import { EMPTY_CHAT_SETTINGS } from '../../../shared/chat-settings';
import type { PresetContent } from '../../../shared/contract/preset';
import type { ParameterValues } from '../../../shared/parameters';

/** A preset to begin with. Its words are in the locales under `presets.examples`. */
interface PresetExample {
  readonly name: 'precise' | 'creative' | 'vote';
  readonly content: PresetContent;
}

/** They leave model and connection as they are, so that they work with any server. */
export const EXAMPLES: readonly PresetExample[] = [
  { name: 'precise', content: withValues({ temperature: 0.2 }) },
  { name: 'creative', content: withValues({ temperature: 1.1, presence_penalty: 0.4 }) },
  { name: 'vote', content: withValues({ integrity: 13 }) },
];

function withValues(parameters: ParameterValues): PresetContent {
  const settings = { ...EMPTY_CHAT_SETTINGS, parameters };
  return { connectionId: null, model: null, settings, opening: [] };
}
