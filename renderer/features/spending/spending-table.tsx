import { useTranslation } from 'react-i18next';
import type { SpendingGroup, SpendingReport } from '../../../shared/contract/spending';
import { count } from '../../ui/format';
import { GroupCells } from './group-cells';
import { costOf, isComparable, nextSort, sortedGroups } from './group-figures';
import { colourOf, SERIES, useColours } from './series-colours';
import { SortHead } from './sort-head';
import {
  GROUP_STEPS,
  type GroupColumn,
  NEWEST_ROWS,
  type SpendingPlace,
  UNKNOWN_ONLY,
  withKeys,
} from './spending-place';
import { previousMonth } from './total-cell';
import { useGroupName } from './use-group-name';
import { linkTo, openPlace } from './use-spending';

export interface SpendingTableProps {
  place: SpendingPlace;
  report: SpendingReport;
}

/** A row a group; its swatch is the legend of the chart, and the foot is the exact sum. */
export function SpendingTable({ place, report }: SpendingTableProps) {
  const { t } = useTranslation();
  const nameOf = useGroupName();
  const colours = useColours(report.groups);
  const { groupBy, sort } = place;
  const { groups, other, otherCount, sum } = report;
  const named = (group: SpendingGroup) => nameOf(groupBy, group.key, group.name);
  const month = previousMonth(report);
  const head = (by: GroupColumn, label: string, figures = true) => (
    <SortHead
      column={by}
      label={label}
      figures={figures}
      order={sort.by === by ? (sort.descending ? 'descending' : 'ascending') : 'none'}
      onSort={() => openPlace({ ...place, sort: nextSort(sort, by) })}
    />
  );
  const plainHead = (column: string, label: string) => (
    <th scope="col" data-column={column}>
      {label}
    </th>
  );
  const ranks = new Map(groups.map(({ key }, rank) => [key, rank]));
  const highest = groups.reduce(
    (most, { total }) => (costOf(total) > most ? costOf(total) : most),
    other ? costOf(other.total) : 0n,
  );
  const figures = { sum, highest, comparable: isComparable(report) };
  const more = GROUP_STEPS.find((step) => step > place.groups);
  return (
    <>
      <table className="spending-table" aria-label={t('spending.title')}>
        <thead>
          <tr>
            {head('name', t(`spending.groupings.${groupBy}`), false)}
            {head('answers', t('spending.columns.answers'))}
            {head('promptTokens', t('spending.columns.promptTokens'))}
            {head('completionTokens', t('spending.columns.completionTokens'))}
            {head('perAnswer', t('spending.columns.perAnswer'))}
            {head('firstToken', t('spending.columns.firstToken'))}
            {head('latency', t('spending.columns.latency'))}
            {plainHead('trend', t('spending.columns.trend'))}
            {head(
              'change',
              month === null
                ? t('spending.columns.changeBefore')
                : t('spending.columns.change', { previous: month }),
            )}
            {plainHead('share', t('spending.columns.share'))}
            {head('unknown', t('spending.columns.unknown'))}
            {head('cost', t('spending.columns.cost'))}
          </tr>
        </thead>
        <tbody>
          {sortedGroups(groups, sort, named).map((group) => {
            const rank = ranks.get(group.key) ?? SERIES;
            const colour = rank < SERIES ? (colours.get(group.key) ?? null) : null;
            const only = withKeys(place, groupBy, [group.key]);
            return (
              <tr key={group.key}>
                <th scope="row" data-column="name">
                  <a href={linkTo({ ...only, rows: NEWEST_ROWS, bar: null })}>
                    {groupBy !== 'day' && (
                      <i className="spending-swatch" style={{ background: colourOf(colour) }} />
                    )}
                    <span className="truncate">{named(group)}</span>
                  </a>
                </th>
                <GroupCells
                  {...figures}
                  group={group}
                  unknownHref={linkTo({
                    ...only,
                    sources: UNKNOWN_ONLY,
                    rows: NEWEST_ROWS,
                    bar: null,
                  })}
                />
              </tr>
            );
          })}
          {other && (
            <tr>
              <th scope="row" data-column="name">
                <Others
                  label={t(`spending.others.${groupBy}`, {
                    count: otherCount,
                    text: count(otherCount),
                  })}
                  {...(more === undefined ? {} : { href: linkTo({ ...place, groups: more }) })}
                  swatch={groupBy !== 'day'}
                />
              </th>
              <GroupCells {...figures} group={other} />
            </tr>
          )}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" data-column="name">
              <a href={linkTo({ ...place, rows: NEWEST_ROWS, bar: null })}>{t('spending.total')}</a>
            </th>
            <GroupCells
              {...figures}
              group={sum}
              isSum
              unknownHref={linkTo({
                ...place,
                sources: UNKNOWN_ONLY,
                rows: NEWEST_ROWS,
                bar: null,
              })}
            />
          </tr>
        </tfoot>
      </table>
      {groupBy === 'tag' && groups.length > 1 && (
        <p className="mt-2 text-12 text-text-3">{t('spending.tagsTwice')}</p>
      )}
    </>
  );
}

/** All that does not stand by itself; leads to more rows as long as there are. */
function Others({ label, href, swatch }: { label: string; href?: string; swatch: boolean }) {
  const content = (
    <>
      {swatch && <i className="spending-swatch" style={{ background: colourOf(null) }} />}
      <span className="truncate">{label}</span>
    </>
  );
  return href === undefined ? <span>{content}</span> : <a href={href}>{content}</a>;
}
