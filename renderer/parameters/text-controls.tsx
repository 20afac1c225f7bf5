import { useTranslation } from 'react-i18next';
import { cx } from '../ui/class-names';
import { Picker } from '../ui/picker';
import type { PickerOption } from '../ui/picker-options';
import type { ControlProps } from './control-props';
import { ParameterRow } from './parameter-row';
import { useTyped } from './use-typed';

/** A name to type. */
export function TextControl({ value, disabled, onChange, row }: ControlProps) {
  const { t } = useTranslation();
  const text = typeof value === 'string' ? value : undefined;
  const field = useTyped({
    value: text,
    print: (known) => known,
    read: (typed) => ({ value: typed.trim() === '' ? undefined : typed.trim() }),
    onChange,
  });
  return (
    <ParameterRow {...row} error={field.error}>
      {(names) => (
        <input
          type="text"
          aria-label={names.label}
          aria-describedby={names.describedBy}
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          disabled={disabled}
          value={field.text}
          placeholder={t('parameters.unset')}
          onChange={(event) => field.type(event.target.value)}
          onBlur={field.leave}
          className={cx('parameter-box w-40', text === undefined && 'parameter-unset')}
        />
      )}
    </ParameterRow>
  );
}

/** A name to choose or to type. */
export function SuggestControl({
  value,
  disabled,
  onChange,
  row,
  options,
}: ControlProps & { options: readonly PickerOption[] }) {
  const { t } = useTranslation();
  return (
    <ParameterRow {...row}>
      {(names) => (
        <Picker
          label={names.label}
          describedBy={names.describedBy}
          variant="row"
          wide
          side="bottom"
          align="end"
          value={typeof value === 'string' ? value : null}
          options={options}
          onChange={onChange}
          placeholder={t('parameters.unset')}
          searchLabel={t('parameters.searchOrType')}
          emptyText={t('parameters.typeOne')}
          freeText={(text) => t('composer.useTyped', { text })}
          disabled={disabled}
        />
      )}
    </ParameterRow>
  );
}
