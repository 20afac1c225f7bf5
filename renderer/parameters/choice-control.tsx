import { useTranslation } from 'react-i18next';
import type { ParameterOption } from '../../shared/parameters';
import { RowSelect } from '../ui/row-select';
import { Segmented } from '../ui/segmented';
import type { ControlProps } from './control-props';
import { ParameterRow } from './parameter-row';
import { timesOf } from './setting';
import { useParameterText } from './use-parameter-text';

/** More than this many do not fit beside each other. */
const MOST_SEGMENTS = 3;

/** The segment that sets nothing. */
const OFF = 'off';

/** One of a few: side by side while they fit, else in a list. What multiplies the bill says so. */
export function ChoiceControl(props: ControlProps & { options: readonly ParameterOption[] }) {
  const { parameterKey: key, value, disabled, onChange, row, options } = props;
  const { t } = useTranslation();
  const { optionOf } = useParameterText();
  const chosen = options.find((option) => option.value === value);
  const choose = (text: string | null) =>
    onChange(options.find((option) => String(option.value) === text)?.value);
  const lines = options.map((option) => ({
    value: String(option.value),
    label: optionOf(key, option),
    times: timesOf(key, option.value),
  }));
  const costs = lines.some(({ times }) => times > 1);
  return (
    <ParameterRow {...row}>
      {({ label, describedBy }) =>
        lines.length > MOST_SEGMENTS ? (
          <RowSelect
            label={label}
            describedBy={describedBy}
            value={chosen === undefined ? null : String(chosen.value)}
            options={lines}
            unsetLabel={t('parameters.unset')}
            disabled={disabled}
            onChange={choose}
          />
        ) : (
          <Segmented
            label={label}
            describedBy={describedBy}
            small
            value={chosen === undefined ? (costs ? OFF : null) : String(chosen.value)}
            segments={[
              ...(costs ? [{ value: OFF, label: t('parameters.off') }] : []),
              ...lines.map((line) => ({
                value: line.value,
                label:
                  line.times > 1 ? (
                    <>
                      {line.label}
                      <span className="figures font-normal text-text-3">×{line.times}</span>
                    </>
                  ) : (
                    line.label
                  ),
              })),
            ]}
            disabled={disabled}
            onChange={choose}
          />
        )
      }
    </ParameterRow>
  );
}
