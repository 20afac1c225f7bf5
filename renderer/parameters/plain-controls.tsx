import { useTranslation } from 'react-i18next';
import { Switch } from '../ui/switch';
import type { ControlProps } from './control-props';
import { NumberField } from './number-field';
import { ParameterRow } from './parameter-row';
import { timesOf } from './setting';
import { TextArea } from './text-area';
import { listText, typedJson, typedList, typedNumber } from './typed-value';
import { useTyped } from './use-typed';

interface NumberControlProps extends ControlProps {
  control: { type: 'number' | 'integer'; min: number; max: number; step: number; slider: boolean };
}

/** A number, with a bar where its range is small enough. */
export function NumberControl(props: NumberControlProps) {
  const { parameterKey, value, disabled, onChange, row, marked, control } = props;
  const number = typeof value === 'number' ? value : undefined;
  const field = useTyped({
    value: number,
    print: String,
    read: (text) => typedNumber(text, control),
    onChange,
  });
  const times = timesOf(parameterKey, number);
  return (
    <ParameterRow {...row} error={field.error}>
      {(names) => (
        <NumberField
          names={names}
          value={number}
          range={control}
          field={field}
          disabled={disabled}
          mark={times > 1 ? `×${times}` : null}
          tick={typeof marked === 'number' ? marked : null}
          onChange={onChange}
        />
      )}
    </ParameterRow>
  );
}

/** On or off; unset it shows what happens by itself. */
export function SwitchControl({
  value,
  disabled,
  onChange,
  row,
  whenUnset,
}: ControlProps & { whenUnset: boolean }) {
  const set = typeof value === 'boolean' ? value : undefined;
  return (
    <ParameterRow {...row}>
      {(names) => (
        <Switch
          aria-label={names.label}
          aria-describedby={names.describedBy}
          checked={set ?? whenUnset}
          unset={set === undefined}
          disabled={disabled}
          onChange={onChange}
        />
      )}
    </ParameterRow>
  );
}

/** A few texts, one a line. */
export function ListControl({
  value,
  disabled,
  onChange,
  row,
  max,
}: ControlProps & { max: number }) {
  const { t } = useTranslation();
  const items = Array.isArray(value) ? value.map(String) : undefined;
  const field = useTyped({
    value: items,
    print: listText,
    read: (text) => typedList(text, max),
    onChange,
  });
  return (
    <ParameterRow {...row} error={field.error} below>
      {(names) => (
        <TextArea
          label={names.label}
          describedBy={names.describedBy}
          value={field.text}
          rows={1}
          code
          placeholder={t('parameters.onePerLine')}
          invalid={field.error !== null}
          unset={items === undefined}
          disabled={disabled}
          onChange={field.type}
          onBlur={field.leave}
        />
      )}
    </ParameterRow>
  );
}

/** A JSON object, checked as it is typed. */
export function JsonControl({
  value,
  disabled,
  onChange,
  row,
  example,
}: ControlProps & { example: string }) {
  const field = useTyped<unknown>({
    value,
    print: (json) => JSON.stringify(json, null, 2),
    read: typedJson,
    onChange,
  });
  return (
    <ParameterRow {...row} error={field.error} below>
      {(names) => (
        <TextArea
          label={names.label}
          describedBy={names.describedBy}
          value={field.text}
          rows={1}
          code
          placeholder={example}
          invalid={field.error !== null}
          unset={value === undefined}
          disabled={disabled}
          onChange={field.type}
          onBlur={field.leave}
        />
      )}
    </ParameterRow>
  );
}
