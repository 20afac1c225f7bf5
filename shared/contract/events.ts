import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { conversationId, messageId, runId } from '../ids';
import { streamEvent } from '../stream-event';
import { route } from './route';

/**
 * Stored things that changed, so that the page asks for them again. A bill that changed what answers have
 * cost says `billing` and `conversation` at once.
 */
export const topic = z.enum([
  'conversations',
  'conversation',
  'connections',
  'presets',
  'spending',
  'billing',
  'settings',
  'telemetry',
  'backups',
  'store',
  'health',
  'updates',
  'imports',
]);
export type Topic = z.infer<typeof topic>;

const sequence = z.number().int().nonnegative();

export const feedEvent = z.discriminatedUnion('type', [
  /** The first event of a subscription: where its numbering starts. */
  z.object({ type: z.literal('hello'), sequence }),
  z.object({
    type: z.literal('run.started'),
    sequence,
    runId,
    conversationId,
    messageId,
  }),
  /** Neighbouring deltas merged, at most one a frame for each run. */
  z.object({
    type: z.literal('run.delta'),
    sequence,
    runId,
    events: z.array(streamEvent),
  }),
  /** Sent after the row is saved. */
  z.object({
    type: z.literal('run.ended'),
    sequence,
    runId,
    conversationId,
    messageId,
  }),
  z.object({
    type: z.literal('data.changed'),
    sequence,
    topics: z.array(topic),
  }),
]);
export type FeedEvent = z.infer<typeof feedEvent>;

export const eventsContract = {
  /**
   * One ordered feed for the whole window. Each event's `sequence` is one higher than the last; after
   * a gap the page attaches to its live runs anew and asks for stored data again.
   */
  subscribe: route.output(eventIterator(feedEvent)),
};
