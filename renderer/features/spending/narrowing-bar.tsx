import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { GROUPINGS, type SpendingReport } from '../../../shared/contract/spending';
import { orpc } from '../../rpc/client';
import { Icon } from '../../ui/icon';
import { Segmented } from '../../ui/segmented';
import { chartBars } from './chart-bars';
import { NEWEST_ROWS, type SpendingPlace, withKey } from './spending-place';
import { useGroupName } from './use-group-name';
import { linkTo, openPlace } from './use-spending';

export interface NarrowingBarProps {
  place: SpendingPlace;
  demo: boolean;
  report: SpendingReport;
}

interface Chip {
  readonly id: string;
  readonly label: string;
  readonly without: SpendingPlace;
}

/** What the page is narrowed to, each part with a way out of it, and whether groups or answers are listed. */
export function NarrowingBar({ place, demo, report }: NarrowingBarProps) {
  const { t } = useTranslation();
  const chips = useChips(place, demo, report);
  return (
    <div className="mt-2 flex min-h-8 flex-wrap items-center gap-2">
      <Segmented
        label={t('spending.view')}
        value={place.rows === null ? 'groups' : 'rows'}
        segments={[
          { value: 'groups', label: t('spending.groups') },
          { value: 'rows', label: t('spending.rows') },
        ]}
        onChange={(view) =>
          openPlace({ ...place, bar: null, rows: view === 'rows' ? NEWEST_ROWS : null })
        }
      />
      {chips.length > 0 && (
        <span className="ml-2 text-12 text-text-3">{t('spending.narrowed')}</span>
      )}
      {chips.map(({ id, label, without }) => (
        <a
          key={id}
          href={linkTo(without)}
          aria-label={t('spending.withoutOne', { name: label })}
          className="inline-flex h-7 max-w-72 items-center gap-1.5 rounded-2 border border-line-strong pr-1.5 pl-2 text-12 hover:bg-surface-hover"
        >
          <span className="min-w-0 truncate">{label}</span>
          <Icon icon={X} small className="text-text-3" />
        </a>
      ))}
    </div>
  );
}

function useChips(place: SpendingPlace, demo: boolean, report: SpendingReport): readonly Chip[] {
  const { t } = useTranslation();
  const nameOf = useGroupName();
  const chips: Chip[] = [];
  const titles = useTitles(place.only.conversation ?? [], demo);
  for (const grouping of GROUPINGS) {
    for (const key of place.only[grouping] ?? []) {
      const name = grouping === 'conversation' ? (titles.get(key) ?? '') : '';
      chips.push({
        id: `${grouping} ${key}`,
        label: nameOf(grouping, key, name),
        without: withKey(place, grouping, key, false),
      });
    }
  }
  for (const source of place.sources ?? []) {
    const rest = place.sources?.filter((other) => other !== source) ?? [];
    chips.push({
      id: `source ${source}`,
      label: `${t('spending.source')}: ${t(`spending.sources.${source}`)}`,
      without: { ...place, sources: rest.length === 0 ? null : rest },
    });
  }
  if (place.waste !== null) {
    const label = `${t('spending.waste')}: ${t(`spending.wastes.${place.waste}`)}`;
    chips.push({ id: 'waste', label, without: { ...place, waste: null } });
  }
  const at = place.bar;
  if (place.rows !== null && at !== null) {
    const key = 'hour' in at ? at.hour : at.from;
    const bar = chartBars(report, [], Date.now()).find((found) => found.key === key);
    chips.push({ id: 'bar', label: bar?.title ?? key, without: { ...place, bar: null } });
  }
  return chips;
}

/** What conversations are called, by their keys. */
function useTitles(keys: string[], demo: boolean): ReadonlyMap<string, string> {
  const filter = { from: null, to: null, demo, only: { conversation: keys } };
  const { data } = useQuery({
    ...orpc.spending.report.queryOptions({
      input: { filter, groupBy: 'conversation', limit: keys.length || 1 },
    }),
    enabled: keys.length > 0,
  });
  return new Map(data?.groups.map(({ key, name }) => [key, name]));
}
