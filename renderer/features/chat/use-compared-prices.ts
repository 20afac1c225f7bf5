import { useQueries, useQuery } from '@tanstack/react-query';
import type { Message } from '../../../shared/contract/conversation';
import type { TokenPrices } from '../../../shared/estimate';
import { orpc } from '../../rpc/client';
import { pricesOf } from './compare-prices';

/** What the model of each answer costs by the catalogue, where that is known. */
export function useComparedPrices(answers: readonly Message[]): readonly (TokenPrices | null)[] {
  const { data: connections = [] } = useQuery(orpc.connections.list.queryOptions());
  const names = new Set(answers.map(({ run }) => run?.connectionName));
  const asked = connections.filter(({ name }) => names.has(name));
  const catalogues = useQueries({
    queries: asked.map(({ id }) => orpc.connections.catalogue.queryOptions({ input: { id } })),
  });
  return answers.map(({ run }) => {
    const at = asked.findIndex(({ name }) => name === run?.connectionName);
    const catalogue = catalogues[at]?.data;
    return run && catalogue ? pricesOf(catalogue, run) : null;
  });
}
