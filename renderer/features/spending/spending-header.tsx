import { FileCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../ui/icon-button';
import { PageHeader } from '../../ui/page-header';
import { Segmented } from '../../ui/segmented';
import { FilterButton } from './filter-button';
import { GroupPicker } from './group-picker';
import { PeriodPicker } from './period-picker';
import { type SpendingPlace, withoutDetails } from './spending-place';
import { openPlace } from './use-spending';

export interface SpendingHeaderProps {
  place: SpendingPlace;
  demo: boolean;
  today: string;
  /** The demo has spent something too. */
  hasDemo: boolean;
  /** Further buttons, at the right. */
  children?: ReactNode;
}

/** The head of the page: what is looked at. */
export function SpendingHeader(props: SpendingHeaderProps) {
  const { place, demo, today, hasDemo, children } = props;
  const { t } = useTranslation();
  return (
    <PageHeader title={t('spending.title')} fit>
      {(demo || hasDemo) && (
        <Segmented
          label={t('spending.money')}
          value={demo ? 'demo' : 'real'}
          segments={[
            { value: 'real', label: t('spending.real') },
            { value: 'demo', label: t('spending.demo') },
          ]}
          onChange={(money) => openPlace({ ...withoutDetails(place), demo: money === 'demo' })}
        />
      )}
      <PeriodPicker place={place} today={today} />
      <GroupPicker place={place} />
      <FilterButton place={place} demo={demo} today={today} />
      <IconButton
        label={t('billing.title')}
        icon={FileCheck}
        onClick={() => {
          location.hash = '/spending/billing';
        }}
      />
      {children}
    </PageHeader>
  );
}
