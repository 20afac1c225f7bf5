import type { ChatSettings } from '../../shared/chat-settings';
import type { Attachment } from '../../shared/contract/attachment';
import type { Message } from '../../shared/contract/conversation';
import type { RoleRule } from '../../shared/endpoint';
import { historyStart, messageTokens } from '../../shared/history-window';
import { answerText } from '../../shared/run-view';

/** A message as it is to be sent, its images not yet read. */
export interface ContextMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly text: string;
  readonly images: readonly Attachment[];
}

export interface Context {
  readonly messages: readonly ContextMessage[];
  /** Messages of the history that the limits keep back. */
  readonly leftOut: number;
  readonly estimatedTokens: number;
}

/**
 * The messages that a request carries: the system prompt first, then of the branch as much as the limits
 * allow, the newest and always the last one. Reasoning is never sent back, and an answer that came to
 * nothing is left out (wire-facts, section 5, point 1).
 */
export function contextOf(
  branch: readonly Pick<Message, 'role' | 'parts' | 'images'>[],
  { system, history }: Pick<ChatSettings, 'system' | 'history'>,
  roles: RoleRule,
): Context {
  const said = branch
    .map(({ role, parts, images }) => ({ role, text: answerText(parts), images }))
    .filter(({ text, images }) => text !== '' || images.length > 0);
  const guidance = [
    system,
    ...said.filter(({ role }) => role === 'system').map(({ text }) => text),
  ];
  const talk = said.filter(({ role }) => role !== 'system');
  const kept = talk.slice(historyStart(history, talk, tokensOf));
  const lead = guidance.filter((text) => text.trim() !== '').join('\n\n');
  const first: ContextMessage[] = lead === '' ? [] : [{ role: 'system', text: lead, images: [] }];
  const messages = obeying(roles, [...first, ...kept]);
  return {
    messages,
    leftOut: talk.length - kept.length,
    estimatedTokens: messages.reduce((sum, message) => sum + tokensOf(message), 0),
  };
}

function tokensOf({ text, images }: ContextMessage): number {
  return messageTokens(text, images.length);
}

/** The messages as a strict prompt template wants them (wire-facts, section 4, vLLM). */
function obeying(roles: RoleRule, messages: readonly ContextMessage[]): readonly ContextMessage[] {
  switch (roles) {
    case 'any':
      return messages;
    case 'alternate':
      return alternating(messages);
    case 'alternate_without_system':
      return alternating(
        messages.map((message) =>
          message.role === 'system' ? { ...message, role: 'user' as const } : message,
        ),
      );
  }
}

/** Neighbours of one role become one message, as after an answer that failed. */
function alternating(messages: readonly ContextMessage[]): readonly ContextMessage[] {
  const joined: ContextMessage[] = [];
  for (const message of messages) {
    const last = joined.at(-1);
    if (last?.role !== message.role) {
      joined.push(message);
      continue;
    }
    joined[joined.length - 1] = {
      role: last.role,
      text: [last.text, message.text].filter((text) => text !== '').join('\n\n'),
      images: [...last.images, ...message.images],
    };
  }
  return joined;
}
