/** A stretch of a text; `hit` is what was looked for. */
export interface MarkedPart {
  readonly text: string;
  readonly hit: boolean;
}

/** A text with every place marked where one of the words stands, whatever the case. */
export function markedParts(text: string, words: readonly string[]): readonly MarkedPart[] {
  const wanted = words.filter((word) => word !== '').toSorted((a, b) => b.length - a.length);
  if (wanted.length === 0) return [{ text, hit: false }];
  const pattern = new RegExp(`(${wanted.map(escaped).join('|')})`, 'giu');
  return text
    .split(pattern)
    .map((part, index) => ({ text: part, hit: index % 2 === 1 }))
    .filter((part) => part.text !== '');
}

function escaped(word: string): string {
  return word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** The whole text, and the marked parts in green. */
export function MarkedText({ parts }: { parts: readonly MarkedPart[] }) {
  return parts.map(({ text, hit }, index) =>
    hit ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts have nothing but their order
      <mark key={index} className="bg-transparent font-semibold text-accent-text">
        {text}
      </mark>
    ) : (
      text
    ),
  );
}
