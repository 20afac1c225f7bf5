import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { openReader, openWriter, type ReadDb } from '../../electron/store/connection';
import { endRun } from '../../electron/store/queries/run-life';
import { spendingReport } from '../../electron/store/queries/spending-report';
import { spendingRows } from '../../electron/store/queries/spending-rows';
import { wastedSpending } from '../../electron/store/queries/spending-waste';
import { GROUPINGS, type Grouping, type SpendingFilter } from '../../shared/contract/spending';
import { addDays } from '../../shared/spending-period';
import { begin, connect, outcome } from '../fixtures/ledger';
import { launch, usableAfter } from './lib/electron-app';
import { fillLedger } from './lib/filled-ledger';
import { installProbe, readProbe, sleep } from './lib/probe';
import { median, options, progress, report, round } from './lib/report';
import { choose, openSpending } from './lib/spending-page';

/**
 * What the ledger costs to look at when it is long: every grouping over several ranges by the sums that
 * are kept of it, beside the same figures straight from its rows; and the page that shows them.
 */
const CONVERSATIONS = options.small ? 300 : 100_000;
const ROUNDS = options.small ? 1 : 5;

const work = mkdtempSync(join(tmpdir(), 'slice-bench-'));
const folder = join(work, 'data');
const now = Date.now();
const today = new Date(now).toISOString().slice(0, 10);

progress(`filling a ledger of ${CONVERSATIONS * 10} runs`);
const migration = fillLedger(folder, CONVERSATIONS, now);
progress(`the migrations took ${Math.round(migration)} ms`);

const calendar = { today, timeZone: 'UTC' };
const RANGES: Readonly<Record<string, readonly [string | null, string | null]>> = {
  all: [null, null],
  year: [`${today.slice(0, 4)}-01-01`, today],
  '365 days': [addDays(today, -364), today],
  '90 days': [addDays(today, -89), today],
  '30 days': [addDays(today, -29), today],
  month: [`${today.slice(0, 8)}01`, today],
  today: [today, today],
};

const filterOf = ([from, to]: readonly [string | null, string | null]): SpendingFilter => ({
  from,
  to,
  demo: false,
  only: {},
});

/** What a scan groups by. */
const SCANNED: Readonly<Record<Grouping, string>> = {
  model: 'coalesce(served_model, requested_model)',
  provider: "coalesce(served_provider, '')",
  connection: 'connection_name',
  preset: "coalesce(preset_name, '')",
  conversation: 'run.conversation_id',
  tag: 'key',
  routing: "coalesce(routing, '')",
  day: 'day',
  state: 'state',
};

function timed(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

const p95 = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.ceil(values.length * 0.95) - 1] ?? Number.NaN;

/** The same figures as a report has of all time: sums and times of the groups, and costs by month. */
function scan(db: ReadDb, groupBy: Grouping): number {
  const key = SCANNED[groupBy];
  const tags = groupBy === 'tag' ? 'LEFT JOIN conversation_tag USING (conversation_id)' : '';
  const from = `FROM run ${tags} WHERE is_demo = 0 AND state <> 'running'`;
  const queries = [
    `SELECT ${key} AS key,
       CAST(coalesce(sum(cost_nanousd) FILTER (WHERE cost_source <> 'estimated'), 0) AS TEXT) AS known,
       CAST(coalesce(sum(cost_nanousd) FILTER (WHERE cost_source = 'estimated'), 0) AS TEXT) AS estimated,
       count(*) FILTER (WHERE cost_source = 'unknown') AS unknown, count(*) AS runs,
       sum(prompt_tokens) AS prompt, sum(completion_tokens) AS completion
     ${from} GROUP BY 1 ORDER BY sum(cost_nanousd) DESC LIMIT 20`,
    `SELECT ${key} AS key, substr(day, 1, 7) AS month,
       CAST(coalesce(sum(cost_nanousd), 0) AS TEXT) AS cost ${from} GROUP BY 1, 2`,
    `SELECT ${key} AS key, total_ms / 100 AS step, count(*) AS runs ${from} GROUP BY 1, 2`,
    `SELECT ${key} AS key, first_token_ms / 100 AS step, count(*) AS runs ${from} GROUP BY 1, 2`,
  ].map((sql, at) =>
    // Of each conversation that is a lot: it is worked out, and not taken over.
    db.prepare<[], unknown>(at === 0 ? sql : `SELECT count(*) FROM (${sql})`),
  );
  return timed(() => {
    for (const query of queries) query.all();
  });
}

const reader = openReader(join(folder, 'slice.db'));
const times: number[] = [];
const ratios: number[] = [];
for (const groupBy of GROUPINGS) {
  const said: string[] = [];
  for (const [name, range] of Object.entries(RANGES)) {
    const ask = () => spendingReport(reader, filterOf(range), groupBy, 20, calendar);
    ask();
    const own = Array.from({ length: ROUNDS }, () => timed(ask));
    times.push(...own);
    said.push(`${name} ${round(median(own), 1)}`);
    if (name !== 'all') continue;
    const scanned = scan(reader, groupBy);
    ratios.push(scanned / median(own));
    said.push(`(scan ${Math.round(scanned)})`);
  }
  progress(`${groupBy}: ${said.join(', ')} ms`);
}

const all = filterOf([null, null]);
const waste = Array.from({ length: ROUNDS }, () =>
  timed(() => wastedSpending(reader, all, calendar)),
);
progress(`wasted: ${round(median(waste), 1)} ms`);
const rows: number[] = [];
for (const sort of ['time', 'cost', 'totalMs', 'tokens'] as const) {
  for (const filter of [all, { ...all, only: { model: ['openai/o3'] } }]) {
    const page = { offset: 0, limit: 50, sort, descending: true, hour: null };
    const own = Array.from({ length: ROUNDS }, () =>
      timed(() => spendingRows(reader, filter, page, calendar)),
    );
    progress(`rows by ${sort}: ${round(median(own), 1)} ms`);
    rows.push(...own);
  }
}

const writer = openWriter(join(folder, 'slice.db'));
const connection = connect(writer);
const ends: number[] = [];
for (let turn = 0; turn < (options.small ? 3 : 200); turn++) {
  const { runId } = begin(writer, connection, 'x', { day: today, startedAt: now });
  ends.push(timed(() => endRun(writer, runId, outcome({ endedAt: now + 9 }), [])));
}
writer.close();
reader.close();

interface Shown {
  readonly first: number;
  readonly regroup: readonly number[];
  readonly longTasks: readonly number[];
}

const LABELS = [
  'Provider',
  'Connection',
  'Preset',
  'Conversation',
  'Tag',
  'Routing',
  'Day',
  'State',
  'Model',
];

/** The page in the real app: from the first click on the link to the table, and from grouping to grouping. */
async function inThePage(): Promise<Shown> {
  const app = await launch(resolve('.'), folder);
  await usableAfter(app);
  const { page } = app;
  // What happens only once after a start is not about this page.
  await sleep(options.small ? 500 : 3_000);
  await installProbe(page);
  const first = await openSpending(page);
  await choose(page, 'Period', 'All time');
  const regroup: number[] = [];
  for (const label of LABELS) {
    await sleep(300);
    regroup.push(await choose(page, 'Group by', label));
  }
  const { longTasks } = await readProbe(page);
  await app.close();
  progress(`page: first ${Math.round(first)}, regroup ${regroup.map(Math.round).join(' ')} ms`);
  return { first, regroup, longTasks: longTasks.map(([, ms]) => ms) };
}

const shown: Shown[] = [];
for (let turn = 0; turn < ROUNDS; turn++) shown.push(await inThePage());
const longTasks = shown.map((one) => one.longTasks);
progress(`long tasks: ${longTasks.flat().map(Math.round).join(' ') || 'none'}`);

report({
  runs: CONVERSATIONS * 10,
  spending_query_ms: round(p95(times)),
  spending_vs_scan: round(Math.min(...ratios)),
  spending_first_ms: Math.round(median(shown.map(({ first }) => first))),
  spending_regroup_ms: Math.round(median(shown.map(({ regroup }) => p95(regroup)))),
  spending_long_tasks: median(longTasks.map(({ length }) => length)),
  spending_waste_ms: round(median(waste)),
  spending_rows_ms: round(p95(rows)),
  spending_end_ms: round(median(ends)),
  spending_migration_ms: Math.round(migration),
});
rmSync(work, { recursive: true, force: true });
