import { spawnSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { canInstall, installPackages } from '../../../scripts/runtime/apt.mjs';
import { findProgram } from '../../../scripts/runtime/command.mjs';
import { PARAMETER_KEYS } from '../../../shared/parameters';

/** The program, gotten where this machine lets us; null where it cannot be had. */
export async function sqliteShell(): Promise<string | null> {
  const found = findProgram('sqlite3');
  if (found !== undefined || !canInstall()) return found ?? null;
  try {
    await installPackages(
      ['sqlite3'],
      'The bench compares with the sqlite3 shell, which is missing',
    );
  } catch {
    return null;
  }
  return findProgram('sqlite3') ?? null;
}

const utc = (ms: string) => `strftime('%Y-%m-%dT%H:%M:%fZ', ${ms} / 1000.0, 'unixepoch')`;
const local = (ms: string) =>
  `strftime('%Y-%m-%dT%H:%M:%f', ${ms} / 1000.0, 'unixepoch', 'localtime')`;

const ROW = `day, connection_name, base_url, profile`;
const REST = `conversation_id, conversation_title, message_id, preset_name, attempt, fan_out,
  requested_model, served_model, served_provider, answers, votes, models, prompt_tokens,
  completion_tokens, total_tokens, cached_tokens, reasoning_tokens, prompt_characters,
  response_characters`;
const END =
  'cost_source, waste, latency_ms, first_token_ms, total_ms, finish_reason, error_code, http_status';
const ORDER = 'FROM run WHERE is_demo = 0 ORDER BY started_at, id';

/** The columns of our file; of local times the shell does not know how far they are from UTC. */
const SAME_COLUMNS = `SELECT 'runs/1', uid, state, ${utc('started_at')}, ${local('started_at')},
  ${utc('ended_at')}, ${local('ended_at')}, ${ROW}, iif(is_demo, 'true', 'false'), ${REST},
  CASE WHEN cost_nanousd IS NOT NULL
    THEN printf('%d.%09d', cost_nanousd / 1000000000, cost_nanousd % 1000000000) END, ${END},
  ${PARAMETER_KEYS.map((key) => `parameters ->> '${key}'`).join(', ')}, nullif(extra, '{}') ${ORDER}`;

/** The same rows as they are stored, with nothing made of them. */
const RAW_COLUMNS = `SELECT 'runs/1', uid, state, started_at, started_at, ended_at, ended_at, ${ROW},
  is_demo, ${REST}, cost_nanousd, ${END}, parameters, nullif(extra, '{}') ${ORDER}`;

const STATEMENTS = { same: SAME_COLUMNS, raw: RAW_COLUMNS } as const;

/** Has the shell write the ledger of a store into a CSV file. */
export function writeByShell(
  shell: string,
  store: string,
  file: string,
  columns: keyof typeof STATEMENTS,
  timeZone: string,
): void {
  const out = openSync(file, 'w');
  const { status, stderr } = spawnSync(
    shell,
    ['-readonly', '-csv', '-newline', '\r\n', store, STATEMENTS[columns]],
    {
      stdio: ['ignore', out, 'pipe'],
      env: { ...process.env, TZ: timeZone },
    },
  );
  closeSync(out);
  if (status !== 0) throw new Error(`the sqlite3 shell failed: ${String(stderr)}`);
}
