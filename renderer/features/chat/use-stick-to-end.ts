import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react';
import { staysAtEnd } from './stick-to-end';

export interface StickToEnd {
  readonly scroller: RefObject<HTMLDivElement | null>;
  /** False once the reader has gone up. */
  readonly atEnd: boolean;
  /** To be called when the content's height has changed, before it is painted. */
  readonly resized: () => void;
  /** Goes to the end and follows it again. */
  readonly toEnd: () => void;
  /** Follows the end no more, because something else is shown. */
  readonly leaveEnd: () => void;
}

/** Keeps the end of a growing thread in sight for as long as the reader does not scroll away. */
export function useStickToEnd(): StickToEnd {
  const scroller = useRef<HTMLDivElement>(null);
  const stuck = useRef(true);
  const lastTop = useRef(0);
  const [atEnd, setAtEnd] = useState(true);

  const resized = useCallback(() => {
    const element = scroller.current;
    if (!element || !stuck.current) return;
    element.scrollTop = element.scrollHeight;
  }, []);

  const toEnd = useCallback(() => {
    stuck.current = true;
    setAtEnd(true);
    resized();
  }, [resized]);

  const leaveEnd = useCallback(() => {
    stuck.current = false;
  }, []);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const look = () => {
      const { scrollTop: top, clientHeight: viewport, scrollHeight: content } = element;
      stuck.current = staysAtEnd(stuck.current, lastTop.current, { top, viewport, content });
      lastTop.current = top;
      setAtEnd(stuck.current || content - viewport - top <= 1);
    };
    element.addEventListener('scroll', look, { passive: true });
    // The window and the composer change the height of the visible part.
    const observer = new ResizeObserver(resized);
    observer.observe(element);
    return () => {
      element.removeEventListener('scroll', look);
      observer.disconnect();
    };
  }, [resized]);

  return { scroller, atEnd, resized, toEnd, leaveEnd };
}
