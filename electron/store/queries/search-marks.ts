import type { SearchHit } from '../../../shared/contract/search';
import type { SearchWord } from '../../../shared/search-query';

type Part = SearchHit['excerpt'][number];

/** A word of a text as the index sees it, and where it stands. */
interface Token {
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

/** What is looked for: words that follow each other, the last of which may go on. */
interface Phrase {
  readonly words: readonly string[];
  readonly open: boolean;
}

/** Letters, digits, private signs, and the marks that are put on letters: as the index takes a text apart. */
const WORD = /(?:[\p{L}\p{N}\p{Co}]|[\u0300-\u036f])+/gu;
const MARKS = /[\u0300-\u036f]/g;
const BEYOND_ASCII = /[^!-~]/;

/** How many words an excerpt has, how many of them stand before the first hit, and the longest of them. */
const EXCERPT_WORDS = 24;
const LEADING_WORDS = 6;
const LONGEST_WORD = 200;

/** More hits than this tell nothing new of where an excerpt is best. */
const MOST_HITS = 40;

/** A text with every hit marked; null where there is none. */
export function markedText(text: string, words: readonly SearchWord[]): Part[] | null {
  const tokens = tokensOf(text);
  const hits = hitsIn(tokens, phrasesOf(words));
  return hits.length === 0 ? null : partsBetween(text, tokens, hits, 0, text.length);
}

/** So many words around where most of what is looked for stands together; null where nothing of it does. */
export function markedExcerpt(text: string, words: readonly SearchWord[]): Part[] | null {
  const tokens = tokensOf(text);
  const phrases = phrasesOf(words);
  const hits = hitsIn(tokens, phrases).slice(0, MOST_HITS);
  const best = bestOf(hits);
  if (best === undefined) return null;
  const spare = Math.max(0, tokens.length - EXCERPT_WORDS);
  const first = Math.min(spare, Math.max(0, best.at - LEADING_WORDS));
  const last = Math.min(tokens.length, first + EXCERPT_WORDS) - 1;
  const start = first === 0 ? 0 : (tokens[first]?.start ?? 0);
  const end = last === tokens.length - 1 ? text.length : (tokens[last]?.end ?? text.length);
  const shown = hits.filter(({ at, length }) => at >= first && at + length - 1 <= last);
  const parts = partsBetween(text, tokens, shown, start, end);
  const [head, tail] = [parts[0], parts.at(-1)];
  return parts.map((part) => ({
    ...part,
    text: shortened(part, {
      before: start > 0 && part === head,
      after: end < text.length && part === tail,
      isFirst: part === head,
    }),
  }));
}

interface Hit {
  /** The number of its first token, and how many there are. */
  readonly at: number;
  readonly length: number;
  readonly phrase: number;
}

/** Where the most different phrases begin within the length of an excerpt; the first such place. */
function bestOf(hits: readonly Hit[]): Hit | undefined {
  const [first] = hits;
  if (hits.every(({ phrase }) => phrase === first?.phrase)) return first;
  let best: Hit | undefined;
  let most = 0;
  for (const hit of hits) {
    const near = hits.filter(({ at }) => at >= hit.at && at < hit.at + EXCERPT_WORDS);
    const different = new Set(near.map(({ phrase }) => phrase)).size;
    if (different > most) {
      most = different;
      best = hit;
    }
  }
  return best;
}

function hitsIn(tokens: readonly Token[], phrases: readonly Phrase[]): Hit[] {
  const hits: Hit[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const phrase = phrases.findIndex((one) => begins(tokens, at, one));
    const found = phrases[phrase];
    if (!found) continue;
    hits.push({ at, length: found.words.length, phrase });
    at += found.words.length - 1;
  }
  return hits;
}

function begins(tokens: readonly Token[], at: number, { words, open }: Phrase): boolean {
  return words.every((word, index) => {
    const token = tokens[at + index]?.word;
    if (token === undefined) return false;
    return open && index === words.length - 1 ? token.startsWith(word) : token === word;
  });
}

function phrasesOf(words: readonly SearchWord[]): Phrase[] {
  return words
    .map(({ text, open }) => ({ words: tokensOf(text).map(({ word }) => word), open }))
    .filter((phrase) => phrase.words.length > 0);
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (const found of text.matchAll(WORD)) {
    const [word] = found;
    tokens.push({ word: folded(word), start: found.index, end: found.index + word.length });
  }
  return tokens;
}

/** Without capitals and marks, as the index has a word. */
function folded(word: string): string {
  const small = word.toLowerCase();
  return BEYOND_ASCII.test(small) ? small.normalize('NFD').replace(MARKS, '') : small;
}

function partsBetween(
  text: string,
  tokens: readonly Token[],
  hits: readonly Hit[],
  start: number,
  end: number,
): Part[] {
  const parts: Part[] = [];
  let at = start;
  const put = (to: number, hit: boolean) => {
    if (to > at) parts.push({ text: text.slice(at, to), hit });
    at = to;
  };
  for (const hit of hits) {
    put(tokens[hit.at]?.start ?? at, false);
    put(tokens[hit.at + hit.length - 1]?.end ?? at, true);
  }
  put(end, false);
  return parts;
}

/** A word may be as long as a message; what leads up to a hit keeps its end. */
function shortened(
  { text, hit }: Part,
  { before, after, isFirst }: { before: boolean; after: boolean; isFirst: boolean },
): string {
  const long = text.length > LONGEST_WORD;
  const kept = !long
    ? text
    : isFirst && !hit
      ? text.slice(-LONGEST_WORD)
      : text.slice(0, LONGEST_WORD);
  const cutAtStart = before || (long && isFirst && !hit);
  const cutAtEnd = after || (long && !(isFirst && !hit));
  return `${cutAtStart ? '…' : ''}${kept}${cutAtEnd ? '…' : ''}`;
}
