import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { type CostSources, NO_RECORD } from '../../../shared/estimate';
import type { ConnectionId } from '../../../shared/ids';
import { orpc } from '../../rpc/client';
import type { CatalogueState } from './use-catalogue';

/**
 * What is known of the prices of each of these models. The ledger is asked once, and again when an answer
 * has ended; a keystroke asks nobody.
 */
export function useCostSources(
  id: ConnectionId | null,
  models: readonly string[],
  { catalogue }: CatalogueState,
  wanted: boolean,
): readonly CostSources[] {
  const asked = wanted && id !== null && models.length > 0;
  const { data } = useQuery({
    ...orpc.estimates.records.queryOptions({
      input: asked ? { connectionId: id, models: [...models] } : skipToken,
    }),
    placeholderData: keepPreviousData,
  });
  return useMemo(
    () =>
      models.map((name, at) => ({
        record: data?.[at] ?? NO_RECORD,
        offers: catalogue?.models.find((model) => model.id === name)?.offers ?? [],
      })),
    [models, data, catalogue],
  );
}
