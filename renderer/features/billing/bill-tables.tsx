import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type {
  BilledApp,
  BilledEntry,
  BilledRun,
  BillingReport,
} from '../../../shared/contract/billing';
import type { CostSource, NanoUsd } from '../../../shared/money';
import { Estimate } from '../../ui/estimate';
import { count, fullMoment, moment } from '../../ui/format';
import { Money } from '../../ui/money';
import { UnknownCost } from '../../ui/unknown-cost';
import { type BillColumn, BillTable } from './bill-table';

/** All that came of a connection's bill, one table for each kind of row. */
export function BillTables({ report }: { report: BillingReport }) {
  const { t } = useTranslation();
  const { filled, differences, unmatched, others } = report;
  const idOf = ({ id }: { readonly id: number }) => id;
  return (
    <>
      {differences.count > 0 && (
        <BillTable
          title={t('billing.differencesTitle')}
          hint={t('billing.differencesHint')}
          rows={differences.items}
          all={differences.count}
          keyOf={idOf}
          columns={runColumns(t)}
        />
      )}
      {filled.count > 0 && (
        <BillTable
          title={t('billing.filledTitle')}
          hint={t('billing.filledHint')}
          rows={filled.items}
          all={filled.count}
          keyOf={idOf}
          columns={runColumns(t)}
        />
      )}
      {others.count > 0 && (
        <BillTable
          title={t('billing.othersTitle')}
          hint={t('billing.othersHint')}
          rows={others.items}
          all={others.count}
          first="dearest"
          keyOf={({ app }) => app ?? ''}
          columns={appColumns(t)}
          sum={<Billed {...others} />}
        />
      )}
      {unmatched.count > 0 && (
        <BillTable
          title={t('billing.unmatchedTitle')}
          hint={t('billing.unmatchedHint')}
          rows={unmatched.items}
          all={unmatched.count}
          keyOf={idOf}
          columns={entryColumns(t)}
          sum={<Billed {...unmatched} />}
        />
      )}
    </>
  );
}

function runColumns(t: TFunction): readonly BillColumn<BilledRun>[] {
  return [
    { key: 'when', label: t('billing.when'), cell: ({ at }) => <When at={at} /> },
    { key: 'name', label: t('billing.answer'), cell: (row) => <Answer row={row} /> },
    { key: 'model', label: t('billing.model'), cell: ({ model }) => <Name text={model} /> },
    {
      key: 'match',
      label: t('billing.match'),
      cell: ({ confidence }) => t(`billing.confidence.${confidence}`),
    },
    {
      key: 'before',
      label: t('billing.ours'),
      figures: true,
      cell: (row) => <Before cost={row.before} source={row.beforeSource} />,
    },
    {
      key: 'cost',
      label: t('billing.theirs'),
      figures: true,
      cell: ({ billed }) => <Money amount={billed} className="font-semibold" />,
    },
  ];
}

function appColumns(t: TFunction): readonly BillColumn<BilledApp>[] {
  return [
    {
      key: 'name',
      label: t('billing.app'),
      cell: ({ app }) => <Name text={app ?? t('billing.noApp')} />,
    },
    { key: 'rows', label: t('billing.entries'), figures: true, cell: ({ rows }) => count(rows) },
    {
      key: 'from',
      label: t('billing.from'),
      figures: true,
      cell: ({ first }) => <When at={first} />,
    },
    { key: 'to', label: t('billing.to'), figures: true, cell: ({ last }) => <When at={last} /> },
    {
      key: 'cost',
      label: t('billing.cost'),
      figures: true,
      cell: (row) => <Billed {...row} />,
    },
  ];
}

function entryColumns(t: TFunction): readonly BillColumn<BilledEntry>[] {
  return [
    { key: 'when', label: t('billing.when'), cell: ({ at }) => <When at={at} /> },
    { key: 'name', label: t('billing.model'), cell: ({ route }) => <Name text={route ?? '–'} /> },
    {
      key: 'model',
      label: t('billing.provider'),
      cell: ({ provider }) => <Name text={provider ?? '–'} />,
    },
    { key: 'tokens', label: t('billing.tokens'), figures: true, cell: tokensText },
    {
      key: 'cost',
      label: t('billing.cost'),
      figures: true,
      cell: ({ cost }) =>
        cost === null ? <UnknownCost /> : <Money amount={cost} className="font-semibold" />,
    },
  ];
}

function tokensText({ promptTokens, completionTokens }: BilledEntry): string {
  const text = (tokens: number | null) => (tokens === null ? '?' : count(tokens));
  return `${text(promptTokens)} → ${text(completionTokens)}`;
}

function When({ at }: { at: number }) {
  return (
    <time className="figures" dateTime={new Date(at).toISOString()} title={fullMoment(at)}>
      {moment(at, Date.now())}
    </time>
  );
}

function Name({ text }: { text: string }) {
  return <span title={text}>{text}</span>;
}

function Answer({ row }: { row: BilledRun }) {
  const { conversationId, messageId, conversationTitle } = row;
  if (conversationId === null) return <span className="text-text-3">{conversationTitle}</span>;
  const message = messageId === null ? '' : `?message=${messageId}`;
  return (
    <a className="font-medium hover:underline" href={`#/chat/${conversationId}${message}`}>
      {conversationTitle}
    </a>
  );
}

/** A sum of the bill, and how many costs of it nobody knows. */
export function Billed({ cost, unknown }: Pick<BilledApp, 'cost' | 'unknown'>) {
  return (
    <>
      {unknown > 0 && <UnknownCost count={unknown} short className="mr-2" />}
      <Money amount={cost} className="font-semibold" />
    </>
  );
}

function Before({ cost, source }: { cost: NanoUsd | null; source: CostSource }) {
  if (cost === null) return <UnknownCost />;
  return source === 'estimated' ? <Estimate low={cost} decimals={6} /> : <Money amount={cost} />;
}
