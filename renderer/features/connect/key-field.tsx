import { TriangleAlert } from 'lucide-react';
import type { ReactNode, Ref } from 'react';
import { useTranslation } from 'react-i18next';
import type { KeyStrength } from '../../../shared/contract/connection';
import { client } from '../../rpc/client';
import { Checkbox } from '../../ui/checkbox';
import { Icon } from '../../ui/icon';
import { TextField } from '../../ui/text-field';

export interface KeyFieldProps {
  ref?: Ref<HTMLInputElement>;
  value: string;
  onChange: (key: string) => void;
  needsKey: boolean;
  /** Where a key is made, or null. */
  keyPage: string | null;
  strength: KeyStrength | undefined;
  allowWeak: boolean;
  onAllowWeak: (allow: boolean) => void;
  error?: ReactNode;
  autoFocus?: boolean;
}

/** The key, and how well this computer can keep it. */
export function KeyField(props: KeyFieldProps) {
  const { ref, value, onChange, needsKey, keyPage, strength, allowWeak, onAllowWeak, error } =
    props;
  const { t } = useTranslation();
  const weak = strength === 'weak' || strength === 'none';
  return (
    <div className="mt-4">
      <TextField
        ref={ref}
        label={t('connect.key')}
        secret
        value={value}
        autoFocus={props.autoFocus}
        placeholder={needsKey ? '' : t('connect.keyOptional')}
        onChange={(event) => onChange(event.target.value)}
        hint={weak ? t('connect.keyHintWeak') : t('connect.keyHint')}
        error={error}
        action={keyPage !== null && <KeyPageLink url={keyPage} />}
      />
      {weak && (
        <div className="mt-2 rounded-2 border border-warn-line bg-warn-soft px-3 py-2 text-12">
          <p className="flex gap-2">
            <Icon icon={TriangleAlert} small className="mt-px text-warn" />
            {t('connect.weak')}
          </p>
          <Checkbox checked={allowWeak} onChange={onAllowWeak} className="mt-2">
            {t('connect.allowWeak')}
          </Checkbox>
        </div>
      )}
    </div>
  );
}

function KeyPageLink({ url }: { url: string }) {
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
      {t('connect.whereKey')}
    </a>
  );
}
