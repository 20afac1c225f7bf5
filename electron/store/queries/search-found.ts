import type { SearchWord } from '../../../shared/search-query';
import type { ReadDb } from '../connection';
import { canGoOn } from '../search-words';
import { statement } from '../statement';
import {
  all,
  type Condition,
  type Conditions,
  conversationCondition,
  indexQuery,
  messageCondition,
  type StoreQuery,
} from './search-terms';

/** A conversation that fits, with a message that does; null where its title does. */
export interface Found {
  readonly conversation_id: number;
  readonly message_id: number | null;
  readonly at: number;
}

export interface FoundMessage extends Found {
  readonly message_id: number;
}

/** Up to this many letters the index has what begins with them ready. */
const READY_LETTERS = 4;

/** In so many messages a word is common, and meant as it is. */
const COMMON = 5_000;

/**
 * A long word that is common and may still go on is taken for whole: to put together all that begins with
 * it would take longer than to write on.
 */
export function settled(db: ReadDb, word: SearchWord): SearchWord {
  const isShort = Array.from(word.text).length <= READY_LETTERS;
  if (!word.open || isShort || !canGoOn(word.text)) return word;
  const whole = { ...word, open: false };
  return messagesWith(db, whole) === COMMON ? whole : word;
}

/** In how many messages a word is, counted up to where it is common. */
export function messagesWith(db: ReadDb, word: SearchWord): number {
  const row = statement<{ count: number }>(
    db,
    `SELECT count(*) AS count FROM (
       SELECT 1 FROM message_fts WHERE message_fts MATCH ? LIMIT ${COMMON})`,
  ).get(indexQuery([word]));
  return row?.count ?? 0;
}

/** What has the words, the newest first; of a conversation it may give several. */
export function* byWords(db: ReadDb, query: StoreQuery, conditions: Conditions): Generator<Found> {
  yield* newestFirst(inMessages(db, query, conditions), inTitles(db, query, conditions));
}

/** Above any number that a message has. */
const LAST_MESSAGE = Number.MAX_SAFE_INTEGER;

/** After so many hits in a row within one conversation the others of it are passed over. */
const PATIENCE = 32;

/**
 * The messages that fit, the newest first, and of those of one conversation that follow each other one; with
 * `looked`, all of them among so many of the newest that have the words.
 */
export function* inMessages(
  db: ReadDb,
  query: StoreQuery,
  conditions: Conditions,
  looked: number | null = null,
): Generator<FoundMessage> {
  const match = matchOf(query);
  const { run, noRun } = conditions;
  // What is behind a message is only looked at where its conversation fits.
  const own = messageCondition({ ...conditions, run: [], noRun: [] });
  const whole = messageCondition(conditions);
  const rows = db.prepare<unknown[], FoundMessage>(
    `SELECT message.id AS message_id, conversation_id, message.created_at AS at
     FROM message_fts CROSS JOIN message ON message.id = message_fts.rowid
     WHERE message_fts MATCH ? AND message_fts.rowid <= CAST(? AS INTEGER) AND ${own.sql}
     ORDER BY message_fts.rowid DESC`,
  );
  const isFitting = fittingConversations(db, conditions);
  const wanted = db.prepare<unknown[], unknown>(
    `SELECT 1 FROM message WHERE id = CAST(? AS INTEGER) AND ${whole.sql}`,
  );
  const before = statement<{ id: number }>(
    db,
    'SELECT id FROM message WHERE id < ? AND conversation_id <> ? ORDER BY id DESC LIMIT 1',
  );
  const behind = run.length + noRun.length > 0;
  let rest = looked ?? Number.POSITIVE_INFINITY;
  for (let last: number | null = LAST_MESSAGE; last !== null; ) {
    let current = -1;
    let looking = false;
    let passed = 0;
    let next: number | null = null;
    for (const row of rows.iterate(match, last, ...own.values)) {
      if (rest === 0) return;
      rest -= 1;
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
      looking = looked !== null;
      yield row;
    }
    last = next;
  }
}

/** Tells of a conversation whether it fits; each is looked at once. */
function fittingConversations(db: ReadDb, conditions: Conditions): (id: number) => boolean {
  const { sql, values } = conversationCondition(conditions);
  const fits = db.prepare<unknown[], unknown>(
    `SELECT 1 FROM conversation WHERE id = CAST(? AS INTEGER) AND ${sql}`,
  );
  const judged = new Map<number, boolean>();
  return (id) => {
    const known = judged.get(id) ?? fits.get(id, ...values) !== undefined;
    judged.set(id, known);
    return known;
  };
}

/** So many titles with the words are put in order at once. */
const TITLES = 200;

/** The conversations whose titles fit, by when they were last used among so many that were begun together. */
export function* inTitles(db: ReadDb, query: StoreQuery, conditions: Conditions): Generator<Found> {
  // A title has neither a role nor a time nor a content to fit.
  if (conditions.message.length + conditions.noRun.length > 0) return;
  const isFitting = fittingConversations(db, conditions);
  const rows = db.prepare<unknown[], Found>(
    `SELECT conversation.id AS conversation_id, NULL AS message_id, updated_at AS at
     FROM conversation_fts CROSS JOIN conversation ON conversation.id = conversation_fts.rowid
     WHERE conversation_fts MATCH ? AND conversation.deleted_at IS NULL
     ORDER BY conversation_fts.rowid DESC`,
  );
  // A page seldom needs all of them, so each is judged when its turn comes.
  function* newestFitting(titles: Found[]): Generator<Found> {
    titles.sort((one, other) => other.at - one.at || other.conversation_id - one.conversation_id);
    for (const title of titles) if (isFitting(title.conversation_id)) yield title;
  }
  let together: Found[] = [];
  for (const row of rows.iterate(matchOf(query))) {
    together.push(row);
    if (together.length < TITLES) continue;
    yield* newestFitting(together);
    together = [];
  }
  yield* newestFitting(together);
}

/** Without a word to look for, the conversations are gone through, the last used first. */
export function* byFilters(
  db: ReadDb,
  query: StoreQuery,
  conditions: Conditions,
): Generator<Found> {
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
        WHERE message_fts MATCH ? AND message.deleted_at IS NULL
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

/** What is asked of the index: all words, and none of those without. */
export function matchOf({ words, without }: StoreQuery): string {
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
