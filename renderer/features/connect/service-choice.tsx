import { useTranslation } from 'react-i18next';
import type { Profile } from '../../../shared/profile';
import { SERVICES } from '../../connection/services';
import { Segmented } from '../../ui/segmented';
import { Select } from '../../ui/select';

/** What most people come with stands in the row; the rest is one step behind `other`. */
const IN_ROW: readonly Profile[] = ['apipie', 'openrouter', 'openai', 'ollama'];

export interface ServiceChoiceProps {
  profile: Profile;
  onChoose: (profile: Profile) => void;
  disabled: boolean;
}

/** Which service, or which kind of server. */
export function ServiceChoice({ profile, onChoose, disabled }: ServiceChoiceProps) {
  const { t } = useTranslation();
  const inRow = SERVICES.filter((service) => IN_ROW.includes(service.profile));
  const rest = SERVICES.filter((service) => !IN_ROW.includes(service.profile));
  const isOther = !IN_ROW.includes(profile);
  return (
    <>
      <Segmented
        label={t('connection.service')}
        showLabel
        large
        value={isOther ? 'other' : profile}
        segments={[
          ...inRow.map((service) => ({ value: service.profile, label: service.name })),
          { value: 'other' as const, label: t('connection.other') },
        ]}
        onChange={onChoose}
        disabled={disabled}
      />
      {isOther && (
        <Select
          className="mt-4"
          label={t('connect.server')}
          value={profile}
          options={rest.map((service) => ({
            value: service.profile,
            label: t(`connection.kind.${service.profile}`),
          }))}
          onChange={onChoose}
          disabled={disabled}
        />
      )}
    </>
  );
}
