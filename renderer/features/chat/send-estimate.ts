import type { Offer } from '../../../shared/contract/connection';

/** About what the next request carries, in tokens. */
export interface PromptTokens {
  /** The system prompt and the earlier messages that go along. */
  readonly history: number;
  /** What is written. */
  readonly typed: number;
  readonly files: number;
  readonly images: number;
}

export function promptTotal({ history, typed, files, images }: PromptTokens): number {
  return history + typed + files + images;
}

/** How many tokens the offer with the largest context takes in; null where none says. */
export function contextTokens(offers: readonly Offer[]): number | null {
  const known = offers.flatMap((offer) =>
    offer.contextTokens === null ? [] : offer.contextTokens,
  );
  return known.length === 0 ? null : Math.max(...known);
}
