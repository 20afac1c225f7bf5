import { createContext, type RefObject } from 'react';
import type { Block } from './block';

/** The blocks of the text that is drawn, read when they are wanted: a word that arrives draws nothing anew. */
export const BlocksContext = createContext<RefObject<readonly (readonly Block[])[]> | null>(null);

/** The block that is drawn. */
export const BlockContext = createContext<Block | null>(null);

/** The sources of a block and of those around it that are one with it, joined. Null: it stands alone. */
export function wholeSource(
  groups: readonly (readonly Block[])[],
  block: Pick<Block, 'source' | 'before'>,
): string | null {
  const blocks = groups.flat();
  let first = blocks.findIndex(
    ({ source, before }) => source === block.source && before === block.before,
  );
  if (first === -1) return null;
  let end = first + 1;
  while (first > 0 && blocks[first]?.continued) first -= 1;
  while (blocks[end]?.continued) end += 1;
  const parts = blocks.slice(first, end);
  return parts.length < 2 ? null : parts.map(({ source }) => source).join('');
}
