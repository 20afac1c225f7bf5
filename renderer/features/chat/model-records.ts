import type { TFunction } from 'i18next';
import type { Model, ModelRecord } from '../../../shared/contract/connection';
import { count, decimal, usd } from '../../ui/format';

/** How models did in the user's own ledger, by their names. */
export type ModelRecords = ReadonlyMap<string, ModelRecord>;

export const NO_RECORDS: ModelRecords = new Map();

export function recordsByName(records: readonly ModelRecord[]): ModelRecords {
  return new Map(records.map((record) => [record.model, record]));
}

/** "you: $0.0031, 0.6 s, 72 tokens/s": what is known of it; null when nothing is. */
export function recordText(
  { meanCost, firstTokenMs, tokensPerSecond }: ModelRecord,
  t: TFunction,
): string | null {
  const parts = [
    meanCost === null ? null : usd(meanCost, 4),
    firstTokenMs === null
      ? null
      : t('models.ownFirst', { seconds: decimal(firstTokenMs / 1000, 1) }),
    tokensPerSecond === null ? null : t('models.ownSpeed', { tokens: count(tokensPerSecond) }),
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : t('models.own', { parts: parts.join(t('models.comma')) });
}

export const MODEL_ORDERS = ['name', 'price', 'own'] as const;
export type ModelOrder = (typeof MODEL_ORDERS)[number];

/** Lower comes first; null, what is not known, last. */
export function rankOf(order: ModelOrder, model: Model, records: ModelRecords): bigint | null {
  switch (order) {
    case 'name':
      return 0n;
    case 'price': {
      const [cheapest] = model.offers;
      if (cheapest?.unit !== 'token') return null;
      const { inputPrice, outputPrice } = cheapest;
      return inputPrice === null || outputPrice === null ? null : inputPrice + outputPrice;
    }
    case 'own':
      return records.get(model.id)?.meanCost ?? null;
  }
}

const MOST_RECENT = 5;

/** The models that were asked last, the newest first. */
export function recentNames(records: ModelRecords): readonly string[] {
  return [...records.values()]
    .toSorted((a, b) => b.lastUsedAt - a.lastUsedAt)
    .slice(0, MOST_RECENT)
    .map(({ model }) => model);
}
