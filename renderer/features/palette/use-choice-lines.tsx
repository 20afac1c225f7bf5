import { skipToken, useQuery } from '@tanstack/react-query';
import { Cpu, SlidersHorizontal } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { beginWithPreset } from '../../preset/start-state';
import { orpc } from '../../rpc/client';
import { isWorthSearching } from '../../state/conversation-search';
import { useModelsHere } from '../../state/models-here';
import { markedParts } from '../../ui/marked-text';
import { TotalCost } from '../../ui/total-cost';
import { matching, type PaletteLine, wordsOf } from './palette-lines';

const PRESETS = 4;
const MODELS = 6;

/** The presets, to begin a conversation with. */
export function usePresetLines(typed: string): readonly PaletteLine[] {
  const { t } = useTranslation();
  const { data: presets = [] } = useQuery(orpc.presets.list.queryOptions());
  const words = wordsOf(typed);
  const named = presets.map(({ id, name, spent }) => ({ id, label: name, spent }));
  return matching(named, typed)
    .slice(0, PRESETS)
    .map(({ id, label, spent }) => ({
      key: `preset ${id}`,
      icon: SlidersHorizontal,
      label: markedParts(t('palette.preset', { name: label }), words),
      end: <TotalCost total={spent} />,
      run: () => beginWithPreset(id),
    }));
}

/** The models of the connection, for the next message of the page that is open. */
export function useModelLines(typed: string): readonly PaletteLine[] {
  const { t } = useTranslation();
  const here = useModelsHere((state) => state.here);
  const id = here?.connectionId ?? null;
  const wanted = isWorthSearching(typed) && id !== null;
  const { data } = useQuery(
    orpc.connections.catalogue.queryOptions({ input: wanted ? { id } : skipToken }),
  );
  if (!here || !wanted || !data) return [];
  const words = wordsOf(typed);
  const models = data.models
    .filter((model) => model.id !== here.model)
    .map((model) => ({ id: model.id, label: model.id, favourite: model.favourite }));
  return matching(models, typed)
    .toSorted((a, b) => Number(b.favourite) - Number(a.favourite))
    .slice(0, MODELS)
    .map(({ label }) => ({
      key: `model ${label}`,
      icon: Cpu,
      label: markedParts(t('palette.model', { model: label }), words),
      run: () => here.choose(label),
    }));
}
