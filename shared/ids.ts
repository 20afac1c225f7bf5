import { z } from 'zod';

/**
 * Every stored thing is named by a positive integer that is never used again. The brands keep a
 * conversation's id from being handed to something that wants a message's.
 */
const id = z.number().int().positive();

export const connectionId = id.brand<'ConnectionId'>();
export const conversationId = id.brand<'ConversationId'>();
export const messageId = id.brand<'MessageId'>();
export const runId = id.brand<'RunId'>();
export const attachmentId = id.brand<'AttachmentId'>();
export const presetId = id.brand<'PresetId'>();
export const promptId = id.brand<'PromptId'>();
export const budgetId = id.brand<'BudgetId'>();
export const billingImportId = id.brand<'BillingImportId'>();

export type ConnectionId = z.infer<typeof connectionId>;
export type ConversationId = z.infer<typeof conversationId>;
export type MessageId = z.infer<typeof messageId>;
export type RunId = z.infer<typeof runId>;
export type AttachmentId = z.infer<typeof attachmentId>;
export type PresetId = z.infer<typeof presetId>;
export type PromptId = z.infer<typeof promptId>;
export type BudgetId = z.infer<typeof budgetId>;
export type BillingImportId = z.infer<typeof billingImportId>;
