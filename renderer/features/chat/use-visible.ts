import { type RefObject, useEffect, useState } from 'react';

/** Whether an element has been on screen, or nearly, since it is there. */
export function useVisible(element: RefObject<Element | null>, wanted: boolean): boolean {
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    const target = element.current;
    if (!wanted || seen || !target) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) setSeen(true);
      },
      { scrollMargin: '100px' },
    );
    observer.observe(target);
    return () => observer.disconnect();
  }, [element, wanted, seen]);
  return seen;
}
