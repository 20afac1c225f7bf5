import { killRounds } from '../soak/kill-rounds';
import type { Findings } from '../soak/store-check';
import { expect, test } from './app';

test('killed five times in the middle of answers, no request is without a row and no text of half a second is lost', async ({
  dataFolder,
}) => {
  const seen: Findings[] = [];
  await killRounds({
    times: 5,
    seed: 1,
    folder: dataFolder,
    onRound: (_, __, findings) => seen.push(findings),
  });
  expect(seen.flatMap(({ faults }) => faults)).toEqual([]);
  expect(seen.at(-1)?.runs).toBeGreaterThan(5);
});
