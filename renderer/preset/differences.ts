import { type ChatSettings, EMPTY_CHAT_SETTINGS } from '../../shared/chat-settings';
import type { PresetContent } from '../../shared/contract/preset';
import { PARAMETER_KEYS, type ParameterKey } from '../../shared/parameters';
import { filled, variablesOf } from '../../shared/template';
import { sameValue } from '../parameters/comparison';

/** A setting as one counts them. */
export type SettingName = ParameterKey | 'system' | 'extra' | 'messages' | 'tokens';

/** The settings that are not as a preset has them; without a preset, those that are set. */
export function differencesOf(
  settings: ChatSettings,
  base: ChatSettings = EMPTY_CHAT_SETTINGS,
): readonly SettingName[] {
  const others = [
    ['system', isFilledFrom(base.system.trim(), settings.system.trim())],
    ['extra', sameValue(settings.extra, base.extra)],
    ['messages', settings.history.messages === base.history.messages],
    ['tokens', settings.history.tokens === base.history.tokens],
  ] as const;
  return [
    ...PARAMETER_KEYS.filter((key) => !sameValue(settings.parameters[key], base.parameters[key])),
    ...others.flatMap(([name, same]) => (same ? [] : [name])),
  ];
}

/** No variable's value and no text that is typed has it. */
const GAP = '\u0000';

/** Whether a text can have come from a template whose variables were filled in, or left as they are. */
export function isFilledFrom(template: string, text: string): boolean {
  if (text === template) return true;
  const gaps = Object.fromEntries(variablesOf(template).map((name) => [name, GAP]));
  const [first = '', ...rest] = filled(template, gaps).split(GAP);
  const last = rest.pop();
  if (last === undefined || !text.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}

/** A preset's content with its variables replaced wherever they may stand. */
export function filledContent(
  content: PresetContent,
  values: Readonly<Record<string, string>>,
): PresetContent {
  const { settings, opening } = content;
  return {
    ...content,
    settings: { ...settings, system: filled(settings.system, values) },
    // A message needs words; one that is nothing but an empty variable falls away.
    opening: opening
      .map((message) => ({ ...message, text: filled(message.text, values) }))
      .filter(({ text }) => text.trim() !== ''),
  };
}

/** The variables of a preset, each once, in the order one reads them. */
export function contentVariables({ settings, opening }: PresetContent): readonly string[] {
  return variablesOf(settings.system, ...opening.map(({ text }) => text));
}

/** What a preset holds once these settings are saved to it. What was filled in stays a variable. */
export function contentWith(
  { opening, ...before }: PresetContent,
  settings: ChatSettings,
  model: string | null,
): PresetContent {
  const { system } = before.settings;
  const same = isFilledFrom(system.trim(), settings.system.trim());
  return {
    connectionId: before.connectionId,
    model: before.model === null ? null : (model ?? before.model),
    settings: same ? { ...settings, system } : settings,
    opening,
  };
}
