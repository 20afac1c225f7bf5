import { useRef } from 'react';
import { type Block, EMPTY_SPLIT } from './block';
import { GROUP, split } from './blocks';

/**
 * The blocks of a text in groups, the last of which may still grow. As the text grows, full groups
 * keep their identity and so do settled blocks, so that only what is new is drawn.
 */
export function useSplit(text: string): readonly (readonly Block[])[] {
  const known = useRef(EMPTY_SPLIT);
  known.current = split(known.current, text);
  const { settled, tail } = known.current;
  if (!tail) return settled;
  const last = settled.at(-1);
  // The tail stands where it will stand once it has settled, so that it is never drawn anew.
  if (last === undefined || last.length === GROUP) return [...settled, [tail]];
  return [...settled.slice(0, -1), [...last, tail]];
}
