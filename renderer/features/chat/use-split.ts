import { useEffect, useRef } from 'react';
import { type Block, EMPTY_SPLIT, type Split } from './block';
import { groupsOf } from './block-groups';
import { split } from './blocks';

/** Texts shorter than this are divided anew faster than they are found again. */
const WORTH_KEEPING = 4000;
const KEPT_TEXTS = 40;

const kept = new Map<string, Split>();

function keep(result: Split): void {
  if (result.text.length < WORTH_KEEPING) return;
  kept.delete(result.text);
  kept.set(result.text, result);
  const oldest = kept.keys().next();
  if (kept.size > KEPT_TEXTS && !oldest.done) kept.delete(oldest.value);
}

/**
 * The blocks of a text in groups, the last of which may still grow. As the text grows, full groups
 * keep their identity and so do settled blocks, so that only what is new is drawn; a long text that
 * scrolled out of sight and came back has the same groups again.
 */
export function useSplit(text: string): readonly (readonly Block[])[] {
  const known = useRef<Split>(null);
  const current = split(known.current ?? kept.get(text) ?? EMPTY_SPLIT, text);
  known.current = current;
  useEffect(
    () => () => {
      if (known.current) keep(known.current);
    },
    [],
  );
  return groupsOf(current);
}
