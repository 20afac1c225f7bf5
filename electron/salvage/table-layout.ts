import type Database from 'better-sqlite3';
import type { Row, Value } from './records';

interface Column {
  readonly name: string;
  readonly type: string;
  /** Whether a row can be without it. */
  readonly isOptional: boolean;
  readonly mayBeNull: boolean;
  /** Stands for the rowid and is null in the record. */
  readonly isRowid: boolean;
}

/** How the rows of a table stand in the file. */
export interface TableLayout {
  readonly table: string;
  readonly hasRowids: boolean;
  /** In the order in which they stand in a record. */
  readonly columns: readonly Column[];
}

interface ColumnInfo {
  readonly name: string;
  readonly type: string;
  readonly notnull: number;
  readonly dflt_value: string | null;
  readonly pk: number;
  /** 2 for one that is computed and stands nowhere. */
  readonly hidden: number;
}

/** What SQLite says of a table of a sound file with the same schema. */
export function layoutOf(db: Database.Database, table: string): TableLayout {
  const hasRowids =
    db.prepare('SELECT wr FROM pragma_table_list WHERE name = ?').pluck().get(table) === 0;
  const infos = db
    .prepare<[string], ColumnInfo>('SELECT * FROM pragma_table_xinfo(?) WHERE hidden <> 2')
    .all(table);
  const keys = infos.filter(({ pk }) => pk > 0);
  const columns = infos.map(({ name, type, notnull, dflt_value, pk }) => ({
    name,
    type,
    isOptional: notnull === 0 || dflt_value !== null,
    mayBeNull: notnull === 0 && (pk === 0 || hasRowids),
    isRowid: hasRowids && keys.length === 1 && pk === 1 && type === 'INTEGER',
  }));
  if (hasRowids) return { table, hasRowids, columns };
  // Without rowids the key comes first.
  const keyNames = keys.toSorted((a, b) => a.pk - b.pk).map(({ name }) => name);
  const inKey = keyNames.flatMap((key) => columns.filter(({ name }) => name === key));
  const rest = columns.filter(({ name }) => !keyNames.includes(name));
  return { table, hasRowids, columns: [...inKey, ...rest] };
}

/** The values of a row by column, or null when it cannot be one of this table. */
export function fitted({ hasRowids, columns }: TableLayout, row: Row): Map<string, Value> | null {
  const { rowid, values, isWhole } = row;
  if (!isWhole || (rowid !== null) !== hasRowids || values.length > columns.length) return null;
  const fitting = new Map<string, Value>();
  for (const [at, column] of columns.entries()) {
    const value = values[at];
    if (value === undefined) {
      if (!column.isOptional) return null;
    } else if (column.isRowid && value === null && rowid !== null && rowid >= 0n) {
      fitting.set(column.name, rowid);
    } else if (isOf(column, value)) {
      fitting.set(column.name, value);
    } else {
      return null;
    }
  }
  return fitting;
}

function isOf({ type, mayBeNull, isRowid }: Column, value: Value): boolean {
  if (value === null) return mayBeNull && !isRowid;
  switch (type) {
    case 'INTEGER':
      return typeof value === 'bigint' && !isRowid;
    case 'TEXT':
      return typeof value === 'string';
    default:
      return false;
  }
}

type StandIn = Readonly<Record<string, Value>>;

/** What stands in for values that are lost or make no sense, where a table insists on some. */
const STAND_INS: Readonly<Record<string, readonly StandIn[]>> = {
  message: [{ role: 'user' }],
  part: [{ kind: 'text', attachment_id: null }],
  run: [
    { state: 'incomplete' },
    { cost_source: 'unknown', cost_nanousd: null },
    { is_demo: 0n },
    { state: 'incomplete', ended_at: 0n },
  ],
};

/**
 * What a row of this table can be when some of its values are broken, the one with the most left first.
 * `fresh` is a text that no other row has.
 */
export function* mended(
  { table, columns }: TableLayout,
  { rowid, values }: Row,
  fresh: string,
): Generator<ReadonlyMap<string, Value>> {
  const mend = new Map<string, Value>();
  for (const [at, column] of columns.entries()) {
    const value = column.isRowid ? rowid : made(column, values[at], fresh);
    if (value !== undefined) mend.set(column.name, value);
  }
  const standIns = STAND_INS[table] ?? [];
  const all: StandIn = Object.fromEntries(standIns.flatMap((one) => Object.entries(one)));
  for (const standIn of [{}, ...standIns, all]) {
    const row = new Map([...mend, ...Object.entries(standIn)]);
    yield row;
    for (const { name, isOptional, isRowid } of columns) {
      if (isOptional && !isRowid) yield new Map([...row].filter(([key]) => key !== name));
    }
  }
}

/** Undefined when the column is left to its default. */
function made(column: Column, value: Value | undefined, fresh: string): Value | undefined {
  if (value !== undefined && isOf(column, value)) return value;
  if (column.type === 'TEXT' && value !== undefined && value !== null) {
    return typeof value === 'object' ? value.toString('utf8') : String(value);
  }
  if (column.isOptional) return undefined;
  if (column.type === 'INTEGER') return 0n;
  return column.name === 'uid' ? fresh : '';
}
