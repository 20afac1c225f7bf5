import { type RefObject, useLayoutEffect, useState } from 'react';

/** A narrower column could not be read; the same is said in compare.css. */
const NARROWEST = 300;

/** Whether so many columns stand beside each other without scrolling. */
export function fitsColumns(width: number, columns: number): boolean {
  return width >= columns * NARROWEST;
}

/** Whether the answers have room for a column each, anew with the width of what they stand in. */
export function useRoomForColumns(
  container: RefObject<HTMLElement | null>,
  columns: number,
): boolean {
  const [fits, setFits] = useState(true);
  useLayoutEffect(() => {
    const element = container.current;
    if (!element) return;
    const look = () => setFits(fitsColumns(element.clientWidth, columns));
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => observer.disconnect();
  }, [container, columns]);
  return fits;
}
