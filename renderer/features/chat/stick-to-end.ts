/** How the visible part of a thread stands. */
export interface ScrollPosition {
  readonly top: number;
  readonly viewport: number;
  readonly content: number;
}

/** Nearer than this to the end counts as being there when one scrolls down. */
const NEAR = 24;

/**
 * Whether the thread goes on following its end after it has scrolled from `before`. Only moving up and
 * away from the end lets go: growth moves nothing, and a shorter content moves up without leaving it.
 */
export function staysAtEnd(stuck: boolean, before: number, now: ScrollPosition): boolean {
  const distance = now.content - now.viewport - now.top;
  if (now.top < before - 1) return stuck && distance <= 1;
  if (now.top > before) return stuck || distance <= NEAR;
  return stuck;
}
