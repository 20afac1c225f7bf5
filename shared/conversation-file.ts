import { z } from 'zod';
import { runPurpose } from './run-purpose';

/**
 * Conversations with nothing left out, as a JSON file. `docs/conversation-file.md` describes it and
 * `docs/conversation-file.schema.json` is made from what stands here. A file is written and can be read
 * one conversation, and one message, after the other.
 */
export const CONVERSATION_FILE = { format: 'slice-conversations', version: 1 } as const;

/** Milliseconds since 1970, UTC. */
const moment = z.number().int();

const count = z.number().int().nonnegative().nullable();

/** Nano-dollars (10⁻⁹ USD) as decimal digits: a JSON number may lose some. */
const nanoDollars = z.string().regex(/^\d{1,19}$/);

export const filedImage = z.strictObject({
  name: z.string(),
  mediaType: z.string(),
  /** Of its bytes, in hexadecimal. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Base64; null where the file was not there any more. */
  data: z.string().nullable(),
});
export type FiledImage = z.infer<typeof filedImage>;

export const filedPart = z.strictObject({
  kind: z.enum(['text', 'reasoning', 'refusal', 'tool', 'image', 'file']),
  text: z.string(),
  name: z.string().nullable(),
  image: filedImage.nullable(),
});
export type FiledPart = z.infer<typeof filedPart>;

export const filedMessage = z.strictObject({
  /** Its number in this conversation, from 1. */
  id: z.number().int().positive(),
  /** The message that it follows; null for a first one. Several with the same are versions of each other. */
  parent: z.number().int().positive().nullable(),
  role: z.enum(['system', 'user', 'assistant']),
  createdAt: moment,
  /** The request that it came from, by its `uid`. */
  run: z.string().nullable(),
  parts: z.array(filedPart),
});
export type FiledMessage = z.infer<typeof filedMessage>;

/** A request, as the ledger has it. Its parameters and the like are JSON in a text, as they were sent. */
export const filedRun = z.strictObject({
  uid: z.string(),
  /** The answer it was made for, by its number. */
  message: z.number().int().positive().nullable(),
  purpose: runPurpose,
  state: z.enum(['running', 'complete', 'stopped', 'incomplete', 'failed']),
  attempt: z.number().int().positive(),
  fanOut: z.string().nullable(),
  connection: z.string(),
  profile: z.string(),
  baseUrl: z.string(),
  preset: z.string().nullable(),
  demo: z.boolean(),
  requestedModel: z.string(),
  requestedProvider: z.string().nullable(),
  routing: z.string().nullable(),
  parameters: z.string(),
  extra: z.string(),
  adaptations: z.string(),
  answers: z.number().int().positive(),
  models: z.number().int().positive(),
  votes: z.number().int().positive(),
  overBudget: z.boolean(),
  startedAt: moment,
  endedAt: moment.nullable(),
  /** The calendar day it counts on. */
  day: z.iso.date(),
  completionId: z.string().nullable(),
  servedModel: z.string().nullable(),
  servedProvider: z.string().nullable(),
  finishReason: z.string().nullable(),
  errorCode: z.string().nullable(),
  error: z.string().nullable(),
  httpStatus: z.number().int().nullable(),
  promptTokens: count,
  completionTokens: count,
  totalTokens: count,
  cachedTokens: count,
  reasoningTokens: count,
  promptCharacters: count,
  responseCharacters: count,
  sentCharacters: count,
  receivedCharacters: count,
  /** Null: nobody knows it. */
  costNanoUsd: nanoDollars.nullable(),
  costText: z.string().nullable(),
  costSource: z.enum(['reported', 'reconciled', 'estimated', 'unknown', 'none']),
  latencyMs: count,
  firstTokenMs: count,
  totalMs: count,
  rawUsage: z.string().nullable(),
  estimateTokens: count,
  estimateLowNanoUsd: nanoDollars.nullable(),
  estimateHighNanoUsd: nanoDollars.nullable(),
  estimateBasis: z.string().nullable(),
});
export type FiledRun = z.infer<typeof filedRun>;

/** A conversation without its messages and requests, which follow it. */
export const filedHead = z.strictObject({
  uid: z.string(),
  title: z.string(),
  titleSource: z.enum(['rule', 'model', 'user']),
  createdAt: moment,
  updatedAt: moment,
  pinnedAt: moment.nullable(),
  archivedAt: moment.nullable(),
  deletedAt: moment.nullable(),
  demo: z.boolean(),
  tags: z.array(z.string()),
  connection: z.string().nullable(),
  model: z.string().nullable(),
  preset: z.string().nullable(),
  /** What the next message is sent with, as JSON. */
  settings: z.string(),
  draft: z.string(),
  /** The message that the shown branch ends with, by its number. */
  leaf: z.number().int().positive().nullable(),
});
export type FiledHead = z.infer<typeof filedHead>;

const filedConversation = z.strictObject({
  ...filedHead.shape,
  messages: z.array(filedMessage),
  runs: z.array(filedRun),
});

export const conversationFile = z.strictObject({
  format: z.literal(CONVERSATION_FILE.format),
  version: z.literal(CONVERSATION_FILE.version),
  conversations: z.array(filedConversation),
});
