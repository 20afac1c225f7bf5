import { useRef } from 'react';

/**
 * For a list of commands, which names a line by itself, too, when lines come and go: tells whether what it
 * names now was moved to by a key or the pointer.
 */
export function useByHand() {
  const now = useRef(false);
  const mark = () => {
    now.current = true;
    queueMicrotask(() => {
      now.current = false;
    });
  };
  return {
    isByHand: () => now.current,
    marks: { onKeyDownCapture: mark, onPointerMoveCapture: mark },
  };
}
