import type Database from 'better-sqlite3';
import { openWriter, type ReadDb, type WriteDb } from '../../electron/store/connection';
import { sumFaults } from '../../electron/store/queries/sum-faults';
import type { Answered } from './words-server';

/** Text that left the server this long before the app was killed has to be on the disk, in milliseconds. */
const LONGEST_LOSS_MS = 500;

export interface Findings {
  /** What is wrong, in words; empty when nothing is. */
  readonly faults: readonly string[];
  /** The age of the oldest text that was lost whenever the app was killed, in milliseconds. */
  readonly lostMs: number;
  readonly runs: number;
}

interface RunRow {
  readonly question: string;
  readonly state: string;
  readonly completion_id: string | null;
  readonly answer: string | null;
}

/**
 * Compares the store of an app that has recovered with what the server saw, and with itself.
 */
export function checkStore(path: string, log: readonly Answered[]): Findings {
  const db = openWriter(path);
  try {
    const faults = storeFaults(db);
    const runs = db
      .prepare<[], RunRow>(
        `SELECT coalesce((SELECT text FROM message_said WHERE id = question.id), '') AS question,
           run.state, completion_id,
           (SELECT text FROM message_said WHERE message_said.id = answer.id) AS answer
         FROM run LEFT JOIN message AS answer ON answer.id = run.message_id
         LEFT JOIN message AS question ON question.id = answer.parent_id`,
      )
      .all();
    let lostMs = 0;
    for (const answered of log) {
      const own = runs.filter(({ question }) => question === answered.question);
      const asked = log.filter(({ question }) => question === answered.question).length;
      if (own.length < asked) faults.push(`${answered.id}: a request without a row`);
      const until = answered.killedAt ?? Date.now();
      const said = answered.pieces.map((piece) => piece.text).join('');
      const first = answered.pieces[0];
      // Before its first words were kept, an answer cannot be told from another to the same question.
      const row = runs.find(({ completion_id }) => completion_id === answered.id);
      if (!row) {
        if (first) lostMs = Math.max(lostMs, until - first.at);
        continue;
      }
      const kept = row.answer ?? '';
      if (!said.trim().startsWith(kept.trim())) faults.push(`${answered.id}: other words are kept`);
      let length = 0;
      for (const piece of answered.pieces) {
        length += piece.text.length;
        if (kept.trim().length >= length - 1) continue;
        lostMs = Math.max(lostMs, until - piece.at);
        break;
      }
    }
    if (lostMs > LONGEST_LOSS_MS) faults.push(`text of ${lostMs} ms before the end was lost`);
    return { faults, lostMs, runs: runs.length };
  } finally {
    db.close();
  }
}

/** What is wrong with a store in itself, while no run is on its way. */
export function storeFaults(db: WriteDb): string[] {
  return [...soundness(db), ...sums(db)];
}

function soundness(db: Database.Database): string[] {
  const faults: string[] = [];
  const integrity = db.pragma('integrity_check', { simple: true });
  if (integrity !== 'ok') faults.push(`integrity_check: ${String(integrity)}`);
  const keys = db.pragma('foreign_key_check');
  if (Array.isArray(keys) && keys.length > 0) faults.push(`${keys.length} rows refer to none`);
  for (const index of ['message_fts', 'conversation_fts']) {
    try {
      db.prepare(`INSERT INTO ${index} (${index}, rank) VALUES ('integrity-check', 1)`).run();
    } catch (error) {
      faults.push(`${index}: ${String(error)}`);
    }
  }
  const count = (sql: string) => db.prepare<[], number>(sql).pluck().get() ?? 0;
  const rows = (what: string, sql: string) => {
    const found = count(`SELECT count(*) FROM ${sql}`);
    if (found > 0) faults.push(`${found} ${what}`);
  };
  rows('runs go on although nobody works on them', "run WHERE state = 'running'");
  rows('entries are left in the journal', 'run_journal');
  rows(
    'conversations show a message that is not theirs',
    `conversation
    WHERE active_leaf_id NOT IN (SELECT id FROM message WHERE conversation_id = conversation.id)`,
  );
  rows(
    'broken answers have a cost that nobody told',
    "run WHERE state = 'incomplete' AND raw_usage IS NULL AND cost_source <> 'unknown'",
  );
  return faults;
}

/** The sums that are kept, against the rows themselves. */
function sums(db: ReadDb): string[] {
  return Object.entries(sumFaults(db)).flatMap(([kind, count]) =>
    count > 0 ? [`${count} sums of ${kind} are wrong`] : [],
  );
}
