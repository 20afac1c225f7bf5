import type { StreamEvent } from '../../shared/stream-event';

/**
 * Appends events to a list of one's own, joining neighbouring deltas of one kind and choice, or of one
 * tool call, and returns the list. Folding the result gives what folding all of them would.
 */
export function appendEvents(list: StreamEvent[], events: readonly StreamEvent[]): StreamEvent[] {
  for (const event of events) {
    const last = list.at(-1);
    const joined = last && join(last, event);
    if (joined) list[list.length - 1] = joined;
    else list.push(event);
  }
  return list;
}

function join(last: StreamEvent, next: StreamEvent): StreamEvent | null {
  switch (next.type) {
    case 'text':
    case 'reasoning':
    case 'refusal':
      return last.type === next.type && last.choice === next.choice
        ? { ...last, text: last.text + next.text }
        : null;
    case 'tool':
      return last.type === 'tool' && last.choice === next.choice && last.call === next.call
        ? { ...last, name: last.name ?? next.name, text: last.text + next.text }
        : null;
    default:
      return null;
  }
}
