import { useEffect } from 'react';
import { create } from 'zustand';
import type { ConnectionId } from '../../shared/ids';

/** Which model the open page would ask, and how to have it ask another. */
export interface ModelsHere {
  readonly connectionId: ConnectionId | null;
  readonly model: string | null;
  readonly choose: (model: string) => void;
}

/** Null: no page with a composer is open. */
export const useModelsHere = create<{ readonly here: ModelsHere | null }>()(() => ({ here: null }));

/** Lets the model of a page be chosen from elsewhere for as long as it is there. */
export function useOfferModels(here: ModelsHere): void {
  useEffect(() => {
    useModelsHere.setState({ here });
    return () => useModelsHere.setState((now) => (now.here === here ? { here: null } : now));
  });
}
