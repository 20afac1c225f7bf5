import type { Grouping, SpendingGroup, SpendingReport } from '../../shared/contract/spending';
import type { UsageOrder, UsageWritten } from '../../shared/contract/usage-file';
import { nano } from '../../shared/money';
import type { FileReceiver } from '../files/file-work';
import type { ReadDb } from '../store/connection';
import { BILLED_FIELD_NAMES, billedRows } from '../store/queries/billing-rows';
import { type Calendar, spendingReport } from '../store/queries/spending-report';
import {
  RUN_FIELD_NAMES,
  type UsageRows,
  type UsageValue,
  usageRows,
} from '../store/queries/usage-rows';
import { BILLED_COLUMNS, RUN_COLUMNS, TOTAL_COLUMNS, TOTAL_FIELDS } from './usage-columns';
import { type UsageLines, usageLines } from './usage-lines';

/** After so many rows it is said how far the writing is. */
const ROWS_A_STEP = 2_000;

/** About so many characters are handed on at once. */
const CHARACTERS_A_PIECE = 64_000;

/**
 * Writes what is ordered, all of it from one state of the store whatever is changed meanwhile. Only a
 * piece of the rows of the ledger is in memory at any time.
 */
export function writeUsage(
  db: ReadDb,
  order: UsageOrder,
  calendar: Calendar,
  receiver: FileReceiver,
): UsageWritten {
  return db.transaction(() => {
    const { rows, lines, cost } = partsOf(db, order, calendar);
    return written(rows, lines, cost, receiver);
  })();
}

interface Parts {
  readonly rows: UsageRows;
  readonly lines: UsageLines;
  /** Where in a row its cost stands. */
  readonly cost: number;
}

function partsOf(db: ReadDb, order: UsageOrder, calendar: Calendar): Parts {
  switch (order.kind) {
    case 'runs':
      return {
        rows: usageRows(db, order.filter, calendar),
        lines: usageLines(RUN_COLUMNS, RUN_FIELD_NAMES, order, calendar.timeZone),
        cost: RUN_FIELD_NAMES.indexOf('cost'),
      };
    case 'totals':
      return {
        rows: totalRows(db, order, calendar),
        lines: usageLines(TOTAL_COLUMNS, TOTAL_FIELDS, order, calendar.timeZone),
        cost: TOTAL_FIELDS.indexOf('cost'),
      };
    case 'billing':
      return {
        rows: billedRows(db, order.filter, calendar),
        lines: usageLines(BILLED_COLUMNS, BILLED_FIELD_NAMES, order, calendar.timeZone),
        cost: BILLED_FIELD_NAMES.indexOf('cost'),
      };
  }
}

function written(
  { count, rows }: UsageRows,
  lines: UsageLines,
  cost: number,
  receiver: FileReceiver,
): UsageWritten {
  let text = lines.head;
  let done = 0;
  let sum = 0n;
  receiver.reached(0, count);
  for (const row of rows) {
    text += lines.line(row);
    const nanos = row[cost];
    if (nanos !== null && nanos !== undefined) sum += BigInt(nanos);
    if (text.length > CHARACTERS_A_PIECE) {
      receiver.take(text);
      text = '';
    }
    done += 1;
    if (done % ROWS_A_STEP === 0) receiver.reached(done, count);
  }
  if (text !== '') receiver.take(text);
  receiver.reached(done, count);
  return { rows: done, sum: nano(sum) };
}

/** Each group that a grouping makes, as on the screen but without an end. */
function totalRows(db: ReadDb, order: UsageOrder, calendar: Calendar): UsageRows {
  const { filter, groupBy } = order;
  const report = spendingReport(db, filter, groupBy, Number.MAX_SAFE_INTEGER, calendar);
  const rows = report.groups.map((group) => totalRow(report, groupBy, group));
  return { count: rows.length, rows };
}

/** A group of a report as a row, in the order of `TOTAL_FIELDS`. */
export function totalRow(
  { from, to }: Pick<SpendingReport, 'from' | 'to'>,
  groupBy: Grouping,
  { key, name, total, ...more }: SpendingGroup,
): UsageValue[] {
  return [
    from,
    to,
    groupBy,
    key,
    name,
    String(total.known + total.estimated),
    String(total.known),
    String(total.estimated),
    total.unknown,
    total.running,
    total.runs,
    more.promptTokens,
    more.completionTokens,
    more.totalMs?.p50 ?? null,
    more.totalMs?.p95 ?? null,
    more.firstTokenMs?.p50 ?? null,
    more.firstTokenMs?.p95 ?? null,
  ];
}
