import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { SpendingReport } from '../../shared/contract/spending';
import type { UsageOrder, UsageWritten } from '../../shared/contract/usage-file';
import { FailureError } from '../../shared/errors';
import { localDay } from '../../shared/local-day';
import { usdText } from '../../shared/money';
import { TOTAL_COLUMNS, TOTAL_FIELDS } from '../money/usage-columns';
import { writeUsageFile } from '../money/usage-file';
import { usageLines } from '../money/usage-lines';
import { totalRow, writeUsage } from '../money/usage-writing';
import { openUnchanged, type ReadDb } from '../store/connection';
import { StoreError, storeError } from '../store/errors';
import { type Calendar, spendingReport } from '../store/queries/spending-report';
import { type Command, CommandProblem, HELP, readCommand } from './command-options';
import type { CommandWords } from './command-words';
import { OutputClosed, OutputFailed, print, say } from './standard-output';
import { usageTable } from './usage-table';

const DONE = 0;
const FAILED = 1;
const WRONG_WORDS = 2;

/**
 * Does what a command says and answers with the exit code: 0 done, 1 failed, 2 the words are wrong. The
 * result goes to the standard output, everything else to the standard error. The store is read and never
 * changed. `store` is its file.
 */
export function runCommand(words: CommandWords, store: string): number {
  try {
    const command = readCommand(words);
    if (command.name === 'help') {
      print(HELP[command.of]);
      return DONE;
    }
    const db = opened(store);
    try {
      const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
      run(command, db, { today: localDay(Date.now(), timeZone), timeZone });
      return DONE;
    } finally {
      db.close();
    }
  } catch (error) {
    if (error instanceof OutputClosed) return DONE;
    if (error instanceof CommandProblem) {
      say(`slice ${words.name}: ${error.message}.\nSee: slice ${words.name} --help`);
      return WRONG_WORDS;
    }
    say(`slice ${words.name}: ${sentence(error, store)}`);
    return FAILED;
  }
}

function opened(store: string): ReadDb {
  if (!existsSync(store)) throw new StoreError('not_found', 'there is no store');
  return openUnchanged(store);
}

function run(command: Exclude<Command, { name: 'help' }>, db: ReadDb, calendar: Calendar): void {
  switch (command.name) {
    case 'usage':
      if (command.format === 'csv') printUsage(db, command.order, calendar);
      else print(reportIn(command.format, reportOf(db, command.order, calendar), command.order));
      return;
    case 'export': {
      const { order, out } = command;
      const written =
        out === null
          ? printUsage(db, order, calendar)
          : writeUsageFile(db, resolve(out), order, calendar, () => undefined);
      const rows = written.rows === 1 ? '1 row' : `${written.rows} rows`;
      say(`${rows}, $${usdText(written.sum)} in all.`);
      return;
    }
  }
}

function printUsage(db: ReadDb, order: UsageOrder, calendar: Calendar): UsageWritten {
  return writeUsage(db, order, calendar, { take: print, reached: () => undefined });
}

function reportOf(db: ReadDb, { filter, groupBy }: UsageOrder, calendar: Calendar): SpendingReport {
  return spendingReport(db, filter, groupBy, Number.MAX_SAFE_INTEGER, calendar);
}

function reportIn(
  format: 'table' | 'json',
  report: SpendingReport,
  { groupBy, ...order }: UsageOrder,
): string {
  if (format === 'table') return usageTable(report, groupBy);
  const { line } = usageLines(TOTAL_COLUMNS, TOTAL_FIELDS, { ...order, format: 'jsonl' }, 'UTC');
  const written = (group: SpendingReport['sum']) =>
    line(totalRow(report, groupBy, group)).trimEnd();
  return `{"sum":${written(report.sum)},\n"groups":[${report.groups.map((group) => `\n${written(group)}`).join(',')}]}\n`;
}

/** What went wrong, for whoever wrote the command. */
function sentence(error: unknown, store: string): string {
  if (error instanceof FailureError) {
    switch (error.failure.reason) {
      case 'disk_full':
        return 'The disk is full. No file was left.';
      case 'not_allowed':
        return 'The file must not be written there.';
      case 'no_folder':
        return 'There is no such folder to write the file to.';
      default:
        return 'The file could not be written. None was left.';
    }
  }
  if (error instanceof OutputFailed) {
    return error.code === 'ENOSPC'
      ? 'The disk that the output goes to is full.'
      : `The output could not be written (${error.code}).`;
  }
  const folder = dirname(store);
  const { kind, message } = storeError(error);
  switch (kind) {
    case 'not_found':
      return `There is no data yet in ${folder}. SLICE_DATA_DIR names another folder.`;
    case 'newer':
      return `The data in ${folder} was written by a later version of Slice. Update this one.`;
    case 'older':
      return `The data in ${folder} is of an earlier version. Start Slice once, which brings it up to date.`;
    case 'corrupt':
      return `The data in ${folder} is damaged.`;
    case 'busy':
      return `The data in ${folder} is locked. Try again in a moment.`;
    default:
      return `The data in ${folder} could not be read: ${message}.`;
  }
}
