/**
 * The simulator's own token rule: up to seven letters with the space before them, up to three
 * digits, up to three other characters, or white space make one token. That is near four characters
 * per token for English, and "Why is the sky blue?" has six, as with the real thing.
 */
const TOKEN =
  /(?: ?[\p{L}\p{M}'’]{1,7})|(?: ?\p{N}{1,3})|(?: ?[^\s\p{L}\p{M}\p{N}]{1,3})|\s{1,8}/gu;

/** Texts longer than this are counted at four characters per token, to answer without delay. */
const LONGEST_COUNTED_TEXT = 200_000;

/** What each message costs beside its words, and what the whole request costs beside its messages. */
const TOKENS_PER_MESSAGE = 4;
const TOKENS_PER_REQUEST = 3;

/** The tokens of a text, in order; joined they give the text again. */
export function* tokensOf(text: string): Generator<string> {
  for (const match of text.matchAll(TOKEN)) yield match[0];
}

/** How many tokens a text has. */
function countTokens(text: string): number {
  if (text.length > LONGEST_COUNTED_TEXT) return Math.ceil(text.length / 4);
  let count = 0;
  for (const _token of tokensOf(text)) count += 1;
  return count;
}

/**
 * How many tokens the messages of a request have. The guide's example, one user message of
 * "Why is the sky blue?", has 13: six in the text and seven around it.
 */
export function countPromptTokens(texts: readonly string[]): number {
  let count = TOKENS_PER_REQUEST;
  for (const text of texts) count += TOKENS_PER_MESSAGE + countTokens(text);
  return count;
}

/** A piece of an answer as it travels in one chunk. */
export interface Piece {
  readonly text: string;
  readonly tokens: number;
}

/**
 * An answer in pieces of one to three tokens, the way servers send it. The pattern of sizes is fixed,
 * so the same text is always cut in the same places.
 */
export function* piecesOf(text: string): Generator<Piece> {
  let piece = '';
  let tokens = 0;
  let size = 1;
  let count = 0;
  for (const token of tokensOf(text)) {
    piece += token;
    tokens += 1;
    if (tokens < size) continue;
    yield { text: piece, tokens };
    piece = '';
    tokens = 0;
    count += 1;
    size = 1 + ((count * 7 + (count >> 2)) % 3);
  }
  if (tokens > 0) yield { text: piece, tokens };
}
