import { describe, expect, it } from 'vitest';
import { filled, variablesOf } from '../../../shared/template';
import fc from '../../fixtures/fast-check';

describe('the variables of a text', () => {
  it('are named once, in the order they come', () => {
    expect(variablesOf('{{b}} and {{ a }}', '{{a}} {{größe-2}} {{ }} {{two words}} {c}')).toEqual([
      'b',
      'a',
      'größe-2',
    ]);
  });

  it('are replaced wherever they stand; one without a value stays', () => {
    expect(filled('{{a}}, {{ a }}, {{b}}', { a: 'x' })).toBe('x, x, {{b}}');
    expect(filled('{{toString}} {{constructor}}', {})).toBe('{{toString}} {{constructor}}');
    expect(filled('{{a}}', { a: '$& $1 $$' })).toBe('$& $1 $$');
  });

  it('are replaced once: what is put in is not read again', () => {
    expect(filled('{{a}}{{b}}', { a: '{{b}}', b: '{{a}}' })).toBe('{{b}}{{a}}');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (value, other) => {
        const text = `${'{{a}}'}|{{b}}`;
        expect(filled(text, { a: value, b: other })).toBe(`${value}|${other}`);
      }),
    );
  });
});
