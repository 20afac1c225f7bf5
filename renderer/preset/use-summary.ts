import { useTranslation } from 'react-i18next';
import type { PresetContent } from '../../shared/contract/preset';
import { PARAMETERS, type ParameterKey } from '../../shared/parameters';
import { useParameterText } from '../parameters/use-parameter-text';
import { useValueText } from '../parameters/use-value-text';
import { summaryOf } from './summary';

/** One line of what a preset sets, in the user's language. */
export function useSummary(): (content: PresetContent) => string {
  const { t, i18n } = useTranslation();
  const { labelOf } = useParameterText();
  const valueText = useValueText();
  const word = i18n.language === 'en' ? lowered : (text: string) => text;
  const words = {
    labelOf: (key: ParameterKey) => word(labelOf(key)),
    textOf: (key: ParameterKey, value: unknown) =>
      typeof value === 'string' && PARAMETERS[key].control.type === 'choice'
        ? word(valueText(key, value))
        : valueText(key, value),
  };
  return (content) => summaryOf(content, words, t);
}

/** An English label within a sentence; names like "RAG tune" keep their capitals. */
function lowered(label: string): string {
  const [first = '', second = ''] = label;
  return second === second.toLowerCase() ? first.toLowerCase() + label.slice(1) : label;
}
