import type { TFunction } from 'i18next';
import { EMPTY_CHAT_SETTINGS } from '../../shared/chat-settings';
import type { PresetContent } from '../../shared/contract/preset';
import { PARAMETERS, type ParameterKey } from '../../shared/parameters';
import { differencesOf, type SettingName } from './differences';

/** More than this many do not fit into a line. */
const MOST = 3;

/** What says most about a preset comes first. */
const FIRST: readonly SettingName[] = ['integrity', 'n', 'temperature', 'routing', 'top_p'];

export interface SummaryWords {
  readonly labelOf: (key: ParameterKey) => string;
  readonly textOf: (key: ParameterKey, value: unknown) => string;
}

/** One line of what a preset sets: "gpt-4o, temperature 0.2". */
export function summaryOf(
  { model, settings, opening }: PresetContent,
  { labelOf, textOf }: SummaryWords,
  t: TFunction,
): string {
  const set = differencesOf(settings, EMPTY_CHAT_SETTINGS);
  const ordered = [
    ...FIRST.filter((name) => set.includes(name)),
    ...set.filter((name) => !FIRST.includes(name)),
  ];
  const parts = ordered.map((name) => {
    switch (name) {
      case 'system':
        return t('presets.summary.system');
      case 'extra':
        return t('presets.summary.extra');
      case 'messages':
      case 'tokens':
        return t('presets.summary.history');
      default: {
        const value = settings.parameters[name];
        const label = labelOf(name);
        const plain = typeof value === 'number' || PARAMETERS[name].control.type === 'choice';
        return plain || typeof value === 'string' ? `${label} ${textOf(name, value)}` : label;
      }
    }
  });
  const all = [
    ...(model === null ? [] : [shortModel(model)]),
    ...new Set(parts),
    ...(opening.length > 0 ? [t('presets.summary.opening', { count: opening.length })] : []),
  ];
  if (all.length === 0) return t('presets.summary.nothing');
  const shown = all.slice(0, MOST).join(t('presets.summary.comma'));
  return all.length > MOST ? t('presets.summary.more', { shown, count: all.length - MOST }) : shown;
}

/** The name without its maker, as one speaks of it. */
export function shortModel(model: string): string {
  return model
    .split(',')
    .map((name) => name.trim().slice(name.trim().lastIndexOf('/') + 1))
    .join(', ');
}
