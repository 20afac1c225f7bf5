/** How many different words there are. */
const WORDS = 30_000;

const HEADS = [
  'b',
  'br',
  'c',
  'd',
  'f',
  'g',
  'gr',
  'h',
  'k',
  'l',
  'm',
  'n',
  'p',
  'qu',
  'r',
  's',
  'st',
  't',
  'v',
  'w',
];
const VOWELS = ['a', 'e', 'i', 'o', 'u', 'ai', 'ea', 'ou', 'ä', 'é', 'ö', 'ü'];
const TAILS = ['', '', 'n', 'r', 's', 't', 'l', 'm', 'nd', 'st', 'ng', 'ck'];

/** What some messages have beside their words, as messages do. */
const EXTRAS = [
  '天空为什么是蓝色的？因为空气散射蓝光。',
  'この海はなぜ青いのですか。光の散乱のためです。',
  '`const total = rows.reduce((sum, row) => sum + row.cost, 0n);`',
  'Straße, Fußgängerübergang und Größenordnung',
  'https://example.org/a/b?c=d#e',
];

/** A word by its rank: the first is the most frequent. */
export function wordAt(rank: number): string {
  let left = rank + 1;
  let word = '';
  do {
    word += HEADS[left % HEADS.length] ?? '';
    left = Math.floor(left / HEADS.length);
    word += VOWELS[left % VOWELS.length] ?? '';
    left = Math.floor(left / VOWELS.length);
    word += TAILS[left % TAILS.length] ?? '';
    left = Math.floor(left / TAILS.length);
  } while (left > 0);
  return word;
}

const VOCABULARY = Array.from({ length: WORDS }, (_, rank) => wordAt(rank));

/** A number from 0 to 1 that looks random and is the same for the same seed. */
function chance(seed: number): number {
  let hash = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

/** A word as it occurs in texts: one of rank r as often as one in r. */
export function wordOf(seed: number): string {
  const rank = Math.floor(WORDS ** chance(seed)) - 1;
  return VOCABULARY[rank] ?? '';
}

/** A text of twenty to a hundred words, sixty on average. */
export function wordsOf(seed: number): string {
  const length = 20 + Math.floor(chance(seed * 7 + 3) * 81);
  const words: string[] = [];
  for (let at = 0; at < length; at += 1) {
    words.push(wordOf(seed * 131 + at * 17));
    if (at % 11 === 10) words[words.length - 1] += '.';
  }
  const extra = seed % 20 === 0 ? EXTRAS[(seed / 20) % EXTRAS.length] : undefined;
  return extra === undefined ? words.join(' ') : `${words.join(' ')} ${extra}`;
}
