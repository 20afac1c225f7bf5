import type { Message } from '../../shared/contract/conversation';
import { answerText } from '../../shared/run-view';
import type { PromptMessage } from '../provider/request-body';

/**
 * The messages of a branch as a request carries them: what was said, in order. Reasoning is never sent
 * back, and an answer that came to nothing is left out (wire-facts, section 5, point 1).
 */
export function promptOf(branch: readonly Message[]): PromptMessage[] {
  return branch
    .map(({ role, parts }) => ({ role, content: answerText(parts) }))
    .filter(({ content }) => content !== '');
}

const TITLE_LENGTH = 60;

/** A conversation's name from its first message: its first line, cut between words. */
export function titleOf(text: string): string {
  const [first = ''] = text.trim().split('\n', 1);
  const plain = first.replace(/\s+/g, ' ').trim();
  const line = plain.replace(/^[#>*\-\s]+/, '') || plain || '…';
  const characters = Array.from(line);
  if (characters.length <= TITLE_LENGTH) return line;
  const cut = characters.slice(0, TITLE_LENGTH).join('');
  const space = cut.lastIndexOf(' ');
  return `${space > TITLE_LENGTH / 2 ? cut.slice(0, space) : cut}…`;
}
