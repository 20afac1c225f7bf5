const LABEL = /\[([^[\]\n]{1,200})\]/g;

/** Labels are matched without regard to case and white space. */
export function normal(label: string): string {
  return label.trim().replace(/\s+/g, ' ').toLowerCase();
}

/** Everything in brackets: the labels that a text may link by. */
export function labelsIn(source: string): string[] {
  return Array.from(source.matchAll(LABEL), (match) => normal(match[1] ?? ''));
}
