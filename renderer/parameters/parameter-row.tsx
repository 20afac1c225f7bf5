import './parameters.css';
import { RotateCcw } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { cx } from '../ui/class-names';
import { Icon } from '../ui/icon';
import { Tooltip } from '../ui/tooltip';
import type { TypedError } from './typed-value';
import { useErrorText } from './use-error-text';

/** What a control of a row needs to be known by. */
export interface RowNames {
  readonly label: string;
  /** Names what describes it: its help, what is wrong, why it is not sent. */
  readonly describedBy: string;
}

export interface ParameterRowProps {
  label: string;
  help: string;
  /** It differs from unset. */
  isSet: boolean;
  onReset: () => void;
  /** Why it does not go out as it is set. */
  obstacle?: string | null;
  disabled?: boolean;
  error?: TypedError | null;
  /** The control needs the whole width and stands below the label. */
  below?: boolean;
  children: (names: RowNames) => ReactNode;
}

/** One setting: its label, its control, and what there is to say about it. */
export function ParameterRow(props: ParameterRowProps) {
  const { label, help, isSet, onReset, obstacle = null, error = null, children } = props;
  const { disabled = false, below = false } = props;
  const { t } = useTranslation();
  const errorText = useErrorText();
  const id = useId();
  const names = { label, describedBy: `${id}-help ${id}-note` };
  const note = error ? errorText(error) : isSet ? obstacle : null;
  return (
    <div className={cx('parameter', isSet && 'parameter-set')}>
      <div className={below ? 'parameter-head' : 'parameter-line'}>
        <Tooltip side="left" content={obstacle === null ? help : `${help} ${obstacle}`}>
          <span
            id={`${id}-label`}
            className={cx(
              'min-w-0 truncate',
              disabled ? 'text-text-disabled' : isSet ? 'font-medium text-text' : 'text-text-2',
            )}
          >
            {label}
          </span>
        </Tooltip>
        {isSet && (
          <Tooltip content={t('parameters.resetHint')}>
            <button
              type="button"
              aria-label={t('parameters.reset')}
              aria-describedby={`${id}-label`}
              onClick={onReset}
              className="grid size-5 flex-none place-items-center rounded-1 text-text-3 hover:bg-surface-hover hover:text-text"
            >
              <Icon icon={RotateCcw} small className="size-3" />
            </button>
          </Tooltip>
        )}
        <span className="flex-1" />
        {!below && children(names)}
      </div>
      {below && children(names)}
      <span id={`${id}-help`} className="sr-only">
        {help}
      </span>
      <p
        id={`${id}-note`}
        role={error ? 'alert' : undefined}
        className={cx('text-11', error ? 'text-danger' : 'text-text-3', note !== null && 'pb-1.5')}
      >
        {note}
      </p>
    </div>
  );
}
