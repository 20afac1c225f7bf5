import { useTranslation } from 'react-i18next';
import { PARAMETERS, type ParameterKey } from '../../shared/parameters';
import { ChoiceControl } from './choice-control';
import type { ControlProps, Suggestions } from './control-props';
import { JsonControl, ListControl, NumberControl, SwitchControl } from './plain-controls';
import type { Obstacle } from './setting';
import { SuggestControl, TextControl } from './text-controls';
import { useParameterText } from './use-parameter-text';

export interface ParameterControlProps {
  parameterKey: ParameterKey;
  value: unknown;
  /** Why it does not go out as it is set. */
  obstacle: Obstacle | null;
  /** Whom the sentence about an obstacle names. */
  serverName: string;
  suggestions: Suggestions;
  /** False when the value was refused; undefined unsets it. */
  onChange: (value: unknown) => boolean;
}

/** The control of one parameter, as the table describes it. */
export function ParameterControl(props: ParameterControlProps) {
  const { parameterKey: key, value, obstacle, serverName, suggestions, onChange } = props;
  const { t } = useTranslation();
  const { labelOf, helpOf } = useParameterText();
  const { control } = PARAMETERS[key];
  const disabled = obstacle?.kind === 'unknown';
  const why =
    obstacle &&
    t(`parameters.obstacles.${obstacle.kind}`, {
      name: serverName,
      to: obstacle.kind === 'renamed' ? obstacle.to : '',
    });
  const common: ControlProps = {
    parameterKey: key,
    value,
    disabled,
    onChange,
    row: {
      label: labelOf(key),
      help: helpOf(key),
      isSet: value !== undefined,
      obstacle: why,
      disabled,
      onReset: () => onChange(undefined),
    },
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
