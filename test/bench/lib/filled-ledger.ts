import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openWriter } from '../../../electron/store/connection';
import { MIGRATIONS } from '../../../electron/store/migrations';
import { insertConnection } from '../../../electron/store/queries/connections';
import { saveSetting } from '../../../electron/store/queries/settings';

/** Runs of one conversation; in each, one answer is asked for again. */
const RUNS_EACH = 10;

const DAY = 86_400_000;

/** About as long as a ledger of a million rows takes to write by hand: a thousand a day. */
const DAYS = 1_000;

/** A number below `below` that looks random and is the same whenever the bench runs. */
function mixed(row: unknown, salt: unknown, below: unknown): number {
  let hash = Math.imul(Number(row) ^ Math.imul(Number(salt), 0x9e3779b1), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) % Number(below);
}

/** One of several in SQL, the earlier ones more often: nobody uses all models alike. */
function oneOf(salt: number, values: readonly (string | null)[]): string {
  const cases = values.map(
    (value, at) => `WHEN ${at} THEN ${value === null ? 'NULL' : `'${value}'`}`,
  );
  const { length } = values;
  return `CASE min(mixed(r, ${salt}, ${length}), mixed(r, ${salt + 100}, ${length})) ${cases.join(' ')} END`;
}

const MODELS = [
  'openai/gpt-4o',
  'openai/gpt-4o-mini',
  'openai/o3',
  'anthropic/claude-sonnet',
  'anthropic/claude-opus',
  'google/gemini-pro',
  'mistral/mistral-large',
  'meta/llama-70b',
];

/**
 * Makes a data folder with a ledger of so many conversations and ten times as many runs, over a thousand
 * days up to `today`: written as the version before the sums left it, and brought up to date by the
 * migrations. Returns how long these took, in milliseconds.
 */
export function fillLedger(folder: string, conversations: number, today: number): number {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'slice.db');
  const old = openWriter(
    path,
    MIGRATIONS.filter(({ version }) => version <= 30),
  );
  old.pragma('foreign_keys = OFF');
  old.pragma('synchronous = OFF');
  old.function('mixed', { deterministic: true }, mixed);
  const runs = conversations * RUNS_EACH;
  const start = today - DAYS * DAY;
  const step = Math.floor((DAYS * DAY - DAY) / runs);
  // A conversation begins where the one before ends, and some go on a month later.
  const at = `(${start} + r * ${step} + CASE WHEN c % 5 = 0 AND k > 6 THEN ${30 * DAY} ELSE 0 END)`;
  const time = `min(${at}, ${today - DAY / 2})`;
  const isAgain = '(k = 7)';
  const state = `CASE WHEN mixed(r, 1, 100) < 5 THEN 'stopped' WHEN mixed(r, 1, 100) < 9 THEN 'failed'
    WHEN mixed(r, 1, 100) < 12 THEN 'incomplete' ELSE 'complete' END`;
  const source = `CASE WHEN mixed(r, 2, 100) < 4 THEN 'unknown' WHEN mixed(r, 2, 100) < 12 THEN 'estimated'
    ELSE 'reported' END`;
  old.transaction(() => {
    const connection = insertConnection(old, {
      name: 'Bench',
      profile: 'other',
      baseUrl: 'http://127.0.0.1:9/v1',
      isDemo: false,
      at: start,
    });
    const settings = { theme: 'light', lastModel: 'nobody', lastConnectionId: connection };
    saveSetting(old, 'app', JSON.stringify(settings));
    old.exec(`
      CREATE TEMP TABLE one AS
        WITH RECURSIVE count (r) AS (SELECT 1 UNION ALL SELECT r + 1 FROM count WHERE r < ${runs})
        SELECT r, (r - 1) / ${RUNS_EACH} + 1 AS c, (r - 1) % ${RUNS_EACH} AS k FROM count;
      INSERT INTO conversation (id, uid, title, connection_id, active_leaf_id, created_at, updated_at,
          deleted_at, runs)
        SELECT c, 'c' || c, 'Conversation ' || c, ${connection}, 2 * r, ${time}, ${time},
          CASE WHEN c % 100 = 3 THEN ${today} END, ${RUNS_EACH}
        FROM one WHERE k = ${RUNS_EACH - 1};
      INSERT INTO message (id, conversation_id, parent_id, role, created_at)
        SELECT 2 * r - 1, c, CASE WHEN k > 0 THEN 2 * r - 2 END, 'user', ${time}
        FROM one WHERE NOT ${isAgain};
      INSERT INTO message (id, conversation_id, parent_id, role, run_id, created_at)
        SELECT 2 * r, c, CASE WHEN ${isAgain} THEN 2 * r - 3 ELSE 2 * r - 1 END, 'assistant', r, ${time}
        FROM one;
      INSERT INTO conversation_tag (conversation_id, key, name)
        SELECT c, 'tag' || (c % 12), 'Tag' || (c % 12) FROM one WHERE k = 0 AND c % 2 = 0
        UNION SELECT c, 'other' || (c % 5), 'Other' || (c % 5) FROM one WHERE k = 0 AND c % 3 = 0;
      INSERT INTO run (id, uid, conversation_id, message_id, connection_id, conversation_title,
          connection_name, preset_name, profile, base_url, is_demo, requested_model, served_model,
          served_provider, routing, parameters, state, started_at, ended_at, day, prompt_tokens,
          completion_tokens, total_tokens, cost_nanousd, cost_source, latency_ms, first_token_ms,
          total_ms, raw_usage, completion_id, finish_reason)
        SELECT r, 'r' || r, c, 2 * r, ${connection}, 'Conversation ' || c,
          ${oneOf(3, ['APIpie', 'Local'])},
          ${oneOf(4, [null, null, 'Code', 'Prose', 'Review', 'Mail'])}, 'apipie',
          'https://apipie.ai/v1', 0, 'model', ${oneOf(5, MODELS)},
          ${oneOf(6, ['openrouter', 'azure'])},
          ${oneOf(7, [null, 'price', 'perf'])}, '{"temperature":0.7,"max_tokens":2000}', ${state},
          ${time}, ${time} + 5000, date(${time} / 1000, 'unixepoch'), mixed(r, 8, 6000),
          mixed(r, 9, 1500), mixed(r, 8, 6000) + mixed(r, 9, 1500),
          CASE WHEN ${source} <> 'unknown' THEN mixed(r, 10, 90000000) END, ${source}, 800,
          150 + mixed(r, 11, 2500), 900 + mixed(r, 12, 30000),
          '{"prompt_tokens":13,"completion_tokens":100,"total_tokens":113,"cost":0.001878}',
          'chatcmpl-' || r, 'stop'
        FROM one;
      DROP TABLE one;`);
  })();
  old.close();
  const begin = performance.now();
  const writer = openWriter(path);
  const ms = performance.now() - begin;
  // The days are those of UTC already; the bench is not about moving them.
  saveSetting(writer, 'calendar', Intl.DateTimeFormat().resolvedOptions().timeZone);
  writer.pragma('wal_checkpoint(TRUNCATE)');
  writer.close();
  return ms;
}
