import { z } from 'zod';
import { chatSettings } from '../chat-settings';
import { attachmentId, connectionId, conversationId, messageId, presetId, runId } from '../ids';
import { runView } from '../run-view';
import { MAX_IMAGES } from './attachment';
import { run } from './conversation';
import { MAX_OPENING, openingMessage } from './preset';
import { route } from './route';

export const MAX_MESSAGE_LENGTH = 2_000_000;

/** The most requests that one message may go out with, side by side. */
export const MAX_TARGETS = 5;

/** Whom a message is sent to. Several models joined by commas are one request, a super query. */
export const target = z.object({ connectionId, model: z.string().trim().min(1).max(1500) });
export type Target = z.infer<typeof target>;

/** One of the answers that were asked for. */
export const sentRun = z.object({ messageId, runId });
export type SentRun = z.infer<typeof sentRun>;

export const sent = z.object({
  conversationId,
  /** The user's message that is answered. */
  questionId: messageId,
  /** One a target, in their order. */
  runs: z.array(sentRun),
});
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

const targets = z.array(target).min(1).max(MAX_TARGETS);

/** True: it is to go although it could pass a budget. It counts for this one time and is marked. */
const sendAnyway = z.boolean().optional();

/** A message as it is written, before it is sent. */
export const newMessage = z.object({
  /** null begins a conversation. */
  conversationId: conversationId.nullable(),
  text: z.string().max(MAX_MESSAGE_LENGTH),
  images: z.array(attachmentId).max(MAX_IMAGES),
  settings: chatSettings,
  /** The preset the message is sent with, for the ledger. */
  presetId: presetId.nullable().default(null),
  /** What stands before the message in a conversation that begins with it. */
  opening: z.array(openingMessage).max(MAX_OPENING).default([]),
});
export type NewMessage = z.infer<typeof newMessage>;
/** The same without what it need not say. */
export type MessageDraft = z.input<typeof newMessage>;

/** A question that is to be answered again. */
export const answerAgain = z.object({
  conversationId,
  /** The answer to replace in the active branch. */
  messageId,
  targets,
  settings: chatSettings,
  presetId: presetId.nullable().default(null),
  sendAnyway,
});
export type AnswerAgain = z.infer<typeof answerAgain>;

/** A message as it is to stand beside the one that was sent. */
export const editedMessage = newMessage.omit({ conversationId: true, opening: true }).extend({
  conversationId,
  /** The user's message to stand beside. */
  messageId,
  targets,
  sendAnyway,
});
export type EditedMessage = z.infer<typeof editedMessage>;

function saysSomething({ text, images }: Pick<NewMessage, 'text' | 'images'>): boolean {
  return text.trim() !== '' || images.length > 0;
}

const NOTHING = 'nothing to send';

/** Exactly the request that would leave, or left. */
export const requestPreview = z.object({
  method: z.literal('POST'),
  url: z.string(),
  /** Every header but the one with the key, and without the values of the user's own. */
  headers: z.array(z.object({ name: z.string(), value: z.string() })),
  /** The JSON body, exactly as it goes over the wire. */
  body: z.string(),
  /** The same as a line for a shell, with a variable in the place of the key. */
  curl: z.string(),
  /** Messages of the conversation that the limits of the history leave out. */
  leftOut: z.number().int().nonnegative(),
  /** About how many tokens the prompt has. */
  estimatedTokens: z.number().int().nonnegative(),
});
export type RequestPreview = z.infer<typeof requestPreview>;

/** A request that was made and what came back, as long as it is remembered. */
export const inspection = z.object({
  request: requestPreview,
  /** Null while no answer has begun. */
  response: z
    .object({
      status: z.number().int(),
      headers: z.array(z.object({ name: z.string(), value: z.string() })),
      /** What arrived, unpacked and otherwise as it came, without the key; the newest end is cut off. */
      body: z.string(),
      /** All that arrived, in bytes; more than `body` shows when it was cut. */
      bytes: z.number().int().nonnegative(),
    })
    .nullable(),
});
export type Inspection = z.infer<typeof inspection>;

/** A message that went to several models side by side, and how each did. */
export const comparison = z.object({
  conversationId,
  title: z.string(),
  questionId: messageId,
  /** The beginning of the message. */
  question: z.string(),
  at: z.number().int(),
  answers: z.array(
    z.object({
      messageId,
      run,
      /** The conversation went on from this answer. */
      chosen: z.boolean(),
    }),
  ),
});
export type Comparison = z.infer<typeof comparison>;

export const runContract = {
  /**
   * Sends a message, to one or to several side by side. The user's message, an empty answer for each
   * and their ledger rows are committed before a request leaves; the answers arrive through
   * `events.subscribe`. The settings become those of the conversation. When a budget does not allow it
   * nothing is written or sent; the error says which, with the figures. The same holds for the next two.
   */
  send: route
    .input(newMessage.extend({ targets, sendAnyway }).refine(saysSomething, NOTHING))
    .output(sent),
  /** Asks for further answers to the same message; the old ones stay as their siblings. */
  answerAgain: route.input(answerAgain).output(sent),
  /** Sends a changed message beside the one that was sent; both stay, as siblings. */
  edit: route.input(editedMessage.refine(saysSomething, NOTHING)).output(sent),
  /** Exactly what `send` would send to this target now. Nothing leaves. */
  preview: route.input(newMessage.extend({ target })).output(requestPreview),
  /** What a run sent and what came back; null when that is not remembered any more. */
  inspect: route.input(z.object({ runId })).output(inspection.nullable()),
  /** Ends a run at once, also one that waits for its next attempt. Ending one that is over is no error. */
  stop: route.input(z.object({ runId })).output(z.void()),
  /** The live state of a run, or null when it is over and its row says it all. */
  attach: route.input(z.object({ runId })).output(attached.nullable()),
  live: route.output(z.array(liveRun)),
  /** Every message that went to several side by side, the newest first. */
  comparisons: route
    .input(
      z.object({
        offset: z.number().int().nonnegative(),
        limit: z.number().int().min(1).max(200),
      }),
    )
    .output(z.object({ items: z.array(comparison), count: z.number().int() })),
};
