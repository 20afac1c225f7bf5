import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { type FileReply, startFileThread } from '../../electron/files/file-thread';
import { writeUsageFile } from '../../electron/money/usage-file';
import { openReader } from '../../electron/store/connection';
import { USUAL_FORM, type UsageOrder, type UsageWritten } from '../../shared/contract/usage-file';
import { readCsv } from '../fixtures/rfc4180';
import { fillRuns } from './lib/many-runs';
import { median, options, progress, report, round } from './lib/report';
import { sqliteShell, writeByShell } from './lib/sqlite-shell';

/**
 * How quickly a ledger becomes a CSV file: our thread, as the app starts it, and the `sqlite3` shell in
 * turn. The shell writes the same columns, and besides them the bare values of the rows, of which nothing
 * is made. Then what the writing holds in memory at most.
 */
const RUNS = options.small ? 2_000 : 1_000_000;
const ROUNDS = options.small ? 1 : 5;
const TIME_ZONE = 'Europe/Berlin';
const CALENDAR = { today: new Date().toISOString().slice(0, 10), timeZone: TIME_ZONE };
const ORDER: UsageOrder = {
  ...USUAL_FORM,
  marked: false,
  filter: { from: '2000-01-01', to: null, demo: false, only: {} },
  groupBy: 'model',
};

const work = mkdtempSync(join(tmpdir(), 'slice-bench-'));
const store = join(work, 'slice.db');
const ours = join(work, 'ours.csv');
const theirs = join(work, 'theirs.csv');

progress(`filling a store with ${RUNS} runs`);
fillRuns(store, RUNS);

function byThread(): Promise<void> {
  const entry = resolve('dist/main/usage-worker.js');
  const job = { path: ours, order: ORDER, calendar: CALENDAR };
  const thread = startFileThread<typeof job, UsageWritten>(entry, store, job);
  return new Promise((done, fail) => {
    let last: FileReply<UsageWritten> | null = null;
    thread.onReply((reply) => {
      last = reply;
    });
    thread.onExit(() => {
      if (last?.type === 'written' && last.written.rows === RUNS) done();
      else fail(new Error(`the thread ended with ${JSON.stringify(last)}`));
    });
  });
}

/** Heap and what is held outside of it, in MiB, once nothing is left over. */
function held(): number {
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 2 ** 20;
}

/** How much more is held while a file is written, at most, garbage included. */
function growth(): number {
  const db = openReader(store);
  globalThis.gc?.();
  const before = held();
  let most = before;
  writeUsageFile(db, ours, ORDER, CALENDAR, () => {
    most = Math.max(most, held());
  });
  db.close();
  return most - before;
}

/** Local times have an offset in our file and none in that of the shell; nothing else may differ. */
function compare(): void {
  const [, ...lines] = readCsv(readFileSync(ours, 'utf8'));
  const expected = readCsv(readFileSync(theirs, 'utf8'));
  const withoutOffset = (cell: string) =>
    cell.replace(/^(\d{4}-\d\d-\d\dT[\d:.]{12})[+-]\d\d:\d\d$/, '$1');
  for (const [at, line] of lines.entries()) {
    const one = JSON.stringify(line.map(withoutOffset));
    const other = JSON.stringify(expected[at]);
    if (one !== other) throw new Error(`line ${at + 1} differs:\n${one}\n${other}`);
  }
  if (expected.length !== lines.length) throw new Error('one file has more lines');
}

async function seconds(action: () => Promise<void> | void): Promise<number> {
  const started = performance.now();
  await action();
  return (performance.now() - started) / 1000;
}

const shell = await sqliteShell();
if (shell === null) progress('the sqlite3 shell cannot be had here: skipped');
const took = { ours: [] as number[], same: [] as number[], raw: [] as number[] };
for (let turn = 1; turn <= ROUNDS; turn++) {
  took.ours.push(await seconds(byThread));
  if (shell !== null) {
    for (const columns of ['raw', 'same'] as const) {
      const action = () => writeByShell(shell, store, theirs, columns, TIME_ZONE);
      took[columns].push(await seconds(action));
    }
  }
  const last = (list: readonly number[]) => round(list.at(-1) ?? Number.NaN, 1);
  progress(
    `round ${turn}: ours ${last(took.ours)} s, shell ${last(took.same)} s, bare values ${last(took.raw)} s`,
  );
}
if (shell !== null && options.small) compare();

const ratio = (others: readonly number[]) =>
  round(median(took.ours.map((one, turn) => (others[turn] ?? Number.NaN) / one)));
const rate = (times: readonly number[]) => Math.round(RUNS / median(times));
report({
  runs: RUNS,
  csv_mib: round(statSync(ours).size / 2 ** 20, 1),
  csv_rows_s: rate(took.ours),
  ...(shell === null
    ? { csv_vs_shell: 'skipped' }
    : {
        shell_rows_s: rate(took.same),
        shell_bare_rows_s: rate(took.raw),
        csv_vs_shell: ratio(took.same),
        csv_vs_shell_bare: ratio(took.raw),
      }),
  csv_heap_mb: round(growth(), 1),
});
rmSync(work, { recursive: true, force: true });
