import type { ConversationId, MessageId } from '../../../shared/ids';
import type { RunState } from '../../../shared/run-state';
import type { LiveRunRef } from '../../live/live-run';
import { liveRuns } from '../../live/use-live-runs';
import { client } from '../../rpc/client';
import { failureOf } from '../../rpc/failure';
import { useComposing } from './composing';
import { flushDraft } from './draft-keeper';
import { nextOf, type QueuedMessage } from './queue';

/**
 * Sends a message in the conversation it waits in; rejects when it was not taken. Only where the user
 * wanted it to go just now may he be asked anything.
 */
type Send = (message: QueuedMessage, wanted: boolean) => Promise<void>;

/** How each conversation sends, as it was when it was last open: its queue goes on after it is left. */
const senders = new Map<ConversationId, Send>();

/** The answers that were on their way when it was last looked, for each conversation with a queue. */
const awaited = new Map<ConversationId, ReadonlySet<MessageId>>();

const asking = new Set<ConversationId>();

/** Says how a conversation sends what waits in it. */
export function sendQueueWith(id: ConversationId, send: Send): void {
  senders.set(id, send);
}

/** Sends what waits in a conversation if its turn has come. */
export async function advanceQueue(id: ConversationId): Promise<void> {
  if (isAnswering(id) || asking.has(id)) return;
  const queue = useComposing.getState().queues[id];
  if (!queue || nextOf(queue) === null) return;
  asking.add(id);
  let sent = false;
  try {
    if (!queue.urgent) {
      const states = await endsOf(awaited.get(id) ?? new Set());
      // Another request for the same answer is about to be made.
      if (states.includes('running') || isAnswering(id)) return;
      useComposing.getState().changeQueue(id, { type: 'answered', states });
    }
    sent = await sendNext(id);
  } finally {
    asking.delete(id);
  }
  // Its answer may have ended while it was still being sent, when nobody could look.
  if (sent && awaited.has(id)) await advanceQueue(id);
}

/** Whether the next message was sent. */
async function sendNext(id: ConversationId): Promise<boolean> {
  const { queues, changeQueue } = useComposing.getState();
  const queue = queues[id];
  const message = queue ? nextOf(queue) : null;
  const send = senders.get(id);
  if (!message || !send) return false;
  const wanted = queue?.urgent ?? false;
  awaited.delete(id);
  changeQueue(id, { type: 'leaving', key: message.key });
  try {
    await send(message, wanted);
    changeQueue(id, { type: 'sent', key: message.key });
    // Kept any longer it would seem to wait still after a restart.
    flushDraft(id);
    return true;
  } catch (error) {
    changeQueue(id, { type: 'refused', failure: failureOf(error) });
    return false;
  }
}

function isAnswering(id: ConversationId): boolean {
  return liveRuns.list().some(({ conversationId }) => conversationId === id);
}

/** How these answers ended, as their rows say. */
async function endsOf(ids: ReadonlySet<MessageId>): Promise<readonly RunState[]> {
  const [first] = ids;
  if (first === undefined) return [];
  try {
    const answers = await client.conversations.answers({ messageId: first });
    return answers.flatMap(({ id, run }) => (run && ids.has(id) ? [run.state] : []));
  } catch {
    // What is not known to have ended well has not.
    return ['failed'];
  }
}

function look(refs: readonly LiveRunRef[]): void {
  const now = new Map<ConversationId, Set<MessageId>>();
  for (const { conversationId, messageId } of refs) {
    now.set(conversationId, (now.get(conversationId) ?? new Set()).add(messageId));
  }
  for (const [id, messages] of now) {
    awaited.set(id, new Set([...(awaited.get(id) ?? []), ...messages]));
  }
  for (const id of awaited.keys()) {
    if (now.has(id)) continue;
    if (useComposing.getState().queues[id]?.messages.length) void advanceQueue(id);
    else awaited.delete(id);
  }
}

/** Has queues go on as answers end. Begins with the first conversation that is opened. */
export function watchAnswers(): void {
  if (watching) return;
  watching = true;
  look(liveRuns.list());
  liveRuns.subscribeToList(() => look(liveRuns.list()));
}

let watching = false;
