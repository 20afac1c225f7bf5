import { NewPresetDialog } from './new-preset-dialog';
import { VariablesDialog } from './variables-dialog';

/** The questions that using and making presets may ask. Stands once in the page. */
export function PresetDialogs() {
  return (
    <>
      <VariablesDialog />
      <NewPresetDialog />
    </>
  );
}
