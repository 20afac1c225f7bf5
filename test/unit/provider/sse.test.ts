import { describe, expect, it } from 'vitest';
import { MAX_RECORD_LENGTH, RecordTooLongError, SseParser } from '../../../electron/provider/sse';
import fc from '../../fixtures/fast-check';
import { processorMs } from '../../fixtures/processor-time';

interface Read {
  readonly data: string[];
  readonly errors: string[];
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return text === '[DONE]';
  }
}

function parse(...pieces: readonly (string | Uint8Array)[]): Read {
  const read: Read = { data: [], errors: [] };
  const parser = new SseParser({
    onData: (data, whole) => {
      if (!whole && !isJson(data)) return false;
      read.data.push(data);
      return true;
    },
    onError: (data) => void read.errors.push(data),
  });
  for (const piece of pieces) parser.push(Buffer.from(piece));
  parser.end();
  return read;
}

describe('records', () => {
  it.each([
    ['LF', 'data: {"a":1}\n\ndata: {"b":2}\n\n'],
    ['CRLF', 'data: {"a":1}\r\n\r\ndata: {"b":2}\r\n\r\n'],
    ['CR', 'data: {"a":1}\r\rdata: {"b":2}\r\r'],
    ['no blank lines', 'data: {"a":1}\ndata: {"b":2}\n'],
    ['no last line end', 'data: {"a":1}\n\ndata: {"b":2}'],
    ['no space', 'data:{"a":1}\n\ndata:{"b":2}\n\n'],
    ['blanks at the ends, and no blank lines', 'data:  {"a":1} \ndata:\t{"b":2}\t\n'],
    ['a byte order mark', '\uFEFFdata: {"a":1}\n\ndata: {"b":2}\n\n'],
    ['comments', ': ping\n\ndata: {"a":1}\n:\n: OPENROUTER PROCESSING\n\ndata: {"b":2}\n\n'],
    ['other fields', 'event: message\nid: 7\nretry: 10\ndata: {"a":1}\n\nx\ndata: {"b":2}\n\n'],
    ['many blank lines', '\n\n\ndata: {"a":1}\n\n\n\ndata: {"b":2}\n\n\n'],
  ])('are told apart with %s', (_, text) => {
    expect(parse(text).data).toEqual(['{"a":1}', '{"b":2}']);
  });

  it('of several lines are joined with line feeds', () => {
    expect(parse('data: {\ndata: "a": [1,\ndata: 2]}\n\ndata: {"b":2}\n\n').data).toEqual([
      '{\n"a": [1,\n2]}',
      '{"b":2}',
    ]);
  });

  it('of several lines may begin like a whole one', () => {
    expect(parse('data: {"a": {}\ndata: }\n\n').data).toEqual(['{"a": {}\n}']);
  });

  it('end at the end mark, also with blanks around it', () => {
    expect(parse('data: {"a":1}\n\ndata:  [DONE] \n\n').data).toEqual(['{"a":1}', '[DONE]']);
  });

  it('end at the end mark, also without a blank line', () => {
    expect(parse('data: {"a":1}\ndata: [DONE]\n').data).toEqual(['{"a":1}', '[DONE]']);
    expect(parse('data: broken\ndata: [DONE]\n').data).toEqual(['broken', '[DONE]']);
  });

  it('that are broken do not take others along', () => {
    expect(parse('data: {"a"\n\ndata: {"b":2}\n\n').data).toEqual(['{"a"', '{"b":2}']);
  });

  it('of llama.cpp report errors in a field of their own', () => {
    expect(parse('data: {"a":1}\n\nerror: {"code":500}\n\n')).toEqual({
      data: ['{"a":1}'],
      errors: ['{"code":500}'],
    });
  });

  it('may be empty', () => {
    expect(parse('data:\n\ndata: \n\n', '').data).toEqual([]);
  });
});

describe('bytes', () => {
  const line = fc.oneof(
    fc.constantFrom('', ': ping', 'data: [DONE]', 'data: {', 'data: }', 'error: x', 'event: e'),
    fc.string({ unit: 'grapheme' }).map((said) => `data: ${JSON.stringify({ said })}`),
  );
  const stream = fc
    .array(fc.tuple(line, fc.constantFrom('\n', '\r\n', '\r', '\n\n')), { maxLength: 12 })
    .map((lines) => Buffer.from(lines.map((pair) => pair.join('')).join('')));

  it('may be cut anywhere, into any number of pieces', () => {
    fc.assert(
      fc.property(stream, fc.array(fc.nat(), { maxLength: 20 }), (bytes, cuts) => {
        const at = cuts.map((cut) => cut % (bytes.length + 1)).toSorted((a, b) => a - b);
        const pieces = [...at, bytes.length].map((end, i) => bytes.subarray(at[i - 1] ?? 0, end));
        expect(parse(...pieces)).toEqual(parse(bytes));
      }),
    );
  });

  it('keep what looks like a byte order mark but does not come first', () => {
    const said = (...pieces: string[]) => parse(...pieces).data;
    expect(said('data: {"a":"', '\uFEFFx"}\n\n')).toEqual(['{"a":"\uFEFFx"}']);
    expect(said('\uFEFF', 'data: {"a":"x"}\n', '\uFEFFdata: {}\n')).toEqual(['{"a":"x"}']);
  });

  it('of half a character are followed by what has none', () => {
    const [first = 0] = Buffer.from('é');
    const pieces = [Buffer.from('data: {"a":"'), Uint8Array.of(first), Buffer.from('x"}\n\n')];
    expect(parse(...pieces).data).toEqual(['{"a":"\uFFFDx"}']);
  });

  it('may come one by one', () => {
    fc.assert(
      fc.property(stream, (bytes) => {
        expect(parse(...Array.from(bytes, (byte) => Uint8Array.of(byte)))).toEqual(parse(bytes));
      }),
    );
  });
});

describe('the longest record', () => {
  const long = `data: {"a":"${'x'.repeat(MAX_RECORD_LENGTH)}"}`;
  const silent = { onData: () => true, onError: () => undefined };

  function push(bytes: Buffer, size: number): void {
    const parser = new SseParser(silent);
    for (let at = 0; at < bytes.length; at += size) parser.push(bytes.subarray(at, at + size));
    parser.end();
  }

  it('ends the stream, however it is cut', () => {
    for (const size of [65_536, 1 << 20, 1 << 30]) {
      expect(() => push(Buffer.from(`${long}\n\n`), size)).toThrow(RecordTooLongError);
    }
  });

  it('counts all lines of a record', () => {
    const text = `data: {\n${'data: 12345678901234567890\n'.repeat(MAX_RECORD_LENGTH / 20)}`;
    expect(() => push(Buffer.from(text), 65_536)).toThrow(RecordTooLongError);
  });

  it('is only for one record', () => {
    const half = `data: {"a":"${'x'.repeat(MAX_RECORD_LENGTH / 2)}"}\n\n`;
    expect(() => push(Buffer.from(half.repeat(4)), 1 << 20)).not.toThrow();
  });

  it('takes no time to gather from small pieces', () => {
    expect(processorMs(() => push(Buffer.from(long.slice(0, 1 << 20)), 16))).toBeLessThan(1_000);
  });
});
