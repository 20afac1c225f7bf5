import type { Attachment } from '../../../shared/contract/attachment';
import type { Failure } from '../../../shared/errors';
import type { RunState } from '../../../shared/run-state';
import type { TextFile } from './text-files';

/** The most messages that wait in one conversation. */
export const MAX_QUEUED = 5;

/** A message that is sent once the answer before it has ended well. */
export interface QueuedMessage {
  readonly key: number;
  readonly text: string;
  readonly images: readonly Attachment[];
  readonly files: readonly TextFile[];
}

/** Why the queue waits for the user. */
export type Hold =
  | { readonly kind: 'stopped' | 'failed' | 'restarted' }
  | { readonly kind: 'refused'; readonly failure: Failure };

export interface Queue {
  readonly messages: readonly QueuedMessage[];
  /** Null: the first one goes by itself. */
  readonly hold: Hold | null;
  /** The first one goes however the answer before it ends. */
  readonly urgent: boolean;
  /** The one that is on its way to the store. It stays in the queue until it stands there. */
  readonly leaving: number | null;
}

export const EMPTY_QUEUE: Queue = { messages: [], hold: null, urgent: false, leaving: null };

export type QueueEvent =
  | { readonly type: 'added'; readonly message: QueuedMessage }
  | { readonly type: 'removed'; readonly key: number }
  /** The user wants this one to go now. */
  | { readonly type: 'wanted'; readonly key: number }
  /** The answers before it have ended like this. */
  | { readonly type: 'answered'; readonly states: readonly RunState[] }
  | { readonly type: 'leaving'; readonly key: number }
  | { readonly type: 'sent'; readonly key: number }
  /** The one that was leaving could not be sent. */
  | { readonly type: 'refused'; readonly failure: Failure }
  /** It was kept from an earlier time. */
  | { readonly type: 'restored'; readonly messages: readonly QueuedMessage[] };

/** Applies what happened. A queue that is empty holds nothing. */
export function reduceQueue(queue: Queue, event: QueueEvent): Queue {
  const next = reduced(queue, event);
  return next.messages.length === 0 ? EMPTY_QUEUE : next;
}

function reduced(queue: Queue, event: QueueEvent): Queue {
  const { messages, hold, urgent, leaving } = queue;
  switch (event.type) {
    case 'added':
      if (messages.length >= MAX_QUEUED) return queue;
      return { ...queue, messages: [...messages, event.message] };
    case 'removed': {
      if (event.key === leaving) return queue;
      const wasFirst = messages[0]?.key === event.key;
      return { ...queue, messages: others(messages, event.key), urgent: urgent && !wasFirst };
    }
    case 'wanted': {
      const wanted = messages.filter(({ key }) => key === event.key);
      if (wanted.length === 0 || leaving !== null) return queue;
      return {
        ...queue,
        messages: [...wanted, ...others(messages, event.key)],
        hold: null,
        urgent: true,
      };
    }
    case 'answered':
      return urgent ? queue : { ...queue, hold: holdAfter(event.states) ?? hold };
    case 'leaving':
      return { ...queue, urgent: false, leaving: event.key };
    case 'sent':
      return { ...queue, messages: others(messages, event.key), leaving: null };
    case 'refused':
      return { ...queue, hold: { kind: 'refused', failure: event.failure }, leaving: null };
    case 'restored':
      return { ...queue, messages: [...event.messages, ...messages], hold: { kind: 'restarted' } };
  }
}

function others(messages: Queue['messages'], left: number): Queue['messages'] {
  return messages.filter(({ key }) => key !== left);
}

/** A follow-up may make no sense after an answer that is not whole, and it costs. */
function holdAfter(states: readonly RunState[]): Hold | null {
  if (states.includes('stopped')) return { kind: 'stopped' };
  return states.every((state) => state === 'complete') ? null : { kind: 'failed' };
}

/** The message that is to go as soon as nothing is being answered; null when none is. */
export function nextOf({ messages, hold, leaving }: Queue): QueuedMessage | null {
  return hold === null && leaving === null ? (messages[0] ?? null) : null;
}
