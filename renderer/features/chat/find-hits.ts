import type { Message } from '../../../shared/contract/conversation';
import type { MessageId } from '../../../shared/ids';
import { type AnswerPart, answerText } from '../../../shared/run-view';
import { EMPTY_SPLIT } from './block';
import { groupsOf } from './block-groups';
import { split } from './blocks';
import { plainBlock } from './plain-text';

/** One place where a conversation has the words that are looked for. */
export interface FindHit {
  readonly messageId: MessageId;
  /** The place of the message in the thread. */
  readonly row: number;
  /** Which part of the message, and which of the groups it is drawn in. */
  readonly part: number;
  readonly group: number;
  /** The how-manieth in that group, from 0. */
  readonly nth: number;
}

/** More are not counted. */
export const MOST_HITS = 5000;

/** What is looked for, in the form it is compared in. */
export function folded(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

/** Where a message has the words, in the order they are read. The words have to be folded. */
export function hitsIn(message: Message, row: number, words: string): readonly FindHit[] {
  const hits: FindHit[] = [];
  for (const { part, text } of searchedParts(message)) {
    if (!mayContain(text, words)) continue;
    for (const [group, blocks] of groupsOf(split(EMPTY_SPLIT, text)).entries()) {
      const plain = folded(blocks.map(plainBlock).join(''));
      const count = occurrences(plain, words);
      for (let nth = 0; nth < count; nth++) {
        hits.push({ messageId: message.id, row, part, group, nth });
      }
    }
  }
  return hits;
}

/** What can be found: the words of the conversation, not what was thought. */
function searchedParts({ role, parts }: Message): readonly { part: number; text: string }[] {
  if (role === 'system') return [];
  if (role === 'user') return [{ part: 0, text: answerText(parts) }];
  return parts.flatMap(({ kind, text }: AnswerPart, part) =>
    kind === 'text' || kind === 'refusal' ? [{ part, text }] : [],
  );
}

/** A quick no. Marks of Markdown may stand between words, hardly ever within one. */
function mayContain(text: string, words: string): boolean {
  const longest = words.split(/\s+/).reduce((a, b) => (b.length > a.length ? b : a), '');
  return folded(text).includes(longest);
}

/** How often a text has these words; they do not overlap. */
export function occurrences(text: string, words: string): number {
  if (words === '') return 0;
  let count = 0;
  for (let at = text.indexOf(words); at !== -1; at = text.indexOf(words, at + words.length)) {
    count += 1;
  }
  return count;
}

/** The hit to begin with: the first in or after this row, else the first of all. */
export function firstFrom(hits: readonly FindHit[], row: number): number {
  const at = hits.findIndex((hit) => hit.row >= row);
  return at === -1 ? 0 : at;
}

/**
 * The hits of one more search for the same words, and which of them is shown: the one that was, if it is
 * there still, as the same object where it stands in its place. Null where it is gone.
 */
export function shownAgain(
  hits: readonly FindHit[],
  shown: FindHit | undefined,
): { readonly hits: readonly FindHit[]; readonly at: number } | null {
  if (!shown) return null;
  const { messageId, part, group, nth } = shown;
  const at = hits.findIndex(
    (hit) =>
      hit.messageId === messageId && hit.part === part && hit.group === group && hit.nth === nth,
  );
  if (at === -1) return null;
  return { hits: hits[at]?.row === shown.row ? hits.with(at, shown) : hits, at };
}
