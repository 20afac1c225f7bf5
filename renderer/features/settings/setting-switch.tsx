import { useId } from 'react';
import { Switch } from '../../ui/switch';

export interface SettingSwitchProps {
  label: string;
  hint: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

/** Something that is on or off, with what that means. */
export function SettingSwitch({ label, hint, checked, onChange }: SettingSwitchProps) {
  const id = useId();
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-6">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      <Switch
        id={id}
        aria-describedby={`${id}-hint`}
        checked={checked}
        onChange={onChange}
        className="row-span-2"
      />
      <p id={`${id}-hint`} className="text-12 text-text-3">
        {hint}
      </p>
    </div>
  );
}
