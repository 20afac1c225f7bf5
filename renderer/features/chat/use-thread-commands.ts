import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '../../../shared/contract/conversation';
import { answerText } from '../../../shared/run-view';
import { useCommand } from '../../state/commands';
import { notify } from '../../ui/toaster';
import type { MessageActions } from './message-actions';
import { useThreadView } from './thread-view';

interface ThreadCommands {
  readonly messages: readonly Message[];
  readonly actions: MessageActions;
  readonly toEnd: () => void;
  /** Chooses another version, and keeps the keyboard with it. */
  readonly selectVersion: (id: Message['id']) => void;
}

/** What the keys do in a thread: to the message that has the focus, else to the last one. */
export function useThreadCommands(parts: ThreadCommands): {
  finding: number;
  stopFinding: () => void;
} {
  const { messages, actions, toEnd, selectVersion } = parts;
  const { t } = useTranslation();
  // How often it was asked to find something; 0 while nobody is.
  const [finding, setFinding] = useState(0);
  const answer = messages.findLast(({ role }) => role === 'assistant') ?? null;
  const question = messages.findLast(({ role }) => role === 'user') ?? null;
  const several = messages.some(({ siblings }) => siblings.length > 1);
  const { answerAgain } = actions;

  const toVersion = (by: 1 | -1) => {
    const message = focusedMessage(messages) ?? messages.findLast(isOneOfSeveral);
    const next = message?.siblings[message.siblings.indexOf(message.id) + by];
    if (next !== undefined) selectVersion(next);
  };
  useCommand('previousAnswer', several ? () => toVersion(-1) : null);
  useCommand('nextAnswer', several ? () => toVersion(1) : null);
  useCommand('answerAgain', answer && answerAgain ? () => answerAgain(answer) : null);
  const compared = messages.findLast(
    (message) => message.role === 'assistant' && isOneOfSeveral(message),
  );
  useCommand('compareAnswers', compared ? () => actions.compare(compared) : null);
  useCommand('jumpToEnd', toEnd);
  useCommand('find', () => setFinding((times) => times + 1));
  useCommand('copyAnswer', answer && (() => copy(answer, t('chat.copied'))));
  useCommand(
    'editMessage',
    question &&
      (() => {
        useThreadView.getState().edit(question.id, answerText(question.parts));
        document.querySelector(`[data-message="${question.id}"]`)?.scrollIntoView();
      }),
  );
  return { finding, stopFinding: () => setFinding(0) };
}

function isOneOfSeveral({ siblings }: Message): boolean {
  return siblings.length > 1;
}

/** The message that has the focus, or holds what has it. */
function focusedMessage(messages: readonly Message[]): Message | undefined {
  const element = document.activeElement?.closest<HTMLElement>('[data-message]');
  const id = Number(element?.dataset.message);
  return messages.find((message) => message.id === id);
}

function copy({ parts }: Message, done: string): void {
  navigator.clipboard.writeText(answerText(parts)).then(
    () => notify({ text: `${done}.` }),
    () => {},
  );
}
