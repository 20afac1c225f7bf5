import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Budget, BudgetScope } from '../../../shared/budget';
import { orpc } from '../../rpc/client';
import type { SelectOption } from '../../ui/select';
import { scopeKey } from './budget-draft';

export interface Scopes {
  readonly scopes: readonly BudgetScope[];
  readonly options: readonly SelectOption<string>[];
}

/** How many of the conversations used last can be chosen. */
const CONVERSATIONS = 30;

/** What a budget can be for: everything, each connection and preset, and the conversations used last. */
export function useScopes(own: Budget | null): Scopes {
  const { t } = useTranslation();
  const { data: connections } = useQuery(orpc.connections.list.queryOptions());
  const { data: presets } = useQuery(orpc.presets.list.queryOptions());
  const { data: conversations } = useQuery(
    orpc.conversations.list.queryOptions({ input: { offset: 0, limit: CONVERSATIONS } }),
  );
  const all: (readonly [BudgetScope, string])[] = [
    [{ kind: 'all' }, t('budgets.everything')],
    ...(connections ?? [])
      .filter(({ isDemo }) => !isDemo)
      .map(({ id, name }) => [{ kind: 'connection', id }, name] as const),
    ...(presets ?? []).map(({ id, name }) => [{ kind: 'preset', id }, name] as const),
    ...(conversations?.items ?? [])
      .filter(({ isDemo }) => !isDemo)
      .map(({ id, title }) => [{ kind: 'conversation', id }, title] as const),
  ];
  const isThere = own && all.some(([scope]) => scopeKey(scope) === scopeKey(own.scope));
  if (own && !isThere) all.push([own.scope, own.name]);
  return {
    scopes: all.map(([scope]) => scope),
    options: all.map(([scope, name]) => ({
      value: scopeKey(scope),
      label: scope.kind === 'all' ? name : t(`budgets.scopes.${scope.kind}`, { name }),
    })),
  };
}
