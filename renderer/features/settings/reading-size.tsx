import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { FONT_SIZES } from '../../../shared/contract/look';
import { Button } from '../../ui/button';

/** How large what is read and written is; the sample and everything else follow while it is dragged. */
export function ReadingSize({
  size,
  onChange,
}: {
  size: number;
  onChange: (size: number) => void;
}) {
  const { t } = useTranslation();
  const id = useId();
  const { min, max, usual } = FONT_SIZES;
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-12 font-medium text-text-2">
        {t('settings.readingSize')}
      </label>
      <div className="flex min-h-8 flex-wrap items-center gap-x-3">
        <input
          id={id}
          type="range"
          min={min}
          max={max}
          step={1}
          value={size}
          aria-valuetext={t('settings.readingSizeOf', { size })}
          aria-describedby={`${id}-hint`}
          onChange={(event) => onChange(event.target.valueAsNumber)}
          className="w-60 accent-(--ink-fill)"
        />
        <output htmlFor={id} className="figures w-12">
          {t('settings.readingSizeOf', { size })}
        </output>
        {size !== usual && (
          <Button size="sm" onClick={() => onChange(usual)}>
            {t('settings.readingSizeUsual', { size: usual })}
          </Button>
        )}
      </div>
      <p id={`${id}-hint`} className="mt-1 text-12 text-text-3">
        {t('settings.readingSizeHint')}
      </p>
      <p className="mt-3 max-w-(--measure) rounded-3 border border-line px-4 py-3 text-15">
        {t('settings.readingSample')}
      </p>
    </div>
  );
}
