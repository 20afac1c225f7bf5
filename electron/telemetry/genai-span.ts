import { createHash } from 'node:crypto';
import { errorCode } from '../../shared/errors';
import { type Profile, profile } from '../../shared/profile';
import type { TelemetryRun } from '../store/queries/telemetry-batch';
import { integerOf } from './integer';

type Value = string | number | readonly string[] | null;

/** A field of a span. */
interface SpanField {
  readonly type: 'name' | 'names' | 'integer' | 'number';
  readonly about: string;
  /** Null leaves the field out: what is not known is not sent as zero. */
  readonly of: (run: TelemetryRun) => Value;
}

const field = (type: SpanField['type'], about: string, of: SpanField['of']): SpanField => ({
  type,
  about,
  of,
});

/**
 * Everything a span says of a run, by the names of OpenTelemetry's conventions for generative AI where
 * they have one. Nothing that anybody wrote is among it.
 */
export const SPAN_FIELDS: Readonly<Record<string, SpanField>> = {
  'gen_ai.operation.name': field('name', 'Always `chat`', () => 'chat'),
  'gen_ai.provider.name': field('name', 'The kind of server that was asked', providerOf),
  'gen_ai.system': field('name', 'The same, under its former name', providerOf),
  'gen_ai.request.model': field('name', 'The model that was asked for', ({ requestedModel }) =>
    nameOf(requestedModel),
  ),
  'gen_ai.response.model': field('name', 'The model that answered', ({ servedModel }) =>
    nameOf(servedModel),
  ),
  'gen_ai.response.finish_reasons': field('names', 'Why the answer ended', finishReasonsOf),
  'gen_ai.usage.input_tokens': field('integer', 'Tokens of the prompt', (run) => run.promptTokens),
  'gen_ai.usage.output_tokens': field(
    'integer',
    'Tokens of the answer',
    (run) => run.completionTokens,
  ),
  'gen_ai.usage.cache_read.input_tokens': field(
    'integer',
    'Those of the prompt that came from a cache',
    (run) => run.cachedTokens,
  ),
  'gen_ai.usage.reasoning.output_tokens': field(
    'integer',
    'Those of the answer that went into reasoning',
    (run) => run.reasoningTokens,
  ),
  'gen_ai.request.max_tokens': field(
    'integer',
    'Parameter',
    ({ parameters }) => parameters.max_tokens ?? null,
  ),
  'gen_ai.request.temperature': field(
    'number',
    'Parameter',
    ({ parameters }) => parameters.temperature ?? null,
  ),
  'gen_ai.request.top_p': field(
    'number',
    'Parameter',
    ({ parameters }) => parameters.top_p ?? null,
  ),
  'gen_ai.request.top_k': field(
    'number',
    'Parameter',
    ({ parameters }) => parameters.top_k ?? null,
  ),
  'gen_ai.request.frequency_penalty': field(
    'number',
    'Parameter',
    ({ parameters }) => parameters.frequency_penalty ?? null,
  ),
  'gen_ai.request.presence_penalty': field(
    'number',
    'Parameter',
    ({ parameters }) => parameters.presence_penalty ?? null,
  ),
  'gen_ai.request.seed': field('integer', 'Parameter', ({ parameters }) => parameters.seed ?? null),
  'gen_ai.request.choice.count': field(
    'integer',
    'Answers that were asked for (`n`), where more than one',
    ({ answers }) => (answers > 1 ? answers : null),
  ),
  'gen_ai.response.time_to_first_chunk': field(
    'number',
    'Seconds to the first text',
    ({ firstTokenMs }) => secondsOf(firstTokenMs),
  ),
  'server.address': field('name', 'The host that was asked', ({ baseUrl }) => hostOf(baseUrl)),
  'server.port': field('integer', 'Its port', ({ baseUrl }) => portOf(baseUrl)),
  'http.response.status_code': field('integer', 'Of a refusal', ({ httpStatus }) => httpStatus),
  'error.type': field(
    'name',
    'Why the answer failed, a code of Slice such as `rate_limited`',
    errorOf,
  ),
  'slice.cost_nanousd': field(
    'integer',
    'What it cost, in nano-dollars (10⁻⁹ USD), exact; left out while nobody knows it',
    ({ priced }) => (priced.cost === null ? null : integerOf(priced.cost)),
  ),
  'slice.cost_source': field(
    'name',
    '`reported`, `reconciled`, `estimated`, `none` (nothing was charged) or `unknown`',
    ({ priced }) => priced.source,
  ),
  'slice.state': field(
    'name',
    '`complete`, `stopped`, `incomplete` or `failed`',
    ({ state }) => state,
  ),
  'slice.purpose': field(
    'name',
    '`answer`, or `title` for the title of a conversation',
    (run) => run.purpose,
  ),
  'slice.attempt': field('integer', '1, and more for a repeated request', ({ attempt }) => attempt),
  'slice.models': field('integer', 'Models asked in one request', ({ models }) => models),
  'slice.votes': field('integer', 'Integrity votes', ({ votes }) => votes),
  'slice.routing': field('name', 'How a provider was picked', ({ routing }) => nameOf(routing)),
  'slice.requested_provider': field('name', 'The provider asked for', ({ requestedProvider }) =>
    nameOf(requestedProvider),
  ),
  'slice.served_provider': field('name', 'The provider that answered', ({ servedProvider }) =>
    nameOf(servedProvider),
  ),
  'slice.prompt_characters': field(
    'integer',
    'Characters of the prompt, as the server counted',
    (run) => run.promptCharacters,
  ),
  'slice.response_characters': field(
    'integer',
    'Characters of the answer, as the server counted',
    (run) => run.responseCharacters,
  ),
  'slice.latency_ms': field('integer', "The provider's own latency", ({ latencyMs }) => latencyMs),
  'slice.revision': field(
    'integer',
    '1; higher when the run is told again because its cost became known or changed',
    ({ revision }) => revision,
  ),
};

/** A span before it is one of OpenTelemetry's. */
export interface GenAiSpan {
  readonly name: string;
  /** Made from the run, so that whoever gets a span twice can tell. Hexadecimal. */
  readonly traceId: string;
  readonly spanId: string;
  /** In ms since 1970. */
  readonly startedAt: number;
  readonly endedAt: number;
  readonly failed: boolean;
  readonly attributes: Readonly<Record<string, Exclude<Value, null>>>;
}

/** What is sent of a run. */
export function spanOf(run: TelemetryRun): GenAiSpan {
  const digest = createHash('sha256').update(run.uid).digest('hex');
  return {
    name: `chat ${nameOf(run.requestedModel) ?? OTHER}`,
    traceId: digest.slice(0, 32),
    spanId: digest.slice(32, 48),
    startedAt: run.startedAt,
    endedAt: Math.max(run.startedAt, run.endedAt),
    failed: run.state === 'failed',
    attributes: attributesOf(run, Object.keys(SPAN_FIELDS)),
  };
}

/** Some fields of a run, by their names. */
export function attributesOf(run: TelemetryRun, names: readonly string[]): GenAiSpan['attributes'] {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = SPAN_FIELDS[name]?.of(run) ?? null;
      return value === null ? [] : [[name, value]];
    }),
  );
}

/** What OpenTelemetry's conventions say for a value that has no place in a list. */
const OTHER = '_OTHER';

const NAME = /^[\p{L}\p{N}][\p{L}\p{N} ._:/@+,()#-]{0,119}$/u;

/**
 * A name as it may leave. What a server or a hand put in its place and is no name (too long, several
 * lines, marks no name has) is not passed on.
 */
function nameOf(text: string | null): string | null {
  if (text === null || text === '') return null;
  return NAME.test(text) ? text : OTHER;
}

const FINISH_REASONS: ReadonlySet<string> = new Set([
  'stop',
  'length',
  'content_filter',
  'tool_calls',
  'function_call',
  'error',
  'end_turn',
  'max_tokens',
  'stop_sequence',
  'safety',
]);

function finishReasonsOf({ finishReason }: TelemetryRun): Value {
  if (finishReason === null) return null;
  const known = finishReason.toLowerCase();
  return [FINISH_REASONS.has(known) ? known : OTHER];
}

function errorOf({ state, errorCode: code }: TelemetryRun): Value {
  if (code !== null) return errorCode.safeParse(code).data ?? OTHER;
  return state === 'failed' ? OTHER : null;
}

/** The conventions have names of their own for some of the kinds of servers. */
const PROVIDERS: Readonly<Record<Profile, string>> = {
  apipie: 'apipie',
  openrouter: 'openrouter',
  openai: 'openai',
  azure: 'azure.ai.openai',
  mistral: 'mistral_ai',
  ollama: 'ollama',
  lmstudio: 'lmstudio',
  llamacpp: 'llamacpp',
  vllm: 'vllm',
  other: OTHER,
};

function providerOf(run: TelemetryRun): Value {
  const known = profile.safeParse(run.profile);
  return known.success ? PROVIDERS[known.data] : OTHER;
}

function hostOf(baseUrl: string): Value {
  return URL.canParse(baseUrl) ? nameOf(new URL(baseUrl).hostname.replace(/^\[|\]$/g, '')) : null;
}

function portOf(baseUrl: string): Value {
  if (!URL.canParse(baseUrl)) return null;
  const { port, protocol } = new URL(baseUrl);
  return Number(port) || (protocol === 'https:' ? 443 : 80);
}

function secondsOf(ms: number | null): number | null {
  return ms === null ? null : ms / 1000;
}
