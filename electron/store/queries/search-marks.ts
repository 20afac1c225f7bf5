import type { SearchHit } from '../../../shared/contract/search';
import type { SearchWord } from '../../../shared/search-query';
import { allWordsIn, hasSigns, wordsIn } from '../search-words';

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

const MARKS = /[\u0300-\u036f]/g;
const BEYOND_ASCII = /[^\s!-~]/;

/**
 * How many words an excerpt has, how many where single signs are words, how many of them stand before the
 * first hit, and the longest of them.
 */
export const EXCERPT_WORDS = 24;
export const EXCERPT_SIGNS = 48;
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
  const hits = hitsIn(tokens, phrasesOf(words)).slice(0, MOST_HITS);
  const most = hasSigns(text) ? EXCERPT_SIGNS : EXCERPT_WORDS;
  const best = bestOf(hits, most);
  if (best === undefined) return null;
  const spare = Math.max(0, tokens.length - most);
  const first = Math.min(spare, Math.max(0, best.at - LEADING_WORDS));
  const last = Math.min(tokens.length, first + most) - 1;
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

/** How often each of the words that are looked for stands in a text, and how many words the text has. */
export interface WordCounts {
  readonly times: readonly number[];
  readonly length: number;
}

/** Counts words in texts as the index has them. */
export function wordCounter(words: readonly SearchWord[]): (text: string) => WordCounts {
  const phrases = words.map(phraseOf);
  return (text) => {
    const said = foldedWordsIn(text);
    return { times: phrases.map((phrase) => placesOf(said, phrase).length), length: said.length };
  };
}

interface Hit {
  /** The number of its first token, and how many there are. */
  readonly at: number;
  readonly length: number;
  readonly phrase: number;
}

/** Where the most different phrases begin within the length of an excerpt; the first such place. */
function bestOf(hits: readonly Hit[], most: number): Hit | undefined {
  const [first] = hits;
  if (hits.every(({ phrase }) => phrase === first?.phrase)) return first;
  let best: Hit | undefined;
  let found = 0;
  for (const hit of hits) {
    const near = hits.filter(({ at }) => at >= hit.at && at < hit.at + most);
    const different = new Set(near.map(({ phrase }) => phrase)).size;
    if (different > found) {
      found = different;
      best = hit;
    }
  }
  return best;
}

/** Every place where one of the phrases stands, in the order of the text; they may overlap. */
function hitsIn(tokens: readonly Token[], phrases: readonly Phrase[]): Hit[] {
  const said = tokens.map(({ word }) => word);
  const hits = phrases.flatMap((phrase, number) =>
    placesOf(said, phrase).map((at) => ({ at, length: phrase.words.length, phrase: number })),
  );
  return phrases.length > 1 ? hits.sort((one, other) => one.at - other.at) : hits;
}

/** The numbers of the words at which a phrase begins. */
function placesOf(said: readonly string[], { words, open }: Phrase): number[] {
  const [first] = words;
  if (first === undefined) return [];
  const last = words.length - 1;
  const places: number[] = [];
  const isLast = (word: string | undefined) =>
    open ? word?.startsWith(words[last] ?? '') === true : word === words[last];
  for (let at = 0; at < said.length - last; at += 1) {
    if (last > 0 && said[at] !== first) continue;
    if (!isLast(said[at + last])) continue;
    let same = 1;
    while (same < last && said[at + same] === words[same]) same += 1;
    if (same >= last) places.push(at);
  }
  return places;
}

function phrasesOf(words: readonly SearchWord[]): Phrase[] {
  return words.map(phraseOf).filter((phrase) => phrase.words.length > 0);
}

function phraseOf({ text, open }: SearchWord): Phrase {
  return { words: tokensOf(text).map(({ word }) => word), open };
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (const found of wordsIn(text)) {
    const [word] = found;
    tokens.push({ word: folded(word), start: found.index, end: found.index + word.length });
  }
  return tokens;
}

/** The words without their places; many at once, where texts are only counted. */
function foldedWordsIn(text: string): readonly string[] {
  if (hasSigns(text)) return Array.from(wordsIn(text), ([word]) => folded(word));
  const small = text.toLowerCase();
  const plain = BEYOND_ASCII.test(small) ? small.normalize('NFD').replace(MARKS, '') : small;
  return allWordsIn(plain);
}

/** Without capitals and marks, as the index has a word; it takes no sign apart. */
function folded(word: string): string {
  const small = word.toLowerCase();
  if (!BEYOND_ASCII.test(small) || hasSigns(small)) return small;
  return small.normalize('NFD').replace(MARKS, '');
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
    if (to <= at) return;
    const before = parts.at(-1);
    const said = text.slice(at, to);
    // Hits that touch or overlap are one.
    if (before?.hit && hit) parts[parts.length - 1] = { text: before.text + said, hit };
    else parts.push({ text: said, hit });
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
