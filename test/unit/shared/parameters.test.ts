import { describe, expect, it } from 'vitest';
import {
  costMultiplier,
  extraFields,
  isKnownTo,
  modelsOf,
  PARAMETER_COLUMNS,
  PARAMETER_GROUPS,
  PARAMETER_KEYS,
  PARAMETERS,
  type ParameterKey,
  parameterCells,
  parameterValues,
  valuesFor,
} from '../../../shared/parameters';
import { profile } from '../../../shared/profile';
import { EVERY_PARAMETER } from '../../fixtures/parameters';

/** "Optional Parameters" of the guide. */
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
] as const satisfies readonly ParameterKey[];

/** What its servers take beside them. */
const STANDARD = [
  'stop',
  'seed',
  'response_format',
  'reasoning_effort',
  'stream_options',
  'max_completion_tokens',
  'logit_bias',
] as const satisfies readonly ParameterKey[];

/** Values at the edges of a parameter, and just past them. */
function edges(key: ParameterKey): { good: unknown[]; bad: unknown[] } {
  const { control } = PARAMETERS[key];
  switch (control.type) {
    case 'number': {
      const { min, max } = control;
      return { good: [min, max, (min + max) / 2], bad: [min - 0.01, max + 0.01, '1', null] };
    }
    case 'integer': {
      const { min, max } = control;
      return { good: [min, max], bad: [min - 1, max + 1, 1.5, `${min}`] };
    }
    case 'choice':
      return {
        good: control.options.map(({ value }) => value),
        bad: ['another', 11, '', null],
      };
    case 'text':
      return { good: ['x', 'a'.repeat(200)], bad: ['', 'a'.repeat(201), 1] };
    case 'switch':
      return { good: [true, false], bad: [1, 'true', null] };
    case 'list':
      return {
        good: [['x'], Array.from({ length: control.max }, () => 'x')],
        bad: [[], [''], Array.from({ length: control.max + 1 }, () => 'x'), 'x', [1]],
      };
    case 'json':
      return { good: [JSON.parse(control.example)], bad: ['{}', 1, [], null, { nonsense: {} }] };
  }
}

describe('the table of parameters', () => {
  it('has the optional parameters of the guide and the standard ones, and no others', () => {
    expect(PARAMETER_KEYS.toSorted()).toEqual([...OF_THE_GUIDE, ...STANDARD].toSorted());
    expect(Object.keys(PARAMETERS)).toEqual(PARAMETER_KEYS);
  });

  it.each(PARAMETER_KEYS)('agrees with the schema on the range of %s', (key) => {
    const { good, bad } = edges(key);
    for (const value of good) {
      expect(parameterValues.safeParse({ [key]: value }).success, `${value}`).toBe(true);
    }
    for (const value of bad) {
      expect(parameterValues.safeParse({ [key]: value }).success, `${value}`).toBe(false);
    }
  });

  it.each(PARAMETER_KEYS)(
    'says of %s what it is called, what it does and where it stands',
    (key) => {
      const { label, help, group, profiles } = PARAMETERS[key];
      expect(label).toMatch(/^[A-Z].{1,30}$/);
      expect(help).toMatch(/^[A-Z].{20,200}\.$/);
      expect(PARAMETER_GROUPS).toContain(group);
      expect(profiles).not.toEqual([]);
    },
  );

  it('calls no two parameters the same', () => {
    const labels = PARAMETER_KEYS.map((key) => PARAMETERS[key].label);
    expect(new Set(labels).size).toBe(labels.length);
  });

  it('needs no value, and knows no others', () => {
    expect(parameterValues.parse({})).toEqual({});
    expect(parameterValues.safeParse({ memory: 1 }).success).toBe(false);
  });

  it('gives APIpie every parameter of the guide, and the servers of OpenAI none of its own', () => {
    for (const key of OF_THE_GUIDE) expect(isKnownTo(key, 'apipie')).toBe(true);
    const vendor = ['provider', 'routing', 'rag_tune', 'beam_size', 'integrity', 'integrity_model'];
    for (const name of profile.options.filter((one) => one !== 'apipie')) {
      const sent = Object.keys(valuesFor(name, EVERY_PARAMETER));
      expect(sent.filter((key) => vendor.includes(key))).toEqual([]);
      expect(sent).toContain('temperature');
    }
  });
});

describe('the extra fields', () => {
  it.each([
    [{}],
    [{ repetition_penalty: 1.1, tools: [{ type: 'function' }], store: false, user: null }],
  ])('take what the table does not have: %j', (fields) => {
    expect(extraFields.parse(fields)).toEqual(fields);
  });

  it.each(['messages', 'model', ...PARAMETER_KEYS])('refuse %s, which has its own place', (key) => {
    const { error } = extraFields.safeParse({ [key]: 1 });
    expect(error?.issues).toMatchObject([{ message: 'has_own_field', path: [key] }]);
  });

  it.each([
    ['list', []],
    ['text', '{}'],
    ['nothing', null],
    ['number', 1],
  ])('refuse a %s', (_, value) => {
    expect(extraFields.safeParse(value).success).toBe(false);
  });

  it('refuse more than fits', () => {
    const { error } = extraFields.safeParse({ long: 'x'.repeat(100_001) });
    expect(error?.issues).toMatchObject([{ message: 'too_long' }]);
  });
});

describe('what a request multiplies its cost by', () => {
  it.each([
    ['gpt-4o', {}, 1],
    ['gpt-4o', { n: 1 }, 1],
    ['gpt-4o', { n: 4 }, 4],
    ['gpt-4o', { integrity: 12 }, 2],
    ['gpt-4o', { integrity: 13 }, 3],
    ['gpt-4o', { n: 2, integrity: 13 }, 6],
    ['a,b,c', {}, 3],
    [' a , b,', { integrity: 12 }, 4],
    ['', {}, 1],
  ] as const)('with %s and %j is %i', (model, values, times) => {
    expect(costMultiplier(model, values)).toBe(times);
  });

  it('takes the models of a super query apart at the commas', () => {
    expect(modelsOf('openai/gpt-4o, claude ,,')).toEqual(['openai/gpt-4o', 'claude']);
  });
});

describe('the columns of the usage CSV', () => {
  it('are one a parameter, empty where it was not sent', () => {
    expect(PARAMETER_COLUMNS).toEqual(PARAMETER_KEYS.map((key) => `param_${key}`));
    const cells = parameterCells({
      temperature: 0,
      stop: ['a', 'b'],
      stream: false,
      integrity: 13,
    });
    const byColumn = Object.fromEntries(
      PARAMETER_COLUMNS.map((column, at) => [column, cells[at]] as const),
    );
    expect(byColumn).toMatchObject({
      param_temperature: '0',
      param_stop: '["a","b"]',
      param_stream: 'false',
      param_integrity: '13',
      param_top_p: '',
    });
    expect(cells.filter((cell) => cell !== '')).toHaveLength(4);
  });
});
