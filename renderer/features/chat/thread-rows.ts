import type { Message } from '../../../shared/contract/conversation';
import { charactersOf } from './receipt-figures';

/** A message with what stands before it. */
export interface ThreadRow {
  readonly first: boolean;
  readonly message: Message;
  /** The message that this one answers. */
  readonly question: Message | null;
  /** How much was sent to get it, in characters. */
  readonly promptCharacters: number;
  /** It begins a day: when, in ms since 1970. */
  readonly day: number | null;
}

/** The rows of a thread; one whose message and surroundings are the same stays the same. */
export function threadRows(
  messages: readonly Message[],
  known: readonly ThreadRow[],
): readonly ThreadRow[] {
  let characters = 0;
  let dayEnd = Number.POSITIVE_INFINITY;
  return messages.map((message, index) => {
    const promptCharacters = characters;
    characters += charactersOf(message);
    const before = messages[index - 1] ?? null;
    const question = message.role === 'assistant' && before?.role === 'user' ? before : null;
    const at = message.createdAt;
    const day = at >= dayEnd ? at : null;
    if (index === 0 || day !== null) dayEnd = endOfDay(at);
    const row = known[index];
    const same =
      row !== undefined &&
      row.message === message &&
      row.question === question &&
      row.promptCharacters === promptCharacters &&
      row.day === day;
    return same ? row : { first: index === 0, message, question, promptCharacters, day };
  });
}

function endOfDay(ms: number): number {
  const date = new Date(ms);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1).getTime();
}
