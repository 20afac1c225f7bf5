import { useTranslation } from 'react-i18next';
import { PARAMETERS, type ParameterKey } from '../../shared/parameters';
import { useParameterText } from './use-parameter-text';

/** A value in a word or two, as a button that leads back to it names it. */
export function useValueText(): (key: ParameterKey, value: unknown) => string {
  const { t } = useTranslation();
  const { optionOf } = useParameterText();
  return (key, value) => {
    const { control } = PARAMETERS[key];
    if (value === undefined) return t('parameters.notSet');
    if (control.type === 'choice') {
      const option = control.options.find((one) => one.value === value);
      return option ? optionOf(key, option) : String(value);
    }
    if (typeof value === 'boolean') return value ? t('parameters.on') : t('parameters.off');
    if (typeof value === 'object') return t('parameters.asInPreset');
    return String(value).replace('-', '\u2212');
  };
}
