import type { TFunction } from 'i18next';
import { Estimate } from '../../ui/estimate';
import { count } from '../../ui/format';
import { Money } from '../../ui/money';
import { UnknownCost } from '../../ui/unknown-cost';
import type { Cost, ReceiptFigures, Tokens } from './receipt-figures';

/** A cost in the looks of its kind. */
export function CostText({ cost }: { cost: Cost }) {
  switch (cost.kind) {
    case 'exact':
      return <Money amount={cost.amount} />;
    case 'estimated':
      return <Estimate low={cost.amount} decimals={6} />;
    case 'unknown':
      return <UnknownCost />;
    case 'running':
      return <UnknownCost kind="running" />;
  }
}

type Translate = TFunction;

/** "1,904", or "~63" when it is worked out from characters. */
export function tokenCount({ count: number, counted }: Tokens): string {
  return `${counted ? '' : '~'}${count(number)}`;
}

/** "318 → 241 tokens". */
export function tokensText({ prompt, reply }: ReceiptFigures, t: Translate): string {
  if (prompt && reply) {
    return t('receipt.tokens', { prompt: tokenCount(prompt), reply: tokenCount(reply) });
  }
  if (reply) return t('receipt.replyTokens', { reply: tokenCount(reply) });
  if (prompt) return t('receipt.tokens', { prompt: tokenCount(prompt), reply: count(0) });
  return t('receipt.noTokens');
}

/** "gpt-4o · openrouter", or who turned the request down. */
export function servedText(figures: ReceiptFigures, t: Translate): string {
  const { model, provider, refusedBy } = figures;
  if (refusedBy !== null) return t('receipt.refusedBy', { name: refusedBy });
  return provider === null ? model : t('receipt.served', { model, provider });
}
