import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { usageTable } from '../../electron/command/usage-table';
import { openUnchanged, openWriter } from '../../electron/store/connection';
import { MIGRATIONS } from '../../electron/store/migrations';
import { endRun } from '../../electron/store/queries/run-life';
import { spendingReport } from '../../electron/store/queries/spending-report';
import { nano } from '../../shared/money';
import { begin, connect, outcome, say } from '../fixtures/ledger';
import { connections, temporaryFolder } from '../fixtures/store';

const ALL = { from: null, to: null, demo: false, only: {} };
const CALENDAR = { today: '2024-10-21', timeZone: 'UTC' };

describe('the table of what was spent', () => {
  it('has a line for each group and the sum, and says what is not in it', () => {
    const { writer, reader } = connections();
    const connection = connect(writer);
    endRun(writer, begin(writer, connection).runId, outcome(), [say('x')]);
    const estimated = { servedModel: 'llama', cost: nano(2_500_000_000n) };
    const guessed = outcome({ ...estimated, costSource: 'estimated' });
    endRun(writer, begin(writer, connection).runId, guessed, [say('x')]);
    const unknown = outcome({ servedModel: 'llama', cost: null, costSource: 'unknown' });
    endRun(writer, begin(writer, connection).runId, unknown, [say('x')]);
    begin(writer, connection);
    const report = spendingReport(reader, ALL, 'model', 10, CALENDAR);
    expect(usageTable(report, 'model')).toMatchInlineSnapshot(`
      "Spent from 2024-10-21 to 2024-10-21, by model

      Model               Cost  Requests  Unknown  Tokens in  Tokens out
      ------------------------------------------------------------------
      llama          $2.500000         2        1         26         200
      openai/gpt-4o  $0.001878         1                  13         100
      gpt-4o           running         1                   0           0
      ------------------------------------------------------------------
      Sum            $2.501878         4        1         39         300

      Estimated, in the sum: $2.500000
      Requests of unknown cost, not in the sum: 1
      Requests still running: 1
      "
    `);
  });

  it('gives the terminal nothing to obey, whatever a server calls its model', () => {
    const { writer, reader } = connections();
    const servedModel = '\u001b[2J\u009b31mgpt\r\n\u202e4o 😀'.padEnd(60, '😀');
    endRun(writer, begin(writer, connect(writer)).runId, outcome({ servedModel }), [say('x')]);
    const text = usageTable(spendingReport(reader, ALL, 'model', 10, CALENDAR), 'model');
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cs}\u202e]/u);
  });
});

describe('a store that must not be changed', () => {
  it('is read as it is, beside a writer', () => {
    const { path } = connections();
    const db = openUnchanged(path);
    expect(() => db.exec('DELETE FROM run')).toThrow();
    db.close();
  });

  it('of an earlier version is left alone', () => {
    const path = join(temporaryFolder(), 'slice.db');
    openWriter(path, MIGRATIONS.slice(0, 1)).close();
    expect(() => openUnchanged(path)).toThrow(expect.objectContaining({ kind: 'older' }));
    expect(openWriter(path, MIGRATIONS.slice(0, 1)).pragma('user_version', { simple: true })).toBe(
      MIGRATIONS[0]?.version,
    );
  });

  it('of a later version is refused', () => {
    const { writer, path } = connections();
    writer.pragma('user_version = 100000');
    expect(() => openUnchanged(path)).toThrow(expect.objectContaining({ kind: 'newer' }));
  });
});
