import type { SearchHit, SearchOrder } from '../../../shared/contract/search';
import { messageId } from '../../../shared/ids';
import type { ReadDb } from '../connection';
import { hasSigns, withoutBlanks } from '../search-words';
import { statement } from '../statement';
import { SUMMARY_COLUMNS, type SummaryRow, summariesOf } from './conversation-list';
import { byFilters, byWords, type Found, matchOf, settled } from './search-found';
import { EXCERPT_SIGNS, EXCERPT_WORDS, markedExcerpt, markedText } from './search-marks';
import { byRelevance } from './search-relevance';
import {
  type Conditions,
  conditionsOf,
  indexQuery,
  messageCondition,
  type StoreQuery,
} from './search-terms';

/**
 * One page of the conversations that fit, without the trash: the newest first, of which it reads only as far
 * as the page needs, or the most relevant first (`byRelevance`). Without words none is more relevant.
 */
export function findConversations(
  db: ReadDb,
  asked: StoreQuery,
  offset: number,
  limit: number,
  order: SearchOrder = 'newest',
): { hits: SearchHit[]; more: boolean } {
  if (asked.words.length + asked.without.length + asked.filters.length === 0) {
    return { hits: [], more: false };
  }
  const query = { ...asked, words: asked.words.map((word) => settled(db, word)) };
  const conditions = conditionsOf(query);
  const seen = new Set<number>();
  const page: Found[] = [];
  const ordered = order === 'relevance' ? byRelevance : byWords;
  for (const found of query.words.length > 0
    ? ordered(db, query, conditions)
    : byFilters(db, query, conditions)) {
    if (seen.has(found.conversation_id)) continue;
    seen.add(found.conversation_id);
    if (seen.size > offset) page.push(found);
    if (page.length > limit) break;
  }
  const hits = hitsOf(db, query, conditions, page.slice(0, limit));
  return { hits, more: page.length > limit };
}

/** What is shown of those that were found, in as many statements for a page as for one. */
function hitsOf(
  db: ReadDb,
  query: StoreQuery,
  conditions: Conditions,
  page: readonly Found[],
): SearchHit[] {
  const rows = statement<SummaryRow>(
    db,
    `SELECT ${SUMMARY_COLUMNS} FROM conversation WHERE id IN (SELECT value FROM json_each(?))`,
  ).all(JSON.stringify(page.map((found) => found.conversation_id)));
  const summaries = new Map(summariesOf(db, rows).map((summary) => [Number(summary.id), summary]));
  const newest = newestIn(db, query, conditions);
  const chosen = page.map((found) => ({
    ...found,
    message: found.message_id ?? newest(found.conversation_id),
  }));
  const said = saidIn(
    db,
    chosen.flatMap(({ message }) => message ?? []),
  );
  return chosen.flatMap(({ conversation_id, message, at }) => {
    const summary = summaries.get(conversation_id);
    if (!summary) return [];
    const { id, title, total, tags } = summary;
    const words = message === null ? undefined : said.get(message);
    return {
      conversationId: id,
      title: markedText(title, query.words) ?? [{ text: title, hit: false }],
      messageId: message === null ? null : messageId.parse(message),
      role: words?.role ?? null,
      excerpt: message === null || !words ? [] : excerptOf(db, query, message, words.text),
      at,
      total,
      tags,
    };
  });
}

interface Said {
  readonly role: SearchHit['role'];
  /** Null where it is too long to be looked through here, or nothing. */
  readonly text: string | null;
}

/** A text that is longer is left to the index. */
const LONG_TEXT = 20_000;

function saidIn(db: ReadDb, messages: readonly number[]): Map<number, Said> {
  const rows = statement<Said & { readonly id: number }>(
    db,
    `SELECT message.id, role, iif(length(said.text) > ${LONG_TEXT}, NULL, said.text) AS text
     FROM json_each(?) AS wanted JOIN message ON message.id = wanted.value
     LEFT JOIN message_said AS said ON said.id = message.id`,
  ).all(JSON.stringify(messages));
  return new Map(rows.map(({ id, ...words }) => [id, words]));
}

/** After so many hits in other conversations it is no longer looked for one in this. */
const STRANGERS = 1_000;

/** Finds the newest fitting message of a conversation that was found by its title; null where none is near. */
function newestIn(
  db: ReadDb,
  query: StoreQuery,
  conditions: Conditions,
): (conversation: number) => number | null {
  if (query.words.length === 0) return () => null;
  const extent = statement<{ first: number | null; last: number | null }>(
    db,
    'SELECT min(id) AS first, max(id) AS last FROM message WHERE conversation_id = ?',
  );
  const fits = messageCondition(conditions);
  const rows = db.prepare<unknown[], { id: number; conversation_id: number }>(
    `SELECT message.id, conversation_id
     FROM message_fts CROSS JOIN message ON message.id = message_fts.rowid
     WHERE message_fts MATCH ? AND message_fts.rowid BETWEEN CAST(? AS INTEGER) AND CAST(? AS INTEGER)
       AND ${fits.sql} ORDER BY message_fts.rowid DESC`,
  );
  const match = matchOf(query);
  return (conversation) => {
    const within = extent.get(conversation);
    let strangers = 0;
    for (const row of rows.iterate(match, within?.first, within?.last, ...fits.values)) {
      if (row.conversation_id === conversation) return row.id;
      strangers += 1;
      if (strangers === STRANGERS) return null;
    }
    return null;
  };
}

type ExcerptPart = SearchHit['excerpt'][number];

/** What the index puts around a hit; of the private use area, so that hardly a text has them. */
const OPEN = '\uE0F0';
const CLOSE = '\uE0F1';

/** How many characters a stretch of an excerpt has. */
const EXCERPT_LENGTH = 200;

function excerptOf(
  db: ReadDb,
  { words }: StoreQuery,
  id: number,
  text: string | null,
): ExcerptPart[] {
  if (text !== null) {
    const marked = words.length === 0 ? null : markedExcerpt(text, words);
    if (marked) return marked;
  }
  if (words.length > 0) {
    const most = words.some((word) => hasSigns(word.text)) ? EXCERPT_SIGNS : EXCERPT_WORDS;
    const marked = statement<{ marked: string }>(
      db,
      `SELECT snippet(message_fts, 0, '${OPEN}', '${CLOSE}', '…', ?) AS marked
       FROM message_fts WHERE message_fts MATCH ? AND rowid = CAST(? AS INTEGER)`,
    ).get(most, indexQuery(words), id);
    if (marked) return partsOf(withoutBlanks(marked.marked, OPEN + CLOSE)).map(shortened);
  }
  const start = statement<{ text: string }>(
    db,
    `SELECT substr(text, 1, ${EXCERPT_LENGTH}) AS text FROM message_said WHERE id = ?`,
  ).get(id);
  return start ? [{ text: start.text, hit: false }] : [];
}

function partsOf(marked: string): ExcerptPart[] {
  return marked
    .split(new RegExp(`[${OPEN}${CLOSE}]`))
    .map((text, at) => ({ text, hit: at % 2 === 1 }))
    .filter(({ text }) => text !== '');
}

/** A word may be as long as a message; what leads up to a hit keeps its end. */
function shortened(part: ExcerptPart, at: number): ExcerptPart {
  const { text, hit } = part;
  if (text.length <= EXCERPT_LENGTH) return part;
  if (at === 0 && !hit) return { text: `…${text.slice(-EXCERPT_LENGTH)}`, hit };
  return { text: `${text.slice(0, EXCERPT_LENGTH)}…`, hit };
}
