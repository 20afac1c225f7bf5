import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { normaliseBaseUrl } from '../../shared/base-url';
import { TextField } from '../ui/text-field';
import type { Service } from './services';

export interface BaseUrlFieldProps {
  service: Service;
  value: string;
  onChange: (url: string) => void;
  error?: ReactNode;
  readOnly?: boolean;
  /** Without a word below it as long as all is well. */
  quiet?: boolean;
}

/** The address, and where requests go with it. */
export function BaseUrlField(props: BaseUrlFieldProps) {
  const { service, value, onChange, error, readOnly, quiet = false } = props;
  const { t } = useTranslation();
  const address = normaliseBaseUrl(value);
  const hint = address.ok ? (
    <>
      {t('connection.requestsGoTo')}{' '}
      <span className="font-mono leading-5 wrap-anywhere">{address.chatUrl}</span>
    </>
  ) : (
    t(`connection.urlHint.${service.profile}`)
  );
  return (
    <TextField
      label={t('connection.baseUrl')}
      value={value}
      spellCheck={false}
      autoComplete="off"
      placeholder={service.example}
      readOnly={readOnly}
      onChange={(event) => onChange(event.target.value)}
      error={error}
      {...(quiet ? {} : { hint })}
    />
  );
}
