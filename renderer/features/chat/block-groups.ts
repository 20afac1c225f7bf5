import type { Block, Split } from './block';

/** What a frame touches is one group and the list of groups; a group is full with so many characters. */
const GROUP_CHARACTERS = 4000;
/** … or with so many blocks, unless they are so short that there would be more groups than can be drawn. */
const GROUP_BLOCKS = 16;
const GROUP_LEAST_CHARACTERS = 250;

/** Whether the next block begins a group of its own. */
export function isFull(group: readonly Block[]): boolean {
  const characters = group.reduce((sum, block) => sum + block.source.length, 0);
  const least = group.length >= GROUP_BLOCKS ? GROUP_LEAST_CHARACTERS : GROUP_CHARACTERS;
  return characters >= least;
}

/** The groups in which a text is drawn. Its tail stands where it will stand once it has settled. */
export function groupsOf({ settled, tail }: Split): readonly (readonly Block[])[] {
  if (!tail) return settled;
  const last = settled.at(-1);
  if (last === undefined || isFull(last)) return [...settled, [tail]];
  return [...settled.slice(0, -1), [...last, tail]];
}
