import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  BILLED_COLUMNS,
  RUN_COLUMNS,
  TOTAL_COLUMNS,
  type UsageTable,
} from '../../../electron/money/usage-columns';

const page = readFileSync('docs/usage-csv.md', 'utf8');

/** What the page says of a kind of file: the table under its heading. */
function described(schema: string): string[] {
  const [, section = ''] = page.split(`\n## ${schema}\n`);
  const [own = ''] = section.split('\n## ');
  return own.split('\n').filter((line) => line.startsWith('| `'));
}

function rowsOf<Field extends string>({ columns }: UsageTable<Field>): string[] {
  return columns.map(({ key, unit, meaning }) => `| \`${key}\` | ${unit} | ${meaning} |`);
}

describe('docs/usage-csv.md', () => {
  it('describes every column of the rows of the ledger, in their order', () => {
    expect(described(`runs/${RUN_COLUMNS.version}`)).toEqual(rowsOf(RUN_COLUMNS));
  });

  it('describes every column of the totals, in their order', () => {
    expect(described(`totals/${TOTAL_COLUMNS.version}`)).toEqual(rowsOf(TOTAL_COLUMNS));
  });

  it('describes every column of the bill, in their order', () => {
    expect(described(`billing/${BILLED_COLUMNS.version}`)).toEqual(rowsOf(BILLED_COLUMNS));
  });
});
