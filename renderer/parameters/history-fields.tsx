import { useTranslation } from 'react-i18next';
import { type HistoryLimits, historyLimits } from '../../shared/chat-settings';
import { count } from '../ui/format';
import type { Comparison } from './comparison';
import { NumberField } from './number-field';
import { ParameterRow } from './parameter-row';
import { rowState } from './row-state';
import { typedNumber } from './typed-value';
import { useTyped } from './use-typed';

export interface HistoryFieldsProps {
  value: HistoryLimits;
  /** Null where settings are not compared, as in a preset itself. */
  compare: Comparison<HistoryLimits> | null;
  onChange: (value: HistoryLimits) => void;
}

/** How much of the conversation goes along with the next message. */
export function HistoryFields(props: HistoryFieldsProps) {
  const { t } = useTranslation();
  return (
    <section>
      <h3 className="parameter-heading">{t('parameters.history')}</h3>
      <LimitRow limit="messages" {...props} />
      <LimitRow limit="tokens" {...props} />
    </section>
  );
}

const RANGES = {
  messages: { type: 'integer', min: 0, max: 100_000, step: 2, slider: false },
  tokens: { type: 'integer', min: 0, max: 100_000_000, step: 1000, slider: false },
} as const;

function LimitRow(props: HistoryFieldsProps & { limit: keyof HistoryLimits }) {
  const { limit, value, compare, onChange } = props;
  const { t } = useTranslation();
  const range = RANGES[limit];
  const set = value[limit] ?? undefined;
  const change = (next: number | undefined) => {
    const checked = historyLimits.safeParse({ ...value, [limit]: next ?? null });
    if (checked.success) onChange(checked.data);
    return checked.success;
  };
  const field = useTyped({
    value: set,
    print: String,
    read: (text) => typedNumber(text, range),
    onChange: change,
  });
  return (
    <ParameterRow
      label={t(`parameters.limits.${limit}`)}
      help={t(`parameters.limitHelp.${limit}`)}
      state={rowState({
        value: value[limit],
        isSet: set !== undefined,
        compare: compare && { ...compare, value: compare.value[limit] },
        unset: null,
        nameOf: (known) => (known === null ? t('parameters.all') : count(known)),
        onChange: (next) => change(next ?? undefined),
      })}
      error={field.error}
    >
      {(names) => (
        <NumberField
          names={names}
          value={set}
          range={range}
          field={field}
          placeholder={t('parameters.all')}
          onChange={change}
        />
      )}
    </ParameterRow>
  );
}
