import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { GROUPINGS, type Grouping, WASTES } from '../../../shared/contract/spending';
import { costSource } from '../../../shared/money';
import { orpc } from '../../rpc/client';
import { Checkbox } from '../../ui/checkbox';
import { cx } from '../../ui/class-names';
import { usd } from '../../ui/format';
import { textBox } from '../../ui/text-field';
import { costOf } from './group-figures';
import { filterOf, type SpendingPlace, withKey, withKeys } from './spending-place';
import { useGroupName } from './use-group-name';
import { openPlace } from './use-spending';

/** What rows can be narrowed by: a grouping, where their cost comes from, or how it was wasted. */
const KINDS = [...GROUPINGS.filter((name) => name !== 'day'), 'source', 'waste'] as const;
type Kind = (typeof KINDS)[number];

export interface FilterPanelProps {
  place: SpendingPlace;
  demo: boolean;
  today: string;
}

/** Left what one can narrow by, right the values of it. */
export function FilterPanel(props: FilterPanelProps) {
  const { place } = props;
  const { t } = useTranslation();
  const [kind, setKind] = useState<Kind>('model');
  const nameOf = (one: Kind) =>
    one === 'source' || one === 'waste' ? t(`spending.${one}`) : t(`spending.groupings.${one}`);
  return (
    <>
      <div className="w-36 flex-none overflow-y-auto border-r border-line bg-surface-side p-1">
        {KINDS.map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={one === kind}
            onClick={() => setKind(one)}
            className={cx(
              'flex h-8 w-full items-center gap-2 rounded-2 px-2 text-left',
              one === kind ? 'bg-surface-active font-medium' : 'hover:bg-surface-hover',
            )}
          >
            <span className="min-w-0 flex-1 truncate">{nameOf(one)}</span>
            {chosenOf(place, one) > 0 && (
              <span className="figures text-12 text-accent-text">{chosenOf(place, one)}</span>
            )}
          </button>
        ))}
      </div>
      <fieldset className="flex min-w-0 flex-1 flex-col">
        <legend className="sr-only">{nameOf(kind)}</legend>
        {kind === 'source' ? (
          <Sources place={place} />
        ) : kind === 'waste' ? (
          <Wastes place={place} />
        ) : (
          <Values key={kind} {...props} kind={kind} />
        )}
      </fieldset>
    </>
  );
}

function chosenOf({ only, sources, waste }: SpendingPlace, kind: Kind): number {
  if (kind === 'source') return sources?.length ?? 0;
  if (kind === 'waste') return waste === null ? 0 : 1;
  return only[kind]?.length ?? 0;
}

const LINE = 'px-3 py-1.5 hover:bg-surface-hover';

/** So many values are offered; the search finds among those that cost most. */
const MOST_VALUES = 500;
const MOST_LINES = 100;

/** The values of a grouping in the period, the most costly first. */
function Values({ place, demo, today, kind }: FilterPanelProps & { kind: Grouping }) {
  const { t } = useTranslation();
  const nameOf = useGroupName();
  const searchId = useId();
  const [typed, setTyped] = useState('');
  const filter = filterOf(withKeys(place, kind, []), today, demo);
  const { data } = useQuery({
    ...orpc.spending.report.queryOptions({
      input: { filter, groupBy: kind, limit: MOST_VALUES },
    }),
    placeholderData: keepPreviousData,
  });
  if (!data) return null;
  const words = typed.trim().toLowerCase();
  const chosen = place.only[kind] ?? [];
  const found = data.groups
    .map((group) => ({ ...group, label: nameOf(kind, group.key, group.name) }))
    .filter(({ label }) => label.toLowerCase().includes(words));
  // What was chosen and has no row in this period can be taken away all the same.
  const gone = chosen.filter((key) => !data.groups.some((group) => group.key === key));
  return (
    <>
      <label htmlFor={searchId} className="sr-only">
        {t('spending.searchValues')}
      </label>
      <div className="flex-none p-2 pb-1">
        <input
          id={searchId}
          type="search"
          value={typed}
          placeholder={t('spending.searchValues')}
          onChange={(event) => setTyped(event.target.value)}
          className={cx(textBox, 'h-8')}
        />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto py-1">
        {gone.map((key) => (
          <Checkbox
            key={key}
            checked
            onChange={() => openPlace(withKey(place, kind, key, false))}
            className={LINE}
          >
            {nameOf(kind, key, '')}
          </Checkbox>
        ))}
        {found.slice(0, MOST_LINES).map(({ key, label, total }) => (
          <Checkbox
            key={key}
            checked={chosen.includes(key)}
            onChange={(wanted) => openPlace(withKey(place, kind, key, wanted))}
            className={LINE}
          >
            <span className="flex w-[270px] gap-2">
              <span className="min-w-0 flex-1 truncate">{label}</span>
              <span className="figures text-text-3">{usd(costOf(total), 4)}</span>
            </span>
          </Checkbox>
        ))}
        {found.length === 0 && gone.length === 0 && (
          <p className="px-3 py-1.5 text-12 text-text-3">{t('spending.noValues')}</p>
        )}
      </div>
    </>
  );
}

function Sources({ place }: { place: SpendingPlace }) {
  const { t } = useTranslation();
  const chosen = place.sources ?? [];
  return (
    <div className="py-1">
      {costSource.options.map((source) => (
        <Checkbox
          key={source}
          checked={chosen.includes(source)}
          onChange={(wanted) => {
            const rest = chosen.filter((other) => other !== source);
            const sources = wanted ? [...rest, source] : rest;
            openPlace({ ...place, sources: sources.length === 0 ? null : sources });
          }}
          className={LINE}
        >
          {t(`spending.sources.${source}`)}
        </Checkbox>
      ))}
    </div>
  );
}

/** One at most: a row is wasted in one way. */
function Wastes({ place }: { place: SpendingPlace }) {
  const { t } = useTranslation();
  return (
    <div className="py-1">
      {WASTES.map((waste) => (
        <Checkbox
          key={waste}
          checked={place.waste === waste}
          onChange={(wanted) => openPlace({ ...place, waste: wanted ? waste : null })}
          className={LINE}
        >
          {t(`spending.wastes.${waste}`)}
        </Checkbox>
      ))}
    </div>
  );
}
