import { useTranslation } from 'react-i18next';
import {
  PARAMETER_KEYS,
  PARAMETERS,
  type ParameterKey,
  type ParameterOption,
} from '../../shared/parameters';

export interface ParameterText {
  /** A field that the table does not have is called by its own name. */
  readonly labelOf: (key: string) => string;
  readonly helpOf: (key: ParameterKey) => string;
  readonly optionOf: (key: ParameterKey, option: ParameterOption) => string;
}

/** The words of the table, or another language's own. */
export function useParameterText(): ParameterText {
  const { t } = useTranslation();
  return {
    labelOf: (field) => {
      const key = PARAMETER_KEYS.find((one) => one === field);
      if (key === undefined) return field;
      return t(`parameters.${key}.label`, { defaultValue: PARAMETERS[key].label });
    },
    helpOf: (key) => t(`parameters.${key}.help`, { defaultValue: PARAMETERS[key].help }),
    optionOf: (key, { value, label }) =>
      t(`parameters.${key}.options.${value}`, { defaultValue: label }),
  };
}
