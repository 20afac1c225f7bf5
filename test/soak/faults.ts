import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { mountSmall, unmount } from '../e2e/small-disk';
import { megabytes, shake } from './fault-run';

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '1800' }, seed: { type: 'string' } },
});
const seconds = Number(values.seconds);
const seed = values.seed === undefined ? Date.now() % 1_000_000 : Number(values.seed);
if (!Number.isInteger(seconds) || seconds < 1 || !Number.isInteger(seed)) {
  console.error(
    'npm run soak -- faults --seconds N [--seed N]: whole numbers, at least one second',
  );
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), 'slice-soak-'));
const isSmallDisk = mountSmall(folder, 64 + Math.ceil(seconds / 10));
console.log(`faults: ${seconds} seconds, seed ${seed}`);
if (!isSmallDisk) console.log('no small file system can be made here, so no disk will be full');
const began = Date.now();
const report = await shake({
  seconds,
  seed,
  folder,
  isSmallDisk,
  onEvent: (event) => {
    console.log(`${((Date.now() - began) / 1000).toFixed(1).padStart(7)} s  ${event}`);
  },
}).catch((error: unknown) => {
  if (isSmallDisk) unmount(folder);
  throw error;
});
const { faults, events, deliveries, states, before, after } = report;
const endings: Record<string, number> = {};
for (const { ending } of deliveries) {
  endings[ending ?? 'open'] = (endings[ending ?? 'open'] ?? 0) + 1;
}
const list = (counts: Readonly<Record<string, number>>) =>
  Object.entries(counts)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ');
console.log(`\ndone to the app: ${list(events)}`);
console.log(`requests: ${list(endings)}`);
console.log(`runs: ${list(states)}`);
for (const heap of ['main', 'page'] as const) {
  if (!before || !after) break;
  console.log(`heap of ${heap}: ${megabytes(before[heap])}, then ${megabytes(after[heap])}`);
}
console.log(faults.length === 0 ? 'nothing was lost' : `\n${faults.join('\n')}\nseed ${seed}`);
if (faults.length > 0) {
  console.log(`the data folder is ${folder}${isSmallDisk ? ', a file system in memory' : ''}`);
} else {
  if (isSmallDisk) unmount(folder);
  rmSync(folder, { recursive: true, force: true });
}
process.exit(faults.length > 0 ? 1 : 0);
