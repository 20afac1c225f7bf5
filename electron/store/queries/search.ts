import type { SearchHit } from '../../../shared/contract/search';
import { messageId } from '../../../shared/ids';
import type { SearchWord } from '../../../shared/search-query';
import type { ReadDb } from '../connection';
import { statement } from '../statement';
import { SUMMARY_COLUMNS, type SummaryRow, summariesOf } from './conversation-list';
import {
  all,
  type Condition,
  type Conditions,
  conditionsOf,
  conversationCondition,
  indexQuery,
  messageCondition,
  type StoreQuery,
} from './search-terms';

/** A conversation that fits, with its newest message that does. */
interface Found {
  readonly conversation_id: number;
  readonly message_id: number | null;
  readonly at: number;
}

/**
 * One page of the conversations that fit, the newest first, without the trash. Reads only as far as the
 * page needs: the index gives the newest messages first.
 */
export function findConversations(
  db: ReadDb,
  asked: StoreQuery,
  offset: number,
  limit: number,
): { hits: SearchHit[]; more: boolean } {
  if (asked.words.length + asked.without.length + asked.filters.length === 0) {
    return { hits: [], more: false };
  }
  const query = { ...asked, words: asked.words.map((word) => settled(db, word)) };
  const conditions = conditionsOf(query);
  const seen = new Set<number>();
  const page: Found[] = [];
  for (const found of query.words.length > 0
    ? byWords(db, query, conditions)
    : byFilters(db, query, conditions)) {
    if (seen.has(found.conversation_id)) continue;
    seen.add(found.conversation_id);
    if (seen.size > offset) page.push(found);
    if (page.length > limit) break;
  }
  const hits = page.slice(0, limit).flatMap((found) => hitOf(db, query, conditions, found));
  return { hits, more: page.length > limit };
}

/** Up to this many letters the index has what begins with them ready. */
const READY_LETTERS = 4;

/** In so many messages a word is common, and meant as it is. */
const COMMON = 5_000;

/**
 * A long word that is common and may still go on is taken for whole: to put together all that begins with
 * it would take longer than to write on.
 */
function settled(db: ReadDb, word: SearchWord): SearchWord {
  if (!word.open || Array.from(word.text).length <= READY_LETTERS) return word;
  const whole = { ...word, open: false };
  const row = statement<{ count: number }>(
    db,
    `SELECT count(*) AS count FROM (
       SELECT 1 FROM message_fts WHERE message_fts MATCH ? LIMIT ${COMMON})`,
  ).get(indexQuery([whole]));
  return row?.count === COMMON ? whole : word;
}

function* byWords(db: ReadDb, query: StoreQuery, conditions: Conditions): Generator<Found> {
  const match = matchOf(query);
  const conversation = conversationCondition(conditions);
  const message = messageCondition(conditions);
  const inMessages = db.prepare<unknown[], Found>(
    `SELECT message.id AS message_id, conversation_id, message.created_at AS at
     FROM message_fts CROSS JOIN message ON message.id = message_fts.rowid
     CROSS JOIN conversation ON conversation.id = message.conversation_id
     WHERE message_fts MATCH ? AND ${message.sql} AND ${conversation.sql}
     ORDER BY message_fts.rowid DESC`,
  );
  const inTitles = db.prepare<unknown[], Found>(
    `SELECT conversation.id AS conversation_id, NULL AS message_id, updated_at AS at
     FROM conversation_fts CROSS JOIN conversation ON conversation.id = conversation_fts.rowid
     WHERE conversation_fts MATCH ? AND ${conversation.sql}
     ORDER BY updated_at DESC, conversation.id DESC`,
  );
  yield* newestFirst(
    inMessages.iterate(match, ...message.values, ...conversation.values),
    // A title has neither a role nor a time nor a content to fit.
    conditions.message.length + conditions.noRun.length > 0
      ? []
      : inTitles.iterate(match, ...conversation.values),
  );
}

/** Without a word to look for, the conversations are gone through, the last used first. */
function* byFilters(db: ReadDb, query: StoreQuery, conditions: Conditions): Generator<Found> {
  const conversation = all([
    conversationCondition(conditions),
    ...(query.without.length > 0 ? [saysNowhere(query.without)] : []),
  ]);
  const { message, run, noRun } = conditions;
  const ofMessages = message.length + run.length + noRun.length > 0;
  const newest = ofMessages ? newestMessage(conditions, null) : { sql: 'NULL', values: [] };
  const rows = db.prepare<unknown[], Found>(
    `SELECT conversation.id AS conversation_id, updated_at AS at, ${newest.sql} AS message_id
     FROM conversation WHERE ${conversation.sql} ORDER BY updated_at DESC, conversation.id DESC`,
  );
  for (const found of rows.iterate(...newest.values, ...conversation.values)) {
    if (!ofMessages || found.message_id !== null) yield found;
  }
}

/** Neither a message nor the title has one of the words. */
function saysNowhere(words: readonly SearchWord[]): Condition {
  const match = indexQuery(words, 'OR');
  return {
    sql: `conversation.id NOT IN (
        SELECT conversation_id FROM message_fts CROSS JOIN message ON message.id = message_fts.rowid
        WHERE message_fts MATCH ?
        UNION ALL SELECT rowid FROM conversation_fts WHERE conversation_fts MATCH ?)`,
    values: [match, match],
  };
}

/** The newest message of a conversation that fits, and that the index finds if it is asked. */
function newestMessage(conditions: Conditions, match: string | null): Condition {
  const fits = messageCondition(conditions);
  const inIndex =
    match === null
      ? ''
      : `AND EXISTS (SELECT 1 FROM message_fts WHERE message_fts MATCH ? AND rowid = message.id)`;
  return {
    sql: `(SELECT max(message.id) FROM message
      WHERE message.conversation_id = conversation.id AND ${fits.sql} ${inIndex})`,
    values: match === null ? fits.values : [...fits.values, match],
  };
}

function matchOf({ words, without }: StoreQuery): string {
  const positive = indexQuery(words);
  return without.length === 0 ? positive : `(${positive}) NOT (${indexQuery(without, 'OR')})`;
}

/** Two lists, each newest first, as one. */
function* newestFirst(one: Iterable<Found>, other: Iterable<Found>): Generator<Found> {
  const iterators = [one[Symbol.iterator](), other[Symbol.iterator]()] as const;
  try {
    let [first, second] = [iterators[0].next(), iterators[1].next()];
    while (!(first.done && second.done)) {
      if (second.done || (!first.done && first.value.at >= second.value.at)) {
        if (!first.done) yield first.value;
        first = iterators[0].next();
      } else {
        yield second.value;
        second = iterators[1].next();
      }
    }
  } finally {
    for (const iterator of iterators) iterator.return?.();
  }
}

function hitOf(db: ReadDb, query: StoreQuery, conditions: Conditions, found: Found): SearchHit[] {
  const row = statement<SummaryRow>(
    db,
    `SELECT ${SUMMARY_COLUMNS} FROM conversation WHERE id = ?`,
  ).get(found.conversation_id);
  const [summary] = summariesOf(db, row ? [row] : []);
  if (!summary) return [];
  const { id, title, total, tags } = summary;
  const message = found.message_id ?? newestIn(db, query, conditions, found.conversation_id);
  return [
    {
      conversationId: id,
      title: titleParts(db, query, id, title),
      messageId: message === null ? null : messageId.parse(message),
      role: message === null ? null : roleOf(db, message),
      excerpt: message === null ? [] : excerptOf(db, query, message),
      at: found.at,
      total,
      tags,
    },
  ];
}

/** The newest fitting message of a conversation that was found by its title. */
function newestIn(
  db: ReadDb,
  query: StoreQuery,
  conditions: Conditions,
  conversation: number,
): number | null {
  if (query.words.length === 0) return null;
  const newest = newestMessage(conditions, matchOf(query));
  const row = db
    .prepare<unknown[], { id: number | null }>(
      `SELECT ${newest.sql} AS id FROM conversation WHERE id = ?`,
    )
    .get(...newest.values, conversation);
  return row?.id ?? null;
}

function roleOf(db: ReadDb, id: number): SearchHit['role'] {
  const row = statement<{ role: SearchHit['role'] }>(
    db,
    'SELECT role FROM message WHERE id = ?',
  ).get(id);
  return row?.role ?? null;
}

type ExcerptPart = SearchHit['excerpt'][number];

/** What the index puts around a hit; of the private use area, so that hardly a text has them. */
const OPEN = '\uE0F0';
const CLOSE = '\uE0F1';

/** How many words an excerpt has, and how many characters a stretch of it. */
const EXCERPT_WORDS = 24;
const EXCERPT_LENGTH = 200;

function titleParts(db: ReadDb, { words }: StoreQuery, id: number, title: string): ExcerptPart[] {
  if (words.length > 0) {
    const marked = statement<{ marked: string }>(
      db,
      `SELECT highlight(conversation_fts, 0, '${OPEN}', '${CLOSE}') AS marked
       FROM conversation_fts WHERE conversation_fts MATCH ? AND rowid = CAST(? AS INTEGER)`,
    ).get(indexQuery(words, 'OR'), id);
    if (marked) return partsOf(marked.marked);
  }
  return [{ text: title, hit: false }];
}

function excerptOf(db: ReadDb, { words }: StoreQuery, id: number): ExcerptPart[] {
  if (words.length > 0) {
    const marked = statement<{ marked: string }>(
      db,
      `SELECT snippet(message_fts, 0, '${OPEN}', '${CLOSE}', '…', ${EXCERPT_WORDS}) AS marked
       FROM message_fts WHERE message_fts MATCH ? AND rowid = CAST(? AS INTEGER)`,
    ).get(indexQuery(words), id);
    if (marked) return partsOf(marked.marked).map(shortened);
  }
  const start = statement<{ text: string }>(
    db,
    `SELECT substr(text, 1, ${EXCERPT_LENGTH}) AS text FROM message_text WHERE id = ?`,
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
