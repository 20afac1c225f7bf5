import type { FeedEvent } from '../../shared/contract/events';
import type { Attached } from '../../shared/contract/run';
import type { RunId } from '../../shared/ids';
import type { LiveRunRef } from './live-run';
import type { LiveRuns } from './live-runs';
import type { StoredData } from './stored-data';

/** What the feed needs of the main process. */
export interface FeedSource {
  readonly events: {
    subscribe(
      input: undefined,
      options: { signal: AbortSignal },
    ): Promise<AsyncIterable<FeedEvent>>;
  };
  readonly runs: {
    live(): Promise<readonly LiveRunRef[]>;
    attach(input: { runId: RunId }): Promise<Attached | null>;
  };
}

const FIRST_DELAY_MS = 100;
const LONGEST_DELAY_MS = 5000;

/** Why a subscription must be taken anew although it did not fail. */
class Gap extends Error {}

interface FeedParts {
  readonly source: FeedSource;
  readonly runs: LiveRuns;
  readonly stored: StoredData;
  readonly signal: AbortSignal;
  /** How long to wait before trying again; replaced in tests. */
  readonly delay?: (ms: number) => Promise<void>;
}

/**
 * Follows the one feed of this window until `signal` aborts. After a gap, an end or an error it
 * subscribes again, takes up every live run from main's replay and has all stored data read anew, so
 * that a lost message can never leave a wrong screen behind.
 */
export async function followFeed(parts: FeedParts): Promise<void> {
  const delay = parts.delay ?? sleep;
  let wait = FIRST_DELAY_MS;
  let first = true;
  while (!parts.signal.aborted) {
    try {
      const events = await parts.source.events.subscribe(undefined, { signal: parts.signal });
      for await (const event of inOrder(events)) {
        if (event.type === 'hello') await takeUp(parts, first);
        else await follow(parts, event);
        first = false;
        wait = FIRST_DELAY_MS;
      }
    } catch (error) {
      if (error instanceof Gap) continue;
    }
    if (parts.signal.aborted) return;
    await delay(wait);
    wait = Math.min(wait * 2, LONGEST_DELAY_MS);
  }
}

async function* inOrder(events: AsyncIterable<FeedEvent>): AsyncGenerator<FeedEvent> {
  let last: number | null = null;
  for await (const event of events) {
    if (last !== null && event.sequence !== last + 1) throw new Gap();
    last = event.sequence;
    yield event;
  }
}

async function takeUp({ source, runs, stored }: FeedParts, first: boolean): Promise<void> {
  const live = await source.runs.live();
  const ids = new Set(live.map((ref) => ref.runId));
  const gone = runs.list().filter((ref) => !ids.has(ref.runId));
  for (const ref of gone) void finish(runs, stored, ref);
  await Promise.all(live.map((ref) => attach(source, runs, ref)));
  if (!first) stored.invalidateAll();
}

async function attach(source: FeedSource, runs: LiveRuns, ref: LiveRunRef): Promise<void> {
  const attached = await source.runs.attach({ runId: ref.runId });
  if (attached) runs.attach(ref, attached);
}

async function follow({ source, runs, stored }: FeedParts, event: FeedEvent): Promise<void> {
  switch (event.type) {
    case 'hello':
      return;
    case 'run.started':
      runs.start(event, event.sequence);
      return;
    case 'run.delta':
      if (!runs.get(event.runId)) {
        const live = (await source.runs.live()).find((ref) => ref.runId === event.runId);
        if (live) await attach(source, runs, live);
      }
      runs.append(event.runId, event.sequence, event.events);
      return;
    case 'run.ended':
      void finish(runs, stored, event);
      return;
    case 'data.changed':
      stored.invalidate(event.topics);
      return;
  }
}

/** Shows the last of the live text until the stored message is there, so that nothing flickers. */
async function finish(runs: LiveRuns, stored: StoredData, ref: LiveRunRef): Promise<void> {
  runs.end(ref.runId);
  await stored.readConversation(ref.conversationId);
  runs.retire(ref.runId);
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
