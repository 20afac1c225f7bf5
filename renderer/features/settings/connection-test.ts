import { useQuery } from '@tanstack/react-query';
import type { ConnectionChange, ConnectionReport } from '../../../shared/contract/connection';
import type { Failure } from '../../../shared/errors';
import type { ConnectionId } from '../../../shared/ids';
import { client, orpc, queryClient } from '../../rpc/client';
import { failureOf } from '../../rpc/failure';

export interface ConnectionTest {
  /** What the last test found; kept for as long as the page lives. */
  readonly report: ConnectionReport | undefined;
  readonly testing: boolean;
  /** The test itself could not be made. */
  readonly failure: Failure | null;
  readonly start: () => void;
  readonly cancel: () => void;
}

/** *Test connection*, wherever it is started and shown. */
export function useConnectionTest(id: ConnectionId): ConnectionTest {
  const options = orpc.connections.test.queryOptions({ input: { id } });
  const { queryKey } = options;
  const { data, error, isFetching, refetch } = useQuery({
    ...options,
    // Only on request: it asks the server, and nothing that changed here makes it anew.
    enabled: false,
    gcTime: Number.POSITIVE_INFINITY,
  });
  return {
    report: data,
    testing: isFetching,
    failure: error ? failureOf(error) : null,
    start: () => void refetch(),
    cancel: () => void queryClient.cancelQueries({ queryKey }),
  };
}

/**
 * Changes a connection. What a test found, or is finding, holds for the way in which the server was reached
 * before and is forgotten; a name changes nothing of that.
 */
export async function changeConnection(
  change: ConnectionChange,
  signal: AbortSignal,
): Promise<void> {
  await client.connections.change(change, { signal });
  const { id, name: _, ...way } = change;
  if (Object.keys(way).length === 0) return;
  await queryClient.resetQueries({ queryKey: orpc.connections.test.queryKey({ input: { id } }) });
}
