import type { SearchHit } from '../../../shared/contract/search';
import { messageId } from '../../../shared/ids';
import type { SearchWord } from '../../../shared/search-query';
import type { ReadDb } from '../connection';
import { statement } from '../statement';
import { SUMMARY_COLUMNS, type SummaryRow, summariesOf } from './conversation-list';
import { markedExcerpt, markedText } from './search-marks';
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
  const hits = hitsOf(db, query, conditions, page.slice(0, limit));
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
  yield* newestFirst(
    inMessages(db, match, conditions),
    // A title has neither a role nor a time nor a content to fit.
    conditions.message.length + conditions.noRun.length > 0
      ? []
      : inTitles(db, match, conversationCondition(conditions)),
  );
}

/** Above any number that a message has. */
const LAST_MESSAGE = Number.MAX_SAFE_INTEGER;

/** After so many hits in a row within one conversation the others of it are passed over. */
const PATIENCE = 32;

/** The messages that fit, the newest first, and of those of one conversation that follow each other one. */
function* inMessages(db: ReadDb, match: string, conditions: Conditions): Generator<Found> {
  const { run, noRun } = conditions;
  // What is behind a message is only looked at where its conversation fits.
  const own = messageCondition({ ...conditions, run: [], noRun: [] });
  const whole = messageCondition(conditions);
  const conversation = conversationCondition(conditions);
  const rows = db.prepare<unknown[], Found>(
    `SELECT message.id AS message_id, conversation_id, message.created_at AS at
     FROM message_fts CROSS JOIN message ON message.id = message_fts.rowid
     WHERE message_fts MATCH ? AND message_fts.rowid <= CAST(? AS INTEGER) AND ${own.sql}
     ORDER BY message_fts.rowid DESC`,
  );
  const fits = db.prepare<unknown[], unknown>(
    `SELECT 1 FROM conversation WHERE id = ? AND ${conversation.sql}`,
  );
  const wanted = db.prepare<unknown[], unknown>(
    `SELECT 1 FROM message WHERE id = ? AND ${whole.sql}`,
  );
  const before = statement<{ id: number }>(
    db,
    'SELECT id FROM message WHERE id < ? AND conversation_id <> ? ORDER BY id DESC LIMIT 1',
  );
  const behind = run.length + noRun.length > 0;
  const judged = new Map<number, boolean>();
  const isFitting = (id: number) => {
    const known = judged.get(id) ?? fits.get(id, ...conversation.values) !== undefined;
    judged.set(id, known);
    return known;
  };
  for (let last: number | null = LAST_MESSAGE; last !== null; ) {
    let current = -1;
    let looking = false;
    let passed = 0;
    let next: number | null = null;
    for (const row of rows.iterate(match, last, ...own.values)) {
      if (row.conversation_id !== current) {
        current = row.conversation_id;
        looking = isFitting(current);
        passed = 0;
      }
      if (!looking) {
        passed += 1;
        if (passed < PATIENCE) continue;
        next = before.get(row.message_id, current)?.id ?? null;
        break;
      }
      if (behind && wanted.get(row.message_id, ...whole.values) === undefined) continue;
      looking = false;
      yield row;
    }
    last = next;
  }
}

/** So many titles are put in order at once. */
const TITLES = 200;

/** The conversations whose titles fit, by when they were last used among so many that were begun together. */
function* inTitles(db: ReadDb, match: string, conversation: Condition): Generator<Found> {
  const rows = db.prepare<unknown[], Found>(
    `SELECT conversation.id AS conversation_id, NULL AS message_id, updated_at AS at
     FROM conversation_fts CROSS JOIN conversation ON conversation.id = conversation_fts.rowid
     WHERE conversation_fts MATCH ? AND ${conversation.sql}
     ORDER BY conversation_fts.rowid DESC`,
  );
  const newest = (one: Found, other: Found) =>
    other.at - one.at || other.conversation_id - one.conversation_id;
  let together: Found[] = [];
  for (const row of rows.iterate(match, ...conversation.values)) {
    together.push(row);
    if (together.length < TITLES) continue;
    yield* together.sort(newest);
    together = [];
  }
  yield* together.sort(newest);
}

/** Without a word to look for, the conversations are gone through, the last used first. */
function* byFilters(db: ReadDb, query: StoreQuery, conditions: Conditions): Generator<Found> {
  const conversation = all([
    conversationCondition(conditions),
    ...(query.without.length > 0 ? [saysNowhere(query.without)] : []),
  ]);
  const { message, run, noRun } = conditions;
  const ofMessages = message.length + run.length + noRun.length > 0;
  const newest = ofMessages ? newestMessage(conditions) : { sql: 'NULL', values: [] };
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

/** The newest message of a conversation that fits. */
function newestMessage(conditions: Conditions): Condition {
  const fits = messageCondition(conditions);
  return {
    sql: `(SELECT max(message.id) FROM message
      WHERE message.conversation_id = conversation.id AND ${fits.sql})`,
    values: fits.values,
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
  const chosen = page.map((found) => ({
    ...found,
    message: found.message_id ?? newestIn(db, query, conditions, found.conversation_id),
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
     LEFT JOIN message_text AS said ON said.id = message.id`,
  ).all(JSON.stringify(messages));
  return new Map(rows.map(({ id, ...words }) => [id, words]));
}

/** After so many hits in other conversations it is no longer looked for one in this. */
const STRANGERS = 1_000;

/** The newest fitting message of a conversation that was found by its title; null where none is near. */
function newestIn(
  db: ReadDb,
  query: StoreQuery,
  conditions: Conditions,
  conversation: number,
): number | null {
  if (query.words.length === 0) return null;
  const extent = statement<{ first: number | null; last: number | null }>(
    db,
    'SELECT min(id) AS first, max(id) AS last FROM message WHERE conversation_id = ?',
  ).get(conversation);
  const fits = messageCondition(conditions);
  const rows = db.prepare<unknown[], { id: number; conversation_id: number }>(
    `SELECT message.id, conversation_id
     FROM message_fts CROSS JOIN message ON message.id = message_fts.rowid
     WHERE message_fts MATCH ? AND message_fts.rowid BETWEEN CAST(? AS INTEGER) AND CAST(? AS INTEGER)
       AND ${fits.sql} ORDER BY message_fts.rowid DESC`,
  );
  let strangers = 0;
  const found = rows.iterate(matchOf(query), extent?.first, extent?.last, ...fits.values);
  for (const { id, conversation_id } of found) {
    if (conversation_id === conversation) return id;
    strangers += 1;
    if (strangers === STRANGERS) return null;
  }
  return null;
}

type ExcerptPart = SearchHit['excerpt'][number];

/** What the index puts around a hit; of the private use area, so that hardly a text has them. */
const OPEN = '\uE0F0';
const CLOSE = '\uE0F1';

/** How many words an excerpt has, and how many characters a stretch of it. */
const EXCERPT_WORDS = 24;
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
