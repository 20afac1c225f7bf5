import { type ReactNode, useState } from 'react';
import { PickerFrame, type PickerFrameProps } from './picker-frame';
import { PickerList } from './picker-list';
import type { PickerOption } from './picker-options';

type Frame = Omit<PickerFrameProps, 'open' | 'onOpenChange' | 'children' | 'display' | 'unset'>;

export interface PickerProps extends Frame {
  value: string | null;
  options: readonly PickerOption[];
  onChange: (value: string) => void;
  /** Shown while nothing is chosen. */
  placeholder: string;
  searchLabel: string;
  emptyText: string;
  /** Takes what is typed even if it is not in the list. Says so with these words. */
  freeText?: (text: string) => string;
  /** Below the list, e.g. that it could not be fetched. */
  note?: ReactNode;
}

/** One of many: a button that opens a list to search in. */
export function Picker(props: PickerProps) {
  const { value, options, onChange, placeholder, searchLabel, emptyText, freeText, note } = props;
  const [open, setOpen] = useState(false);
  const chosen = options.find((option) => option.value === value);
  return (
    <PickerFrame
      {...props}
      open={open}
      onOpenChange={setOpen}
      display={chosen?.label ?? value ?? placeholder}
      unset={value === null}
    >
      <PickerList
        value={value}
        options={options}
        searchLabel={searchLabel}
        emptyText={emptyText}
        {...(freeText ? { freeText } : {})}
        {...(note === undefined ? {} : { note })}
        onChoose={(next) => {
          onChange(next);
          setOpen(false);
        }}
      />
    </PickerFrame>
  );
}
