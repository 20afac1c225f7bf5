import { z } from 'zod';
import type { Profile } from './profile';

/** Where a parameter stands in the panel, in this order. */
export const PARAMETER_GROUPS = ['route', 'length', 'sampling', 'integrity', 'advanced'] as const;
export type ParameterGroup = (typeof PARAMETER_GROUPS)[number];

/** How a parameter is set in the panel. */
export type ParameterControl =
  | {
      readonly type: 'number' | 'integer';
      readonly min: number;
      readonly max: number;
      /** What one press of an arrow key changes. */
      readonly step: number;
      /** Whether the range is small enough for a slider to say something. */
      readonly slider: boolean;
    }
  | { readonly type: 'choice'; readonly options: readonly ParameterOption[] }
  | { readonly type: 'text'; readonly suggests: 'provider' | 'model' | null }
  | { readonly type: 'switch'; readonly whenUnset: boolean }
  | { readonly type: 'list'; readonly max: number }
  | { readonly type: 'json'; readonly example: string };

export interface ParameterOption {
  readonly value: string | number;
  readonly label: string;
}

interface Entry<Schema extends z.ZodType> {
  /** Every value that may be sent; what is not set is not sent. */
  readonly schema: Schema;
  readonly control: ParameterControl;
  readonly group: ParameterGroup;
  /** The profiles whose servers know it; others answer 422 to what they do not know, or ignore it. */
  readonly profiles: readonly Profile[] | 'all';
  readonly label: string;
  readonly help: string;
  /** How many answers' worth of money a value costs; absent where it does not change the bill. */
  readonly multiplier?: (value: z.infer<Schema>) => number;
}

type Described<Schema extends z.ZodType> = Omit<Entry<Schema>, 'schema' | 'control'>;

function number(min: number, max: number, step: number, entry: Described<z.ZodNumber>) {
  const control: ParameterControl = { type: 'number', min, max, step, slider: true };
  return { ...entry, schema: z.number().min(min).max(max), control } satisfies Entry<z.ZodNumber>;
}

function integer(
  min: number,
  max: number,
  entry: Described<z.ZodNumber> & { readonly step?: number },
) {
  const { step = 1, ...described } = entry;
  const control: ParameterControl = { type: 'integer', min, max, step, slider: false };
  const schema = z.number().int().min(min).max(max);
  return { ...described, schema, control } satisfies Entry<z.ZodNumber>;
}

function text(suggests: 'provider' | 'model' | null, entry: Described<z.ZodString>) {
  const control: ParameterControl = { type: 'text', suggests };
  return { ...entry, schema: z.string().min(1).max(200), control } satisfies Entry<z.ZodString>;
}

function entry<Schema extends z.ZodType>(
  schema: Schema,
  control: ParameterControl,
  described: Described<Schema>,
): Entry<Schema> {
  return { ...described, schema, control };
}

const APIPIE = ['apipie'] as const satisfies readonly Profile[];

/** Servers that run a model of their own and take its sampling settings beside OpenAI's. */
const SAMPLERS = [
  'apipie',
  'openrouter',
  'lmstudio',
  'llamacpp',
  'vllm',
] as const satisfies readonly Profile[];

const MAX_JSON_LENGTH = 100_000;

const jsonObject = z
  .record(z.string(), z.json())
  .refine((value) => JSON.stringify(value).length <= MAX_JSON_LENGTH, 'too long');

const responseFormat = z.union([
  z.strictObject({ type: z.enum(['text', 'json_object']) }),
  z.strictObject({ type: z.literal('json_schema'), json_schema: jsonObject }),
]);

/**
 * Every optional parameter of the guide, and the standard ones that its servers take beside them. The
 * request body, its validation, the panel, presets and the usage CSV derive from this one table;
 * `messages` and `model` are not in it because they are not settings but the request itself. Ranges
 * that the guide leaves open are those of its reference pages (wire-facts, section 1) or of OpenAI's.
 * Labels and help are English and the accessible names; other languages have theirs in the locales.
 */
export const PARAMETERS = {
  provider: text('provider', {
    group: 'route',
    profiles: APIPIE,
    label: 'Provider',
    help: 'Who runs the model. Unset, the service picks the one that performs best.',
  }),
  routing: entry(
    z.enum(['price', 'perf', 'perf_avg']),
    {
      type: 'choice',
      options: [
        { value: 'price', label: 'Price' },
        { value: 'perf', label: 'Latency' },
        { value: 'perf_avg', label: 'Average' },
      ],
    },
    {
      group: 'route',
      profiles: APIPIE,
      label: 'Routing',
      help: 'How a provider is picked when several offer the model: the cheapest, the quickest for a prompt of this size, or the quickest on average.',
    },
  ),
  rag_tune: text(null, {
    group: 'route',
    profiles: APIPIE,
    label: 'RAG tune',
    help: 'The name of a RAG tune or vector collection whose documents are added to the question.',
  }),
  max_tokens: integer(1, 10_000_000, {
    step: 100,
    group: 'length',
    profiles: 'all',
    label: 'Max tokens',
    help: 'The longest answer, in tokens. It ends there even in the middle of a sentence.',
  }),
  max_completion_tokens: integer(1, 10_000_000, {
    step: 100,
    group: 'length',
    profiles: ['openrouter', 'openai', 'azure', 'lmstudio', 'llamacpp', 'vllm', 'other', 'apipie'],
    label: 'Max completion tokens',
    help: 'The same limit under the name that reasoning models want; it counts their reasoning too.',
  }),
  n: integer(1, 5, {
    group: 'length',
    profiles: 'all',
    label: 'Answers (n)',
    help: 'How many answers to one question. Each is paid for; more than one cannot be streamed.',
    multiplier: (value) => value,
  }),
  stream: entry(
    z.boolean(),
    { type: 'switch', whenUnset: true },
    {
      group: 'length',
      profiles: 'all',
      label: 'Stream',
      help: 'Show the answer while it is written. Off, it comes as a whole once it is done.',
    },
  ),
  stop: entry(
    z.array(z.string().min(1).max(200)).min(1).max(4),
    { type: 'list', max: 4 },
    {
      group: 'length',
      profiles: 'all',
      label: 'Stop sequences',
      help: 'Up to four texts; the answer ends before the first of them.',
    },
  ),
  temperature: number(0, 2, 0.1, {
    group: 'sampling',
    profiles: 'all',
    label: 'Temperature',
    help: 'How much chance decides. Low values give the same answer again, high ones surprise.',
  }),
  top_p: number(0, 1, 0.05, {
    group: 'sampling',
    profiles: 'all',
    label: 'Top P',
    help: 'Only the likeliest tokens that make up this share of probability are considered.',
  }),
  top_k: integer(1, 1000, {
    group: 'sampling',
    profiles: SAMPLERS,
    label: 'Top K',
    help: 'Only this many of the likeliest tokens are considered.',
  }),
  frequency_penalty: number(-2, 2, 0.1, {
    group: 'sampling',
    profiles: 'all',
    label: 'Frequency penalty',
    help: 'Above zero, a token grows less likely each time it is used.',
  }),
  presence_penalty: number(-2, 2, 0.1, {
    group: 'sampling',
    profiles: 'all',
    label: 'Presence penalty',
    help: 'Above zero, a token that was used at all grows less likely, which favours new subjects.',
  }),
  beam_size: integer(1, 5, {
    group: 'sampling',
    profiles: APIPIE,
    label: 'Beam size',
    help: 'How many wordings are followed side by side. Models that cannot do it ignore it.',
  }),
  seed: integer(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, {
    group: 'sampling',
    profiles: 'all',
    label: 'Seed',
    help: 'With the same seed and settings many models give the same answer.',
  }),
  integrity: entry(
    z.literal([12, 13]),
    {
      type: 'choice',
      options: [
        { value: 12, label: '12' },
        { value: 13, label: '13' },
      ],
    },
    {
      group: 'integrity',
      profiles: APIPIE,
      label: 'Integrity',
      help: 'The model answers twice (12) or three times (13) and votes, against made-up facts. Each answer is paid for.',
      multiplier: (value) => value - 10,
    },
  ),
  integrity_model: text('model', {
    group: 'integrity',
    profiles: APIPIE,
    label: 'Integrity model',
    help: 'The model that judges the votes.',
  }),
  reasoning_effort: entry(
    z.enum(['none', 'minimal', 'low', 'medium', 'high']),
    {
      type: 'choice',
      options: [
        { value: 'none', label: 'None' },
        { value: 'minimal', label: 'Minimal' },
        { value: 'low', label: 'Low' },
        { value: 'medium', label: 'Medium' },
        { value: 'high', label: 'High' },
      ],
    },
    {
      group: 'advanced',
      profiles: 'all',
      label: 'Reasoning effort',
      help: 'How long a reasoning model thinks before it answers. Its thoughts are paid for.',
    },
  ),
  response_format: entry(
    responseFormat,
    { type: 'json', example: '{"type":"json_object"}' },
    {
      group: 'advanced',
      profiles: 'all',
      label: 'Response format',
      help: 'Makes the answer JSON: {"type":"json_object"}, or a JSON schema it must follow.',
    },
  ),
  logit_bias: entry(
    z.record(z.string().regex(/^\d{1,9}$/), z.number().min(-100).max(100)),
    { type: 'json', example: '{"50256":-100}' },
    {
      group: 'advanced',
      profiles: [
        'apipie',
        'openrouter',
        'openai',
        'azure',
        'lmstudio',
        'llamacpp',
        'vllm',
        'other',
      ],
      label: 'Logit bias',
      help: 'Makes tokens, named by their numbers, likelier (up to 100) or less likely (down to −100).',
    },
  ),
  stream_options: entry(
    z.strictObject({ include_usage: z.boolean() }),
    { type: 'json', example: '{"include_usage":true}' },
    {
      group: 'advanced',
      profiles: [
        'apipie',
        'openrouter',
        'openai',
        'azure',
        'ollama',
        'lmstudio',
        'llamacpp',
        'vllm',
        'other',
      ],
      label: 'Stream options',
      help: 'Whether a streamed answer ends with its usage. Unset, Slice asks for it where servers send it only when asked.',
    },
  ),
} as const;

export type ParameterKey = keyof typeof PARAMETERS;

const MAX_EXTRA_LENGTH = 100_000;

/** Fields of a request that the app itself decides; nobody else may set them. */
const OWN_FIELDS: ReadonlySet<string> = new Set(['messages', 'model']);

/**
 * Fields of the request body that are not in the table, merged in last. One that the table has is
 * refused: it would go round the range check and the count of what is to be paid.
 */
export const extraFields = z
  .record(z.string().min(1).max(200), z.json())
  .superRefine((value, context) => {
    for (const key of Object.keys(value)) {
      if (OWN_FIELDS.has(key) || key in PARAMETERS) {
        context.addIssue({ code: 'custom', message: 'has_own_field', path: [key] });
      }
    }
    if (JSON.stringify(value).length > MAX_EXTRA_LENGTH) {
      context.addIssue({ code: 'custom', message: 'too_long' });
    }
  });

/** A setting for each parameter that is to be sent; what is absent is not sent. */
export const parameterValues = z.strictObject({
  provider: PARAMETERS.provider.schema.optional(),
  routing: PARAMETERS.routing.schema.optional(),
  rag_tune: PARAMETERS.rag_tune.schema.optional(),
  max_tokens: PARAMETERS.max_tokens.schema.optional(),
  max_completion_tokens: PARAMETERS.max_completion_tokens.schema.optional(),
  n: PARAMETERS.n.schema.optional(),
  stream: PARAMETERS.stream.schema.optional(),
  stop: PARAMETERS.stop.schema.optional(),
  temperature: PARAMETERS.temperature.schema.optional(),
  top_p: PARAMETERS.top_p.schema.optional(),
  top_k: PARAMETERS.top_k.schema.optional(),
  frequency_penalty: PARAMETERS.frequency_penalty.schema.optional(),
  presence_penalty: PARAMETERS.presence_penalty.schema.optional(),
  beam_size: PARAMETERS.beam_size.schema.optional(),
  seed: PARAMETERS.seed.schema.optional(),
  integrity: PARAMETERS.integrity.schema.optional(),
  integrity_model: PARAMETERS.integrity_model.schema.optional(),
  reasoning_effort: PARAMETERS.reasoning_effort.schema.optional(),
  response_format: PARAMETERS.response_format.schema.optional(),
  logit_bias: PARAMETERS.logit_bias.schema.optional(),
  stream_options: PARAMETERS.stream_options.schema.optional(),
} satisfies Record<ParameterKey, z.ZodType>);
export type ParameterValues = z.infer<typeof parameterValues>;

/** Every key of the table, in its order. */
export const PARAMETER_KEYS: readonly ParameterKey[] = parameterValues.keyof().options;

/** Whether servers of a profile know a parameter. */
export function isKnownTo(key: ParameterKey, profile: Profile): boolean {
  const { profiles } = PARAMETERS[key];
  return profiles === 'all' || profiles.some((known) => known === profile);
}

/** The values without those that servers of a profile do not know. */
export function valuesFor(profile: Profile, values: ParameterValues): ParameterValues {
  const kept = PARAMETER_KEYS.filter(
    (key) => values[key] !== undefined && isKnownTo(key, profile),
  ).map((key) => [key, values[key]]);
  return parameterValues.parse(Object.fromEntries(kept));
}

/** How many models one request may name, joined by commas (guide, "model"). */
export const MAX_MODELS = 5;

/** The models that a request names: several, joined by commas, make a super query (guide, "model"). */
export function modelsOf(model: string): string[] {
  return model
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

const factor = z.number().int().positive();

/** What a request multiplies its cost by, each factor by itself. */
export const costFactors = z.object({
  /** Answers to one question (`n`). */
  answers: factor,
  /** Answers that are put to the vote for each (guide, "Integrity and Verification"). */
  votes: factor,
  /** Models of a super query. */
  models: factor,
});
export type CostFactors = z.infer<typeof costFactors>;

export function factorsOf(model: string, values: ParameterValues): CostFactors {
  return {
    answers: (values.n === undefined ? null : PARAMETERS.n.multiplier?.(values.n)) ?? 1,
    votes:
      (values.integrity === undefined
        ? null
        : PARAMETERS.integrity.multiplier?.(values.integrity)) ?? 1,
    models: Math.max(1, modelsOf(model).length),
  };
}

/** How many answers' worth of money a request costs. */
export function costMultiplier(model: string, values: ParameterValues): number {
  const { answers, votes, models } = factorsOf(model, values);
  return answers * votes * models;
}

/** One column of the usage CSV for each parameter, in the table's order. */
export const PARAMETER_COLUMNS: readonly string[] = PARAMETER_KEYS.map((key) => `param_${key}`);

/** What stands in those columns: empty where a parameter was not sent, JSON for lists and objects. */
export function parameterCells(values: ParameterValues): string[] {
  return PARAMETER_KEYS.map((key) => {
    const value = values[key];
    if (value === undefined) return '';
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  });
}
