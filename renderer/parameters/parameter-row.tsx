import './parameters.css';
import { RotateCcw, Undo2 } from 'lucide-react';
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

/** How a setting stands to what it is compared with. */
export interface RowState {
  readonly isSet: boolean;
  /** Marked at the edge. */
  readonly differs: boolean;
  /** What it goes back to, in a word or two; null for what is not set. */
  readonly was: string | null;
  /** Null where there is nothing to go back to. */
  readonly onReturn: (() => void) | null;
}

export interface ParameterRowProps {
  label: string;
  help: string;
  state: RowState;
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
  const { label, help, state, obstacle = null, error = null, children } = props;
  const { disabled = false, below = false } = props;
  const { isSet, differs } = state;
  const errorText = useErrorText();
  const id = useId();
  const names = { label, describedBy: `${id}-help ${id}-note` };
  const note = error ? errorText(error) : isSet ? obstacle : null;
  return (
    <div className={cx('parameter', differs && 'parameter-differs')}>
      <div className={below ? 'parameter-head' : 'parameter-line'}>
        <Tooltip side="left" content={obstacle === null ? help : `${help} ${obstacle}`}>
          <span
            id={`${id}-label`}
            className={cx(
              'min-w-0 truncate',
              disabled ? 'text-text-disabled' : differs ? 'font-medium text-text' : 'text-text-2',
            )}
          >
            {label}
          </span>
        </Tooltip>
        {state.was === null && <ReturnButton state={state} labelId={`${id}-label`} />}
        <span className="flex-1" />
        {state.was !== null && <ReturnButton state={state} labelId={`${id}-label`} />}
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

/** Back to what a setting is compared with; a preset's value is named. */
export function ReturnButton({ state, labelId }: { state: RowState; labelId: string }) {
  const { t } = useTranslation();
  const { was, onReturn } = state;
  if (onReturn === null) return null;
  if (was === null) {
    return (
      <Tooltip content={t('parameters.resetHint')}>
        <button
          type="button"
          aria-label={t('parameters.reset')}
          aria-describedby={labelId}
          onClick={onReturn}
          className="grid size-5 flex-none place-items-center rounded-1 text-text-3 hover:bg-surface-hover hover:text-text"
        >
          <Icon icon={RotateCcw} small className="size-3" />
        </button>
      </Tooltip>
    );
  }
  return (
    <Tooltip content={t('parameters.returnHint', { value: was })}>
      <button
        type="button"
        aria-label={t('parameters.return', { value: was })}
        aria-describedby={labelId}
        onClick={onReturn}
        className="figures inline-flex h-5 max-w-24 min-w-0 flex-none items-center gap-1 rounded-1 px-1 text-11 text-text-3 hover:bg-surface-hover hover:text-text"
      >
        <Icon icon={Undo2} small />
        <span className="truncate">{was}</span>
      </button>
    </Tooltip>
  );
}
