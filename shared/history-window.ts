import type { HistoryLimits } from './chat-settings';
import { estimateTokens, IMAGE_TOKENS, MESSAGE_TOKENS } from './token-estimate';

/** About how many tokens one message of a request has. */
export function messageTokens(text: string, images: number): number {
  return MESSAGE_TOKENS + estimateTokens(text) + images * IMAGE_TOKENS;
}

/**
 * Where the part of a conversation begins that the limits let go along, as a position in `talk`, whose
 * last message is the new one. The newest go first, and an answer does not go without its question.
 */
export function historyStart<Message extends { readonly role: string }>(
  { messages, tokens }: HistoryLimits,
  talk: readonly Message[],
  tokensOf: (message: Message) => number,
): number {
  if (messages === null && tokens === null) return 0;
  let start = Math.max(0, talk.length - 1);
  let left = tokens ?? Number.POSITIVE_INFINITY;
  const earliest = messages === null ? 0 : Math.max(0, start - messages);
  for (let at = start - 1; at >= earliest; at--) {
    const message = talk[at];
    if (!message) break;
    left -= tokensOf(message);
    if (left < 0) break;
    start = at;
  }
  while (start < talk.length - 1 && talk[start]?.role === 'assistant') start += 1;
  return start;
}
