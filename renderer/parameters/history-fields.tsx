import { useTranslation } from 'react-i18next';
import { type HistoryLimits, historyLimits } from '../../shared/chat-settings';
import { NumberField } from './number-field';
import { ParameterRow } from './parameter-row';
import { typedNumber } from './typed-value';
import { useTyped } from './use-typed';

export interface HistoryFieldsProps {
  value: HistoryLimits;
  onChange: (value: HistoryLimits) => void;
}

/** How much of the conversation goes along with the next message. */
export function HistoryFields({ value, onChange }: HistoryFieldsProps) {
  const { t } = useTranslation();
  return (
    <section>
      <h3 className="parameter-heading">{t('parameters.history')}</h3>
      <LimitRow limit="messages" value={value} onChange={onChange} />
      <LimitRow limit="tokens" value={value} onChange={onChange} />
    </section>
  );
}

const RANGES = {
  messages: { type: 'integer', min: 0, max: 100_000, step: 2, slider: false },
  tokens: { type: 'integer', min: 0, max: 100_000_000, step: 1000, slider: false },
} as const;

function LimitRow({ limit, value, onChange }: HistoryFieldsProps & { limit: keyof HistoryLimits }) {
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
      isSet={set !== undefined}
      onReset={() => change(undefined)}
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
