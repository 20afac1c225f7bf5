import { type FindHit, folded } from './find-hits';

const ALL = 'find';
const CURRENT = 'find-current';

/** What of a message is not its words. */
const NOT_WORDS =
  'header, button, time, .sr-only, .katex-mathml, .md-diagram, .md-note, .message-tools';

/** Whether this page can mark words without changing the document. */
export function canMark(): boolean {
  return 'highlights' in CSS;
}

/** Marks the words in what is drawn of the thread, the current hit in its own way. */
export function markWords(thread: HTMLElement, typed: string, current: FindHit | null): void {
  if (!canMark()) return;
  const words = folded(typed);
  if (words.trim() === '') {
    clearMarks();
    return;
  }
  const all: Range[] = [];
  for (const part of thread.querySelectorAll('[data-message] [data-part]')) {
    for (const group of part.children) all.push(...rangesIn(group, words));
  }
  CSS.highlights.set(ALL, new Highlight(...all));
  const range = current && rangeOf(thread, words, current);
  if (range) CSS.highlights.set(CURRENT, new Highlight(range));
  else CSS.highlights.delete(CURRENT);
}

export function clearMarks(): void {
  if (!canMark()) return;
  CSS.highlights.delete(ALL);
  CSS.highlights.delete(CURRENT);
}

/** Where a hit stands, as near as what is drawn allows: its words, its group, its message. */
export function placeOf(thread: HTMLElement, typed: string, hit: FindHit): Range | Element | null {
  return rangeOf(thread, folded(typed), hit) ?? groupOf(thread, hit) ?? messageOf(thread, hit);
}

function messageOf(thread: HTMLElement, { messageId }: FindHit): Element | null {
  return thread.querySelector(`[data-message="${messageId}"]`);
}

function groupOf(thread: HTMLElement, hit: FindHit): Element | null {
  const part = messageOf(thread, hit)?.querySelector(`[data-part="${hit.part}"]`);
  return part?.children[hit.group] ?? null;
}

function rangeOf(thread: HTMLElement, words: string, hit: FindHit): Range | null {
  const group = groupOf(thread, hit);
  if (!group) return null;
  const ranges = rangesIn(group, words);
  // What is drawn may read a little differently from what is stored.
  return ranges[Math.min(hit.nth, ranges.length - 1)] ?? null;
}

/** The words in an element, also where they stand across several of its own, such as bold ones. */
export function rangesIn(element: Element, words: string): readonly Range[] {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement?.closest(NOT_WORDS) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  );
  const nodes: { readonly node: Node; readonly start: number }[] = [];
  let text = '';
  let block: Element | null = null;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const own = node.parentElement?.closest(BLOCKS) ?? null;
    // Words of two paragraphs do not belong together.
    if (own !== block && text !== '') text += '\n';
    block = own;
    nodes.push({ node, start: text.length });
    text += lowered(node.textContent ?? '');
  }
  const ranges: Range[] = [];
  for (let at = text.indexOf(words); at !== -1; at = text.indexOf(words, at + words.length)) {
    const range = document.createRange();
    if (place(range, nodes, at, at + words.length)) ranges.push(range);
  }
  return ranges;
}

const BLOCKS = 'p, li, td, th, h3, h4, h5, h6, pre, blockquote, .md-formula';

/** Without capitals where that leaves every character in its place. */
function lowered(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === text.length ? lower : text;
}

function place(
  range: Range,
  nodes: readonly { readonly node: Node; readonly start: number }[],
  from: number,
  to: number,
): boolean {
  const first = nodes.findLast(({ start }) => start <= from);
  const last = nodes.findLast(({ start }) => start < to);
  if (!first || !last) return false;
  const length = (node: Node) => node.textContent?.length ?? 0;
  range.setStart(first.node, Math.min(from - first.start, length(first.node)));
  range.setEnd(last.node, Math.min(to - last.start, length(last.node)));
  return true;
}
