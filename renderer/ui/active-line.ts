import { useRef, useState } from 'react';

/**
 * What a list of commands is given so that `active` is its active line. By itself it names its first line
 * whenever lines come and go, and those may be the lines for fewer letters; so only what a key or the
 * pointer moves to is told to `onMove`, and the list is told again what is active.
 */
export function useActiveLine(active: string, onMove: (line: string) => void) {
  const byHand = useRef(false);
  const [told, setTold] = useState(false);
  const mark = () => {
    byHand.current = true;
    queueMicrotask(() => {
      byHand.current = false;
    });
  };
  return {
    // It takes a value only when that changes, and it takes it without blanks.
    value: told ? `${active} ` : active,
    onValueChange: (line: string) => {
      if (byHand.current) onMove(line);
      else if (line !== active) setTold(!told);
    },
    onKeyDownCapture: mark,
    onPointerMoveCapture: mark,
  };
}
