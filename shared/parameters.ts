import { z } from 'zod';

/** Where a parameter stands in the panel. */
export type ParameterGroup = 'route' | 'sampling' | 'length' | 'integrity';

/** Which servers know a parameter: `standard` ones go to every profile, `vendor` ones to APIpie. */
export type ParameterReach = 'standard' | 'vendor';

interface ParameterBase {
  /** The key on the wire, exactly as the guide writes it. */
  readonly key: string;
  readonly group: ParameterGroup;
  readonly reach: ParameterReach;
}

interface NumberParameter extends ParameterBase {
  readonly type: 'number' | 'integer';
  readonly min: number;
  readonly max: number;
}

interface ChoiceParameter extends ParameterBase {
  readonly type: 'choice';
  readonly options: readonly (string | number)[];
}

interface TextParameter extends ParameterBase {
  readonly type: 'text';
}

interface SwitchParameter extends ParameterBase {
  readonly type: 'switch';
}

export type Parameter = NumberParameter | ChoiceParameter | TextParameter | SwitchParameter;

/**
 * Every optional parameter of the guide. The request body, its validation, the panel and the usage
 * CSV derive from this one table; `messages` and `model` are not in it because they are not settings
 * but the request itself. Ranges that the guide leaves open are those of its reference pages
 * (wire-facts, section 1).
 */
export const PARAMETERS = [
  { key: 'provider', group: 'route', reach: 'vendor', type: 'text' },
  {
    key: 'routing',
    group: 'route',
    reach: 'vendor',
    type: 'choice',
    options: ['price', 'perf', 'perf_avg'],
  },
  { key: 'rag_tune', group: 'route', reach: 'vendor', type: 'text' },
  {
    key: 'temperature',
    group: 'sampling',
    reach: 'standard',
    type: 'number',
    min: 0,
    max: 2,
  },
  {
    key: 'top_p',
    group: 'sampling',
    reach: 'standard',
    type: 'number',
    min: 0,
    max: 1,
  },
  {
    key: 'top_k',
    group: 'sampling',
    reach: 'vendor',
    type: 'integer',
    min: 1,
    max: 1000,
  },
  {
    key: 'frequency_penalty',
    group: 'sampling',
    reach: 'standard',
    type: 'number',
    min: -2,
    max: 2,
  },
  {
    key: 'presence_penalty',
    group: 'sampling',
    reach: 'standard',
    type: 'number',
    min: -2,
    max: 2,
  },
  {
    key: 'beam_size',
    group: 'sampling',
    reach: 'vendor',
    type: 'integer',
    min: 1,
    max: 5,
  },
  {
    key: 'max_tokens',
    group: 'length',
    reach: 'standard',
    type: 'integer',
    min: 1,
    max: 10_000_000,
  },
  {
    key: 'n',
    group: 'length',
    reach: 'standard',
    type: 'integer',
    min: 1,
    max: 5,
  },
  { key: 'stream', group: 'length', reach: 'standard', type: 'switch' },
  {
    key: 'integrity',
    group: 'integrity',
    reach: 'vendor',
    type: 'choice',
    options: [12, 13],
  },
  { key: 'integrity_model', group: 'integrity', reach: 'vendor', type: 'text' },
] as const satisfies readonly Parameter[];

export type ParameterKey = (typeof PARAMETERS)[number]['key'];

/** A setting for each parameter that is to be sent; what is absent is not sent. */
export const parameterValues = z.strictObject({
  provider: z.string().min(1).max(200).optional(),
  routing: z.enum(['price', 'perf', 'perf_avg']).optional(),
  rag_tune: z.string().min(1).max(200).optional(),
  temperature: z.number().min(0).max(2).optional(),
  top_p: z.number().min(0).max(1).optional(),
  top_k: z.number().int().min(1).max(1000).optional(),
  frequency_penalty: z.number().min(-2).max(2).optional(),
  presence_penalty: z.number().min(-2).max(2).optional(),
  beam_size: z.number().int().min(1).max(5).optional(),
  max_tokens: z.number().int().min(1).max(10_000_000).optional(),
  n: z.number().int().min(1).max(5).optional(),
  stream: z.boolean().optional(),
  integrity: z.literal([12, 13]).optional(),
  integrity_model: z.string().min(1).max(200).optional(),
} satisfies Record<ParameterKey, z.ZodType>);
export type ParameterValues = z.infer<typeof parameterValues>;

/**
 * How many answers' worth of money a request with these values costs: `n` answers, and with
 * integrity two or three votes each (guide, "Integrity and Verification").
 */
export function costMultiplier(values: ParameterValues): number {
  const votes = values.integrity === undefined ? 1 : values.integrity - 10;
  return (values.n ?? 1) * votes;
}
