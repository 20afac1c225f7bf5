import { useQuery } from '@tanstack/react-query';
import { KeyRound, Plug, WifiOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { BudgetStanding } from '../../../shared/budget';
import type { Connection } from '../../../shared/contract/connection';
import type { Total } from '../../../shared/money';
import { limitText, spentText } from '../../budget/budget-figures';
import { MonthBar } from '../../budget/month-bar';
import { useWholeBudget } from '../../budget/use-budgets';
import { orpc } from '../../rpc/client';
import { useCurrentConnection } from '../../state/current-connection';
import { wantsKey } from '../../state/key-need';
import { useToday } from '../../state/today';
import { Badge } from '../../ui/badge';
import { milliseconds, moment, monthName } from '../../ui/format';
import { Icon } from '../../ui/icon';
import { UnknownCost } from '../../ui/unknown-cost';
import { sumText } from './sum-text';

/** A cent in nano-dollars: below it two decimals would read as nothing. */
const ONE_CENT = 10_000_000n;

/** What this month has cost, and whether the server is there. */
export function SidebarFoot() {
  const today = useToday();
  const connection = useCurrentConnection();
  const { data: overview } = useQuery(orpc.app.spendingOverview.queryOptions());
  const budget = useWholeBudget('month');
  const standing = connection?.isDemo ? null : budget;
  const name = monthName(today, today);
  const month = connection?.isDemo ? overview?.demoMonth : overview?.month;
  return (
    <div className="flex flex-none flex-col gap-2 border-t border-line px-4 py-3 text-12">
      <div className="flex justify-between gap-1 text-text-2">
        <span>{name}</span>
        {month && <MonthSum month={month} standing={standing} />}
      </div>
      {standing && <MonthBar standing={standing} month={name} />}
      {connection && (
        <div className="flex items-center justify-between gap-2 text-text-3">
          <ConnectionLine connection={connection} />
          {connection.isDemo && <DemoBadge />}
        </div>
      )}
    </div>
  );
}

function MonthSum({ month, standing }: { month: Total; standing: BudgetStanding | null }) {
  const { t } = useTranslation();
  return (
    <span className="figures flex flex-none items-center gap-1.5">
      {month.unknown > 0 && (
        <UnknownCost count={month.unknown} short href="#/spending?cost=unknown&rows=time.down" />
      )}
      {standing
        ? t('budgets.spentOf', {
            spent: spentText(standing),
            limit: limitText(standing.budget.limit),
          })
        : sumText(month, (sum) => (sum > 0n && sum < ONE_CENT ? 4 : 2), t)}
    </span>
  );
}

function ConnectionLine({ connection }: { connection: Connection }) {
  const { t } = useTranslation();
  const { name, isDemo, reachability } = connection;
  if (wantsKey(connection)) {
    return (
      <Link
        href={`/connect/${connection.id}`}
        className="flex min-w-0 items-center gap-1 rounded-1 text-warn hover:underline"
      >
        <Icon icon={KeyRound} small />
        <span className="truncate">{t('sidebar.enterKey', { name })}</span>
      </Link>
    );
  }
  if (reachability.state === 'offline') {
    return (
      <span className="flex min-w-0 items-center gap-1">
        <Icon icon={WifiOff} small />
        {t('sidebar.offline', { since: moment(reachability.since, Date.now()) })}
      </span>
    );
  }
  return (
    <span className="flex min-w-0 items-center gap-1">
      <Icon icon={Plug} small />
      <span className="truncate">{isDemo ? t('sidebar.simulated') : name}</span>
      {!isDemo && reachability.latencyMs !== null && (
        <span className="figures -ml-1">, {milliseconds(reachability.latencyMs)}</span>
      )}
    </span>
  );
}

function DemoBadge() {
  const { t } = useTranslation();
  return <Badge tone="live">{t('sidebar.demo')}</Badge>;
}
