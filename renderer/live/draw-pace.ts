import type { Schedule } from './live-runs';

/** The share of the page's time that drawing answers may take; the rest is for typing and scrolling. */
const SHARE = 0.25;
/** No faster than this: more often than 25 times a second nobody reads, but each time is paid for. */
const SHORTEST_MS = 40;
/** No slower than this, however long drawing takes. */
const LONGEST_MS = 250;

/** What is needed of a window. */
export interface DrawingWindow {
  readonly now: () => number;
  /** Calls back before the next frame is drawn. */
  readonly beforeFrame: (callback: () => void) => void;
  /** Calls back after a frame was drawn, when asked before it. */
  readonly afterFrame: (callback: () => void) => void;
}

/**
 * Draws what has arrived before a frame, but leaves frames out so that drawing takes no more than its
 * share of the time: what it costs depends on the machine and on what is drawn, and is measured.
 */
export function drawPace({ now, beforeFrame, afterFrame }: DrawingWindow): Schedule {
  let notBefore = Number.NEGATIVE_INFINITY;
  return (flush) => {
    const draw = () => {
      const began = now();
      if (began < notBefore) {
        beforeFrame(draw);
        return;
      }
      notBefore = began + SHORTEST_MS;
      afterFrame(() => {
        const wait = (now() - began) / SHARE;
        notBefore = began + Math.min(LONGEST_MS, Math.max(SHORTEST_MS, wait));
      });
      flush();
    };
    beforeFrame(draw);
  };
}

/** The window of the page. A message to itself comes right after the frame that is being drawn. */
export function thisWindow(): DrawingWindow {
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  port1.onmessage = () => waiting.shift()?.();
  return {
    now: () => performance.now(),
    beforeFrame: (callback) => void requestAnimationFrame(callback),
    afterFrame: (callback) => {
      waiting.push(callback);
      port2.postMessage(null);
    },
  };
}
