const waiting = new WeakMap<Element, (height: number) => void>();
let observer: ResizeObserver | null = null;

function observe(): ResizeObserver {
  observer ??= new ResizeObserver((entries) => {
    for (const { target, borderBoxSize } of entries) {
      waiting.get(target)?.(borderBoxSize[0]?.blockSize ?? 0);
    }
  });
  return observer;
}

/**
 * Tells how high an element is each time it was laid out anew, in pixels. To ask the element itself would
 * have everything laid out once more. The result stops it.
 */
export function whenLaidOut(element: Element, callback: (height: number) => void): () => void {
  waiting.set(element, callback);
  observe().observe(element);
  return () => {
    waiting.delete(element);
    observe().unobserve(element);
  };
}
