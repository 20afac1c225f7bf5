import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { killRounds } from './kill-rounds';

const { values } = parseArgs({
  options: { times: { type: 'string', default: '20' }, seed: { type: 'string' } },
});
const times = Number(values.times);
const seed = values.seed === undefined ? Date.now() % 1_000_000 : Number(values.seed);
if (!Number.isInteger(times) || times < 1 || !Number.isInteger(seed)) {
  console.error('npm run soak -- kill --times N [--seed N]: whole numbers, at least once');
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), 'slice-soak-'));
console.log(`kill: ${times} times, seed ${seed}`);
let bad = 0;
let longest = 0;
await killRounds({
  times,
  seed,
  folder,
  onRound: (round, killedAfterMs, { faults, lostMs, runs }) => {
    if (faults.length > 0) bad += 1;
    longest = Math.max(longest, lostMs);
    const told = faults.length > 0 ? `\n  ${faults.join('\n  ')}` : '';
    console.log(
      `${round}/${times}  killed after ${killedAfterMs} ms, ${runs} runs, lost at most ${lostMs} ms so far${told}`,
    );
  },
});
console.log(`\n${times - bad} rounds passed, ${bad} failed; at most ${longest} ms of text lost`);
if (bad > 0) console.log(`seed ${seed}; the data folder is ${folder}`);
else rmSync(folder, { recursive: true, force: true });
process.exit(bad > 0 ? 1 : 0);
