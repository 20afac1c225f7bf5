import { parseArgs } from 'node:util';
import { z } from 'zod';
import { GROUPINGS, grouping } from '../../shared/contract/spending';
import {
  separator,
  type UsageOrder,
  usageFormat,
  usageKind,
} from '../../shared/contract/usage-file';
import type { CommandWords } from './command-words';

/** What is wrong with the words of a command, as a sentence. */
export class CommandProblem extends Error {}

export type Command =
  | { readonly name: 'help'; readonly of: CommandWords['name'] }
  | {
      readonly name: 'usage';
      readonly format: 'table' | 'csv' | 'json';
      readonly order: UsageOrder;
    }
  | {
      readonly name: 'export';
      readonly order: UsageOrder;
      /** The file to write; null: the standard output. */
      readonly out: string | null;
    };

const RANGE = {
  from: { type: 'string' },
  to: { type: 'string' },
  'group-by': { type: 'string' },
  format: { type: 'string' },
  separator: { type: 'string' },
  bom: { type: 'boolean' },
  demo: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

const OPTIONS = {
  usage: RANGE,
  export: { ...RANGE, kind: { type: 'string' }, out: { type: 'string', short: 'o' } },
} as const;

const usageOutput = z.enum(['table', 'csv', 'json']);

/** Reads the words behind a command. Throws a `CommandProblem` that says what is wrong with them. */
export function readCommand({ name, rest }: CommandWords): Command {
  switch (name) {
    case 'usage': {
      const values = parsed(() => parseArgs({ args: [...rest], options: OPTIONS.usage }).values);
      if (values.help) return { name: 'help', of: name };
      const format = one(usageOutput, 'format', values.format, 'table');
      return { name, format, order: { ...orderOf(values), kind: 'totals', format: 'csv' } };
    }
    case 'export': {
      const values = parsed(() => parseArgs({ args: [...rest], options: OPTIONS.export }).values);
      if (values.help) return { name: 'help', of: name };
      if (values.out === undefined || values.out === '') {
        throw new CommandProblem(
          'Say where the file is to stand: --out FILE, or --out - to print it',
        );
      }
      const kind = one(usageKind, 'kind', values.kind, 'runs');
      const format = one(usageFormat, 'format', values.format, 'csv');
      const out = values.out === '-' ? null : values.out;
      return { name, order: { ...orderOf(values), kind, format }, out };
    }
  }
}

interface RangeValues {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly 'group-by'?: string | undefined;
  readonly separator?: string | undefined;
  readonly bom?: boolean | undefined;
  readonly demo?: boolean | undefined;
}

function orderOf(values: RangeValues): Omit<UsageOrder, 'kind' | 'format'> {
  const from = dayOf('from', values.from);
  const to = dayOf('to', values.to);
  if (from !== null && to !== null && from > to) {
    throw new CommandProblem(`--from ${from} is after --to ${to}`);
  }
  return {
    filter: { from, to, demo: values.demo ?? false, only: {} },
    groupBy: one(grouping, 'group-by', values['group-by'], 'model'),
    separator: one(separator, 'separator', values.separator, 'comma'),
    marked: values.bom ?? false,
  };
}

function parsed<Values>(read: () => Values): Values {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    // What follows the first sentence is about words that begin with a dash, and there are none.
    throw new CommandProblem(error.message.split('. ')[0] ?? error.message);
  }
}

function dayOf(option: string, value: string | undefined): string | null {
  if (value === undefined) return null;
  if (z.iso.date().safeParse(value).success) return value;
  throw new CommandProblem(`--${option} wants a day as 2025-11-30, not "${value}"`);
}

function one<Value extends string>(
  schema: { readonly options: readonly Value[] },
  option: string,
  value: string | undefined,
  usual: Value,
): Value {
  if (value === undefined) return usual;
  const found = schema.options.find((known) => known === value);
  if (found !== undefined) return found;
  throw new CommandProblem(`--${option} is one of ${schema.options.join(', ')}, not "${value}"`);
}

const COMMON = `  --from DAY          the first day, as 2025-11-01 (usual: of all)
  --to DAY            the last day, included (usual: today)
  --demo              the spending of the demo, instead of everything else
  --separator NAME    of CSV: comma (usual), semicolon, tab
  --bom               of CSV: marks it as UTF-8, as Excel needs it
  --help              this text`;

const BY = `  --group-by NAME     ${GROUPINGS.slice(0, 5).join(', ')},
                      ${GROUPINGS.slice(5).join(', ')} (usual: model)`;

/** What a command can do. */
export const HELP: Readonly<Record<CommandWords['name'], string>> = {
  usage: `Tells what was spent. Reads the data only; Slice may run meanwhile.

  slice usage [options]

${BY}
  --format NAME       table (usual), csv, json
${COMMON}
`,
  export: `Writes what was spent into a file. Reads the data only; Slice may run meanwhile.

  slice export --out FILE [options]

  --out FILE          where the file is to stand; - prints it
  --format NAME       csv (usual), jsonl
  --kind NAME         runs (usual): a line for each request;
                      totals: one for each group;
                      billing: one for each entry of the bill
${BY}
${COMMON}
`,
};
