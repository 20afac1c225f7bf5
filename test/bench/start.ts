import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { writeBareApp } from './lib/bare-app';
import { launch, usableAfter } from './lib/electron-app';
import { fillStore } from './lib/filled-store';
import { median, options, progress, report, round } from './lib/report';

/**
 * From the start of the process to the first paint in which one can write: Slice on a data folder that
 * is new, one in which little was written, and one in which much was; beside a bare Electron window with
 * one field. In turn, in one run, so that a noisy machine is noisy for all.
 */
const ROUNDS = options.small ? 1 : 9;
const FULL = options.small ? 1_000 : 100_000;
/** Nobody looks at the page before it is there, as nobody does at home. */
const ALONE_MS = options.small ? 0 : 1_000;

const slice = resolve('.');
const work = mkdtempSync(join(tmpdir(), 'slice-bench-'));
const bare = writeBareApp(join(work, 'bare'));
const data = (name: string) => join(work, `${name}-data`);

progress(`filling a store with ${FULL} conversations`);
fillStore(data('empty'), { conversations: 1 });
fillStore(data('full'), { conversations: FULL });

const KINDS = ['bare', 'first', 'empty', 'full'] as const;
type Kind = (typeof KINDS)[number];
const times: Record<Kind, number[]> = { bare: [], first: [], empty: [], full: [] };

async function start(kind: Kind, turn: number): Promise<number> {
  const folder = data(kind === 'first' ? `first-${turn}` : kind);
  const app = await launch(kind === 'bare' ? bare : slice, folder, { aloneMs: ALONE_MS });
  const ms = await usableAfter(app);
  await app.close();
  return ms;
}

for (let turn = 0; turn <= ROUNDS; turn++) {
  const said: string[] = [];
  for (const kind of KINDS) {
    const ms = await start(kind, turn);
    said.push(`${kind} ${Math.round(ms)} ms`);
    if (turn > 0) times[kind].push(ms);
  }
  progress(`${turn === 0 ? 'warm-up' : `round ${turn}`}: ${said.join(', ')}`);
}

/** Of starts that followed each other, so that both had the same machine. */
function ratio(ours: Kind, theirs: Kind): number {
  return round(median(times[ours].map((ms, turn) => ms / (times[theirs][turn] ?? Number.NaN))));
}

report({
  bare_ms: Math.round(median(times.bare)),
  first_start_ms: Math.round(median(times.first)),
  start_ms: Math.round(median(times.empty)),
  start_full_ms: Math.round(median(times.full)),
  first_start_vs_bare: ratio('first', 'bare'),
  start_vs_bare: ratio('empty', 'bare'),
  start_full_vs_empty: ratio('full', 'empty'),
});
rmSync(work, { recursive: true, force: true });
