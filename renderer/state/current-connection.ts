import { useQuery } from '@tanstack/react-query';
import type { Connection } from '../../shared/contract/connection';
import { orpc } from '../rpc/client';

/** The connection a new conversation starts with: the last used one, else the first real one. */
export function currentConnection(
  connections: readonly Connection[],
  lastId: number | null,
): Connection | null {
  return (
    connections.find((connection) => connection.id === lastId) ??
    connections.find((connection) => !connection.isDemo) ??
    connections[0] ??
    null
  );
}

/** The same, kept up to date; null while it is being read or when there is none. */
export function useCurrentConnection(): Connection | null {
  const { data: connections } = useQuery(orpc.connections.list.queryOptions());
  const { data: settings } = useQuery(orpc.app.settings.queryOptions());
  if (!connections || !settings) return null;
  return currentConnection(connections, settings.lastConnectionId);
}
