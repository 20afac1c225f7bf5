import { describe, expect, it } from 'vitest';
import {
  costMultiplier,
  PARAMETERS,
  type Parameter,
  parameterValues,
} from '../../../shared/parameters';

/** "Optional Parameters" of the guide, in its order. */
const OF_THE_GUIDE = [
  'provider',
  'rag_tune',
  'routing',
  'temperature',
  'top_p',
  'top_k',
  'frequency_penalty',
  'presence_penalty',
  'beam_size',
  'n',
  'max_tokens',
  'stream',
  'integrity',
  'integrity_model',
];

/** Values at the edges of a parameter, and just past them. */
function edges(parameter: Parameter): { good: unknown[]; bad: unknown[] } {
  switch (parameter.type) {
    case 'number': {
      const { min, max } = parameter;
      return { good: [min, max, (min + max) / 2], bad: [min - 0.01, max + 0.01, '1', null] };
    }
    case 'integer': {
      const { min, max } = parameter;
      return { good: [min, max], bad: [min - 1, max + 1, min + 0.5, `${min}`] };
    }
    case 'choice':
      return { good: [...parameter.options], bad: ['another', 11, '', null] };
    case 'text':
      return { good: ['x', 'a'.repeat(200)], bad: ['', 'a'.repeat(201), 1] };
    case 'switch':
      return { good: [true, false], bad: [1, 'true', null] };
  }
}

describe('the table of parameters', () => {
  it('has exactly the optional parameters of the guide', () => {
    expect(PARAMETERS.map(({ key }) => key).toSorted()).toEqual(OF_THE_GUIDE.toSorted());
  });

  it('agrees with the schema on the keys', () => {
    expect(Object.keys(parameterValues.shape).toSorted()).toEqual(OF_THE_GUIDE.toSorted());
  });

  it.each(PARAMETERS.map((parameter) => [parameter.key, parameter] as const))(
    'agrees with the schema on the range of %s',
    (key, parameter) => {
      const { good, bad } = edges(parameter);
      for (const value of good) {
        expect(parameterValues.safeParse({ [key]: value }).success, `${value}`).toBe(true);
      }
      for (const value of bad) {
        expect(parameterValues.safeParse({ [key]: value }).success, `${value}`).toBe(false);
      }
    },
  );

  it('needs no value, and knows no others', () => {
    expect(parameterValues.parse({})).toEqual({});
    expect(parameterValues.safeParse({ memory: 1 }).success).toBe(false);
  });
});

describe('costMultiplier', () => {
  it.each([
    [{}, 1],
    [{ n: 1 }, 1],
    [{ n: 4 }, 4],
    [{ integrity: 12 }, 2],
    [{ integrity: 13 }, 3],
    [{ n: 2, integrity: 13 }, 6],
  ] as const)('of %j is %i', (values, times) => {
    expect(costMultiplier(values)).toBe(times);
  });
});
