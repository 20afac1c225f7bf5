import type { StreamEvent } from '../../shared/stream-event';

/**
 * Appends events to a list of one's own, joining neighbouring deltas of one kind and choice, and
 * returns the list. Folding the result gives what folding all of them would.
 */
export function appendEvents(list: StreamEvent[], events: readonly StreamEvent[]): StreamEvent[] {
  for (const event of events) {
    const last = list.at(-1);
    if (
      last &&
      (event.type === 'text' || event.type === 'reasoning' || event.type === 'refusal') &&
      last.type === event.type &&
      last.choice === event.choice
    ) {
      list[list.length - 1] = { ...last, text: last.text + event.text };
    } else {
      list.push(event);
    }
  }
  return list;
}
