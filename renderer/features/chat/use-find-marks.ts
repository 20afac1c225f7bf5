import { type RefObject, useEffect } from 'react';
import type { VirtualizerHandle } from 'virtua';
import type { FindHit } from './find-hits';
import { clearMarks, markWords, placeOf } from './find-marks';

export interface FindMarksParts {
  readonly thread: RefObject<HTMLElement | null>;
  readonly list: RefObject<VirtualizerHandle | null>;
  readonly typed: string;
  readonly current: FindHit | null;
  readonly onLeaveEnd: () => void;
}

/** Steps in which a far hit comes nearer: its message is drawn, then its group, then it has its height. */
const APPROACHES = 6;
const REST_MS = 120;

/** Marks what is found in what is drawn, and brings the current hit on screen. */
export function useFindMarks(parts: FindMarksParts): void {
  const { thread, list, typed, current, onLeaveEnd } = parts;
  useEffect(() => clearMarks, []);

  // What is drawn changes with scrolling and with answers that grow.
  useEffect(() => {
    const element = thread.current;
    if (!element) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const mark = () => markWords(element, typed, current);
    const soon = () => {
      if (timer !== undefined) return;
      timer = setTimeout(() => {
        timer = undefined;
        mark();
      }, REST_MS);
    };
    mark();
    const observer = new MutationObserver(soon);
    observer.observe(element, { childList: true, subtree: true });
    return () => {
      clearTimeout(timer);
      observer.disconnect();
    };
  }, [thread, typed, current]);

  useEffect(() => {
    const element = thread.current;
    if (!element || !current) return;
    onLeaveEnd();
    let frame = 0;
    let left = APPROACHES;
    const approach = () => {
      const place = placeOf(element, typed, current);
      if (place) center(element, place);
      else list.current?.scrollToIndex(current.row, { align: 'start' });
      left -= 1;
      if (left > 0) frame = requestAnimationFrame(approach);
      else markWords(element, typed, current);
    };
    approach();
    return () => cancelAnimationFrame(frame);
  }, [thread, list, typed, current, onLeaveEnd]);
}

/** Scrolls as little as it takes to have a place well on screen. */
function center(thread: HTMLElement, place: Range | Element): void {
  const box = place.getBoundingClientRect();
  const frame = thread.getBoundingClientRect();
  const margin = Math.min(96, frame.height / 4);
  const inside = box.top >= frame.top + margin && box.bottom <= frame.bottom - margin;
  if (!inside) thread.scrollTop += box.top - frame.top - frame.height / 3;
  if (!(place instanceof Range)) return;
  // A long line of code or a wide table scrolls by itself.
  const around = place.startContainer.parentElement?.closest<HTMLElement>('pre, .md-table-scroll');
  if (!around) return;
  const edge = around.getBoundingClientRect();
  if (box.left < edge.left || box.right > edge.right) {
    around.scrollLeft += box.left - edge.left - edge.width / 3;
  }
  if (box.top < edge.top || box.bottom > edge.bottom) {
    around.scrollTop += box.top - edge.top - edge.height / 3;
  }
}
