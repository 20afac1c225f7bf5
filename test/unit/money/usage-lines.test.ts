import { describe, expect, it } from 'vitest';
import { textCell } from '../../../electron/money/csv';
import { IsoTimes } from '../../../electron/money/iso-time';
import { RUN_COLUMNS } from '../../../electron/money/usage-columns';
import { usageLines, usdOfNanos } from '../../../electron/money/usage-lines';
import { RUN_FIELD_NAMES, type UsageValue } from '../../../electron/store/queries/usage-rows';
import { USUAL_FORM, type UsageFileForm } from '../../../shared/contract/usage-file';
import { nano, parseUsd, usdText } from '../../../shared/money';
import fc from '../../fixtures/fast-check';
import { readCsv, readRecords } from '../../fixtures/rfc4180';

/** Texts that are made to break a table. */
const nasty = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom(',', ';', '\t', '"', '\r', '\n', '=', '+', '-', '@', "'", ' ', 'ü', '数'),
    )
    .map((characters) => characters.join('')),
);

/** A row of the ledger in which only the named values are not null. */
function row(values: Partial<Record<(typeof RUN_FIELD_NAMES)[number], UsageValue>>): UsageValue[] {
  const all = { started_at: 0, is_demo: 0, parameters: '{}', ...values };
  return RUN_FIELD_NAMES.map((name) => new Map(Object.entries(all)).get(name) ?? null);
}

function linesIn(form: Partial<UsageFileForm>, timeZone = 'UTC') {
  return usageLines(RUN_COLUMNS, RUN_FIELD_NAMES, { ...USUAL_FORM, ...form }, timeZone);
}

function written(values: Parameters<typeof row>[0], form: Partial<UsageFileForm> = {}) {
  const { head, line } = linesIn(form);
  const [record] = readRecords(head + line(row(values)), form.separator === 'tab' ? '\t' : ',');
  return record;
}

describe('a text in a cell', () => {
  it('comes back as it was, with an apostrophe where a spreadsheet would run it', () => {
    fc.assert(
      fc.property(nasty, nasty, fc.constantFrom(',', ';', '\t'), (one, other, separator) => {
        const guarded = (text: string) => (/^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text);
        const line = `${textCell(one)}${separator}${textCell(other)}\r\n`;
        expect(readCsv(line, separator)).toEqual([[guarded(one), guarded(other)]]);
      }),
    );
  });

  it('is quoted for every separator, so that a wrong guess cannot cut it', () => {
    expect([textCell('a,b'), textCell('a;b'), textCell('a\tb'), textCell('a b')]).toEqual([
      '"a,b"',
      '"a;b"',
      '"a\tb"',
      'a b',
    ]);
  });
});

describe('an amount', () => {
  it('is the exact decimal that the rest of the app writes, and reads back as the same', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), (units) => {
        expect(usdOfNanos(units.toString())).toBe(usdText(nano(units)));
        if (units >= 0n && units < 10n ** 15n) expect(parseUsd(usdOfNanos(`${units}`))).toBe(units);
      }),
    );
  });

  it('is empty where nobody knows it, which is not zero', () => {
    expect(written({ cost: null, cost_source: 'unknown' })?.cost_usd).toBe('');
    expect(written({ cost: '0', cost_source: 'none' })?.cost_usd).toBe('0.000000000');
  });

  it('stays a text in JSON, where a number would be rounded', () => {
    const line = linesIn({ format: 'jsonl' }).line(row({ cost: '123456789012345678' }));
    expect(JSON.parse(line)).toMatchObject({ cost_usd: '123456789.012345678' });
  });
});

describe('a moment', () => {
  const zones = [
    'UTC',
    'Europe/Berlin',
    'America/St_Johns',
    'Asia/Kathmandu',
    'Australia/Lord_Howe',
  ];
  const moments = fc.integer({ min: 0, max: Date.UTC(2100, 0) });

  it('is the same in UTC and on the local clock, in any zone and on days when clocks change', () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.array(moments, { minLength: 1 }), (zone, all) => {
        const times = new IsoTimes(zone);
        for (const ms of all) {
          expect(times.utc(ms)).toBe(new Date(ms).toISOString());
          expect(Date.parse(times.local(ms))).toBe(ms);
        }
      }),
    );
  });

  it('says on both sides of a change what the clock showed', () => {
    const times = new IsoTimes('Europe/Berlin');
    const change = Date.UTC(2025, 9, 26, 1);
    expect(times.local(change - 1)).toBe('2025-10-26T02:59:59.999+02:00');
    expect(times.local(change)).toBe('2025-10-26T02:00:00.000+01:00');
  });
});

describe('a line', () => {
  it('has a cell for each column, whatever stands in the row', () => {
    const value = fc.oneof(nasty, fc.integer(), fc.constant(null));
    const texts = fc.record(
      Object.fromEntries(
        ['uid', 'connection', 'conversation_title', 'preset', 'served_model', 'extra'].map(
          (name) => [name, value] as const,
        ),
      ),
    );
    fc.assert(
      fc.property(texts, fc.constantFrom('comma', 'semicolon', 'tab'), (values, separator) => {
        const { head, line } = linesIn({ separator });
        const between = { comma: ',', semicolon: ';', tab: '\t' }[separator];
        const [names, cells] = readCsv((head + line(row(values))).slice(1), between);
        expect(names).toEqual(RUN_COLUMNS.columns.map(({ key }) => key));
        expect(cells).toHaveLength(RUN_COLUMNS.columns.length);
      }),
    );
  });

  it('holds each parameter that was sent in a column of its own', () => {
    const parameters = JSON.stringify({
      temperature: 0.7,
      frequency_penalty: -1.5,
      provider: '=cmd',
      stop: ['END', '"'],
      stream: false,
    });
    expect(written({ parameters })).toMatchObject({
      param_temperature: '0.7',
      param_frequency_penalty: '-1.5',
      param_provider: "'=cmd",
      param_stop: '["END","\\""]',
      param_stream: 'false',
      param_seed: '',
    });
    const line = linesIn({ format: 'jsonl' }).line(row({ parameters }));
    expect(JSON.parse(line)).toMatchObject({
      param_frequency_penalty: -1.5,
      param_provider: '=cmd',
      param_stop: ['END', '"'],
      param_stream: false,
      param_seed: null,
    });
  });

  it('says which kind of file and which version of its columns it is of', () => {
    expect(written({})?.schema).toBe('runs/1');
  });

  it('begins a file with the mark of UTF-8 only where that is wanted, and never in JSON', () => {
    expect(linesIn({ marked: true }).head.startsWith('\uFEFFschema,')).toBe(true);
    expect(linesIn({ marked: false }).head.startsWith('schema,')).toBe(true);
    expect(linesIn({ marked: true, format: 'jsonl' }).head).toBe('');
  });
});
