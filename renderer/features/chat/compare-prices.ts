import type { Catalogue } from '../../../shared/contract/connection';
import type { Run } from '../../../shared/contract/conversation';
import { type TokenPrices, tokenPricesOf } from '../../../shared/estimate';
import type { NanoUsd } from '../../../shared/money';
import { usd } from '../../ui/format';

/**
 * What the model of a run costs by the catalogue, where that leaves no doubt: one provider offers it,
 * or the one that served is known; and it is counted in tokens.
 */
export function pricesOf(
  { models }: Catalogue,
  { requestedModel, servedProvider }: Pick<Run, 'requestedModel' | 'servedProvider'>,
): TokenPrices | null {
  const offers = models.find(({ id }) => id === requestedModel)?.offers ?? [];
  const served = offers.find(({ provider }) => provider === servedProvider);
  const offer = served ?? (offers.length === 1 ? offers[0] : undefined);
  return offer ? tokenPricesOf(offer) : null;
}

/** "$2.50"; a price below a cent with as many places as it takes, up to six. */
export function priceText(price: NanoUsd): string {
  for (let decimals = 2; decimals < 6; decimals++) {
    if (price % 10n ** BigInt(9 - decimals) === 0n) return usd(price, decimals);
  }
  return usd(price, 6);
}
