import type { ParameterKey } from '../../shared/parameters';
import type { PickerOption } from '../ui/picker-options';

/** What a panel offers for the fields that can be filled in from the list of models. */
export interface Suggestions {
  readonly provider: readonly PickerOption[];
  readonly model: readonly PickerOption[];
}

/** What the control of any parameter gets. */
export interface ControlProps {
  parameterKey: ParameterKey;
  /** Undefined while it is unset. */
  value: unknown;
  disabled: boolean;
  /** False when the value was refused; undefined unsets it. */
  onChange: (value: unknown) => boolean;
  /** What the row around it says. */
  row: {
    label: string;
    help: string;
    isSet: boolean;
    obstacle: string | null;
    disabled: boolean;
    onReset: () => void;
  };
}
