import { useEffect, useMemo, useState } from 'react';
import type { Connection, Model } from '../../../shared/contract/connection';
import type { CostSources } from '../../../shared/estimate';
import type { ParameterValues } from '../../../shared/parameters';
import type { Suggestions } from '../../parameters/control-props';
import { wantsKey } from '../../state/key-need';
import { useOfferModels } from '../../state/models-here';
import type { PickerOption } from '../../ui/picker-options';
import { type AskedModels, type AskingMode, askedModels } from './asked-models';
import { type ComposingKey, useComposing } from './composing';
import { countedValues, type Multiplier, multiplierOf } from './cost-multiplier';
import { chatModels } from './model-lines';
import { providerOptions } from './provider-options';
import { type CatalogueState, useCatalogue } from './use-catalogue';
import { useCostSources } from './use-cost-sources';

export interface Asked extends AskedModels {
  readonly state: CatalogueState;
  readonly multiplier: Multiplier;
  /** The values that count for the answer of each of the models. */
  readonly counted: readonly ParameterValues[];
  /** What is known of the price of each of the models. */
  readonly sources: readonly CostSources[];
  /** The models that are asked and are known not to see images. */
  readonly blind: readonly string[];
  readonly suggestions: Suggestions;
  /** The request fields the first model takes; null where its server does not say. */
  readonly takes: readonly string[] | null;
  /** Has the list of models read. */
  readonly want: () => void;
  /** Takes this one instead of the first. */
  readonly choose: (model: string) => void;
  readonly add: (model: string) => void;
  /** Takes this one and no other. */
  readonly only: (model: string) => void;
  readonly remove: (model: string) => void;
  readonly setMode: (mode: AskingMode) => void;
}

const NO_MODELS: readonly Model[] = [];

interface AskedParts {
  readonly of: ComposingKey;
  readonly connection: Connection | null;
  /** The model of the conversation. */
  readonly model: string | null;
  readonly values: ParameterValues;
  readonly onChoose: (model: string) => void;
}

/** The start comes first; then what a message costs is wanted. */
const SOON_MS = 800;

function useSoon(): boolean {
  const [soon, setSoon] = useState(false);
  useEffect(() => {
    let idle = 0;
    const timer = setTimeout(() => {
      idle = requestIdleCallback(() => setSoon(true));
    }, SOON_MS);
    return () => {
      clearTimeout(timer);
      cancelIdleCallback(idle);
    };
  }, []);
  return soon;
}

/** Whom the next message goes to, and what follows from it. */
export function useAsked({ of: key, connection, model, values, onChoose }: AskedParts): Asked {
  const [wanted, setWanted] = useState(false);
  const needed = useComposing(
    (state) => state.parametersOpen || (state.attached[key]?.length ?? 0) > 0,
  );
  const added = useComposing((state) => state.others[key]);
  const setOthers = useComposing((state) => state.setOthers);
  const soon = useSoon();
  const priced = soon && connection !== null && !wantsKey(connection);
  const state = useCatalogue(connection?.id ?? null, wanted || needed || priced);
  const profile = connection?.profile ?? 'other';
  const asked = useMemo(() => askedModels(model, added, profile), [model, added, profile]);
  const sources = useCostSources(connection?.id ?? null, asked.models, state, soon);
  const known = state.catalogue?.models ?? NO_MODELS;
  const suggestions = useMemo(
    (): Suggestions => ({
      provider: providerOptions(known, asked.models),
      model: chatModels(known).map(({ id }): PickerOption => ({ value: id, label: id })),
    }),
    [known, asked.models],
  );
  const [, ...others] = asked.models;
  const mode = added?.mode ?? asked.mode;
  const learned = connection?.learned ?? [];
  const ask = (next: readonly string[]) => setOthers(key, { others: next, mode });
  const choose = (id: string) => {
    if (others.length > 0) ask(others.filter((other) => other !== id));
    onChoose(id);
  };
  useOfferModels({ connectionId: connection?.id ?? null, model, choose });
  return {
    ...asked,
    state,
    multiplier: multiplierOf(asked, values, profile, learned),
    counted: countedValues(asked, values, profile, learned),
    sources,
    blind: asked.models.filter((id) => known.find((one) => one.id === id)?.seesImages === false),
    suggestions,
    takes: known.find(({ id }) => id === asked.models[0])?.takes ?? null,
    want: () => setWanted(true),
    choose,
    add: (id) => ask([...others, id]),
    only: (id) => {
      ask([]);
      onChoose(id);
    },
    remove: (id) => ask(others.filter((other) => other !== id)),
    setMode: (next) => setOthers(key, { others, mode: next }),
  };
}
