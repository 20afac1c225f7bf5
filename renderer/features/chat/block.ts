import type { Fence } from './block-lines';

/**
 * A stretch of an answer that is parsed and drawn on its own. The sources of all blocks, joined, are
 * the answer's text, character for character.
 */
export interface Block {
  /** Plain text is shown as it was written: what follows where a text has become very long. */
  readonly kind: 'markdown' | 'code' | 'plain';
  readonly source: string;
  /** Markdown to parse before the source: the head of a long table whose rows go on here. */
  readonly before: string;
  /** Link definitions from elsewhere in the answer that this block uses. */
  readonly definitions: string;
  /** Goes on where the block before it had to be cut; there is no gap between the two. */
  readonly continued: boolean;
  /** For code: its language, and where between the fences it stands in `source`. */
  readonly language: string;
  readonly codeStart: number;
  readonly codeEnd: number;
}

/** A text divided into blocks: the last of `settled` has ended, `tail` may still grow. */
export interface Split {
  readonly text: string;
  /** In groups: one that is full never changes its identity. */
  readonly settled: readonly (readonly Block[])[];
  readonly tail: Block | null;
  readonly definitions: ReadonlyMap<string, string>;
  readonly scan: Scan;
}

/** Where the reading of the text stands. */
export interface Scan {
  readonly blockStart: number;
  readonly lineStart: number;
  /** The next segment goes on in the middle of a line. */
  readonly midLine: boolean;
  readonly open: Open;
}

/** What the reader is in the middle of. */
export type Open =
  | { readonly kind: 'none' }
  | { readonly kind: 'paragraph'; readonly continued: boolean }
  | { readonly kind: 'indented' }
  | { readonly kind: 'plain'; readonly continued: boolean }
  | { readonly kind: 'html'; readonly end: RegExp }
  | { readonly kind: 'math'; readonly end: RegExp }
  | {
      readonly kind: 'table';
      /** The head's two rows; empty until the second has been seen. */
      readonly head: string;
      readonly rows: number;
      readonly continued: boolean;
    }
  | {
      readonly kind: 'list';
      readonly marker: string;
      readonly content: number;
      readonly blank: boolean;
      readonly nested: Fence | null;
      readonly continued: boolean;
    }
  | {
      readonly kind: 'fence';
      readonly fence: Fence;
      readonly codeStart: number;
      readonly continued: boolean;
    };

export const NONE: Open = { kind: 'none' };

export const EMPTY_SPLIT: Split = {
  text: '',
  settled: [],
  tail: null,
  definitions: new Map(),
  scan: { blockStart: 0, lineStart: 0, midLine: false, open: NONE },
};
