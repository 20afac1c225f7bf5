import { type ComposingKey, useComposing } from './composing';
import { EMPTY_QUEUE, type Queue, type QueueEvent } from './queue';

/** What waits to be sent in a conversation; nothing can wait in one that has not begun. */
export function useQueue(of: ComposingKey): readonly [Queue, (event: QueueEvent) => void] {
  const queue = useComposing((state) => state.queues[of]) ?? EMPTY_QUEUE;
  const change = useComposing((state) => state.changeQueue);
  return [queue, (event) => change(of, event)];
}
