import type { TFunction } from 'i18next';
import type { Adaptation } from '../../../shared/adaptation';
import type { Run } from '../../../shared/contract/conversation';
import {
  PARAMETER_KEYS,
  PARAMETERS,
  type ParameterKey,
  type ParameterValues,
} from '../../../shared/parameters';

/** A parameter that was sent, as the receipt shows it. */
export interface SentParameter {
  readonly key: ParameterKey;
  readonly label: string;
  readonly value: string;
}

/** The parameters that were sent, in the order of the panel. */
export function sentParameters(values: ParameterValues, t: TFunction): readonly SentParameter[] {
  return PARAMETER_KEYS.flatMap((key) => {
    const value = values[key];
    if (value === undefined) return [];
    const label = t(`parameters.${key}.label`, { defaultValue: PARAMETERS[key].label });
    return [{ key, label, value: valueText(key, value, t) }];
  });
}

function valueText(
  key: ParameterKey,
  value: Exclude<ParameterValues[ParameterKey], undefined>,
  t: TFunction,
): string {
  const { control } = PARAMETERS[key];
  if (typeof value === 'boolean') return value ? t('receipt.on') : t('receipt.off');
  if (control.type === 'choice') {
    const chosen = control.options.find((option) => option.value === value);
    if (!chosen) return String(value);
    return t(`parameters.${key}.options.${chosen.value}`, { defaultValue: chosen.label });
  }
  if (Array.isArray(value)) return value.map((text) => JSON.stringify(text)).join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** How the request differed from what was asked for, in a sentence. */
export function adaptationText(adaptation: Adaptation, t: TFunction): string {
  switch (adaptation.action) {
    case 'leave_out':
      return t('receipt.leftOut', { field: adaptation.field });
    case 'rename':
      return t('receipt.renamed', { field: adaptation.field, to: adaptation.to });
  }
}

/** What multiplied the cost of a request, with its factor; empty for one plain answer. */
export function multipliers(
  { answers, votes, models }: Pick<Run, 'answers' | 'votes' | 'models'>,
  t: TFunction,
): readonly (readonly [label: string, factor: number])[] {
  const all = [
    [t('receipt.answersEach'), answers],
    [t('receipt.votesEach'), votes],
    [t('receipt.modelsEach'), models],
  ] as const;
  return all.filter(([, factor]) => factor > 1);
}
