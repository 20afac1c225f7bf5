import { SlidersHorizontal } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../state/commands';
import { useKeysOf } from '../../state/shortcuts';
import { Icon } from '../../ui/icon';
import { ariaKeys } from '../../ui/key-combination';
import { Tooltip, TooltipText } from '../../ui/tooltip';
import { useComposing } from './composing';

const PARAMETERS_BUTTON = 'parameters-button';
export const PARAMETERS_PANEL = 'parameters-panel';

/** Closes the panel; the focus goes back to where it was opened. */
export function closeParameters(): void {
  useComposing.getState().showParameters(false);
  document.getElementById(PARAMETERS_BUTTON)?.focus();
}

function openParameters(): void {
  useComposing.getState().showParameters(true);
  // The panel stands in the page once the change has been drawn.
  requestAnimationFrame(() => document.getElementById(PARAMETERS_PANEL)?.focus());
}

interface ParametersButtonProps {
  /** How many settings are not as the preset, or the default, has them. */
  differences: number;
  presetName: string | null;
}

/** Opens and closes the panel, and says how many settings differ. */
export function ParametersButton({ differences, presetName }: ParametersButtonProps) {
  const { t } = useTranslation();
  const open = useComposing((state) => state.parametersOpen);
  const toggle = open ? closeParameters : openParameters;
  const keys = useKeysOf('parameters');
  useCommand('parameters', toggle);
  return (
    <Tooltip side="top" content={<TooltipText label={t('parameters.title')} shortcut={keys} />}>
      <button
        id={PARAMETERS_BUTTON}
        type="button"
        aria-label={t('parameters.title')}
        aria-expanded={open}
        aria-controls={PARAMETERS_PANEL}
        aria-describedby={`${PARAMETERS_BUTTON}-count`}
        aria-keyshortcuts={keys && ariaKeys(keys)}
        onClick={toggle}
        className="inline-flex h-7 flex-none items-center gap-1.5 rounded-2 px-2 text-12 font-medium text-text-2 transition-colors duration-(--m-fast) hover:bg-surface-hover aria-expanded:bg-surface-active aria-expanded:text-text"
      >
        <Icon icon={SlidersHorizontal} small className="text-text-3" />
        <span className="compact:hidden">{t('parameters.title')}</span>
        {differences > 0 && (
          <span className="figures text-accent-text" aria-hidden="true">
            {differences}
          </span>
        )}
        <span id={`${PARAMETERS_BUTTON}-count`} className="sr-only">
          {differences > 0 &&
            (presetName === null
              ? t('parameters.set', { count: differences })
              : t('parameters.differ', { count: differences, name: presetName }))}
        </span>
      </button>
    </Tooltip>
  );
}
