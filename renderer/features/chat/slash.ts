/** A command that is being typed at the start of a line. */
export interface Slash {
  /** Where its `/` stands. */
  readonly from: number;
  readonly query: string;
}

/** A longer text is no command; it also bounds how much is looked at with every key. */
const LONGEST = 60;

/** What stands between a `/` at the start of the line and the cursor; null when there is no such thing. */
export function slashAt(text: string, caret: number): Slash | null {
  const start = Math.max(0, caret - LONGEST - 1);
  const before = text.slice(start, caret);
  const lineStart = before.lastIndexOf('\n') + 1;
  if (lineStart === 0 && start > 0) return null;
  const line = before.slice(lineStart);
  if (!line.startsWith('/')) return null;
  return { from: caret - line.length, query: line.slice(1) };
}

/** The names that fit what is typed, those that begin with it first; all when nothing is typed yet. */
export function slashMatches<Item extends { readonly name: string }>(
  items: readonly Item[],
  query: string,
): readonly Item[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const found = items.filter(({ name }) => {
    const text = name.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const begins = ({ name }: Item) => name.toLowerCase().startsWith(words.join(' '));
  return found.toSorted((a, b) => Number(begins(b)) - Number(begins(a)));
}
