import { describe, expect, it } from 'vitest';
import { HELP, readCommand } from '../../../electron/command/command-options';
import { commandWords } from '../../../electron/command/command-words';
import { GROUPINGS } from '../../../shared/contract/spending';

describe('the words that the app is started with', () => {
  it.each([
    ['installed', ['/opt/Slice/slice', 'usage', '--demo'], true],
    ['installed, with a switch of Chromium', ['slice', '--no-sandbox', 'usage', '--demo'], true],
    ['from the checkout', ['electron', '/work/slice', 'usage', '--demo'], false],
    ['from the checkout as root', ['electron', '--no-sandbox', '.', 'usage', '--demo'], false],
  ])('are a command: %s', (_, argv, packaged) => {
    expect(commandWords(argv, packaged)).toEqual({ name: 'usage', rest: ['--demo'] });
  });

  it.each([
    ['nothing', ['slice'], true],
    ['only switches', ['slice', '--demo'], true],
    ['something else', ['slice', 'slice://open', 'usage'], true],
    ['the app of that name', ['electron', 'usage'], false],
    ['the checkout with an option', ['electron', '.', '--demo'], false],
  ])('open the window: %s', (_, argv, packaged) => {
    expect(commandWords(argv, packaged)).toBeNull();
  });
});

describe('slice usage', () => {
  const read = (...rest: string[]) => readCommand({ name: 'usage', rest });

  it('without options is a table of all time, by model', () => {
    expect(read()).toMatchObject({
      name: 'usage',
      format: 'table',
      order: {
        kind: 'totals',
        groupBy: 'model',
        filter: { from: null, to: null, demo: false, only: {} },
      },
    });
  });

  it('takes a range, a grouping, a format and the demo', () => {
    const words = '--from 2025-11-01 --to=2025-11-30 --group-by day --format csv --demo';
    expect(read(...words.split(' '))).toMatchObject({
      format: 'csv',
      order: { groupBy: 'day', filter: { from: '2025-11-01', to: '2025-11-30', demo: true } },
    });
  });

  it.each([
    ['--from 2025-11-31', '--from wants a day as 2025-11-30, not "2025-11-31"'],
    ['--from 2025-12-01 --to 2025-11-30', '--from 2025-12-01 is after --to 2025-11-30'],
    ['--format xml', '--format is one of table, csv, json, not "xml"'],
    ['--group-by year', `--group-by is one of ${GROUPINGS.join(', ')}, not "year"`],
    ['--colour', "Unknown option '--colour'"],
    ['today', "Unexpected argument 'today'"],
    ['--to', "Option '--to <value>' argument missing"],
    ['--out file.csv', "Unknown option '--out'"],
  ])('does not take %s, and says why', (words, problem) => {
    expect(() => read(...words.split(' '))).toThrow(problem);
  });
});

describe('slice export', () => {
  const read = (...rest: string[]) => readCommand({ name: 'export', rest });

  it('writes the rows of the ledger as CSV, for other programs than Excel', () => {
    expect(read('--out', 'usage.csv')).toMatchObject({
      out: 'usage.csv',
      order: { kind: 'runs', format: 'csv', separator: 'comma', marked: false },
    });
  });

  it('prints instead of writing a file when that is asked for', () => {
    expect(read('-o', '-', '--kind', 'totals', '--format', 'jsonl', '--bom')).toMatchObject({
      out: null,
      order: { kind: 'totals', format: 'jsonl', marked: true },
    });
  });

  it.each([
    ['', 'Say where the file is to stand: --out FILE, or --out - to print it'],
    ['--out a.csv --format table', '--format is one of csv, jsonl, not "table"'],
    ['--out a.csv --separator |', '--separator is one of comma, semicolon, tab, not "|"'],
  ])('does not take "%s", and says why', (words, problem) => {
    expect(() => read(...words.split(' ').filter(Boolean))).toThrow(problem);
  });
});

describe('--help', () => {
  it.each(['usage', 'export'] as const)(
    'of %s names every option, whatever else is wrong',
    (name) => {
      expect(readCommand({ name, rest: ['--help'] })).toEqual({ name: 'help', of: name });
      for (const option of [
        '--from',
        '--to',
        '--group-by',
        '--format',
        '--demo',
        '--separator',
        '--bom',
      ]) {
        expect(HELP[name]).toContain(option);
      }
      for (const grouping of GROUPINGS) expect(HELP[name]).toContain(grouping);
      for (const line of HELP[name].split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    },
  );
});
