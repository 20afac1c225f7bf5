import './comparisons.css';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc } from '../../rpc/client';
import { Button } from '../../ui/button';
import { count } from '../../ui/format';
import { PageHeader } from '../../ui/page-header';
import { comparisonRow, NEWEST, nextOrder, sortedRows } from './comparison-rows';
import { ComparisonsTable } from './comparisons-table';

const PAGE = 200;

/** Every message that went to several models, what it cost and which answer was gone on with. */
export function ComparisonsPage() {
  const { t } = useTranslation();
  const [order, setOrder] = useState(NEWEST);
  const read = useInfiniteQuery(
    orpc.runs.comparisons.infiniteOptions({
      input: (offset: number) => ({ offset, limit: PAGE }),
      initialPageParam: 0,
      getNextPageParam: ({ count: all }, pages) => {
        const known = pages.reduce((sum, page) => sum + page.items.length, 0);
        return known < all ? known : undefined;
      },
    }),
  );
  const pages = read.data?.pages;
  const rows = useMemo(
    () => pages?.flatMap(({ items }) => items.map(comparisonRow)) ?? [],
    [pages],
  );
  const sorted = useMemo(() => sortedRows(rows, order), [rows, order]);
  const all = pages?.at(-1)?.count ?? 0;
  return (
    <>
      <PageHeader title={t('compare.table')} fit>
        {all > 0 && (
          <span className="figures text-12 text-text-3">
            {t('compare.count', { count: all, formatted: count(all) })}
          </span>
        )}
      </PageHeader>
      <div className="min-h-0 flex-1 overflow-y-auto px-6 pb-6">
        <div className="mx-auto w-full max-w-[1440px]">
          {read.isError && !pages && (
            <p role="alert" className="mt-6 text-danger">
              {t('compare.notRead')}
            </p>
          )}
          {pages && rows.length === 0 && <Empty />}
          {rows.length > 0 && (
            <ComparisonsTable
              rows={sorted}
              order={order}
              onOrder={(by) => setOrder(nextOrder(order, by))}
            />
          )}
          {read.hasNextPage && (
            <Button
              className="mt-4"
              disabled={read.isFetchingNextPage}
              onClick={() => void read.fetchNextPage()}
            >
              {t('compare.olderLeft')}
            </Button>
          )}
        </div>
      </div>
    </>
  );
}

function Empty() {
  const { t } = useTranslation();
  return (
    <div className="mt-16 max-w-(--measure)">
      <h2 className="text-18 font-semibold">{t('compare.emptyTitle')}</h2>
      <p className="mt-1 text-text-2">{t('compare.emptyHint')}</p>
      <Button className="mt-4" variant="ink" asChild>
        <a href="#/chat">{t('compare.emptyAction')}</a>
      </Button>
    </div>
  );
}
