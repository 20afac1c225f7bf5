import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { MAX_SYSTEM_LENGTH } from '../../shared/chat-settings';
import { cx } from '../ui/class-names';
import { ReturnButton, type RowState } from './parameter-row';
import { TextArea } from './text-area';

export interface SystemFieldProps {
  value: string;
  state: RowState;
  onChange: (value: string) => void;
}

/** What the model is told before anything else. */
export function SystemField({ value, state, onChange }: SystemFieldProps): ReactNode {
  const { t } = useTranslation();
  const id = useId();
  return (
    <section className={cx('parameter', state.differs && 'parameter-differs')}>
      <div className="flex items-center justify-between">
        <h3 id={`${id}-label`} className="parameter-heading">
          {t('parameters.system')}
        </h3>
        {state.was !== null && <ReturnButton state={state} labelId={`${id}-label`} />}
      </div>
      <TextArea
        label={t('parameters.system')}
        describedBy={id}
        value={value}
        rows={2}
        maxLength={MAX_SYSTEM_LENGTH}
        placeholder={t('parameters.systemPlaceholder')}
        unset={!state.isSet}
        onChange={onChange}
      />
      <span id={id} className="sr-only">
        {t('parameters.systemHelp')}
      </span>
    </section>
  );
}
