import { constants, copyFileSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { startFileThread } from '../../electron/files/file-thread';
import { openStore, type Store } from '../../electron/store/client';
import { openReader, type ReadDb } from '../../electron/store/connection';
import { MIGRATIONS } from '../../electron/store/migrations';
import { listConversations } from '../../electron/store/queries/conversation-list';
import { getConversation } from '../../electron/store/queries/conversations';
import { findConversations } from '../../electron/store/queries/search';
import type { StoreQuery } from '../../electron/store/queries/search-terms';
import { spawnStoreThread } from '../../electron/store/spawn';
import type { TranscriptPlace } from '../../electron/transcripts/transcript-writing';
import type { TranscriptJob } from '../../electron/transcripts/transcripts';
import { cacheDirectory } from '../../scripts/runtime/cache.mjs';
import type { SearchOrder } from '../../shared/contract/search';
import { type TranscriptWritten, USUAL_TRANSCRIPT } from '../../shared/contract/transcript';
import { conversationId } from '../../shared/ids';
import { parseSearch } from '../../shared/search-query';
import { newConversation, runHead } from '../fixtures/ledger';
import { options, progress, report, round } from './lib/report';
import { searchByShell } from './lib/search-by-shell';
import { sqliteShell } from './lib/sqlite-shell';
import { buildStore } from './lib/store-at-scale';
import { wordAt } from './lib/words';

/**
 * What a store costs that ten years have filled, warm: search, opening, listing, and a checkpoint while
 * another thread searches; beside the same searches by `LIKE` and by the sqlite3 shell, and beside a
 * store of a hundredth of it.
 */
const LARGE = options.small ? 200 : 99_000;
const LITTLE = options.small ? 100 : 990;
const LONG = options.small ? 200 : 10_000;
const LITTLE_LONG = options.small ? 100 : 1_000;
const ROUNDS = options.small ? 1 : 5;

/** How many messages the page asks for when a conversation is opened. */
const TAIL = 100;
const PAGE = 50;
const OPENED = options.small ? 1 : 40;

/** Of words from the most frequent to the rarest: one, its beginning, two of them, a phrase, fields. */
const RANKS = options.small ? [3, 40] : [3, 12, 40, 150, 600, 2_500, 9_000, 25_000];
const QUERIES = RANKS.flatMap((rank, at) => {
  const word = wordAt(rank);
  const other = wordAt(RANKS[(at + 3) % RANKS.length] ?? 0);
  return [
    word,
    [...word].slice(0, 2).join(''),
    [...word].slice(0, 3).join(''),
    `${word} ${other}`,
    `"${word} ${other}"`,
    `${word} -${other}`,
    `${word} role:user`,
    `${word} model:claude cost:>0.002`,
  ];
});
/** Within what some messages say without blanks. */
const SIGNS = ['天空', '蓝色的', '散乱のため', '海'];
const LETTERS = ['b', 'g', 's', 'st', 'e'].flatMap((text) => [...text].slice(0, 1));

function queryOf(text: string): StoreQuery {
  const parsed = parseSearch(text);
  if (!parsed.ok) throw new Error(`not a query: ${text}`);
  return { ...parsed.query, filters: parsed.query.filters.filter(withoutDay) };
}

function withoutDay<Filter extends { readonly field: object }>(
  filter: Filter,
): filter is Filter & { readonly field: StoreQuery['filters'][number]['field'] } {
  return !('day' in filter.field);
}

function timed(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

const at = (values: readonly number[], share: number) =>
  values.toSorted((a, b) => a - b)[Math.ceil(values.length * share) - 1] ?? Number.NaN;
const p95 = (values: readonly number[]) => at(values, 0.95);
const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);

/** How long each takes, several times, after it was done once. */
function warm<Of>(of: readonly Of[], work: (one: Of) => unknown): number[] {
  return of.flatMap((one) => {
    work(one);
    return Array.from({ length: ROUNDS }, () => timed(() => work(one)));
  });
}

/** As the thread that reads the store does it: all that one call reads, from one moment of the store. */
function found(db: ReadDb, query: StoreQuery, order: SearchOrder = 'newest') {
  return db.transaction(() => findConversations(db, query, 0, PAGE, order))();
}

function searched(db: ReadDb, texts: readonly string[], order: SearchOrder = 'newest'): number[] {
  return warm(texts.map(queryOf), (query) => found(db, query, order));
}

function opened(db: ReadDb, id: number): number[] {
  const long = conversationId.parse(id);
  return warm(Array.from({ length: OPENED }), () =>
    db.transaction(() => getConversation(db, long, TAIL))(),
  );
}

interface Built {
  readonly path: string;
  readonly long: number;
  readonly db: ReadDb;
}

const cache = join(cacheDirectory(), 'bench-store');
const version = MIGRATIONS.at(-1)?.version ?? 0;

/** From the cache, where it was made before by the same program. */
function storeOf(conversations: number, long: number): Built {
  const path = join(cache, `${conversations}-${long}-schema-${version}.db`);
  if (!existsSync(path)) {
    progress(`making a store of ${conversations} conversations, once`);
    const ms = timed(() => buildStore(path, { conversations, long }));
    progress(`that took ${Math.round(ms / 1000)} s`);
  }
  const db = openReader(path);
  return { path, long: conversations + 1, db };
}

const large = storeOf(LARGE, LONG);
const little = storeOf(LITTLE, LITTLE_LONG);

const search = searched(large.db, QUERIES);
QUERIES.forEach((text, index) => {
  const own = search.slice(index * ROUNDS, (index + 1) * ROUNDS);
  if (at(own, 0.5) > 3) progress(`slowest: ${text}: ${round(at(own, 0.5), 1)} ms`);
});
const searchLittle = searched(little.db, QUERIES);
const oneLetter = searched(large.db, LETTERS);
const signs = searched(large.db, SIGNS);
const relevance = searched(large.db, QUERIES, 'relevance');
progress(`search ${round(p95(search), 2)} ms, in the little one ${round(p95(searchLittle), 2)} ms`);

// It takes a millisecond: the first hundred times are more about this program than about the store.
for (const { db, long } of [little, large]) opened(db, long);
const open = opened(large.db, large.long);
const openLittle = opened(little.db, little.long);

const lists = warm(
  (['used', 'title', 'cost'] as const).flatMap((order) =>
    [0, 0.25, 0.5, 0.9, 1].map((share) => ({ order, offset: Math.floor(LARGE * share) })),
  ),
  ({ order, offset }) =>
    large.db.transaction(() => listConversations(large.db, offset, PAGE, { order }))(),
);

/** The same page by `LIKE`: the conversations with the newest messages that have the word. */
const WORDS = QUERIES.filter((text) => /^\p{L}+$/u.test(text));
const like = large.db.prepare<[string, number], unknown>(
  `SELECT conversation_id, max(message.id) AS newest
   FROM message CROSS JOIN part ON part.message_id = message.id AND kind = 'text'
   WHERE message.deleted_at IS NULL AND text LIKE ?
   GROUP BY conversation_id ORDER BY newest DESC LIMIT ?`,
);
const byLike = WORDS.map((word) => timed(() => like.all(`%${word}%`, PAGE)));
const byIndex = warm(WORDS.map(queryOf), (query) => found(large.db, query));

/** Statements as SQLite ran them for queries whose hits fit on a page, so that all rows were read. */
async function besideShell(): Promise<number | null> {
  const shell = await sqliteShell();
  if (shell === null) return null;
  const statements: string[] = [];
  const said = openReader(large.path, (sql) => statements.push(String(sql)));
  const rare = QUERIES.map(queryOf).filter(
    (query) => !findConversations(large.db, query, 0, PAGE).more,
  );
  for (const query of rare) findConversations(said, query, 0, PAGE);
  said.close();
  // SQLite leaves out what is long of a value when it tells a statement; such a one cannot be run again.
  const whole = statements.filter((sql) => /^\s*SELECT/i.test(sql) && !sql.includes('/*+'));
  const own = sum(warm(whole, (sql) => large.db.prepare<[], unknown>(sql).all()));
  const theirs = searchByShell(shell, large.path, whole, ROUNDS);
  progress(`${whole.length} statements: ${round(own)} ms, the shell ${round(theirs)} ms`);
  return own / theirs;
}

/** Checkpoints of a running answer in the writing thread, while the reading one does nothing but search. */
async function besideSearches(): Promise<number[]> {
  const folder = mkdtempSync(join(tmpdir(), 'slice-bench-'));
  const path = join(folder, 'slice.db');
  copyFileSync(large.path, path, constants.COPYFILE_FICLONE);
  const entry = resolve('dist/main/store-worker.js');
  const store = await openStore(
    (role) => spawnStoreThread(entry, { role, path }),
    Promise.resolve(),
    (error) => {
      throw error;
    },
  );
  await sleep(options.small ? 50 : 1_000);
  const storm = new AbortController();
  const searches = searchOn(store, storm.signal);
  const [{ id: connection } = { id: null }] = await store.read.listConnections();
  if (connection === null) throw new Error('the store has a connection');
  const { runs } = await store.write.beginRuns(newConversation('Why?'), [runHead(connection)]);
  const [run] = runs;
  if (!run) throw new Error('a run was begun');
  const times: number[] = [];
  for (let position = 0; position < (options.small ? 10 : 400); position += 1) {
    const events = [{ type: 'text', choice: 0, text: 'x'.repeat(800) }] as const;
    const start = performance.now();
    await store.write.checkpoint(run.runId, position, events);
    times.push(performance.now() - start);
    await sleep(5);
  }
  storm.abort();
  progress(`${await searches} searches meanwhile`);
  await store.close();
  rmSync(folder, { recursive: true, force: true });
  return times;
}

async function searchOn(store: Store, signal: AbortSignal): Promise<number> {
  let done = 0;
  while (!signal.aborted) {
    await store.read.findConversations(queryOf(QUERIES[done % QUERIES.length] ?? ''), 0, PAGE);
    done += 1;
  }
  return done;
}

/** Everything as JSON into a file, by the app's own thread: megabytes a second, and how much more it holds. */
async function exported(): Promise<{ readonly mbPerSecond: number; readonly heapMb: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'slice-bench-'));
  const path = join(folder, 'all.json');
  const order = { ...USUAL_TRANSCRIPT, format: 'json', ids: null, name: 'All' } as const;
  const entry = pathToFileURL(resolve('dist/main/transcript-worker.js')).href;
  const start = performance.now();
  const thread = startFileThread<
    TranscriptJob & TranscriptPlace & { readonly entry: string },
    TranscriptWritten & { readonly heapMb: number }
  >(resolve('test/bench/lib/measured-thread.mjs'), large.path, {
    path,
    order,
    attachments: folder,
    timeZone: 'UTC',
    entry,
  });
  const { heapMb } = await new Promise<{ readonly heapMb: number }>((written, failed) => {
    thread.onReply((reply) => {
      if (reply.type === 'written') written(reply.written);
      else if (reply.type !== 'writing') failed(new Error(`the export ${reply.type}`));
    });
    thread.onExit(() => failed(new Error('the thread of the export ended')));
  });
  const seconds = (performance.now() - start) / 1000;
  const megabytes = statSync(path).size / 1_000_000;
  progress(`${Math.round(megabytes)} MB exported in ${round(seconds, 1)} s`);
  rmSync(folder, { recursive: true, force: true });
  return { mbPerSecond: megabytes / seconds, heapMb };
}

const { mbPerSecond, heapMb } = await exported();
const vsShell = await besideShell();
const checkpoints = await besideSearches();

report({
  messages: LARGE * 10 + LONG,
  search_ms: round(p95(search), 2),
  search_one_letter_ms: round(p95(oneLetter), 1),
  search_signs_ms: round(p95(signs), 2),
  search_relevance_ms: round(p95(relevance), 1),
  search_vs_like: round(sum(byLike) / (sum(byIndex) / ROUNDS), 1),
  ...(vsShell === null ? {} : { search_vs_shell: round(vsShell, 2) }),
  search_growth: round(p95(search) / p95(searchLittle), 2),
  open_tail_ms: round(p95(open), 2),
  open_growth: round(p95(open) / p95(openLittle), 2),
  list_page_ms: round(p95(lists), 2),
  checkpoint_p99_ms: round(at(checkpoints, 0.99), 2),
  export_mb_s: round(mbPerSecond, 1),
  export_heap_mb: round(heapMb, 1),
});
large.db.close();
little.db.close();
