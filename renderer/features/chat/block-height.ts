import type { Block } from './block';
import { LINES_SHOWN } from './code-file';

const CHARACTERS_IN_LINE = 88;

/**
 * No group counts as higher, in pixels: Chromium places nothing below some 33 million. Beyond, everything
 * would lie in the same place, come near at once, and be drawn.
 */
const TALLEST = 8000;

/** About how high some blocks will be, for the space held free until they are drawn. */
export function estimatedHeight(blocks: readonly Block[]): number {
  let height = 0;
  for (const { kind, source } of blocks) {
    const lines = source.split('\n');
    height += 12;
    if (kind === 'code') height += codeHeight(Math.max(1, lines.length - 2));
    else for (const line of lines) height += Math.ceil(line.length / CHARACTERS_IN_LINE) * 24;
  }
  return Math.min(height, TALLEST);
}

function codeHeight(lines: number): number {
  const more = lines > LINES_SHOWN ? 28 : 0;
  return 32 + Math.min(lines, LINES_SHOWN) * 20 + more;
}
