import { type KeyboardEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Virtualizer, type VirtualizerHandle } from 'virtua';
import type { RowOrder, SpendingRow } from '../../../shared/contract/spending';
import { Button } from '../../ui/button';
import { count } from '../../ui/format';
import { LedgerRow } from './ledger-row';
import { cameFrom } from './row-left';
import { addressOf, type SpendingPlace } from './spending-place';
import { openPlace, useRows } from './use-spending';

export interface RowsTableProps {
  place: SpendingPlace;
  today: string;
  demo: boolean;
}

/** How near the end of what was read the next page is asked for, in rows. */
const AHEAD = 60;

const ROW_HEIGHT = 32;

const MOVES: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowDown: (at, last) => Math.min(last, at + 1),
  ArrowUp: (at) => Math.max(0, at - 1),
  Home: () => 0,
  End: (_at, last) => last,
};

/** Single answers; each leads to its message. */
export function RowsTable({ place, today, demo }: RowsTableProps) {
  const { t } = useTranslation();
  const read = useRows(place, today, demo);
  const rows = useMemo(() => read.data?.pages.flatMap((page) => page.rows) ?? [], [read.data]);
  const all = read.data?.pages.at(-1)?.count ?? 0;
  const order = place.rows ?? { by: 'time', descending: true };
  const readMore = () => {
    if (read.hasNextPage && !read.isFetchingNextPage) void read.fetchNextPage();
  };
  const head = (by: RowOrder, label: string, figures = true) => {
    const direction = order.descending ? 'descending' : 'ascending';
    return (
      // biome-ignore lint/a11y/useSemanticElements: the rows of a virtual table are not its children
      // biome-ignore lint/a11y/useFocusableInteractive: its button takes the focus
      <div
        role="columnheader"
        aria-sort={order.by === by ? direction : 'none'}
        data-figures={figures || undefined}
      >
        <button
          type="button"
          onClick={() =>
            openPlace({
              ...place,
              rows: { by, descending: order.by === by ? !order.descending : true },
            })
          }
        >
          {label}
          {order.by === by && <span aria-hidden="true">{order.descending ? '↓' : '↑'}</span>}
        </button>
      </div>
    );
  };
  const plainHead = (label: string) => (
    // biome-ignore lint/a11y/useSemanticElements: as above
    // biome-ignore lint/a11y/useFocusableInteractive: there is nothing to do with it
    <div role="columnheader">{label}</div>
  );

  if (read.isError && !read.data) {
    return (
      <div role="alert" className="mt-6 flex items-center gap-3 text-danger">
        {t('spending.failed')}
        <Button onClick={() => void read.refetch()}>{t('spending.tryAgain')}</Button>
      </div>
    );
  }
  if (!read.data) return null;
  if (rows.length === 0) return <p className="mt-4 text-text-2">{t('spending.noRows')}</p>;
  return (
    <>
      <p className="figures sr-only" aria-live="polite">
        {t('spending.answers', { count: all, text: count(all) })}
      </p>
      {/* biome-ignore lint/a11y/useSemanticElements: the rows of a virtual table are not its children */}
      <div
        role="table"
        aria-label={t('spending.rows')}
        aria-rowcount={all + 1}
        className="spending-rows"
      >
        {/* biome-ignore lint/a11y/useSemanticElements: as above */}
        {/* biome-ignore lint/a11y/useFocusableInteractive: what is in it takes the focus */}
        <div role="row" aria-rowindex={1} className="spending-rows-head">
          {head('time', t('spending.rowColumns.time'), false)}
          {plainHead(t('spending.rowColumns.conversation'))}
          {plainHead(t('spending.rowColumns.model'))}
          {head('tokens', t('spending.rowColumns.tokens'))}
          {head('totalMs', t('spending.rowColumns.totalMs'))}
          {plainHead(t('spending.rowColumns.state'))}
          {head('cost', t('spending.rowColumns.cost'))}
        </div>
        <Rows key={addressOf(place)} rows={rows} address={addressOf(place)} onNearEnd={readMore} />
      </div>
    </>
  );
}

interface RowsProps {
  rows: readonly SpendingRow[];
  address: string;
  /** The rows in view are among the last that were read. */
  onNearEnd: () => void;
}

/** Only the rows in view exist. One stop for Tab, arrow keys from row to row. */
function Rows({ rows, address, onNearEnd }: RowsProps) {
  const body = useRef<HTMLDivElement>(null);
  const virtual = useRef<VirtualizerHandle>(null);
  const scroller = useRef<HTMLElement | null>(null);
  const [margin, setMargin] = useState<number | null>(null);
  const [stop, setStop] = useState(0);

  useLayoutEffect(() => {
    scroller.current = document.getElementById('spending');
    const element = body.current;
    if (!element || !scroller.current) return;
    const top = scroller.current.getBoundingClientRect().top - scroller.current.scrollTop;
    setMargin(element.getBoundingClientRect().top - top);
  }, []);

  const focusAt = (at: number) => {
    setStop(at);
    virtual.current?.scrollToIndex(at, { align: 'nearest' });
    // The row is there one frame after the list has scrolled to it.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        const link = body.current?.querySelector(`[data-row="${at}"]`);
        if (link instanceof HTMLElement) link.focus({ preventScroll: true });
      }),
    );
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the rows are there again
  useEffect(() => {
    if (margin === null) return;
    const left = cameFrom(address);
    const at = rows.findIndex(({ run }) => run.id === left);
    if (at >= 0) focusAt(at);
  }, [margin]);

  const press = (event: KeyboardEvent) => {
    const move = MOVES[event.key];
    if (!move || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    focusAt(move(stop, rows.length - 1));
  };
  const readAhead = () => {
    const handle = virtual.current;
    if (!handle) return;
    const last = handle.findItemIndex(handle.scrollOffset + handle.viewportSize);
    if (last > rows.length - AHEAD) onNearEnd();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: the rows of a virtual table are not its children
    <div ref={body} role="rowgroup" onKeyDown={press}>
      {margin !== null && (
        <Virtualizer
          ref={virtual}
          scrollRef={scroller}
          startMargin={margin}
          data={rows}
          itemSize={ROW_HEIGHT}
          keepMounted={[stop]}
          onScroll={readAhead}
        >
          {(row, at) => (
            <LedgerRow key={row.run.id} row={row} at={at} isStop={at === stop} address={address} />
          )}
        </Virtualizer>
      )}
    </div>
  );
}
