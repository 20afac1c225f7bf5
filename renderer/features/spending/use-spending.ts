import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useHashLocation } from 'wouter/use-hash-location';
import type {
  SpendingExtent,
  SpendingFilter,
  SpendingReport,
} from '../../../shared/contract/spending';
import { orpc } from '../../rpc/client';
import { useCurrentConnection } from '../../state/current-connection';
import { useToday } from '../../state/today';
import { calendarDay } from './spending-period';
import { addressOf, listedOf, placeOf, type SpendingPlace } from './spending-place';

/** What the address says. The router's own location is decoded once too often for names with signs. */
export function useSpendingPlace(): SpendingPlace {
  const [address] = useHashLocation();
  const at = address.indexOf('?');
  const search = at < 0 ? '' : address.slice(at + 1);
  return useMemo(() => placeOf(search), [search]);
}

/** Goes to a place, so that the way back leads to this one. */
export function openPlace(place: SpendingPlace): void {
  location.hash = addressOf(place);
}

/** What a link to a place leads to. */
export function linkTo(place: SpendingPlace): string {
  return `#${addressOf(place)}`;
}

/** The current calendar day, `YYYY-MM-DD`. */
export function useCalendarDay(): string {
  return calendarDay(useToday());
}

/** Whose money is looked at: what the address says, else that of the connection one works with. */
export function useIsDemo(place: SpendingPlace): boolean {
  const current = useCurrentConnection()?.isDemo ?? false;
  return place.demo ?? current;
}

export function useExtent(): SpendingExtent | undefined {
  return useQuery(orpc.spending.extent.queryOptions()).data;
}

/** A report, and what was asked for when it was read. */
export interface ShownReport {
  readonly place: SpendingPlace;
  readonly filter: SpendingFilter;
  readonly report: SpendingReport;
}

/** The report of a place. While another one is read, the old one stays, with what it says it shows. */
export function useReport(place: SpendingPlace, filter: SpendingFilter) {
  const input = { filter, groupBy: place.groupBy, limit: place.groups };
  const { data, isError, refetch } = useQuery(orpc.spending.report.queryOptions({ input }));
  const [kept, setKept] = useState<ShownReport | null>(null);
  const isNew = data !== undefined && (kept?.report !== data || kept.place !== place);
  const shown = isNew ? { place, filter, report: data } : kept;
  if (isNew) setKept(shown);
  return { shown, isError, refetch };
}

export function useWasted(filter: SpendingFilter) {
  return useQuery({
    ...orpc.spending.wasted.queryOptions({ input: filter }),
    placeholderData: keepPreviousData,
  }).data;
}

const PAGE = 200;

/** Single rows, in pages as far as they were scrolled. */
export function useRows(place: SpendingPlace, today: string, demo: boolean) {
  const { filter, hour } = listedOf(place, today, demo);
  const order = place.rows ?? { by: 'time', descending: true };
  return useInfiniteQuery({
    ...orpc.spending.runs.infiniteOptions({
      input: (offset: number) => ({
        filter,
        offset,
        limit: PAGE,
        sort: order.by,
        descending: order.descending,
        ...(hour === undefined ? {} : { hour }),
      }),
      initialPageParam: 0,
      getNextPageParam: (last, _pages, offset) => {
        const next = offset + last.rows.length;
        return last.rows.length > 0 && next < last.count ? next : undefined;
      },
    }),
    placeholderData: keepPreviousData,
  });
}
