/** How far outside the visible part something is already drawn. */
const MARGIN = '1600px';

const waiting = new WeakMap<Element, () => void>();
let observer: IntersectionObserver | null = null;

function observe(): IntersectionObserver {
  observer ??= new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) if (isIntersecting) waiting.get(target)?.();
    },
    { scrollMargin: MARGIN },
  );
  return observer;
}

/** Calls back when an element comes near the visible part; the result stops waiting. */
export function whenNear(element: Element, callback: () => void): () => void {
  waiting.set(element, callback);
  observe().observe(element);
  return () => {
    waiting.delete(element);
    observe().unobserve(element);
  };
}
