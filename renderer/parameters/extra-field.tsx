import { useTranslation } from 'react-i18next';
import type { ChatSettings } from '../../shared/chat-settings';
import { extraFields } from '../../shared/parameters';
import type { Comparison } from './comparison';
import { ParameterRow } from './parameter-row';
import { rowState } from './row-state';
import { TextArea } from './text-area';
import { typedExtra } from './typed-value';
import { useTyped } from './use-typed';

type Extra = ChatSettings['extra'];

/** Fields of the request that have no control. */
export function ExtraField({
  value,
  compare,
  onChange,
}: {
  value: Extra;
  compare: Comparison<Extra> | null;
  onChange: (value: Extra) => void;
}) {
  const { t } = useTranslation();
  const isSet = Object.keys(value).length > 0;
  const field = useTyped<Record<string, unknown>>({
    value: isSet ? value : undefined,
    print: (fields) => JSON.stringify(fields, null, 2),
    read: typedExtra,
    onChange: (fields) => {
      const checked = extraFields.safeParse(fields ?? {});
      if (checked.success) onChange(checked.data);
      return checked.success;
    },
  });
  return (
    <ParameterRow
      label={t('parameters.extra')}
      help={t('parameters.extraHelp')}
      state={rowState({
        value,
        isSet,
        compare,
        unset: {},
        nameOf: (known) =>
          Object.keys(known).length === 0 ? t('parameters.notSet') : t('parameters.asInPreset'),
        onChange,
      })}
      error={field.error}
      below
    >
      {(names) => (
        <TextArea
          label={names.label}
          describedBy={names.describedBy}
          value={field.text}
          rows={2}
          code
          placeholder={'{"top_a": 0.2}'}
          invalid={field.error !== null}
          unset={!isSet}
          onChange={field.type}
          onBlur={field.leave}
        />
      )}
    </ParameterRow>
  );
}
