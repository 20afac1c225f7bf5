import { type Block, EMPTY_SPLIT, NONE, type Open, type Split } from './block';
import { isFull } from './block-groups';
import {
  DEFINITION,
  endsSoon,
  fenceAt,
  indentOf,
  interruptsParagraph,
  isBlank,
  isDelimiterRow,
  isFenceEnd,
  isHeading,
  isThematicBreak,
  listMarkerAt,
  longHtmlEnd,
  MATH_END,
  MATH_START,
} from './block-lines';
import { labelsIn, normal } from './link-labels';
import { detached, segmentEnd } from './segments';

const SAMPLE = 200;
/** From this length on a paragraph, quotation, formula or the like is cut at the next line. */
const LONGEST = 4000;
/** From this length on a list goes on in a new block with its next item. */
const LONGEST_LIST = 2000;
/** From this length on the next rows of a table stand under a head of their own. */
const LONGEST_TABLE = 2000;
/** … if it has this many of them: a short table with long cells stays whole. */
const MOST_ROWS = 30;
/**
 * From here on, in characters, a text is not read as Markdown any more, only a code that is open goes on.
 * No answer that is meant so is as long, and millions of blocks would be more than the memory holds.
 */
export const PLAIN_FROM = 1_000_000;

/**
 * Divides a growing text. Given the split of a beginning of it, only what is new is read, so the cost
 * does not depend on the length; and the result is the same however the text arrived.
 *
 * A settled block stays as it is whatever follows. There is one exception: when a link definition
 * arrives, blocks that use its label get it as `definitions`; their sources stay. So that no block
 * grows without end, long lists are cut between items, long tables between rows and long paragraphs
 * and the like between lines. Fenced code is never cut. From `PLAIN_FROM` on all else is plain.
 */
export function split(previous: Split, text: string): Split {
  const base = continues(previous.text, text) ? previous : EMPTY_SPLIT;
  if (text.length === base.text.length) return base;
  const reader = new Reader(base, text);
  return reader.read();
}

/** Compares both ends instead of everything: an answer only ever grows, another text differs there. */
function continues(before: string, text: string): boolean {
  const last = Math.max(0, before.length - SAMPLE);
  return text.startsWith(before.slice(0, SAMPLE)) && text.startsWith(before.slice(last), last);
}

class Reader {
  readonly #text: string;
  readonly #full: (readonly Block[])[];
  #group: Block[];
  #definitions: Map<string, string>;
  #blockStart: number;
  #at: number;
  #midLine: boolean;
  #open: Open;

  constructor(base: Split, text: string) {
    this.#text = text;
    const last = base.settled.at(-1);
    const partial = last !== undefined && !isFull(last);
    this.#full = partial ? base.settled.slice(0, -1) : base.settled.slice();
    this.#group = partial ? last.slice() : [];
    this.#definitions = new Map(base.definitions);
    this.#blockStart = base.scan.blockStart;
    this.#at = base.scan.lineStart;
    this.#midLine = base.scan.midLine;
    this.#open = base.scan.open;
  }

  read(): Split {
    for (;;) {
      const end = segmentEnd(this.#text, this.#at);
      if (end === null) break;
      this.#segment(this.#text.slice(this.#at, end), end);
    }
    const settled = this.#group.length > 0 ? [...this.#full, this.#group] : this.#full;
    return {
      text: this.#text,
      settled,
      tail: this.#tail(),
      definitions: this.#definitions,
      scan: {
        blockStart: this.#blockStart,
        lineStart: this.#at,
        midLine: this.#midLine,
        open: this.#open,
      },
    };
  }

  #tail(): Block | null {
    if (this.#blockStart === this.#text.length) return null;
    const rest = this.#text.slice(this.#at);
    if (this.#open.kind === 'fence' && !this.#midLine && endsSoon(rest, this.#open.fence)) {
      return this.#block(this.#text.length, this.#at);
    }
    if (this.#open.kind !== 'none' || this.#midLine) return this.#block(this.#text.length, null);
    if (this.#at >= PLAIN_FROM) {
      return this.#block(this.#text.length, null, { kind: 'plain', continued: false });
    }
    // The line that has just begun may already show that it opens a block of code.
    const fence = fenceAt(rest);
    if (!fence) return this.#block(this.#text.length, null);
    const codeStart = this.#text.length - this.#blockStart;
    const open: Open = { kind: 'fence', fence, codeStart, continued: false };
    return this.#block(this.#text.length, null, open);
  }

  #segment(line: string, end: number): void {
    const start = this.#at;
    if (start >= PLAIN_FROM && this.#open.kind !== 'fence') this.#plain(start);
    else if (!this.#midLine) this.#line(line, start, end);
    this.#at = end;
    this.#midLine = !line.endsWith('\n');
    this.#cutIfLong(end);
  }

  #plain(start: number): void {
    if (this.#open.kind === 'plain') return;
    this.#settle(start);
    this.#open = { kind: 'plain', continued: false };
  }

  /** Reads the beginning of a line; the open block ends before it, goes on, or ends with it. */
  #line(line: string, start: number, end: number): void {
    const open = this.#open;
    switch (open.kind) {
      case 'none':
        this.#begin(line, end);
        return;
      case 'plain':
        return;
      case 'fence':
        if (!isFenceEnd(line, open.fence)) return;
        this.#settle(end, start);
        return;
      case 'math':
      case 'html':
        if (open.end.test(line)) this.#settle(end);
        return;
      case 'indented':
        if (isBlank(line) || indentOf(line) >= 4) return;
        this.#settle(start);
        this.#begin(line, end);
        return;
      case 'paragraph':
        this.#paragraphLine(line, start, end);
        return;
      case 'table':
        this.#tableLine(open, line, start, end);
        return;
      case 'list':
        this.#listLine(open, line, start, end);
        return;
    }
  }

  #begin(line: string, end: number): void {
    if (isBlank(line)) return;
    const fence = fenceAt(line);
    if (fence) {
      // Blank lines before the fence belong to this block but not to its code.
      const codeStart = end - this.#blockStart;
      this.#open = { kind: 'fence', fence, codeStart, continued: false };
      return;
    }
    if (indentOf(line) >= 4) {
      this.#open = { kind: 'indented' };
      return;
    }
    if (isHeading(line) || isThematicBreak(line)) {
      this.#settle(end);
      return;
    }
    const marker = listMarkerAt(line);
    if (marker) {
      this.#open = {
        kind: 'list',
        marker: marker.type,
        content: marker.content,
        blank: false,
        nested: fenceAt(line.slice(marker.content)),
        continued: false,
      };
      return;
    }
    const bracket = MATH_START.exec(line);
    if (bracket) {
      const closes = MATH_END[bracket[1] === '$$' ? 'dollars' : 'bracket'];
      if (!closes.test(line.slice(bracket[0].length))) this.#open = { kind: 'math', end: closes };
      else this.#open = { kind: 'paragraph', continued: false };
      return;
    }
    const html = longHtmlEnd(line);
    if (html) {
      if (html.test(line)) this.#settle(end);
      else this.#open = { kind: 'html', end: html };
      return;
    }
    this.#open = line.includes('|')
      ? { kind: 'table', head: '', rows: 0, continued: false }
      : { kind: 'paragraph', continued: false };
  }

  #paragraphLine(line: string, start: number, end: number): void {
    if (isBlank(line)) {
      this.#settle(start);
      return;
    }
    if (!interruptsParagraph(line)) return;
    this.#settle(start);
    this.#begin(line, end);
  }

  #tableLine(
    open: Extract<Open, { kind: 'table' }>,
    line: string,
    start: number,
    end: number,
  ): void {
    if (isBlank(line)) {
      this.#settle(start);
      return;
    }
    if (open.head === '') {
      const head = this.#text.slice(this.#blockStart, end);
      if (isDelimiterRow(line)) this.#open = { ...open, head: detached(head.trimStart()) };
      else {
        this.#open = { kind: 'paragraph', continued: false };
        this.#paragraphLine(line, start, end);
      }
      return;
    }
    if (interruptsParagraph(line)) {
      this.#settle(start);
      this.#begin(line, end);
      return;
    }
    if (open.rows >= MOST_ROWS && start - this.#blockStart >= LONGEST_TABLE) {
      this.#settle(start);
      this.#open = { ...open, rows: 1, continued: true };
      return;
    }
    this.#open = { ...open, rows: open.rows + 1 };
  }

  #listLine(open: Extract<Open, { kind: 'list' }>, line: string, start: number, end: number): void {
    if (isBlank(line)) {
      if (!open.blank) this.#open = { ...open, blank: true };
      return;
    }
    const indent = indentOf(line);
    if (indent >= open.content) {
      const nested = open.nested
        ? isFenceEnd(line.slice(open.content), open.nested)
          ? null
          : open.nested
        : fenceAt(line.trimStart());
      this.#open = { ...open, blank: false, nested };
      return;
    }
    const marker = isThematicBreak(line) ? null : listMarkerAt(line);
    if (marker && marker.type === open.marker) {
      const next: Open = {
        ...open,
        content: marker.content,
        blank: false,
        nested: fenceAt(line.slice(marker.content)),
      };
      if (start - this.#blockStart >= LONGEST_LIST) {
        this.#settle(start);
        this.#open = { ...next, continued: true };
      } else this.#open = next;
      return;
    }
    if (!open.blank && !marker && !interruptsParagraph(line)) {
      this.#open = { ...open, nested: null };
      return;
    }
    this.#settle(start);
    this.#begin(line, end);
  }

  #cutIfLong(end: number): void {
    const open = this.#open;
    if (open.kind === 'fence' || end - this.#blockStart < LONGEST) return;
    if (open.kind === 'list' && end - this.#blockStart < 3 * LONGEST) return;
    if (open.kind === 'table' && end - this.#blockStart < 3 * LONGEST) return;
    this.#settle(end);
    if (open.kind === 'list' && open.nested && !this.#midLine) {
      this.#open = { kind: 'fence', fence: open.nested, codeStart: 0, continued: true };
    } else if (open.kind === 'paragraph' || this.#midLine) {
      this.#open = { kind: 'paragraph', continued: true };
    } else if (open.kind === 'plain') this.#open = { kind: 'plain', continued: true };
  }

  #settle(end: number, codeEnd: number | null = null): void {
    if (end === this.#blockStart) return;
    this.#push(this.#block(end, codeEnd));
    this.#blockStart = end;
    this.#open = NONE;
  }

  #push(block: Block): void {
    const definition = DEFINITION.exec(block.source);
    if (definition) this.#define(block.source);
    this.#group.push(this.#linked(block));
    if (!isFull(this.#group)) return;
    this.#full.push(this.#group);
    this.#group = [];
  }

  #block(end: number, codeEnd: number | null, open: Open = this.#open): Block {
    const source = detached(this.#text.slice(this.#blockStart, end));
    const block: Block = {
      kind: kindOf(open),
      source,
      before: open.kind === 'table' && open.continued ? open.head : '',
      definitions: '',
      continued: 'continued' in open && open.continued,
      language: open.kind === 'fence' ? open.fence.language : '',
      codeStart: open.kind === 'fence' ? open.codeStart : 0,
      codeEnd: codeEnd === null ? source.length : codeEnd - this.#blockStart,
    };
    return this.#linked(block);
  }

  /** Takes up the definitions of a block and hands them to the blocks before it that use them. */
  #define(source: string): void {
    const found = new Map<string, string>();
    for (const line of source.split('\n')) {
      const label = DEFINITION.exec(line)?.[1];
      if (label === undefined || this.#definitions.has(normal(label))) continue;
      found.set(normal(label), line);
      this.#definitions.set(normal(label), line);
    }
    if (found.size === 0) return;
    const relink = (block: Block) => this.#linked(block);
    for (const [index, group] of this.#full.entries()) {
      if (group.some((block) => uses(block, found))) this.#full[index] = group.map(relink);
    }
    this.#group = this.#group.map(relink);
  }

  #linked(block: Block): Block {
    if (block.kind !== 'markdown' || this.#definitions.size === 0) return block;
    const lines = labelsIn(block.source)
      .map((label) => this.#definitions.get(label))
      .filter((line) => line !== undefined);
    const definitions = [...new Set(lines)].join('\n');
    return definitions === block.definitions ? block : { ...block, definitions };
  }
}

function kindOf({ kind }: Open): Block['kind'] {
  if (kind === 'fence') return 'code';
  return kind === 'plain' ? 'plain' : 'markdown';
}

function uses(block: Block, found: ReadonlyMap<string, string>): boolean {
  return block.kind === 'markdown' && labelsIn(block.source).some((label) => found.has(label));
}
