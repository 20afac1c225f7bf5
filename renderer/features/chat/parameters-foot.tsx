import { CopyPlus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { PresetUse } from '../../preset/use-preset-actions';
import { Button } from '../../ui/button';
import { IconButton } from '../../ui/icon-button';
import type { Multiplier } from './cost-multiplier';
import { useMultiplierText } from './use-multiplier-text';

interface ParametersFootProps {
  preset: PresetUse;
  /** How many settings are not as the preset, or the default, has them. */
  differences: number;
  multiplier: Multiplier;
  onReset: () => void;
}

/** What a question costs with these settings, the way back, and where to keep them. */
export function ParametersFoot({ preset, differences, multiplier, onReset }: ParametersFootProps) {
  const { t } = useTranslation();
  const { sentence } = useMultiplierText();
  const { save, saveNew, differs } = preset;
  return (
    <footer className="parameters-foot">
      <p className="min-w-0 text-12 text-text-2">{sentence(multiplier)}</p>
      <div className={save ? 'grid grid-cols-[1fr_1fr_auto] gap-2' : 'grid grid-cols-2 gap-2'}>
        <Button size="sm" disabled={differences === 0} onClick={onReset}>
          {save ? t('parameters.backToPreset') : t('parameters.resetAll')}
        </Button>
        <Button
          size="sm"
          disabled={save ? !differs : differences === 0}
          onClick={() => void (save ?? saveNew)()}
        >
          {save ? t('parameters.saveToPreset') : t('presets.saveNew')}
        </Button>
        {save && (
          <IconButton
            label={t('presets.saveNew')}
            icon={CopyPlus}
            side="top"
            onClick={() => void saveNew()}
          />
        )}
      </div>
    </footer>
  );
}
