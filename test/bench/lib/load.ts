import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { FeedEvent } from '../../../shared/contract/events';
import type { StreamEvent } from '../../../shared/stream-event';
import type { ChunkServer } from './chunk-server';
import type { Pipeline } from './pipeline';

/** How often memory is looked at besides at each event of the feed, in milliseconds. */
const LOOK_MS = 5;

/** How much text arrives between two collections, in characters. */
const COLLECT_EVERY = 1024 * 1024;

/** How often the event loop is asked for its delay, in milliseconds. */
const RESOLUTION_MS = 5;

/** Growth of main's memory as a multiple of an answer's text; Latin-1 letters are one byte each. */
export interface AnswerHeap {
  /** The most that was in use: what is left after a collection, at each MiB of text and at the end. */
  readonly used: number;
  /**
   * The most there ever was, looked at all the time without collecting: with what nobody uses any more,
   * among it up to 16 MiB of V8's youngest objects whatever the answer's length.
   */
  readonly withGarbage: number;
}

/**
 * What a long answer costs main while it comes, goes to a page and into the store, and is saved. The
 * figures are of the heap and what hangs on it; the store's threads have heaps of their own.
 */
export async function answerHeap(pipeline: Pipeline, server: ChunkServer): Promise<AnswerHeap> {
  const { gc } = globalThis;
  if (!gc) throw new Error('memory is measured with --expose-gc');
  let arrived = 0;
  let collectAt = 0;
  const used = await growth(pipeline, server, (event, look) => {
    if (event?.type === 'run.delta') arrived += lengthOf(event.events);
    if (arrived < collectAt && event?.type !== 'run.ended') return;
    collectAt = arrived + COLLECT_EVERY;
    gc();
    look();
  });
  const withGarbage = await growth(pipeline, server, (_, look) => look());
  return { used, withGarbage };
}

/** `onMoment` is called at each event of the feed and often in between, and looks when it wants to. */
async function growth(
  pipeline: Pipeline,
  server: ChunkServer,
  onMoment: (event: FeedEvent | null, look: () => void) => void,
): Promise<number> {
  globalThis.gc?.();
  const before = held();
  let peak = before;
  const look = () => {
    peak = Math.max(peak, held());
  };
  const timer = setInterval(() => onMoment(null, look), LOOK_MS);
  const [conversation] = await pipeline.ask(server.baseUrl('long'), 1, (event) =>
    onMoment(event, look),
  );
  clearInterval(timer);
  const length = conversation === undefined ? 0 : await pipeline.lengthOfAnswer(conversation);
  if (length !== server.characters('long')) throw new Error('the long answer is not whole');
  return (peak - before) / length;
}

function lengthOf(events: readonly StreamEvent[]): number {
  return events.reduce((sum, event) => sum + ('text' in event ? event.text.length : 0), 0);
}

function held(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/**
 * How late main's event loop was while so many answers came at once, from the first send to the last
 * save, in milliseconds. What is recorded are the times between two turns of a timer, so that a loop
 * with nothing else to do shows the resolution itself: it is not a delay and is taken off.
 */
export async function manyStreams(
  pipeline: Pipeline,
  server: ChunkServer,
  streams: number,
): Promise<{ p99: number; max: number }> {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  histogram.enable();
  const conversations = await pipeline.ask(server.baseUrl('paced'), streams);
  histogram.disable();
  for (const conversation of conversations) {
    const length = await pipeline.lengthOfAnswer(conversation);
    if (length !== server.characters('paced')) throw new Error('one of the answers is not whole');
  }
  const delay = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS);
  return { p99: delay(histogram.percentile(99)), max: delay(histogram.max) };
}
