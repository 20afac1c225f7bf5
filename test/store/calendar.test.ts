import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Calendar } from '../../electron/money/calendar';
import { localDay } from '../../shared/local-day';
import { connect, newConversation, outcome, runHead } from '../fixtures/ledger';
import { connections, openTestStore, temporaryFolder } from '../fixtures/store';

/** It is the next day already in Auckland. */
const EVENING = Date.parse('2024-10-21T20:00:00Z');

it('days follow a time zone that becomes another one while the app runs, and back', async () => {
  const path = join(temporaryFolder(), 'slice.db');
  const store = await openTestStore(path);
  const { writer, reader } = connections(path);
  const connection = connect(writer);
  let zone = 'UTC';
  let moves = 0;
  const failures: unknown[] = [];
  const calendar = new Calendar({
    store,
    systemZone: () => zone,
    moved: () => {
      moves += 1;
    },
    failed: (error) => void failures.push(error),
  });
  const answer = async () => {
    const day = localDay(EVENING, calendar.timeZone());
    const head = runHead(connection, { startedAt: EVENING, day });
    const [run] = (await store.write.beginRuns(newConversation('Why?'), [head])).runs;
    if (run) await store.write.endRun(run.runId, outcome({ endedAt: EVENING + 1 }), []);
  };
  const days = () => reader.prepare('SELECT day FROM run ORDER BY id').pluck().all();
  const summed = () =>
    reader.prepare('SELECT day, sum(runs) AS runs FROM usage_day GROUP BY day').all();

  calendar.start();
  await answer();
  zone = 'Pacific/Auckland';
  await answer();
  await expect.poll(days).toEqual(['2024-10-22', '2024-10-22']);
  zone = 'UTC';
  await answer();
  await expect.poll(days).toEqual(Array(3).fill('2024-10-21'));
  expect(summed()).toEqual([{ day: '2024-10-21', runs: 3 }]);
  await expect.poll(() => moves).toBe(2);
  calendar.close();
  expect(failures).toEqual([]);
});
