import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { BudgetStanding } from '../../shared/budget';
import { nano } from '../../shared/money';
import { AlertDialog } from '../ui/alert-dialog';
import { Button } from '../ui/button';
import { Estimate } from '../ui/estimate';
import { usd } from '../ui/format';
import { LeaderRow } from '../ui/leader-row';
import { Meter } from '../ui/meter';
import { Perforation } from '../ui/perforation';
import { UnknownCost } from '../ui/unknown-cost';
import { percentSpent, shareOf, spentOf, stopBar } from './budget-figures';
import { useBudgetStop } from './budget-stop';
import { useBudgetText } from './use-budget-text';

/** Says what a message would come to, and asks whether it is to be sent all the same. Stands once. */
export function BudgetStopDialog() {
  const asked = useBudgetStop((state) => state.asked);
  return asked && <Asked {...asked} />;
}

type AskedProps = NonNullable<ReturnType<typeof useBudgetStop.getState>['asked']>;

function Asked({ stop, canTakeInstead, returnTo, answer }: AskedProps) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const text = useBudgetText();
  const { cheaper } = stop;
  const [standing] = stop.standings;
  if (!standing) return null;
  const { budget } = standing;
  const sentence = { name: text.name(budget), limit: text.limit(budget) };
  return (
    <AlertDialog
      open
      onOpenChange={(open) => !open && answer('keep')}
      title={t('budgets.stopTitle')}
      description={t('budgets.stopText', sentence)}
      safeLabel={t('budgets.keep')}
      otherLabel={t('budgets.sendOnce')}
      onOther={() => answer('once')}
      onClosed={() => {
        if (returnTo instanceof HTMLElement && returnTo.isConnected) returnTo.focus();
      }}
      quiet={
        <Button
          variant="quiet"
          className="mr-auto -ml-3"
          onClick={() => {
            answer('keep');
            navigate(`/settings/budgets/${budget.id}`);
          }}
        >
          {t('budgets.change')}
        </Button>
      }
    >
      <Bill standing={standing} requests={stop.requests} />
      {cheaper && (
        <p className="mt-3 text-12 text-text-2">
          {t('budgets.alone', { model: cheaper.model })} <Estimate {...cheaper} />
          {'. '}
          {canTakeInstead && (
            <button
              type="button"
              className="rounded-1 font-medium text-accent-text hover:underline"
              onClick={() => answer('instead')}
            >
              {t('budgets.useThat')}
            </button>
          )}
        </p>
      )}
      {stop.standings.length > 1 && (
        <p className="mt-3 text-12 text-text-2">
          {t('budgets.others', { count: stop.standings.length - 1 })}
        </p>
      )}
    </AlertDialog>
  );
}

function Bill({ standing, requests }: { standing: BudgetStanding; requests: number }) {
  const { t } = useTranslation();
  const text = useBudgetText();
  const { spent, ahead, reaches, over, budget } = standing;
  const percentOf = (amount: bigint) => Math.round(shareOf(amount, budget.limit) * 100);
  const left = budget.limit > reaches.high ? budget.limit - reaches.high : 0n;
  return (
    <>
      <Meter
        large
        className="mt-4 mb-2"
        label={t('budgets.bar', {
          spent: percentSpent(standing),
          low: percentOf(reaches.low),
          high: percentOf(reaches.high),
        })}
        {...stopBar(standing)}
      />
      <LeaderRow label={text.spent(budget)}>
        {spent.unknown > 0 && <UnknownCost count={spent.unknown} short className="mr-2" />}
        {usd(spentOf(standing), 6)}
      </LeaderRow>
      {spent.running.count > 0 && (
        <LeaderRow label={t('budgets.onTheWay', { count: spent.running.count })}>
          <Estimate bare {...spent.running} />
        </LeaderRow>
      )}
      <LeaderRow
        label={requests > 1 ? t('budgets.messages', { count: requests }) : t('budgets.message')}
      >
        {ahead.unknown > 0 ? t('budgets.unforeseen') : <Estimate bare {...ahead} />}
      </LeaderRow>
      <LeaderRow label={t('budgets.reaches')}>
        <Estimate bare {...reaches} />
      </LeaderRow>
      <Perforation className="my-2" />
      {over > 0n ? (
        <LeaderRow total label={t('budgets.over')}>
          <span className="text-danger">{usd(over, over < 1_000_000n ? 6 : 4)}</span>
        </LeaderRow>
      ) : (
        <LeaderRow total label={t('budgets.left')}>
          {usd(nano(left), 4)}
        </LeaderRow>
      )}
    </>
  );
}
