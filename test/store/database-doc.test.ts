import { expect, test } from 'vitest';
import type { ReadDb } from '../../electron/store/connection';
import { MIGRATIONS } from '../../electron/store/migrations';
import { connections } from '../fixtures/store';

interface Column {
  readonly name: string;
  readonly type: string;
  readonly notnull: number;
  readonly dflt_value: string | null;
  readonly pk: number;
}

/** The remarks of the migrations: the comment lines right above what they create. */
function remarks(): Map<string, string> {
  const found = new Map<string, string>();
  for (const { sql } of MIGRATIONS) {
    for (const [, comment = '', name = ''] of sql.matchAll(
      /((?:^-- .*\n)+)CREATE (?:VIRTUAL )?(?:TABLE|VIEW) (\w+)/gm,
    )) {
      found.set(name, comment.replaceAll(/^-- /gm, '').replaceAll('\n', ' ').trim());
    }
  }
  return found;
}

function describeTable(db: ReadDb, name: string, remark: string | undefined): string {
  const columns = db
    .prepare<[string], Column>(
      `SELECT name, type, "notnull", dflt_value, pk FROM pragma_table_xinfo(?) WHERE hidden <> 1`,
    )
    .all(name);
  const rows = columns.map(({ name: column, type, notnull, dflt_value, pk }) => {
    const facts = [
      pk > 0 ? 'key' : '',
      notnull === 0 && pk === 0 ? 'may be null' : '',
      dflt_value === null ? '' : `default \`${dflt_value}\``,
    ];
    return `| \`${column}\` | ${type.toLowerCase()} | ${facts.filter(Boolean).join(', ')} |`;
  });
  return [
    `## ${name}`,
    '',
    ...(remark ? [remark, ''] : []),
    '| Column | Type | |',
    '| --- | --- | --- |',
    ...rows,
  ].join('\n');
}

test('docs/database.md is what the migrations make (npx vitest run -u writes it)', async () => {
  const { reader } = connections();
  const tables = reader
    .prepare<[], { name: string }>(
      `SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')
       AND name NOT LIKE 'sqlite_%' AND name NOT GLOB '*_fts_*' ORDER BY name`,
    )
    .all();
  const comments = remarks();
  const page = [
    '# Database',
    '',
    `Generated from the migrations, up to ${MIGRATIONS.at(-1)?.version}. Amounts of money are integers of nano-dollars;`,
    'times are milliseconds since 1970 in UTC.',
    '',
    tables.map(({ name }) => describeTable(reader, name, comments.get(name))).join('\n\n'),
    '',
  ].join('\n');
  await expect(page).toMatchFileSnapshot('../../docs/database.md');
});
