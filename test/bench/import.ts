import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { type FileReply, startFileThread } from '../../electron/files/file-thread';
import type { ImportFound, ImportReading } from '../../electron/imports/import-work';
import { openStore, type Store } from '../../electron/store/client';
import { openWriter } from '../../electron/store/connection';
import { spawnStoreThread } from '../../electron/store/spawn';
import { writeListFile } from './lib/list-file';
import { writePlainly } from './lib/plain-import';
import { median, options, progress, report, round } from './lib/report';

/**
 * How quickly a file of conversations is read and written by the threads of the app, into a store that was
 * opened when it was empty; how long the writing thread is busy at a stretch, and whether it slows down. In
 * turn with it, the same rows go into the same tables in one transaction, during which nothing else could be
 * saved. Then all is taken back.
 */
const named = process.argv.indexOf('--megabytes');
const MEGABYTES = named > 0 ? Number(process.argv[named + 1]) : options.small ? 1 : 50;
const ROUNDS = options.small || MEGABYTES > 100 ? 1 : 3;

/** So many messages are deleted at once, as in the app. */
const PURGED_AT_ONCE = 200;

const work = mkdtempSync(join(tmpdir(), 'slice-bench-'));
const file = join(work, 'conversations.json');
const attachments = join(work, 'attachments');

/** What the process holds, its threads included, in MB: the most since it began to look. */
class Memory {
  readonly #before: number;
  readonly #timer: NodeJS.Timeout;
  #most: number;

  constructor() {
    globalThis.gc?.();
    this.#before = process.memoryUsage.rss();
    this.#most = this.#before;
    this.#timer = setInterval(() => {
      this.#most = Math.max(this.#most, process.memoryUsage.rss());
    }, 50);
  }

  growth(): number {
    clearInterval(this.#timer);
    return (this.#most - this.#before) / 1_000_000;
  }
}

async function timed<Result>(
  action: () => Promise<Result> | Result,
): Promise<{ readonly seconds: number; readonly result: Result }> {
  const started = performance.now();
  const result = await action();
  return { seconds: (performance.now() - started) / 1000, result };
}

function readByThread(store: string, staged: string): Promise<void> {
  const unpacked = `${staged}.unpacked`;
  const job: ImportReading = { path: file, staged, unpacked, attachments, now: Date.now() };
  const entry = resolve('dist/main/import-worker.js');
  const thread = startFileThread<ImportReading, ImportFound>(entry, store, job);
  return new Promise((done, fail) => {
    let last: FileReply<ImportFound> | null = null;
    thread.onReply((reply) => {
      last = reply;
    });
    thread.onExit(() => {
      if (last?.type === 'written' && last.written.preview.messages === messages) done();
      else fail(new Error(`the thread ended with ${JSON.stringify(last)}`));
    });
  });
}

/** How long the writing thread was busy with each step, in ms. */
class Holds {
  readonly ms: number[] = [];

  async of<Result>(step: Promise<Result>): Promise<Result> {
    const started = performance.now();
    const result = await step;
    this.ms.push(performance.now() - started);
    return result;
  }

  /** What this share of the steps took at most. */
  atMost(share: number): number {
    const sorted = this.ms.toSorted((a, b) => a - b);
    return round(sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN, 1);
  }
}

interface Written {
  readonly place: Awaited<ReturnType<Store['write']['beginImport']>>;
  /** How much longer a message of the last fifth took than one of the first. */
  readonly slowdown: number;
}

async function write(store: Store, staged: string, holds: Holds): Promise<Written> {
  const place = await holds.of(store.write.beginImport(staged, 'skip', Date.now()));
  const reached: { readonly messages: number; readonly at: number }[] = [];
  for (let from: number | null = 1; from !== null; ) {
    reached.push({ messages: from - 1, at: performance.now() });
    from = await holds.of(store.write.importMessages(place, from));
  }
  await holds.of(store.write.finishImport(place, Date.now()));
  progress(`began in ${round(holds.ms[0] ?? 0)} ms, ended in ${round(holds.ms.at(-1) ?? 0)} ms`);
  const each = (from: number, to: number) => {
    const first = reached.find(({ messages: some }) => some >= messages * from);
    const last = reached.findLast(({ messages: some }) => some <= messages * to);
    if (!first || !last) return Number.NaN;
    return (last.at - first.at) / (last.messages - first.messages);
  };
  return { place, slowdown: each(0.8, 1) / each(0, 0.2) };
}

async function takeBack(store: Store, { place }: Written, holds: Holds): Promise<void> {
  await holds.of(store.write.withdrawImport(place));
  for (;;) {
    const ids = await store.read.importsOnTheirWay(PURGED_AT_ONCE);
    if (ids.length === 0) return;
    await holds.of(store.write.purgeConversations(ids));
  }
}

progress(`writing a file of ${MEGABYTES} MB`);
const messages = writeListFile(file, MEGABYTES * 1_000_000);
const megabytes = statSync(file).size / 1_000_000;

const took = {
  read: [] as number[],
  ours: [] as number[],
  plain: [] as number[],
  back: [] as number[],
};
const slowdowns: number[] = [];
const growths: number[] = [];
const holds = new Holds();
const backHolds = new Holds();
for (let turn = 1; turn <= ROUNDS; turn++) {
  const path = join(work, `ours-${turn}.db`);
  const staged = join(work, 'staged.db');
  const entry = resolve('dist/main/store-worker.js');
  const store = await openStore(
    (role) => spawnStoreThread(entry, { role, path }),
    Promise.resolve(),
    (error) => {
      throw error;
    },
  );
  const memory = new Memory();
  took.read.push((await timed(() => readByThread(path, staged))).seconds);
  const { seconds, result } = await timed(() => write(store, staged, holds));
  growths.push(memory.growth());
  took.ours.push(seconds);
  slowdowns.push(result.slowdown);
  took.back.push((await timed(() => takeBack(store, result, backHolds))).seconds);
  await store.close();
  const db = openWriter(join(work, `plain-${turn}.db`));
  took.plain.push((await timed(() => writePlainly(db, staged))).seconds);
  db.close();
  for (const name of readdirSync(work).filter((one) => one.includes('.db')))
    rmSync(join(work, name));
  const [read, ours, back, plain] = [took.read, took.ours, took.back, took.plain].map((list) =>
    round(list.at(-1) ?? Number.NaN, 1),
  );
  progress(
    `round ${turn}: read ${read} s, written ${ours} s, plainly ${plain} s, taken back ${back} s`,
  );
}

report({
  messages,
  import_read_mb_s: round(megabytes / median(took.read), 1),
  import_messages_s: Math.round(messages / median(took.ours)),
  import_vs_plain: round(
    median(took.plain.map((plain, turn) => plain / (took.ours[turn] ?? Number.NaN))),
  ),
  import_heap_mb: round(median(growths), 1),
  import_hold_p99_ms: holds.atMost(0.99),
  import_longest_hold_ms: holds.atMost(1),
  import_slowdown: round(median(slowdowns)),
  import_back_messages_s: Math.round(messages / median(took.back)),
  import_back_longest_hold_ms: backHolds.atMost(1),
});
rmSync(work, { recursive: true, force: true });
