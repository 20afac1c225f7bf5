import { useEffect, useRef } from 'react';
import type { Message } from '../../../shared/contract/conversation';
import type { MessageId } from '../../../shared/ids';
import { useThreadView } from './thread-view';

const MARKED_MS = 2500;

export interface TargetParts {
  /** The message an address leads to; null for none. */
  readonly target: MessageId | null;
  readonly messages: readonly Message[];
  /** Shows the branch that goes through a message. */
  readonly selectBranch: (id: MessageId) => void;
  /** Brings a row on screen. */
  readonly show: (index: number) => void;
  /** The message is on screen, or cannot be. */
  readonly onReached: () => void;
}

/** Brings the message of an address on screen, on whatever branch it is, and marks it for a moment. */
export function useTargetMessage(parts: TargetParts): void {
  const { target, messages, selectBranch, show, onReached } = parts;
  const mark = useThreadView((state) => state.mark);
  const asked = useRef<MessageId | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    if (target === null) return;
    const index = messages.findIndex(({ id }) => id === target);
    if (index === -1) {
      // Once: a message that is in no branch must not be asked for again and again.
      if (asked.current !== target) selectBranch(target);
      asked.current = target;
      return;
    }
    asked.current = null;
    show(index);
    mark(target);
    onReached();
    clearTimeout(timer.current);
    timer.current = setTimeout(() => mark(null), MARKED_MS);
  }, [target, messages, selectBranch, show, onReached, mark]);
}
