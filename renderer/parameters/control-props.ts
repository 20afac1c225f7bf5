import type { ParameterKey } from '../../shared/parameters';
import type { PickerOption } from '../ui/picker-options';
import type { RowState } from './parameter-row';

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
    state: RowState;
    obstacle: string | null;
    disabled: boolean;
  };
  /** The preset's value, where it differs. */
  marked: unknown;
}
