import { describe, expect, it } from 'vitest';
import { parseSearch, quoteSearch } from '../../../shared/search-query';
import fc from '../../fixtures/fast-check';

function query(text: string) {
  const parsed = parseSearch(text);
  if (!parsed.ok) throw new Error(`${parsed.problem.reason} at ${parsed.problem.at}`);
  return parsed.query;
}

describe('a search', () => {
  it('is made of words, phrases, and what must not be there', () => {
    expect(query('why "the  sky" -blue -"of course" is')).toEqual({
      words: [
        { text: 'why', open: false },
        { text: 'the  sky', open: false },
        { text: 'is', open: true },
      ],
      without: [
        { text: 'blue', open: false },
        { text: 'of course', open: false },
      ],
      filters: [],
    });
  });

  it('ends a word with a blank', () => {
    expect(query('sky').words).toEqual([{ text: 'sky', open: true }]);
    expect(query('sky ').words).toEqual([{ text: 'sky', open: false }]);
    expect(query('"sky"').words).toEqual([{ text: 'sky', open: false }]);
    expect(query('-sky').without).toEqual([{ text: 'sky', open: false }]);
  });

  it('takes a colon after what is no field for a part of the word', () => {
    expect(query('https://slice.app std::vector 12:30').words.map(({ text }) => text)).toEqual([
      'https://slice.app',
      'std::vector',
      '12:30',
    ]);
  });

  it('leaves out what has neither letter nor digit', () => {
    expect(query(' ++ - -- … 🙂 c++')).toMatchObject({ words: [{ text: 'c++' }], without: [] });
  });

  it.each([
    ['cost:>0.50', { name: 'cost', than: '>', amount: 500_000_000n }],
    ['cost:<=$1', { name: 'cost', than: '<=', amount: 1_000_000_000n }],
    ['cost:0.002', { name: 'cost', than: '=', amount: 2_000_000n }],
    ['model:gpt-4o', { name: 'model', value: 'gpt-4o' }],
    ['MODEL:"a b:c"', { name: 'model', value: 'a b:c' }],
    ['preset:"the ""best"""', { name: 'preset', value: 'the "best"' }],
    ['provider:openrouter', { name: 'provider', value: 'openrouter' }],
    ['tag:Work', { name: 'tag', value: 'Work' }],
    ['role:User', { name: 'role', value: 'user' }],
    ['has:code', { name: 'has', value: 'code' }],
    ['state:stopped', { name: 'state', value: 'stopped' }],
    ['before:2026-01-31', { name: 'before', day: '2026-01-31' }],
    ['after:2024-02-29', { name: 'after', day: '2024-02-29' }],
  ])('has fields: %s', (text, field) => {
    expect(query(text).filters).toEqual([{ field, not: false }]);
    expect(query(`a -${text} b`)).toMatchObject({
      words: [{ text: 'a' }, { text: 'b' }],
      filters: [{ field, not: true }],
    });
  });

  it.each([
    ['sky "open', 4, 'open_quote'],
    ['a model:"open', 8, 'open_quote'],
    ['a model:', 2, 'no_value'],
    ['tag:" "', 0, 'no_value'],
    ['cost:much', 0, 'not_an_amount'],
    ['cost:>-1', 0, 'not_an_amount'],
    ['b before:2026-02-30', 2, 'not_a_day'],
    ['after:yesterday', 0, 'not_a_day'],
    ['role:system', 0, 'unknown_value'],
    ['has:tables', 0, 'unknown_value'],
    ['-state:gone', 0, 'unknown_value'],
  ])('that cannot be meant (%s) says where and why', (text, at, reason) => {
    expect(parseSearch(text)).toEqual({ ok: false, problem: { at, reason } });
  });

  it('never throws, and says a place inside of the text', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 10 }),
      fc.constantFrom('"', '""', '-', ':', ' ', 'cost:', 'tag:', 'before:', 'has:', '>', '1', 'x'),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const text = pieces.join('');
        const parsed = parseSearch(text);
        if (parsed.ok) return;
        expect(parsed.problem.at).toBeGreaterThanOrEqual(0);
        expect(parsed.problem.at).toBeLessThan(text.length);
      }),
    );
  });

  it('reads what was quoted as it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        fc.pre(value.trim() !== '');
        const { filters } = query(`a tag:${quoteSearch(value)} b`);
        expect(filters).toEqual([{ field: { name: 'tag', value: value.trim() }, not: false }]);
      }),
    );
  });
});
