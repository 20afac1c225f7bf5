import type { Message } from '../../../shared/contract/conversation';
import { answerText } from '../../../shared/run-view';

/** How far one has gone back through earlier messages with the arrow keys. */
export interface Walk {
  /** 0: at what is being typed; 1: at the newest earlier message. */
  readonly at: number;
  /** What was typed or changed at the places that were left. */
  readonly texts: Readonly<Record<number, string>>;
}

export const AT_THE_START: Walk = { at: 0, texts: {} };

/**
 * The next place back (1) or forth (-1) and what stands there; null when there is none. `shown` is what
 * stands in the box now: it comes back with its place.
 */
export function walked(
  { at, texts }: Walk,
  shown: string,
  entries: readonly string[],
  by: 1 | -1,
): { readonly walk: Walk; readonly text: string } | null {
  const to = at + by;
  if (to < 0 || to > entries.length) return null;
  const kept = shown === (entries[at - 1] ?? '') ? without(texts, at) : { ...texts, [at]: shown };
  return { walk: { at: to, texts: kept }, text: kept[to] ?? entries[to - 1] ?? '' };
}

function without(texts: Walk['texts'], at: number): Walk['texts'] {
  const { [at]: _, ...others } = texts;
  return others;
}

/** What the user wrote in a conversation, the newest first, without repetitions in a row. */
export function ownMessages(
  messages: readonly Pick<Message, 'role' | 'parts'>[],
): readonly string[] {
  const texts: string[] = [];
  for (const { role, parts } of messages.toReversed()) {
    const text = role === 'user' ? answerText(parts) : '';
    if (text.trim() !== '' && text !== texts.at(-1)) texts.push(text);
  }
  return texts;
}
