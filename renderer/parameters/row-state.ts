import { type Comparison, sameValue } from './comparison';
import type { RowState } from './parameter-row';

interface RowStateParts<Value> {
  readonly value: Value;
  readonly isSet: boolean;
  /** Null where settings are not compared, as in a preset itself. */
  readonly compare: Comparison<Value> | null;
  /** What is not set. */
  readonly unset: Value;
  /** A preset's value in a word or two. */
  readonly nameOf: (value: Value) => string;
  readonly onChange: (value: Value) => void;
}

/** How a setting stands to what it is compared with, and the way back to that. */
export function rowState<Value>(parts: RowStateParts<Value>): RowState {
  const { value, isSet, compare, unset, nameOf, onChange } = parts;
  if (compare === null) {
    return { isSet, differs: false, was: null, onReturn: isSet ? () => onChange(unset) : null };
  }
  const differs = !sameValue(value, compare.value);
  return {
    isSet,
    differs,
    was: compare.ofPreset && differs ? nameOf(compare.value) : null,
    onReturn: differs ? () => onChange(compare.value) : null,
  };
}
