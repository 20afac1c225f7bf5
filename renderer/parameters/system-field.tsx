import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { MAX_SYSTEM_LENGTH } from '../../shared/chat-settings';
import { cx } from '../ui/class-names';
import { TextArea } from './text-area';

/** What the model is told before anything else. */
export function SystemField({
  value,
  onChange,
}: {
  value: string;
  onChange: (value: string) => void;
}) {
  const { t } = useTranslation();
  const id = useId();
  const isSet = value.trim() !== '';
  return (
    <section className={cx('parameter', isSet && 'parameter-set')}>
      <h3 className="parameter-heading">{t('parameters.system')}</h3>
      <TextArea
        label={t('parameters.system')}
        describedBy={id}
        value={value}
        rows={2}
        maxLength={MAX_SYSTEM_LENGTH}
        placeholder={t('parameters.systemPlaceholder')}
        unset={!isSet}
        onChange={onChange}
      />
      <span id={id} className="sr-only">
        {t('parameters.systemHelp')}
      </span>
    </section>
  );
}
