import { skipToken, useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Catalogue } from '../../../shared/contract/connection';
import type { Failure } from '../../../shared/errors';
import type { ConnectionId } from '../../../shared/ids';
import { client, orpc, queryClient } from '../../rpc/client';
import { failureOf } from '../../rpc/failure';
import { notify } from '../../ui/toaster';

export interface CatalogueState {
  /** Null while it has not been read. */
  readonly catalogue: Catalogue | null;
  /** Why the last attempt to read or to refresh it failed. */
  readonly failure: Failure | null;
  readonly refreshing: boolean;
  readonly refresh: () => void;
  readonly setFavourite: (model: string, favourite: boolean) => void;
}

/** Has a server asked for its models; they are put with its own, whichever are shown by then. */
export const catalogueRefresh = orpc.connections.refreshCatalogue.mutationOptions({
  onSuccess: (fresh, input) =>
    queryClient.setQueryData(orpc.connections.catalogue.queryKey({ input }), fresh),
});

interface Refresh {
  readonly variables: { readonly id: number } | undefined;
  readonly error: Error | null;
  readonly isPending: boolean;
}

/** What the last refresh says of this connection; it may have been asked for that of another. */
export function refreshOf(
  id: ConnectionId | null,
  { variables, error, isPending }: Refresh,
): { readonly error: Error | null; readonly refreshing: boolean } {
  return variables?.id === id
    ? { error, refreshing: isPending }
    : { error: null, refreshing: false };
}

/** The models of a connection, read once they are wanted: a long list is no work for the start. */
export function useCatalogue(id: ConnectionId | null, wanted: boolean): CatalogueState {
  const { t } = useTranslation();
  const options = orpc.connections.catalogue.queryOptions({
    input: id === null ? skipToken : { id },
  });
  const read = useQuery({ ...options, enabled: wanted && id !== null });
  const refresh = useMutation(catalogueRefresh);
  const last = refreshOf(id, refresh);
  const error = last.error ?? read.error;
  return {
    catalogue: read.data ?? null,
    failure: error && failureOf(error),
    refreshing: last.refreshing || read.isFetching,
    refresh: () => id !== null && refresh.mutate({ id }),
    setFavourite(model, favourite) {
      if (id === null) return;
      const mark = (on: boolean) =>
        queryClient.setQueryData<Catalogue>(
          options.queryKey,
          (now) => now && marked(now, model, on),
        );
      mark(favourite);
      client.connections.setFavourite({ id, model, favourite }).catch(() => {
        mark(!favourite);
        notify({ text: t('models.notMarked') });
      });
    },
  };
}

function marked(catalogue: Catalogue, id: string, favourite: boolean): Catalogue {
  const models = catalogue.models.map((model) =>
    model.id === id ? { ...model, favourite } : model,
  );
  return { ...catalogue, models };
}
