/**
 * Signs of the scripts that are written without blanks between words: Han, the Japanese syllables, Bopomofo
 * and Hangul. As ranges of numbers, not as properties of Unicode: those grow with each version of V8, and
 * the index has to be told the same words when a text goes that it was told when it came.
 */
const SIGNS =
  '\\u1100-\\u11FF\\u2E80-\\u2FDF\\u3005-\\u3007\\u3021-\\u3029\\u3031-\\u3035\\u3038-\\u303C' +
  '\\u3041-\\u318F\\u31A0-\\u31BF\\u31F0-\\u31FF\\u3400-\\u4DBF\\u4E00-\\u9FFF\\uA960-\\uA97F' +
  '\\uAC00-\\uD7FF\\uF900-\\uFAFF\\uFF66-\\uFFDC\\u{1AFF0}-\\u{1B16F}\\u{20000}-\\u{3FFFF}';

const SIGN = new RegExp(`[${SIGNS}]`, 'u');
const EACH_SIGN = new RegExp(`[${SIGNS}]`, 'gu');

/** Whether a text has signs that are words by themselves in the index. */
export function hasSigns(text: string): boolean {
  return SIGN.test(text);
}

/**
 * A text as the index takes it apart: blanks around each sign of a script without blanks, so that each is a
 * word and a part of a sentence is a phrase. It stands in the schema as `search_words`, and all stores are
 * indexed by it: another way to take texts apart is a function of another name, and a migration.
 */
export function searchWords(text: string): string {
  return SIGN.test(text) ? text.replace(EACH_SIGN, ' $& ') : text;
}

/**
 * Takes the blanks out again that `searchWords` put in, also where one of `marks` was put between a sign and
 * its blank, and where the text was cut.
 */
export function withoutBlanks(text: string, marks = ''): string {
  const mark = marks === '' ? '()' : `([${marks}]?)`;
  return text.replace(new RegExp(` ?${mark}([${SIGNS}])${mark} ?`, 'gu'), '$1$2$3');
}

/** Letters, digits and private signs, and the marks that go on with a word: as the index takes a text apart. */
const LETTER = '[\\p{L}\\p{N}\\p{Co}]';
const MORE = '(?:[\\p{L}\\p{N}\\p{Co}]|[\\u0300-\\u036f])*';
const WORD = new RegExp(`${LETTER}${MORE}`, 'gu');
const WORD_OR_SIGN = new RegExp(
  `(?=[${SIGNS}])${LETTER}|${LETTER}(?:(?![${SIGNS}])(?:${LETTER}|[\\u0300-\\u036f]))*`,
  'gu',
);

/** The words of a text as the index has them, with their places: a sign of a script without blanks is one. */
export function wordsIn(text: string): IterableIterator<RegExpExecArray> {
  return text.matchAll(SIGN.test(text) ? WORD_OR_SIGN : WORD);
}

/** The words of a text without such signs. */
export function allWordsIn(text: string): readonly string[] {
  return text.match(WORD) ?? [];
}

const ENDS_WITH_SIGN = new RegExp(`[${SIGNS}][^\\p{L}\\p{N}\\p{Co}]*$`, 'u');

/** Whether the last word of a text may go on while it is written: a sign is whole at once. */
export function canGoOn(text: string): boolean {
  return !ENDS_WITH_SIGN.test(text);
}
