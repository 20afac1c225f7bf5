import { ArrowDown, ArrowUp } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { cx } from '../../ui/class-names';
import { count, fullMoment, moment, seconds } from '../../ui/format';
import { Icon } from '../../ui/icon';
import { TotalParts } from '../../ui/total-parts';
import type { ComparisonColumn, ComparisonOrder, ComparisonRow } from './comparison-rows';
import { openComparison } from './comparison-wanted';

export interface ComparisonsTableProps {
  rows: readonly ComparisonRow[];
  order: ComparisonOrder;
  onOrder: (by: ComparisonColumn) => void;
}

/** One row a comparison; each opens it. */
export function ComparisonsTable({ rows, order, onOrder }: ComparisonsTableProps) {
  const { t } = useTranslation();
  const head = (by: ComparisonColumn, label: string, figures = false) => (
    <Head by={by} label={label} figures={figures} order={order} onOrder={onOrder} />
  );
  return (
    <table className="comparisons" aria-label={t('compare.table')}>
      <thead>
        <tr>
          {head('question', t('compare.question'))}
          {head('models', t('compare.models'))}
          {head('cost', t('compare.costOf'), true)}
          {head('fastest', t('compare.fastestOf'), true)}
          {head('chosen', t('compare.chosen'))}
          {head('when', t('compare.when'), true)}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={`${row.comparison.questionId} ${row.open}`} row={row} />
        ))}
      </tbody>
    </table>
  );
}

interface HeadProps {
  by: ComparisonColumn;
  label: string;
  figures: boolean;
  order: ComparisonOrder;
  onOrder: (by: ComparisonColumn) => void;
}

function Head({ by, label, figures, order, onOrder }: HeadProps) {
  const chosen = order.by === by;
  const direction = order.descending ? 'descending' : 'ascending';
  return (
    <th
      scope="col"
      data-column={by}
      aria-sort={chosen ? direction : 'none'}
      className={figures ? 'text-right' : undefined}
    >
      <button type="button" onClick={() => onOrder(by)}>
        {label}
        {chosen && <Icon icon={order.descending ? ArrowDown : ArrowUp} small className="size-3" />}
      </button>
    </th>
  );
}

/** The button in it is for the keyboard; the whole row takes a click. */
function Row({ row }: { row: ComparisonRow }) {
  const { t } = useTranslation();
  const { comparison, models, total, fastest, cheapest, chosen, open } = row;
  const { question, title, at, conversationId } = comparison;
  const said = question.trim() === '' ? t('compare.noWords') : question;
  const show = () => open !== null && openComparison(conversationId, open);
  return (
    <tr onClick={show}>
      <Cell column="question">
        <button
          type="button"
          className="block max-w-full truncate text-left font-medium"
          aria-label={t('compare.openOne', { question: said })}
          title={title}
          onClick={(event) => {
            event.stopPropagation();
            show();
          }}
        >
          {said}
        </button>
      </Cell>
      <Cell column="models">
        <span title={models.join('\n')}>{models.join(', ')}</span>
      </Cell>
      <Cell column="cost" figures>
        <TotalParts total={total} className="ml-2 text-12" />
        {cheapest && <small>{`${t('compare.lowest')}: ${cheapest.model}`}</small>}
      </Cell>
      <Cell column="fastest" figures>
        {fastest ? seconds(fastest.ms) : '–'}
        {fastest && (
          <small>
            {fastest.model}
            {fastest.speed !== null &&
              ` · ${t('compare.tokensPerSecond', { count: count(Math.round(fastest.speed)) })}`}
          </small>
        )}
      </Cell>
      <Cell column="chosen">
        {chosen ?? <span className="text-text-3">{t('compare.chosenNone')}</span>}
      </Cell>
      <Cell column="when" figures>
        <time dateTime={new Date(at).toISOString()} title={fullMoment(at)}>
          {moment(at, Date.now())}
        </time>
      </Cell>
    </tr>
  );
}

interface CellProps {
  column: ComparisonColumn;
  figures?: boolean;
  children: ReactNode;
}

function Cell({ column, figures = false, children }: CellProps) {
  return (
    <td data-column={column} className={cx(figures && 'figures text-right')}>
      {children}
    </td>
  );
}
