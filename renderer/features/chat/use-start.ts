import { skipToken, useQuery } from '@tanstack/react-query';
import type { Settings } from '../../../shared/contract/app';
import type { Connection } from '../../../shared/contract/connection';
import type { ConnectionId } from '../../../shared/ids';
import { type StartPreset, useStartChoice, useStartPreset } from '../../preset/use-start-preset';
import { client, orpc, queryClient } from '../../rpc/client';
import { useCurrentConnection } from '../../state/current-connection';
import { chatModels } from './model-lines';

/** What the guide's examples ask; a fair start where it is offered. */
const GUIDE_MODEL = 'gpt-4o';

export interface Start {
  readonly connection: Connection | null;
  readonly model: string | null;
  readonly start: StartPreset;
  readonly choose: (model: string) => void;
  /** Takes a model of another connection. */
  readonly change: (connection: Connection, model: string) => void;
}

/** Whom a conversation begins with, and what with: as its preset says, else as it was last. */
export function useStart(): Start {
  const { data: connections } = useQuery(orpc.connections.list.queryOptions());
  const current = useCurrentConnection();
  const choice = useStartChoice();
  const connection = connections?.find(({ id }) => id === choice.connectionId) ?? current;
  const model = useStartModel(connection, choice.model);
  const start = useStartPreset(choice, { connectionId: connection?.id ?? null, model });
  const remember = (lastModel: string, lastConnectionId: ConnectionId) => {
    const last = { lastModel, lastConnectionId };
    const { queryKey } = orpc.app.settings.queryOptions();
    queryClient.setQueryData<Settings>(queryKey, (now) => now && { ...now, ...last });
    client.app.changeSettings(last).catch(() => {});
  };
  return {
    connection,
    model,
    start,
    choose(next) {
      start.chooseTarget(choice.state.target.connectionId, next);
      if (connection) remember(next, connection.id);
    },
    change(other, next) {
      start.chooseTarget(other.id, next);
      remember(next, other.id);
    },
  };
}

/** The chosen model, else the one last used with this connection, the guide's, the first of the list. */
function useStartModel(connection: Connection | null, chosen: string | null): string | null {
  const { data: settings } = useQuery(orpc.app.settings.queryOptions());
  const id = connection?.id;
  const last = settings && settings.lastConnectionId === id ? settings.lastModel : null;
  const known = chosen ?? last;
  const wanted = id !== undefined && settings !== undefined && known === null;
  const catalogue = useQuery(
    orpc.connections.catalogue.queryOptions({ input: wanted ? { id } : skipToken }),
  );
  const offered = chatModels(catalogue.data?.models ?? []);
  const first = (offered.find((model) => model.id === GUIDE_MODEL) ?? offered[0])?.id ?? null;
  return known ?? first;
}
