import { Settings2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Preset } from '../../shared/contract/preset';
import { nano, type Total } from '../../shared/money';
import { useCommand } from '../state/commands';
import { usd } from '../ui/format';
import { Icon } from '../ui/icon';
import { PickerFrame } from '../ui/picker-frame';
import { PickerList } from '../ui/picker-list';
import type { PickerOption } from '../ui/picker-options';
import { PresetKeys, usePresetKeyTexts } from './preset-keys';
import { presetNamed, usePresets } from './use-presets';
import { useSummary } from './use-summary';

export interface PresetPickerProps {
  value: Preset['id'] | null;
  /** Null: none is to be used. */
  onChoose: (preset: Preset | null) => void;
}

const NONE = 'none';

/** What was spent with it, as far as anything was. */
function spentText({ known, estimated, runs }: Total): string {
  return runs === 0 ? '' : usd(nano(known + estimated), 4);
}

/** Which preset the next message is led with. Its keys work for as long as it is there. */
export function PresetPicker({ value, onChoose }: PresetPickerProps) {
  const { t } = useTranslation();
  const summary = useSummary();
  const keys = usePresetKeyTexts();
  const presets = usePresets();
  const [open, setOpen] = useState(false);
  const chosen = presetNamed(presets, value);
  useCommand('choosePreset', () => setOpen(true));
  const options: readonly PickerOption[] = [
    { value: NONE, label: t('presets.none') },
    ...presets.map((preset, index) => ({
      value: String(preset.id),
      label: preset.name,
      hint: spentText(preset.spent),
      detail: summary(preset.content),
      detailHint: keys[index] ?? '',
      keywords: summary(preset.content),
    })),
  ];
  return (
    <>
      <PickerFrame
        label={t('composer.preset')}
        display={chosen?.name ?? t('presets.noPreset')}
        open={open}
        onOpenChange={setOpen}
        wide
      >
        <PickerList
          value={chosen === null ? NONE : String(chosen.id)}
          options={options}
          searchLabel={t('presets.search')}
          emptyText={t('presets.noMatch')}
          onChoose={(next) => {
            setOpen(false);
            onChoose(presets.find(({ id }) => String(id) === next) ?? null);
          }}
          note={
            <Link
              href={chosen === null ? '/presets' : `/presets/${chosen.id}`}
              className="inline-flex items-center gap-1.5 font-medium text-text-2 hover:text-text"
            >
              <Icon icon={Settings2} small />
              {chosen === null ? t('presets.manage') : t('presets.edit', { name: chosen.name })}
            </Link>
          }
        />
      </PickerFrame>
      <PresetKeys presets={presets} onChoose={onChoose} />
    </>
  );
}
