import type { Adaptation } from '../../shared/adaptation';
import type { CheaperAsk } from '../../shared/budget';
import type { Attachment } from '../../shared/contract/attachment';
import type { Message } from '../../shared/contract/conversation';
import { costOfTokens } from '../../shared/estimate';
import type { ConversationId } from '../../shared/ids';
import type { NanoUsd } from '../../shared/money';
import { factorsOf, modelsOf } from '../../shared/parameters';
import type { RunView } from '../../shared/run-view';
import type { BudgetedAsk } from '../money/budgets';
import { costSourcesOf, requestEstimate } from '../money/request-estimate';
import type { Store } from '../store/client';
import type { RunTarget } from '../store/queries/run-life';
import { contextOf } from './context';
import { type Ask, countedValues, type PricedAsk } from './request-plan';

/** What is said on the way to an answer. */
export type Said = Pick<Message, 'role' | 'parts' | 'images'>;

/** A message that was not stored yet. */
export function said(role: 'user' | 'assistant', text: string, images: Attachment[]): Said {
  return { role, parts: [{ kind: 'text', text, name: null }], images };
}

/** The messages that lead to an answer, with the one that is about to be stored. */
export async function branchOf({ read }: Pick<Store, 'read'>, target: RunTarget): Promise<Said[]> {
  if (target.kind === 'another_answer') return (await read.branchTo(target.messageId)).slice(0, -1);
  const message = said('user', target.text, await read.getAttachments(target.images));
  switch (target.kind) {
    case 'new_conversation':
      return [...target.opening.map(({ role, text }) => said(role, text, [])), message];
    case 'next_message':
      return [...(await read.getConversation(target.conversationId)).messages, message];
    case 'edited_message':
      return [...(await read.branchTo(target.messageId)).slice(0, -1), message];
  }
}

/** An answer that is to be asked for, with about what it costs. */
export async function pricedAsk(
  store: Pick<Store, 'read'>,
  ask: Ask,
  branch: readonly Said[],
): Promise<PricedAsk> {
  const { connection, model, settings } = ask;
  const sources = await costSourcesOf(store, connection.id, model);
  const { estimatedTokens: promptEstimate } = contextOf(branch, settings, connection.roles);
  const estimate = requestEstimate(sources, promptEstimate, countedValues(ask));
  return { ...ask, sources, promptEstimate, estimate };
}

/** The same with its price anew, once more is known of what the server has to be spared. */
export function pricedAnew(ask: PricedAsk, adaptations: readonly Adaptation[]): PricedAsk {
  const { sources, promptEstimate } = ask;
  const values = countedValues(ask, adaptations);
  return { ...ask, estimate: requestEstimate(sources, promptEstimate, values) };
}

/**
 * What the tokens that a server counted come to at known prices; null where one of them is not known, and
 * for several models or votes, of which a server may count only one.
 */
export function costOfUsage(ask: PricedAsk, { usage, servedProvider }: RunView): NanoUsd | null {
  const [source] = ask.sources;
  const { votes, models } = factorsOf(ask.model, countedValues(ask));
  if (!source || votes > 1 || models > 1 || !usage) return null;
  const { promptTokens: prompt, completionTokens: reply } = usage;
  return prompt === null || reply === null
    ? null
    : costOfTokens(source, servedProvider, { prompt, reply });
}

/** An answer as budgets see it; in a conversation that is not there yet no budget of one counts. */
export function budgeted(ask: PricedAsk, conversationId: ConversationId | null): BudgetedAsk {
  const { connection, preset, estimate } = ask;
  return {
    conversationId,
    presetId: preset?.id ?? null,
    connectionId: connection.id,
    isDemo: connection.isDemo,
    estimate,
  };
}

/** Each of several models that are asked, as it could be asked alone, as far as its price is known. */
export function askedInstead(
  asks: readonly PricedAsk[],
): (CheaperAsk & Pick<BudgetedAsk, 'isDemo'>)[] {
  const alone = asks.flatMap((ask) =>
    modelsOf(ask.model).map((model, at) => ({ ask, model, source: ask.sources[at] })),
  );
  if (alone.length < 2) return [];
  return alone.flatMap(({ ask, model, source }) => {
    const estimate = source && requestEstimate([source], ask.promptEstimate, countedValues(ask));
    if (!estimate) return [];
    const { id: connectionId, isDemo } = ask.connection;
    return [{ connectionId, isDemo, model, low: estimate.low, high: estimate.high }];
  });
}
