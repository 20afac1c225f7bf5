import { z } from 'zod';
import { extraFields, parameterValues } from './parameters';

/** How much of a conversation goes along with the next message. */
export const historyLimits = z.strictObject({
  /** The newest messages that may go along, the new one not counted; null sends all. */
  messages: z.number().int().min(0).max(100_000).nullable(),
  /** What they may amount to in estimated tokens, the new message and the system prompt not counted. */
  tokens: z.number().int().min(0).max(100_000_000).nullable(),
});
export type HistoryLimits = z.infer<typeof historyLimits>;

export const MAX_SYSTEM_LENGTH = 500_000;

/** What a conversation is led with, and a preset holds: all but the model and the messages. */
export const chatSettings = z.strictObject({
  /** The system prompt; it goes first. Empty, none is sent. */
  system: z.string().max(MAX_SYSTEM_LENGTH),
  parameters: parameterValues,
  /** Fields of the request body that Slice has no control for. */
  extra: extraFields,
  history: historyLimits,
});
export type ChatSettings = z.infer<typeof chatSettings>;

export const EMPTY_CHAT_SETTINGS: ChatSettings = {
  system: '',
  parameters: {},
  extra: {},
  history: { messages: null, tokens: null },
};
