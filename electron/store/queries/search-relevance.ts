import type { ReadDb } from '../connection';
import { statement } from '../statement';
import {
  byWords,
  type Found,
  type FoundMessage,
  inMessages,
  inTitles,
  messagesWith,
} from './search-found';
import { type WordCounts, wordCounter } from './search-marks';
import type { Conditions, StoreQuery } from './search-terms';

/** So many of the newest messages and titles with the words are weighed, as far as they fit. */
const MESSAGES = 1_000;
const TITLES = 200;

/** Of messages that are long together no more are weighed than have so many letters. */
const ALL_LETTERS = 800_000;

/** Of a longer text its beginning is weighed. */
const WEIGHED_LETTERS = 10_000;

/** What a title says of its conversation, beside what a message says. */
const TITLE_WEIGHT = 2;

/**
 * What has the words, the most relevant first: of the newest 1,000 messages (fewer where they are
 * long) and 200 titles, each conversation by its best message and its title. What is older follows, the
 * newest first. SQLite's own bm25() counts each word in the whole index before it weighs one message, which a
 * million messages make slow; so this weighs by what it has read, and takes as long however many there are.
 */
export function* byRelevance(
  db: ReadDb,
  query: StoreQuery,
  conditions: Conditions,
): Generator<Found> {
  const count = wordCounter(query.words);
  const rarities = raritiesOf(db, query);
  const messages = weighed(
    textsOf(db, [...inMessages(db, query, conditions, MESSAGES)]),
    count,
    rarities,
  );
  const titles = weighed(
    titlesOf(db, first(inTitles(db, query, conditions), TITLES)),
    count,
    rarities,
  );
  const best = new Map<number, Weighed>();
  for (const one of messages) {
    const other = best.get(one.found.conversation_id);
    if (!other || byWeight(one, other) < 0) best.set(one.found.conversation_id, one);
  }
  for (const { found, weight } of titles) {
    const said = best.get(found.conversation_id) ?? { found, weight: 0 };
    best.set(found.conversation_id, {
      found: said.found,
      weight: said.weight + TITLE_WEIGHT * weight,
    });
  }
  for (const { found } of [...best.values()].sort(byWeight)) yield found;
  yield* byWords(db, query, conditions);
}

interface Text {
  readonly found: Found;
  readonly text: string;
}

interface Weighed {
  readonly found: Found;
  readonly weight: number;
}

function byWeight(one: Weighed, other: Weighed): number {
  return (
    other.weight - one.weight ||
    other.found.at - one.found.at ||
    other.found.conversation_id - one.found.conversation_id ||
    (other.found.message_id ?? 0) - (one.found.message_id ?? 0)
  );
}

function weighed(
  texts: Iterable<Text>,
  count: (text: string) => WordCounts,
  rarities: readonly number[],
): Weighed[] {
  const counted = Array.from(texts, ({ found, text }) => ({ found, ...count(text) }));
  const words = counted.reduce((sum, { length }) => sum + length, 0);
  const average = words / counted.length;
  return counted.map(({ found, ...counts }) => ({
    found,
    weight: weightOf(counts, average, rarities),
  }));
}

/** How soon further hits in one text add little, and how much a long text is held against it: as SQLite has it. */
const SATURATION = 1.2;
const LENGTH_SHARE = 0.75;

/**
 * The weight of a text by BM25: more where a word stands more often, less the longer the text is beside the
 * `average`, and rare words more than frequent ones. Never below zero.
 */
export function weightOf(
  { times, length }: WordCounts,
  average: number,
  rarities: readonly number[],
): number {
  const relative = average > 0 ? length / average : 1;
  const long = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * relative);
  return times.reduce((sum, hits, at) => {
    const share = hits === 0 ? 0 : (hits * (SATURATION + 1)) / (hits + long);
    return sum + (rarities[at] ?? 1) * share;
  }, 0);
}

/** How rare each word is. One is as rare as any; words that are in thousands of messages are alike. */
function raritiesOf(db: ReadDb, { words }: StoreQuery): number[] {
  if (words.length < 2) return [];
  const all = statement<{ last: number | null }>(db, 'SELECT max(id) AS last FROM message').get();
  return words.map((word) => rarityOf(messagesWith(db, word), all?.last ?? 0));
}

/** Of a word that is in `having` of `all` texts. */
export function rarityOf(having: number, all: number): number {
  return Math.log(1 + (Math.max(0, all - having) + 0.5) / (having + 0.5));
}

function first<Of>(all: Iterable<Of>, most: number): Of[] {
  const taken: Of[] = [];
  for (const one of all) {
    taken.push(one);
    if (taken.length === most) break;
  }
  return taken;
}

/** The texts of messages, until they are too long together. */
function* textsOf(db: ReadDb, messages: readonly FoundMessage[]): Generator<Text> {
  const rows = statement<{ at: number; text: string }>(
    db,
    `SELECT wanted.key AS at, substr(said.text, 1, ${WEIGHED_LETTERS}) AS text
     FROM json_each(?) AS wanted CROSS JOIN message_said AS said ON said.id = wanted.value
     ORDER BY wanted.key`,
  );
  let letters = 0;
  const ids = JSON.stringify(messages.map(({ message_id }) => message_id));
  for (const { at, text } of rows.iterate(ids)) {
    const found = messages[at];
    if (found) yield { found, text };
    letters += text.length;
    if (letters > ALL_LETTERS) return;
  }
}

function titlesOf(db: ReadDb, titles: readonly Found[]): Text[] {
  const byId = new Map(titles.map((found) => [found.conversation_id, found]));
  return statement<{ id: number; title: string }>(
    db,
    'SELECT id, title FROM conversation WHERE id IN (SELECT value FROM json_each(?))',
  )
    .all(JSON.stringify([...byId.keys()]))
    .flatMap(({ id, title }) => {
      const found = byId.get(id);
      return found ? [{ found, text: title }] : [];
    });
}
