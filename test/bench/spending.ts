import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openReader, openWriter, type ReadDb } from '../../electron/store/connection';
import { endRun } from '../../electron/store/queries/run-life';
import { spendingReport } from '../../electron/store/queries/spending-report';
import { spendingRows } from '../../electron/store/queries/spending-rows';
import { wastedSpending } from '../../electron/store/queries/spending-waste';
import { GROUPINGS, type Grouping, type SpendingFilter } from '../../shared/contract/spending';
import { addDays } from '../../shared/spending-period';
import { begin, connect, outcome } from '../fixtures/ledger';
import { fillLedger } from './lib/filled-ledger';
import { median, options, progress, report, round } from './lib/report';

/**
 * What the ledger costs to look at when it is long: every grouping over several ranges by the sums that
 * are kept of it, beside the same figures straight from its rows.
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

/** What a scan has to group by, and no more: the sums of the groups, without percentiles and times. */
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

function scan(db: ReadDb, groupBy: Grouping): number {
  const tags =
    groupBy === 'tag'
      ? 'LEFT JOIN conversation_tag AS tag ON tag.conversation_id = run.conversation_id'
      : '';
  const rows = db.prepare<[], { known: string }>(
    `SELECT ${SCANNED[groupBy]} AS key,
       CAST(coalesce(sum(cost_nanousd) FILTER (WHERE cost_source <> 'estimated'), 0) AS TEXT) AS known,
       CAST(coalesce(sum(cost_nanousd) FILTER (WHERE cost_source = 'estimated'), 0) AS TEXT) AS estimated,
       count(*) FILTER (WHERE cost_source = 'unknown') AS unknown, count(*) AS runs,
       sum(prompt_tokens) AS prompt, sum(completion_tokens) AS completion
     FROM run ${tags} WHERE is_demo = 0 AND state <> 'running' GROUP BY 1 ORDER BY 2 DESC`,
  );
  return timed(() => rows.all());
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

report({
  runs: CONVERSATIONS * 10,
  spending_query_ms: round(p95(times)),
  spending_vs_scan: round(Math.min(...ratios)),
  spending_waste_ms: round(median(waste)),
  spending_rows_ms: round(p95(rows)),
  spending_end_ms: round(median(ends)),
  spending_migration_ms: Math.round(migration),
});
rmSync(work, { recursive: true, force: true });
