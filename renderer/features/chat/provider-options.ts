import i18next from 'i18next';
import type { Model } from '../../../shared/contract/connection';
import type { PickerOption } from '../../ui/picker-options';
import { priceText } from './model-text';

/** Who offers every one of these models, with what it asks for the first. */
export function providerOptions(
  known: readonly Model[],
  models: readonly string[],
): readonly PickerOption[] {
  const [first, ...others] = models.map((id) => known.find((model) => model.id === id));
  if (!first) return [];
  return first.offers.flatMap((offer): PickerOption[] => {
    const { provider } = offer;
    if (provider === null) return [];
    const everywhere = others.every((model) =>
      model?.offers.some((other) => other.provider === provider),
    );
    if (!everywhere) return [];
    return [{ value: provider, label: provider, hint: priceText(offer, i18next.t) }];
  });
}
