import { useQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import {
  type LucideIcon,
  MessageSquare,
  ReceiptText,
  Settings,
  SlidersHorizontal,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import type { Total } from '../../../shared/money';
import { orpc } from '../../rpc/client';
import { useCurrentConnection } from '../../state/current-connection';
import { cx } from '../../ui/class-names';
import { Icon } from '../../ui/icon';
import { Tooltip } from '../../ui/tooltip';
import { sumText } from './sum-text';

/** The four pages; *Spending* with what today has cost. */
export function MainNavigation() {
  const { t } = useTranslation();
  const isDemo = useCurrentConnection()?.isDemo ?? false;
  const today = useTodaysTotal(isDemo);
  return (
    <nav aria-label={t('sidebar.main')} className="border-b border-line px-2 pb-2">
      <NavigationLink to="/chat" icon={MessageSquare} label={t('sidebar.chat')} />
      <NavigationLink
        to="/spending"
        icon={ReceiptText}
        label={t('sidebar.spending')}
        {...(today === null ? {} : { description: todaysDescription(today, isDemo, t) })}
      >
        {today !== null && (
          <>
            {today.unknown > 0 && <span className="hatch-square" />}
            {/* With the word "about" there is no room for "today" beside it. */}
            {today.estimated > 0n
              ? todaysSum(today, t)
              : t('sidebar.today', { sum: todaysSum(today, t) })}
          </>
        )}
      </NavigationLink>
      <NavigationLink to="/presets" icon={SlidersHorizontal} label={t('sidebar.presets')} />
      <NavigationLink to="/settings" icon={Settings} label={t('sidebar.settings')} />
    </nav>
  );
}

interface NavigationLinkProps {
  to: string;
  icon: LucideIcon;
  label: string;
  /** Said after the name, not as part of it, and shown to who points at it. */
  description?: string;
  /** Shown at the right. */
  children?: ReactNode;
}

function NavigationLink({ to, icon, label, description, children }: NavigationLinkProps) {
  const [path] = useLocation();
  const current = path === to || path.startsWith(`${to}/`) || path.startsWith(`${to}?`);
  const link = (
    <Link
      href={to}
      aria-current={current ? 'page' : undefined}
      aria-description={description}
      className={cx(
        'flex h-7 items-center gap-2 rounded-2 px-2 text-text-2 transition-colors duration-(--m-fast)',
        current ? 'bg-surface-active font-medium text-text' : 'hover:bg-surface-hover',
      )}
    >
      <Icon icon={icon} className={cx(current && 'text-accent-text')} />
      <span>{label}</span>
      {children !== undefined && (
        <span
          aria-hidden="true"
          className="figures ml-auto flex items-center gap-1.5 text-12 font-normal text-text-3"
        >
          {children}
        </span>
      )}
    </Link>
  );
  if (description === undefined) return link;
  return (
    <Tooltip content={description} side="right">
      {link}
    </Tooltip>
  );
}

/** Today's total of what one works with now: real money, or the demo's. */
function useTodaysTotal(isDemo: boolean): Total | null {
  const { data } = useQuery(orpc.app.spendingOverview.queryOptions());
  if (!data) return null;
  return isDemo ? data.demoToday : data.today;
}

function todaysSum(total: Total, t: TFunction): string {
  return sumText(total, (sum) => (sum === 0n ? 2 : 4), t);
}

function todaysDescription(total: Total, isDemo: boolean, t: TFunction): string {
  const figure = { sum: todaysSum(total, t) };
  const sum = isDemo ? t('sidebar.todayInDemo', figure) : t('sidebar.today', figure);
  return total.unknown === 0 ? sum : t('sidebar.andUnknown', { sum, count: total.unknown });
}
