import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { openWriter } from '../../../electron/store/connection';
import { insertConnection } from '../../../electron/store/queries/connections';
import { endRun } from '../../../electron/store/queries/run-life';
import { nano } from '../../../shared/money';
import { beginRun, newConversation, outcome, runHead, say } from '../../fixtures/ledger';
import { copyRows } from './copied-rows';

const HOUR = 3_600_000;

/**
 * Makes a store with so many ended runs in the file: a few dozen different ones (models, providers,
 * settings, costs, names that have to be quoted), and copies of those, each some minutes older.
 */
export function fillRuns(path: string, runs: number): void {
  mkdirSync(dirname(path), { recursive: true });
  const db = openWriter(path);
  db.pragma('foreign_keys = OFF');
  db.pragma('synchronous = OFF');
  const connection = insertConnection(db, {
    name: 'APIpie',
    profile: 'apipie',
    baseUrl: 'https://apipie.ai/v1',
    isDemo: false,
    at: 0,
  });
  const now = Date.now();
  db.transaction(() => {
    for (let at = 0; at < KINDS; at++) {
      const startedAt = now - at * 1_013;
      const head = runHead(connection, {
        startedAt,
        day: new Date(startedAt).toISOString().slice(0, 10),
        model: MODELS[at % MODELS.length] ?? '',
        parameters: PARAMETERS[at % PARAMETERS.length] ?? '{}',
        presetName: at % 3 === 0 ? null : 'Careful, with sources',
      });
      const title = at % 4 === 0 ? 'Why is the sky "blue", and not green?' : 'The sea';
      const { runId } = beginRun(db, newConversation(title), head);
      const unknown = at % 11 === 0;
      endRun(
        db,
        runId,
        outcome({
          endedAt: startedAt + 2_000 + at,
          cost: unknown ? null : nano(BigInt(1_878_000 + at * 7_919)),
          costSource: unknown ? 'unknown' : 'reported',
          promptTokens: 100 + at,
        }),
        [say('As it is.')],
      );
    }
    const copies = Math.ceil(runs / KINDS) - 1;
    const older = (of: string) => `${of} - ${HOUR / 10} * n`;
    copyRows(db, 'run', 'TRUE', copies, {
      id: `id + ${KINDS} * n`,
      uid: `substr(uid, 1, 24) || printf('%012x', n)`,
      started_at: older('started_at'),
      ended_at: older('ended_at'),
      day: `date((${older('started_at')}) / 1000, 'unixepoch')`,
    });
  })();
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
}

const KINDS = 40;
const MODELS = ['gpt-4o', 'claude-sonnet-4', 'deepseek-chat', 'llama-3.3-70b', 'qwen-2.5'];
const PARAMETERS = [
  '{}',
  '{"temperature":0.7}',
  '{"routing":"price","max_tokens":2000,"temperature":0.2}',
  '{"stop":["\\n\\n","END"],"seed":7}',
];
