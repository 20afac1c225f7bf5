import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { KeyStrength } from '../../shared/contract/connection';
import { client } from '../rpc/client';
import { Checkbox } from '../ui/checkbox';
import { Icon } from '../ui/icon';
import { TextField } from '../ui/text-field';

export interface KeyFieldProps {
  value: string;
  onChange: (key: string) => void;
  placeholder: string;
  /** Where a key is made, or null. */
  keyPage: string | null;
  strength: KeyStrength | undefined;
  allowWeak: boolean;
  onAllowWeak: (allow: boolean) => void;
  error?: ReactNode;
  autoFocus?: boolean;
  /** Neither it nor how it is kept can be changed. */
  readOnly?: boolean;
}

/** The key, and how well this computer can keep it. */
export function KeyField(props: KeyFieldProps) {
  const { value, onChange, keyPage, strength, error } = props;
  const { t } = useTranslation();
  const weak = isWeak(strength);
  return (
    <div>
      <TextField
        label={t('connection.key')}
        secret
        value={value}
        autoFocus={props.autoFocus}
        readOnly={props.readOnly}
        placeholder={props.placeholder}
        onChange={(event) => onChange(event.target.value)}
        hint={weak ? t('connection.keyHintWeak') : t('connection.keyHint')}
        error={error}
        action={keyPage !== null && <KeyPageLink url={keyPage} />}
      />
      {weak && (
        <WeakKeyNote
          strength={strength}
          allow={props.allowWeak}
          onAllow={(allow) => {
            if (!props.readOnly) props.onAllowWeak(allow);
          }}
        />
      )}
    </div>
  );
}

export function isWeak(strength: KeyStrength | undefined): boolean {
  return strength === 'weak' || strength === 'none';
}

/** Says that this computer has no safe place for a key, and what can be done all the same. */
export function WeakKeyNote({
  strength,
  allow,
  onAllow,
}: {
  strength: KeyStrength | undefined;
  allow: boolean;
  onAllow: (allow: boolean) => void;
}) {
  const { t } = useTranslation();
  return (
    <div className="mt-2 rounded-2 border border-warn-line bg-warn-soft px-3 py-2 text-12">
      <p className="flex gap-2">
        <Icon icon={TriangleAlert} small className="mt-px text-warn" />
        {t('connection.weak')}
      </p>
      {strength === 'weak' && (
        <Checkbox checked={allow} onChange={onAllow} className="mt-2">
          {t('connection.allowWeak')}
        </Checkbox>
      )}
    </div>
  );
}

export function KeyPageLink({ url }: { url: string }) {
  const { t } = useTranslation();
  return (
    <a
      href={url}
      onClick={(event) => {
        event.preventDefault();
        void client.app.openExternal({ url });
      }}
      className="rounded-1 text-accent-text hover:underline"
    >
      {t('connection.whereKey')}
    </a>
  );
}
