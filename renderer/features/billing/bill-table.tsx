import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button';
import { cx } from '../../ui/class-names';
import { count } from '../../ui/format';

export interface BillColumn<Row> {
  readonly key: string;
  readonly label: string;
  /** At the right, in figures. */
  readonly figures?: boolean;
  readonly cell: (row: Row) => ReactNode;
}

export interface BillTableProps<Row> {
  title: string;
  /** Why these rows are here. */
  hint: string;
  rows: readonly Row[];
  /** How many there are; more than `rows` where only the first are listed. */
  all: number;
  /** Which those are; the newest, unless it says. */
  first?: 'newest' | 'dearest';
  keyOf: (row: Row) => string | number;
  columns: readonly BillColumn<Row>[];
  /** The sum, under the last column. */
  sum?: ReactNode;
}

/** So many rows are shown until more are asked for. */
const FIRST_ROWS = 8;

/** Some rows of a bill under the sentence that says what they are. */
export function BillTable<Row>(props: BillTableProps<Row>) {
  const { title, hint, rows, all, first = 'newest', keyOf, columns, sum } = props;
  const { t } = useTranslation();
  const headingId = useId();
  const [open, setOpen] = useState(false);
  const shown = open ? rows : rows.slice(0, FIRST_ROWS);
  return (
    <div className="mt-8">
      <h3 id={headingId} className="text-13 font-semibold">
        {title}
      </h3>
      <p className="max-w-(--measure) text-12 text-text-2">{hint}</p>
      <table className="bill-table" aria-labelledby={headingId}>
        <thead>
          <tr>
            {columns.map(({ key, label, figures }) => (
              <th key={key} scope="col" data-column={key} className={cx(figures && 'text-right')}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map(({ key, figures, cell }) => (
                <td key={key} data-column={key} className={cx(figures && 'figures text-right')}>
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        {sum !== undefined && (
          <tfoot>
            <tr>
              <th scope="row" colSpan={columns.length - 1}>
                {t('billing.sum')}
              </th>
              <td className="figures text-right">{sum}</td>
            </tr>
          </tfoot>
        )}
      </table>
      {shown.length < rows.length && (
        <Button className="mt-2" size="sm" variant="quiet" onClick={() => setOpen(true)}>
          {t('billing.showAll', { count: rows.length, text: count(rows.length) })}
        </Button>
      )}
      {open && rows.length < all && (
        <p className="mt-2 text-12 text-text-3">
          {t(`billing.${first}`, { shown: count(rows.length), all: count(all) })}
        </p>
      )}
    </div>
  );
}
