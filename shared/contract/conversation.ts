import { z } from 'zod';
import { adaptation } from '../adaptation';
import { chatSettings } from '../chat-settings';
import { failure } from '../errors';
import { connectionId, conversationId, messageId, presetId, runId } from '../ids';
import { costSource, nanoUsd, total } from '../money';
import { costFactors, parameterValues } from '../parameters';
import { runState } from '../run-state';
import { answerPart } from '../run-view';
import { attachment } from './attachment';
import { route } from './route';

export const MAX_TITLE_LENGTH = 200;

/** A draft holds text files and waiting messages too. */
const MAX_DRAFT_LENGTH = 20_000_000;

const count = z.number().int().nonnegative().nullable();

/** One billable request as the ledger keeps it. */
export const run = z.object({
  id: runId,
  state: runState,
  failure: failure.nullable(),
  finishReason: z.string().nullable(),
  connectionName: z.string(),
  presetName: z.string().nullable(),
  /** 1 for the first request, higher for one that was made again because the last failed. */
  attempt: z.number().int().positive(),
  /** How the request differed from what was asked for, because the server refused a field. */
  adaptations: z.array(adaptation),
  /** Several answers to one message that were asked for side by side have this in common. */
  fanOut: z.string().nullable(),
  requestedModel: z.string(),
  requestedProvider: z.string().nullable(),
  /** The parameters that were sent. */
  parameters: parameterValues,
  ...costFactors.shape,
  servedModel: z.string().nullable(),
  servedProvider: z.string().nullable(),
  promptTokens: count,
  completionTokens: count,
  cachedTokens: count,
  reasoningTokens: count,
  promptCharacters: count,
  responseCharacters: count,
  cost: nanoUsd.nullable(),
  costSource,
  /** The provider's own figure, in milliseconds. */
  latencyMs: count,
  firstTokenMs: count,
  totalMs: count,
  startedAt: z.number().int(),
  isDemo: z.boolean(),
  /** The user sent it although it could pass a budget. */
  overBudget: z.boolean(),
});
export type Run = z.infer<typeof run>;

export const message = z.object({
  id: messageId,
  parentId: messageId.nullable(),
  role: z.enum(['system', 'user', 'assistant']),
  createdAt: z.number().int(),
  parts: z.array(answerPart),
  images: z.array(attachment),
  /** The request that this answer came from; the last, when it took several. */
  run: run.nullable(),
  /** The requests for this answer that failed before, each with its own row, oldest first. */
  attempts: z.array(run),
  /** Every message with the same parent, oldest first, this one among them. */
  siblings: z.array(messageId),
});
export type Message = z.infer<typeof message>;

/** Where a conversation is kept: what is in the trash can be brought back until it is emptied. */
export const place = z.enum(['list', 'archive', 'trash']);
export type Place = z.infer<typeof place>;

export const conversationOrder = z.enum(['used', 'title', 'cost']);
export type ConversationOrder = z.infer<typeof conversationOrder>;

/** A tag as it is written; tags do not differ by capitals. */
export const tagName = z
  .string()
  .trim()
  .min(1)
  .max(50)
  .regex(/^[^\s,:"]+$/, 'a tag is one word');

export const conversationSummary = z.object({
  id: conversationId,
  title: z.string(),
  updatedAt: z.number().int(),
  pinned: z.boolean(),
  isDemo: z.boolean(),
  total,
  /** An answer came while the conversation was not open. */
  unread: z.boolean(),
  tags: z.array(z.string()),
  place,
});
export type ConversationSummary = z.infer<typeof conversationSummary>;

export const conversation = conversationSummary.extend({
  connectionId: connectionId.nullable(),
  model: z.string().nullable(),
  /** The preset that was chosen last; its settings may have been changed since. */
  presetId: presetId.nullable(),
  settings: chatSettings,
  /** The active branch from the first message to the leaf. */
  messages: z.array(message),
  draft: z.string(),
});
export type Conversation = z.infer<typeof conversation>;

/** What brings deleted messages back: themselves, what followed them, and the leaf that was shown. */
export const removedMessages = z.object({
  messages: z.array(messageId).min(1).max(1_000_000),
  /** They follow again what they did, unless they were deleted with it. */
  moved: z.array(messageId).max(1_000_000),
  /** What was deleted before and followed one of them; if it came back first, it follows it again. */
  apart: z.array(z.object({ message: messageId, after: messageId })).max(1_000_000),
  /** Null when the branch that is shown did not change. */
  leaf: messageId.nullable(),
});
export type RemovedMessages = z.infer<typeof removedMessages>;

const one = z.object({ id: conversationId });
const many = z.object({ ids: z.array(conversationId).min(1).max(100_000) });
const tags = z.array(tagName).max(50);
const done = z.void();
const newest = z.number().int().min(1).max(1000);

export const conversationContract = {
  /** One page of a place: in the list the pinned ones first, then by the order. */
  list: route
    .input(
      z.object({
        offset: z.number().int().nonnegative(),
        limit: z.number().int().min(1).max(500),
        place: place.default('list'),
        /** Only those with this tag. */
        tag: tagName.nullable().default(null),
        order: conversationOrder.default('used'),
      }),
    )
    .output(
      z.object({
        items: z.array(conversationSummary),
        count: z.number().int(),
      }),
    ),
  /** With its active branch, or only so many of the newest messages of it. */
  get: route.input(one.extend({ newest: newest.optional() })).output(conversation),
  /** The messages that lead to this one, itself the last of them; so many of the newest. */
  branch: route.input(z.object({ messageId, newest })).output(z.array(message)),
  /**
   * Begins a conversation with what was said up to this message, or so many of the newest messages of it.
   * What it has cost stays with the conversation it was spent in. Answers with the new one.
   */
  fork: route
    .input(one.extend({ messageId, newest: newest.nullable().default(null) }))
    .output(conversationId),
  rename: route
    .input(one.extend({ title: z.string().trim().min(1).max(MAX_TITLE_LENGTH) }))
    .output(done),
  /** Moves to the trash; `restore` undoes it. The spend stays. */
  remove: route.input(many).output(done),
  restore: route.input(many).output(done),
  archive: route.input(many.extend({ archived: z.boolean() })).output(done),
  /** Deletes for good, with all messages. Only what is in the trash; the spend stays. */
  purge: route.input(many).output(done),
  tag: route.input(many.extend({ add: tags, remove: tags })).output(done),
  /** Every tag in use, with how many conversations outside the trash have it. */
  tags: route.output(z.array(z.object({ name: z.string(), count: z.number().int() }))),
  pin: route.input(one.extend({ pinned: z.boolean() })).output(done),
  /** Which connection and model the next message goes to. */
  choose: route
    .input(one.extend({ connectionId, model: z.string().trim().min(1).max(1500) }))
    .output(done),
  /** Takes over what a preset holds: its settings, and its connection and model where it has them. */
  choosePreset: route.input(one.extend({ presetId: presetId.nullable() })).output(done),
  /** What the next message is sent with. */
  changeSettings: route.input(one.extend({ settings: chatSettings })).output(done),
  /** Every answer to the message that this answer is to, oldest first, to be read side by side. */
  answers: route.input(z.object({ messageId })).output(z.array(message)),
  /** Shows the branch through this message down to its newest leaf. */
  selectBranch: route.input(one.extend({ messageId })).output(done),
  /**
   * Deletes a message, or with `following` also all that follows it; the spend stays. Answers with what
   * `restoreMessages` takes. `conflict` while one of them is being answered.
   */
  removeMessages: route
    .input(one.extend({ messageId, following: z.boolean() }))
    .output(removedMessages),
  restoreMessages: route.input(one.extend({ removed: removedMessages })).output(done),
  markRead: route.input(one).output(done),
  /** Keeps what stands in the composer; null is the conversation not yet begun. */
  saveDraft: route
    .input(
      z.object({
        id: conversationId.nullable(),
        text: z.string().max(MAX_DRAFT_LENGTH),
      }),
    )
    .output(done),
  newDraft: route.output(z.string()),
};
