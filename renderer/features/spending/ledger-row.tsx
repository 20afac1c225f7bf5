import { memo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Run } from '../../../shared/contract/conversation';
import type { SpendingRow } from '../../../shared/contract/spending';
import { openConversation } from '../../state/conversation-place';
import { Badge } from '../../ui/badge';
import { cx } from '../../ui/class-names';
import { Estimate } from '../../ui/estimate';
import { count, fullMoment, moment, seconds } from '../../ui/format';
import { Money } from '../../ui/money';
import { UnknownCost } from '../../ui/unknown-cost';
import { leaveFrom } from './row-left';

export interface LedgerRowProps {
  row: SpendingRow;
  /** Its place in the list. */
  at: number;
  /** Tab stops at it. */
  isStop: boolean;
  /** Where one comes back to from its message. */
  address: string;
}

/** One request. The button in it is for the keyboard; the whole row takes a click. */
export const LedgerRow = memo(function LedgerRow({ row, at, isStop, address }: LedgerRowProps) {
  const { t } = useTranslation();
  const { run, purpose, conversationId, messageId, conversationTitle, waste } = row;
  const show = () => {
    if (conversationId === null) return;
    leaveFrom(address, run.id);
    openConversation(conversationId, messageId);
  };
  const model = run.servedModel ?? run.requestedModel;
  const maker = model.lastIndexOf('/') + 1;
  const time = moment(run.startedAt, Date.now());
  return (
    // biome-ignore lint/a11y/useSemanticElements: the rows of a virtual table are not its children
    // biome-ignore lint/a11y/useKeyWithClickEvents: the button in it is for the keyboard
    // biome-ignore lint/a11y/useFocusableInteractive: the button in it takes the focus
    <div
      role="row"
      aria-rowindex={at + 2}
      className={cx('spending-rows-row', conversationId !== null && 'hover:bg-surface-hover')}
      onClick={show}
    >
      <Cell figures>
        <time dateTime={new Date(run.startedAt).toISOString()} title={fullMoment(run.startedAt)}>
          {time}
        </time>
      </Cell>
      <Cell>
        <span className="flex min-w-0 items-center gap-2">
          <button
            type="button"
            data-row={at}
            tabIndex={isStop ? 0 : -1}
            aria-disabled={conversationId === null}
            aria-label={t('spending.openRow', { title: conversationTitle, time })}
            title={conversationTitle}
            className="min-w-0 truncate text-left font-medium aria-disabled:font-normal aria-disabled:text-text-3"
            onClick={(event) => {
              event.stopPropagation();
              show();
            }}
          >
            {conversationTitle}
          </button>
          {purpose === 'title' && <Badge className="flex-none">{t('spending.forTitle')}</Badge>}
        </span>
      </Cell>
      <Cell>
        <span title={model}>
          <span className="compact:hidden">{model.slice(0, maker)}</span>
          {model.slice(maker)}
        </span>
      </Cell>
      <Cell figures right>
        {tokensText(run)}
      </Cell>
      <Cell figures right>
        {run.totalMs === null ? '–' : seconds(run.totalMs)}
      </Cell>
      <Cell>
        {run.state === 'complete' && waste !== null
          ? t(`spending.wastes.${waste}`)
          : t(`spending.states.${run.state}`)}
        {run.state !== 'complete' && waste === 'deleted' && `, ${t('spending.gone')}`}
      </Cell>
      <Cell figures right>
        <Cost run={run} />
      </Cell>
    </div>
  );
});

function Cell({
  figures = false,
  right = false,
  children,
}: {
  figures?: boolean;
  right?: boolean;
  children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: as its row is none either
    <div role="cell" className={cx(figures && 'figures', right && 'text-right')}>
      {children}
    </div>
  );
}

function tokensText({ promptTokens, completionTokens }: Run): string {
  if (promptTokens === null && completionTokens === null) return '–';
  return `${promptTokens === null ? '?' : count(promptTokens)} → ${completionTokens === null ? '?' : count(completionTokens)}`;
}

function Cost({ run: { state, cost, costSource } }: { run: Run }) {
  if (state === 'running') return <UnknownCost kind="running" />;
  if (cost === null) return <UnknownCost />;
  if (costSource === 'estimated') return <Estimate low={cost} decimals={6} />;
  return <Money amount={cost} className="font-semibold" />;
}
