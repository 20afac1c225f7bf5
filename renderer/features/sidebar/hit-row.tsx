import type { SearchHit } from '../../../shared/contract/search';
import { cx } from '../../ui/class-names';
import { moment } from '../../ui/format';
import { MarkedText } from '../../ui/marked-text';
import { TotalCost } from '../../ui/total-cost';

interface HitRowProps {
  hit: SearchHit;
  /** Names the row to the list. */
  rowKey: string;
  position: number;
  /** -1: there are more than were read. */
  count: number;
  current: boolean;
  focusable: boolean;
  onFocus: () => void;
}

/** One conversation that was found: its title and cost, and the words around what was looked for. */
export function HitRow(props: HitRowProps) {
  const { hit, rowKey, position, count, current, focusable, onFocus } = props;
  const { conversationId, messageId, title, excerpt, at, total } = hit;
  const message = messageId === null ? '' : `?message=${messageId}`;
  return (
    // biome-ignore lint/a11y/useSemanticElements: the virtual list has wrappers no <ul> may have
    <div role="listitem" aria-posinset={position} aria-setsize={count} className="px-2">
      <a
        href={`#/chat/${conversationId}${message}`}
        aria-current={current ? 'page' : undefined}
        data-row={rowKey}
        draggable={false}
        tabIndex={focusable ? 0 : -1}
        onFocus={onFocus}
        className={cx(
          'block rounded-2 px-2 pb-1.5 select-none',
          current ? 'bg-surface-active' : 'hover:bg-surface-hover',
        )}
      >
        <span className="flex h-8 items-center gap-2">
          <span className={cx('min-w-0 flex-1 truncate', current && 'font-medium')} dir="auto">
            <MarkedText parts={title} />
          </span>
          <span className="figures flex items-center gap-1.5 text-12 text-text-3">
            <TotalCost total={total} />
          </span>
        </span>
        {excerpt.length > 0 && (
          <span className="line-clamp-2 text-12 break-words text-text-2" dir="auto">
            <MarkedText parts={excerpt} />
          </span>
        )}
        <span className="figures mt-0.5 block text-11 text-text-3">{moment(at, Date.now())}</span>
      </a>
    </div>
  );
}
