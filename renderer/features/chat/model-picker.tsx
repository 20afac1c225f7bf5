import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PickerFrame } from '../../ui/picker-frame';
import { ModelList } from './model-list';
import type { CatalogueState } from './use-catalogue';

export interface ModelPickerProps {
  /** The models that are asked, the one of the conversation first; empty while none is chosen. */
  models: readonly string[];
  state: CatalogueState;
  /** The list is about to be seen. */
  onOpen: () => void;
  onChoose: (model: string) => void;
  onAdd: (model: string) => void;
}

/** Which model the next message goes to. */
export function ModelPicker({ models, state, onOpen, onChoose, onAdd }: ModelPickerProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <PickerFrame
      label={t('composer.model')}
      display={models[0] ?? t('composer.chooseModel')}
      open={open}
      onOpenChange={(next) => {
        if (next) onOpen();
        setOpen(next);
      }}
      wide
    >
      <ModelList
        state={state}
        models={models}
        onChoose={(model) => {
          onChoose(model);
          setOpen(false);
        }}
        onAdd={onAdd}
      />
    </PickerFrame>
  );
}
