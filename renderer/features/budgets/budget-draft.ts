import type { Budget, BudgetPeriod, BudgetScope, NewBudget } from '../../../shared/budget';
import { type NanoUsd, parseUsd, usdText } from '../../../shared/money';
import { plainDecimal } from '../../ui/format';

/** A budget as it stands in the form. */
export interface BudgetDraft {
  /** `all`, or a kind and an id: `preset:3`. */
  readonly scope: string;
  readonly period: BudgetPeriod;
  readonly limit: string;
  readonly warnPercent: string;
  readonly stops: boolean;
}

export const NEW_DRAFT: BudgetDraft = {
  scope: 'all',
  period: 'month',
  limit: '',
  warnPercent: '80',
  stops: true,
};

export function draftOf(budget: Budget): BudgetDraft {
  return {
    scope: scopeKey(budget.scope),
    period: budget.period,
    limit: shortAmount(budget.limit),
    warnPercent: String(budget.warnPercent),
    stops: budget.stops,
  };
}

export function scopeKey(scope: BudgetScope): string {
  return scope.kind === 'all' ? 'all' : `${scope.kind}:${scope.id}`;
}

/** The amount that was typed; null for what is none, or nothing. */
export function typedLimit(text: string): NanoUsd | null {
  const amount = parseUsd(plainDecimal(text.replace(/[$\s'\u2019]/g, '')));
  return amount !== null && amount > 0n ? amount : null;
}

/** The percentage that was typed; null for what is none. */
export function typedPercent(text: string): number | null {
  const value = /^\d{1,3}$/.test(text.trim()) ? Number(text) : 0;
  return value >= 1 && value <= 100 ? value : null;
}

/** What is to be kept; null while something is missing. */
export function budgetIn(draft: BudgetDraft, scopes: readonly BudgetScope[]): NewBudget | null {
  const scope = scopes.find((one) => scopeKey(one) === draft.scope);
  const limit = typedLimit(draft.limit);
  const warnPercent = typedPercent(draft.warnPercent);
  if (!scope || limit === null || warnPercent === null) return null;
  return { scope, period: draft.period, limit, warnPercent, stops: draft.stops };
}

/** Two decimals, or as many as it has, but not three, which would read as thousands: "20.00", "0.0005". */
function shortAmount(amount: NanoUsd): string {
  const [whole = '0', fraction = ''] = usdText(amount).split('.');
  const short = fraction.replace(/0+$/, '').padEnd(2, '0');
  return `${whole}.${short.length === 3 ? `${short}0` : short}`;
}
