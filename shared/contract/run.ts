import { z } from 'zod';
import { connectionId, conversationId, messageId, runId } from '../ids';
import { parameterValues } from '../parameters';
import { runView } from '../run-view';
import { route } from './route';

export const MAX_MESSAGE_LENGTH = 2_000_000;

export const sent = z.object({ conversationId, messageId, runId });
export type Sent = z.infer<typeof sent>;

/** A compact replay of a live run: apply every event with a higher sequence number onto it. */
export const attached = z.object({
  sequence: z.number().int().nonnegative(),
  view: runView,
  startedAt: z.number().int(),
  firstTokenMs: z.number().nonnegative().nullable(),
});
export type Attached = z.infer<typeof attached>;

export const liveRun = z.object({ runId, conversationId, messageId });
export type LiveRun = z.infer<typeof liveRun>;

export const runContract = {
  /**
   * Sends a message. The user's message, the empty answer and the ledger row are committed before
   * the request leaves; the answer arrives through `events.subscribe`.
   */
  send: route
    .input(
      z.object({
        /** null begins a conversation. */
        conversationId: conversationId.nullable(),
        connectionId,
        model: z.string().trim().min(1).max(300),
        text: z.string().min(1).max(MAX_MESSAGE_LENGTH),
        parameters: parameterValues,
      }),
    )
    .output(sent),
  /** Asks for another answer to the same message; the old one stays as its sibling. */
  answerAgain: route
    .input(
      z.object({
        conversationId,
        /** The answer to replace in the active branch. */
        messageId,
        connectionId,
        model: z.string().trim().min(1).max(300),
        parameters: parameterValues,
      }),
    )
    .output(sent),
  /** Ends a run at once. Ending one that is over is not an error. */
  stop: route.input(z.object({ runId })).output(z.void()),
  /** The live state of a run, or null when it is over and its row says it all. */
  attach: route.input(z.object({ runId })).output(attached.nullable()),
  live: route.output(z.array(liveRun)),
};
