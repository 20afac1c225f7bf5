import { skipToken, useQuery } from '@tanstack/react-query';
import type { Connection, Model } from '../../../shared/contract/connection';
import type { NanoUsd } from '../../../shared/money';
import { modelsOf } from '../../../shared/parameters';
import type { Suggestions } from '../../parameters/control-props';
import { orpc } from '../../rpc/client';
import { useCurrentConnection } from '../../state/current-connection';
import type { PickerOption } from '../../ui/picker-options';

export interface PresetModels {
  readonly suggestionsFor: (model: string | null) => Suggestions;
  /** What a million tokens of prompt cost with a model at its cheapest; null where nobody says. */
  readonly promptPrice: (model: string | null) => NanoUsd | null;
}

const NO_MODELS: readonly Model[] = [];

/** The models of a preset's connection, else those of the one that is used. */
export function usePresetModels(connection: Connection | null): PresetModels {
  const current = useCurrentConnection();
  const id = (connection ?? current)?.id;
  const { data } = useQuery(
    orpc.connections.catalogue.queryOptions({ input: id === undefined ? skipToken : { id } }),
  );
  const models = data?.models ?? NO_MODELS;
  const offersOf = (model: string | null) =>
    models.find((one) => one.id === modelsOf(model ?? '')[0])?.offers ?? [];
  return {
    suggestionsFor: (model) => ({
      model: models
        .toSorted((a, b) => Number(b.favourite) - Number(a.favourite))
        .map((one): PickerOption => ({ value: one.id, label: one.id })),
      provider: offersOf(model).flatMap(({ provider }) =>
        provider === null ? [] : [{ value: provider, label: provider }],
      ),
    }),
    promptPrice(model) {
      const [cheapest] = offersOf(model);
      return cheapest && cheapest.unit === 'token' ? cheapest.inputPrice : null;
    },
  };
}
