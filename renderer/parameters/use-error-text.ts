import { useTranslation } from 'react-i18next';
import { count } from '../ui/format';
import type { TypedError } from './typed-value';
import { useParameterText } from './use-parameter-text';

/** The words for what is wrong with something typed. */
export function useErrorText(): (error: TypedError) => string {
  const { t } = useTranslation();
  const { labelOf } = useParameterText();
  return (error) => {
    switch (error.kind) {
      case 'range':
        return t('parameters.errors.range', { min: signed(error.min), max: signed(error.max) });
      case 'tooMany':
        return t('parameters.errors.tooMany', { count: error.max });
      case 'json':
        return t('parameters.errors.json', { line: error.line, column: error.column });
      case 'ownField':
        return t('parameters.errors.ownField', { field: error.field, label: labelOf(error.field) });
      case 'appField':
        return t('parameters.errors.appField', { field: error.field });
      default:
        return t(`parameters.errors.${error.kind}`);
    }
  };
}

/** With a real minus sign, as figures have everywhere. */
function signed(value: number): string {
  return count(value).replace('-', '\u2212');
}
