import type { Block } from './block';

const CHARACTERS_IN_LINE = 88;

/** About how high some blocks will be, for the space held free until they are drawn. */
export function estimatedHeight(blocks: readonly Block[]): number {
  let height = 0;
  for (const { kind, source } of blocks) {
    const lines = source.split('\n');
    height += 12;
    if (kind === 'code') height += 32 + Math.max(1, lines.length - 2) * 20;
    else for (const line of lines) height += Math.ceil(line.length / CHARACTERS_IN_LINE) * 24;
  }
  return height;
}
