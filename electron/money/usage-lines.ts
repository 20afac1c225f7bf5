import type { UsageFileForm } from '../../shared/contract/usage-file';
import { PARAMETER_KEYS, type ParameterKey, parameterCells } from '../../shared/parameters';
import { parametersOf } from '../store/queries/json-columns';
import type { UsageValue } from '../store/queries/usage-rows';
import { BYTE_ORDER_MARK, LINE_END, SEPARATORS, textCell } from './csv';
import { IsoTimes } from './iso-time';
import type { CellKind, UsageColumn, UsageTable } from './usage-columns';

type Row = readonly UsageValue[];

/** Writes the lines of one file. */
export interface UsageLines {
  /** What stands before the first line; empty where nothing does. */
  readonly head: string;
  /** A row as a line with its end. Its values are in the order of the fields. */
  line(row: Row): string;
}

/**
 * The lines of a file, as CSV (RFC 4180) or as a JSON object each. `fields` says where in a row each
 * value stands.
 */
export function usageLines<Field extends string>(
  { columns }: UsageTable<Field>,
  fields: readonly Field[],
  form: Omit<UsageFileForm, 'kind'>,
  timeZone: string,
): UsageLines {
  const times = new IsoTimes(timeZone);
  const style = form.format === 'csv' ? csvStyle(form, times) : jsonStyle(times);
  const { begin, between, end } = style;
  const [first, ...others] = piecesOf(columns, fields, style);
  const names = columns.map(({ key }) => key).join(between);
  return {
    head: form.format === 'csv' ? `${form.marked ? BYTE_ORDER_MARK : ''}${names}${LINE_END}` : '',
    line: (row) => {
      let line = begin;
      if (first) line += first(row);
      for (const piece of others) line += between + piece(row);
      return line + end;
    },
  };
}

/** What the cells of a format look like. */
interface Style {
  readonly begin: string;
  readonly between: string;
  readonly end: string;
  readonly empty: string;
  /** What stands before the cell of a column. */
  readonly before: (key: string) => string;
  readonly cell: Readonly<Record<CellKind, (value: string | number) => string>>;
  /** A parameter that was sent: its value, and how it stands in a table. */
  readonly parameter: (value: unknown, text: string) => string;
}

function csvStyle({ separator }: Pick<UsageFileForm, 'separator'>, times: IsoTimes): Style {
  return {
    begin: '',
    between: SEPARATORS[separator],
    end: LINE_END,
    empty: '',
    before: () => '',
    cell: {
      text: (value) => textCell(String(value)),
      number: String,
      usd: (value) => usdOfNanos(String(value)),
      utc: (value) => times.utc(Number(value)),
      local: (value) => times.local(Number(value)),
      flag: (value) => (value === 1 ? 'true' : 'false'),
      json: (value) => textCell(String(value)),
    },
    parameter: (value, text) => (typeof value === 'number' ? text : textCell(text)),
  };
}

function jsonStyle(times: IsoTimes): Style {
  return {
    begin: '{',
    between: ',',
    end: '}\n',
    empty: 'null',
    before: (key) => `${JSON.stringify(key)}:`,
    cell: {
      text: (value) => JSON.stringify(String(value)),
      number: String,
      // As a number it would be read as a float, and money is none.
      usd: (value) => `"${usdOfNanos(String(value))}"`,
      utc: (value) => `"${times.utc(Number(value))}"`,
      local: (value) => `"${times.local(Number(value))}"`,
      flag: (value) => (value === 1 ? 'true' : 'false'),
      json: String,
    },
    parameter: (value) => JSON.stringify(value),
  };
}

/** One cell of a line, or several that come from the same value. */
type Piece = (row: Row) => string;

function piecesOf<Field extends string>(
  columns: readonly UsageColumn<Field>[],
  fields: readonly Field[],
  style: Style,
): Piece[] {
  const pieces: Piece[] = [];
  for (let at = 0; at < columns.length; at++) {
    const column = columns[at];
    if (column?.as !== 'parameter') {
      if (column) pieces.push(pieceOf(column, fields, style));
      continue;
    }
    const { from } = column;
    const parameters: Parameter[] = [];
    for (; ; at++) {
      const next = columns[at];
      if (next?.as !== 'parameter' || next.from !== from) break;
      parameters.push(next);
    }
    at--;
    pieces.push(parametersPiece(parameters, fields.indexOf(from), style));
  }
  return pieces;
}

function pieceOf<Field extends string>(
  column: Exclude<UsageColumn<Field>, { as: 'parameter' }>,
  fields: readonly Field[],
  { before, cell, empty }: Style,
): Piece {
  const name = before(column.key);
  if (column.as === 'constant') {
    const text = name + cell.text(column.value);
    return () => text;
  }
  const place = fields.indexOf(column.from);
  const write = cell[column.as];
  const nothing = name + empty;
  return (row) => {
    const value = row[place];
    return value === null || value === undefined ? nothing : name + write(value);
  };
}

interface Parameter {
  readonly key: string;
  readonly parameter: ParameterKey;
}

/** Most requests of a ledger were sent with a few sets of parameters, so their cells are kept. */
const KEPT_PARAMETERS = 500;

function parametersPiece(parameters: readonly Parameter[], place: number, style: Style): Piece {
  const { before, between, empty } = style;
  const kept = new Map<string, string>();
  const written = (source: string) => {
    const values = parametersOf(source);
    const texts = parameterCells(values);
    return parameters
      .map(({ key, parameter }) => {
        const value = values[parameter];
        const text = texts[PARAMETER_KEYS.indexOf(parameter)] ?? '';
        return before(key) + (value === undefined ? empty : style.parameter(value, text));
      })
      .join(between);
  };
  return (row) => {
    const source = String(row[place]);
    let found = kept.get(source);
    if (found === undefined) {
      found = written(source);
      if (kept.size >= KEPT_PARAMETERS) kept.clear();
      kept.set(source, found);
    }
    return found;
  };
}

/** Nano-dollars as exact decimal dollars with nine decimals, as `usdText` writes them. */
export function usdOfNanos(nanos: string): string {
  const minus = nanos.startsWith('-');
  const digits = (minus ? nanos.slice(1) : nanos).padStart(10, '0');
  return `${minus ? '-' : ''}${digits.slice(0, -9)}.${digits.slice(-9)}`;
}
