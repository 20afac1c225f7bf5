import { diffWordsWithSpace } from 'diff';

/** A stretch of a text, and whether the other text lacks it. */
export interface DiffSpan {
  readonly text: string;
  readonly differs: boolean;
}

export interface WordDiff {
  readonly first: readonly DiffSpan[];
  readonly second: readonly DiffSpan[];
  /** Places where they differ. */
  readonly places: number;
}

/** Longer texts are not compared. */
export const LONGEST_COMPARED = 200_000;
const TIMEOUT_MS = 4000;
const MOST_EDITS = 20_000;

/** Which words of two texts the other one lacks. Null when that would take too long. */
export function wordDiff(first: string, second: string): WordDiff | null {
  if (first.length + second.length > LONGEST_COMPARED) return null;
  const changes = diffWordsWithSpace(first, second, {
    timeout: TIMEOUT_MS,
    maxEditLength: MOST_EDITS,
  });
  if (!changes) return null;
  const spans = { first: new Spans(), second: new Spans() };
  let places = 0;
  let differing = false;
  for (const [at, { value, added, removed }] of changes.entries()) {
    // A space between two words that differ is no reason to mark each by itself.
    const between: boolean = differing && value.trim() === '' && isChange(changes[at + 1]);
    const differs: boolean = added || removed || between;
    if (differs && !differing) places += 1;
    differing = differs;
    if (!added) spans.first.add(value, differs);
    if (!removed) spans.second.add(value, differs);
  }
  return { first: spans.first.list, second: spans.second.list, places };
}

function isChange(change: { added: boolean; removed: boolean } | undefined): boolean {
  return change !== undefined && (change.added || change.removed);
}

/** Neighbours of one kind become one. */
class Spans {
  readonly list: DiffSpan[] = [];

  add(text: string, differs: boolean): void {
    const last = this.list.at(-1);
    if (last?.differs === differs)
      this.list[this.list.length - 1] = { ...last, text: last.text + text };
    else this.list.push({ text, differs });
  }
}
