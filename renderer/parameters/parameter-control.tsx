import { useTranslation } from 'react-i18next';
import { PARAMETERS, type ParameterKey } from '../../shared/parameters';
import { ChoiceControl } from './choice-control';
import type { Comparison } from './comparison';
import type { ControlProps, Suggestions } from './control-props';
import { JsonControl, ListControl, NumberControl, SwitchControl } from './plain-controls';
import { rowState } from './row-state';
import type { Obstacle } from './setting';
import { SuggestControl, TextControl } from './text-controls';
import { useParameterText } from './use-parameter-text';
import { useValueText } from './use-value-text';

export interface ParameterControlProps {
  parameterKey: ParameterKey;
  value: unknown;
  /** Why it does not go out as it is set. */
  obstacle: Obstacle | null;
  /** Whom the sentence about an obstacle names. */
  serverName: string;
  suggestions: Suggestions;
  /** Null where settings are not compared, as in a preset itself. */
  compare: Comparison<unknown> | null;
  /** False when the value was refused; undefined unsets it. */
  onChange: (value: unknown) => boolean;
}

/** The control of one parameter, as the table describes it. */
export function ParameterControl(props: ParameterControlProps) {
  const { parameterKey: key, value, obstacle, serverName, suggestions, compare, onChange } = props;
  const { t } = useTranslation();
  const { labelOf, helpOf } = useParameterText();
  const valueText = useValueText();
  const { control } = PARAMETERS[key];
  const disabled = obstacle?.kind === 'unknown';
  const why =
    obstacle &&
    t(`parameters.obstacles.${obstacle.kind}`, {
      name: serverName,
      to: obstacle.kind === 'renamed' ? obstacle.to : '',
    });
  const state = rowState<unknown>({
    value,
    isSet: value !== undefined,
    compare,
    unset: undefined,
    nameOf: (known) => valueText(key, known),
    onChange,
  });
  const common: ControlProps = {
    parameterKey: key,
    value,
    disabled,
    onChange,
    row: {
      label: labelOf(key),
      help: helpOf(key),
      state,
      obstacle: why,
      disabled,
    },
    marked: state.was === null ? undefined : compare?.value,
  };
  switch (control.type) {
    case 'number':
    case 'integer':
      return <NumberControl {...common} control={control} />;
    case 'choice':
      return <ChoiceControl {...common} options={control.options} />;
    case 'text':
      if (control.suggests === null) return <TextControl {...common} />;
      return <SuggestControl {...common} options={suggestions[control.suggests]} />;
    case 'switch':
      return <SwitchControl {...common} whenUnset={control.whenUnset} />;
    case 'list':
      return <ListControl {...common} max={control.max} />;
    case 'json':
      return <JsonControl {...common} example={control.example} />;
  }
}
