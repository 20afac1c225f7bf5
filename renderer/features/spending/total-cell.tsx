import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { nano, type Total } from '../../../shared/money';
import { cx } from '../../ui/class-names';
import { Estimate } from '../../ui/estimate';
import { count } from '../../ui/format';
import { Money } from '../../ui/money';
import { UnknownCost } from '../../ui/unknown-cost';

export interface TotalCellProps {
  label: string;
  /** Beside the label, quieter. */
  note?: string;
  total: Total;
  /** A smaller figure below. */
  second?: { readonly label: string; readonly total: Total };
  /** The total of the page: larger, and on the page edge. */
  first?: boolean;
}

/** One total with everything it does not contain beside it. */
export function TotalCell({ label, note, total, second, first = false }: TotalCellProps) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className={cx(
        'min-w-0 py-4 pr-6 compact:pr-4',
        !first && 'border-l border-line-soft pl-6 last:pr-0 compact:pl-4',
      )}
    >
      <h2 className="flex justify-between gap-2 text-12 font-medium whitespace-nowrap text-text-3">
        <span id={id}>{label}</span>
        {note !== undefined && <span className="truncate font-normal">{note}</span>}
      </h2>
      <div
        className={cx(
          'my-1 flex h-8 items-center font-semibold tracking-[-0.02em]',
          first ? 'text-28 compact:text-24' : 'text-18',
        )}
      >
        <Money amount={total.known} />
      </div>
      <div className="flex flex-wrap gap-x-3 text-12 text-text-2">
        <span className="figures">
          {t('spending.answers', { count: total.runs, text: count(total.runs) })}
        </span>
        <Missing total={total} />
      </div>
      {second && (
        <div className="mt-1 flex flex-wrap gap-x-3 text-12 text-text-2">
          <span>
            {second.label} <Money amount={second.total.known} />
          </span>
          <Missing total={second.total} />
        </div>
      )}
    </section>
  );
}

/** What is not part of the figure: estimated, unknown and not yet known costs. */
function Missing({ total }: { total: Total }) {
  return (
    <>
      {total.estimated > 0n && (
        <span className="figures">
          + <Estimate low={nano(total.estimated)} />
        </span>
      )}
      {total.unknown > 0 && <UnknownCost count={total.unknown} />}
      {total.running > 0 && <UnknownCost count={total.running} kind="running" />}
    </>
  );
}
