import type { Behaviour, FixedReply, FixedReplyContext } from './behaviour';
import { exactDollars, fixedDollars } from './decimal-dollars';
import {
  apiError,
  json,
  quotaError,
  rateLimit,
  routerError,
  statusReplies,
  validationError,
} from './error-replies';

/** A way to misbehave, chosen by the name of the model. */
interface Fault {
  readonly summary: string;
  readonly behaviour: Behaviour;
}

function fault(summary: string, behaviour: Behaviour): Fault {
  return { summary, behaviour };
}

/** Always, or only under a condition, another reply than a completion. */
function replies(
  summary: string,
  reply: FixedReply | ((context: FixedReplyContext) => FixedReply),
  when: (context: FixedReplyContext) => boolean = () => true,
): Fault {
  return fault(summary, {
    fixed: (context) => {
      if (!when(context)) return null;
      return typeof reply === 'function' ? reply(context) : reply;
    },
  });
}

const EVENT_STREAM = 'text/event-stream; charset=utf-8';
const CONTEXT_SIZE = 4096;
const MEBIBYTE = 1024 * 1024;

function statusFaults(): Record<string, Fault> {
  const faults: Record<string, Fault> = {};
  for (const [status, reply] of Object.entries(statusReplies)) {
    faults[`sim-status-${status}`] = replies(`always HTTP ${status}`, reply);
  }
  return faults;
}

/**
 * Every fault, by model name. The answer in between is chosen by the question, as for other models.
 * Names can be joined: `sim-slow+crlf+no-done`. A rate in chunks per second may stand behind any
 * part: `sim-reset@20`, `sim-long-200000@400`. Sources of the shapes: the guide, and what is known of
 * the servers named in the summaries.
 */
export const FAULTS: Readonly<Record<string, Fault>> = {
  // Speed
  'sim-fast': fault('no pauses', { rate: Number.POSITIVE_INFINITY }),
  'sim-slow': fault('5 chunks per second', { rate: 5 }),
  'sim-stall': fault('8 chunks, then silence on an open connection', { break: 'stall' }),
  'sim-stall-start': fault('headers never come', { silent: true }),
  'sim-endless': fault('never stops until the client leaves', { text: 'endless', rate: 200 }),

  // Connections that end too early
  'sim-reset': fault('socket reset after 8 chunks', { break: 'reset' }),
  'sim-drop': fault('socket closed after 8 chunks, body unfinished', { break: 'drop' }),
  'sim-close': fault('proper end of body after 8 chunks', { break: 'close' }),
  'sim-cut-character': fault('end of body within a character', {
    break: 'cut-character',
    multibyte: true,
  }),
  'sim-half-character': fault('characters split over two writes', {
    writes: 'split-character',
    multibyte: true,
  }),

  // Errors under HTTP 200
  'sim-error-mid': fault('error chunk after 8 chunks (OpenRouter)', { break: 'error' }),
  'sim-error-mid-llamacpp': fault('SSE field error: after 8 chunks (llama.cpp)', {
    break: 'error-field',
  }),
  'sim-html': replies('200 with a page of HTML (captive portal)', {
    status: 200,
    contentType: 'text/html; charset=utf-8',
    body: '<!DOCTYPE html><html><head><title>Sign in</title></head><body><h1>Sign in to the network</h1></body></html>',
  }),
  'sim-json-error-200': replies(
    '200 with an error object (OpenRouter)',
    json(200, {
      error: {
        code: 502,
        message: 'Upstream provider failed before the first token',
        metadata: { provider_name: 'Simulator' },
      },
    }),
  ),
  'sim-lmstudio-404': replies(
    '200 with an error text (LM Studio, wrong path)',
    json(200, {
      error: 'Unexpected endpoint or method. (POST /v1/chat/completions). Returning 200 anyway',
    }),
  ),
  'sim-empty': replies('200 with an empty body', {
    status: 200,
    contentType: EVENT_STREAM,
    body: '',
  }),
  'sim-done-only': replies('200 with [DONE] alone', {
    status: 200,
    contentType: EVENT_STREAM,
    body: 'data: [DONE]\n\n',
  }),

  // Statuses
  ...statusFaults(),
  'sim-429-date': replies('429, Retry-After as a date about 2 s ahead', () =>
    rateLimit(new Date(Date.now() + 2000).toUTCString()),
  ),
  'sim-429-long': replies('429, Retry-After 120', rateLimit('120')),
  'sim-429-quota': replies('429 insufficient_quota', quotaError),
  'sim-429-once': replies(
    '429 (Retry-After 1) the first time for a message, then works',
    rateLimit('1'),
    ({ firstTime }) => firstTime,
  ),
  'sim-503-once': replies(
    '503 the first time for a message, then works',
    statusReplies[503],
    ({ firstTime }) => firstTime,
  ),
  'sim-context': replies('400 context_length_exceeded', ({ promptTokens }) =>
    apiError(
      400,
      `This model's maximum context length is ${CONTEXT_SIZE} tokens. However, your messages resulted in ${promptTokens + CONTEXT_SIZE} tokens. Please reduce the length of the messages.`,
      'context_length_exceeded',
      { param: 'messages' },
    ),
  ),
  'sim-context-llamacpp': replies('400 exceed_context_size_error (llama.cpp)', ({ promptTokens }) =>
    json(400, {
      error: {
        code: 400,
        message: 'the request exceeds the available context size, try increasing it',
        type: 'exceed_context_size_error',
        n_prompt_tokens: promptTokens + CONTEXT_SIZE,
        n_ctx: CONTEXT_SIZE,
      },
    }),
  ),
  'sim-moderation': replies('403 content blocked (OpenRouter)', ({ model }) =>
    routerError(403, `${model} requires moderation. Your input was flagged for "violence"`, {
      reasons: ['violence'],
      flagged_input: 'the beginning of the message',
      provider_name: 'Simulator',
      model_slug: model,
    }),
  ),
  'sim-unsupported-temperature': replies(
    '400 when a temperature is set (OpenAI reasoning models)',
    ({ request }) =>
      apiError(
        400,
        `Unsupported value: 'temperature' does not support ${request.temperature} with this model. Only the default (1) value is supported.`,
        'unsupported_value',
        { param: 'temperature' },
      ),
    ({ request }) => request.temperature !== undefined,
  ),
  'sim-unsupported-max-tokens': replies(
    '400 when max_tokens is set (OpenAI reasoning models)',
    apiError(
      400,
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
      'unsupported_parameter',
      { param: 'max_tokens' },
    ),
    ({ request }) => request.max_tokens !== undefined,
  ),
  'sim-422-stream-options': replies(
    '422 when stream_options is set (Mistral)',
    ({ request }) => validationError('stream_options', request.stream_options),
    ({ request }) => request.stream_options !== undefined,
  ),
  'sim-redirect': fault('307 to /elsewhere on another port of this machine', { redirect: true }),

  // Framing
  'sim-crlf': fault('CRLF line ends', { lineEnd: '\r\n' }),
  'sim-comments': fault('keep-alive comments (OpenRouter)', { comments: true }),
  'sim-onebyte': fault('every byte its own write', { writes: 'byte' }),
  'sim-no-blank-lines': fault('records without blank lines, as the guide prints them', {
    blankLines: 'none',
  }),
  'sim-json-content-type': fault('an event stream called application/json', {
    contentType: 'application/json',
  }),
  'sim-gzip': fault('compressed body', { gzip: true }),
  'sim-huge-line': fault('one record of 9 MiB', { text: { record: 9 * MEBIBYTE } }),

  // The end of the stream
  'sim-no-usage': fault('no usage chunk', { usage: 'none' }),
  'sim-no-done': fault('no [DONE]', { done: 'none' }),
  'sim-no-done-open': fault('no [DONE], and the connection stays open', {
    done: 'none',
    open: true,
  }),
  'sim-no-finish': fault('text, then [DONE] without finish reason and usage', {
    finish: 'none',
    usage: 'none',
  }),
  'sim-finish-every-chunk': fault('finish_reason "stop" on every chunk', { finish: 'every' }),
  'sim-usage-every-chunk': fault('usage so far on every chunk', { usage: 'every' }),

  // Costs
  'sim-cost-string': fault('cost as a string of eight places', {
    cost: (nano) => `"${fixedDollars(nano, 8)}"`,
  }),
  'sim-cost-negative': fault('a negative cost', { cost: (nano) => `-${exactDollars(nano + 1n)}` }),
  'sim-cost-huge': fault('a cost beyond all reason', { cost: () => '99999999999999999999.99' }),
  'sim-cost-nan': fault('cost "NaN"', { cost: () => '"NaN"' }),
  'sim-cost-tiny': fault('13 places behind the point', { cost: () => '0.0000012345678' }),

  // Shapes
  'sim-provider-object': fault('provider as an object (OpenRouter)', { providerObject: true }),
  'sim-reasoning': fault('deltas of reasoning before the text', { extra: 'reasoning' }),
  'sim-reasoning-content': fault('the same, called reasoning_content', {
    extra: 'reasoning_content',
  }),
  'sim-tool-calls': fault('a tool call instead of text', { extra: 'tool_calls' }),
  'sim-refusal': fault('a refusal instead of text', { extra: 'refusal' }),
  'sim-null-choices': fault('chunks with null choices and without delta', { nullChoices: true }),
  'sim-azure-first': fault('content filter results around the text (Azure)', {
    filterResults: true,
  }),
  'sim-array': fault('an array of one answer', { array: true }),

  // Texts
  'sim-hostile-html': fault('scripts, script links and remote pictures', { text: 'hostile' }),
  'sim-long-200000': fault('a text of 200,000 characters; any number works', {
    text: { long: 200_000 },
  }),
};

const PREFIX = 'sim-';
const PART = /^(?<name>[a-z0-9-]+?)(?:@(?<rate>\d{1,6}))?$/;
const LONG = /^sim-long-(?<characters>\d{1,8})$/;

/** Whether a model name asks for a fault; a provider or maker may stand before it. */
export function isFaultName(name: string): boolean {
  return name.slice(name.lastIndexOf('/') + 1).startsWith(PREFIX);
}

/** What a fault name asks for; null when a part of it is unknown. */
export function behaviourOf(name: string): Behaviour | null {
  let behaviour: Behaviour = {};
  const parts = name.slice(name.lastIndexOf('/') + 1).slice(PREFIX.length);
  for (const part of parts.split('+')) {
    const match = PART.exec(part)?.groups;
    if (match?.name === undefined) return null;
    const one = single(PREFIX + match.name);
    if (one === null) return null;
    behaviour = { ...behaviour, ...one };
    if (match.rate !== undefined) behaviour = { ...behaviour, rate: Number(match.rate) };
  }
  return behaviour;
}

function single(name: string): Behaviour | null {
  const long = LONG.exec(name)?.groups?.characters;
  if (long !== undefined) return { text: { long: Number(long) } };
  return FAULTS[name]?.behaviour ?? null;
}
