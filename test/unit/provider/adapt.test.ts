import { describe, expect, it } from 'vitest';
import { adaptationFor, applyAdaptations } from '../../../electron/provider/adapt';
import { failureOfRefusal } from '../../../electron/provider/failure';
import type { Adaptation } from '../../../shared/adaptation';
import fc from '../../fixtures/fast-check';

const SENT = ['model', 'messages', 'stream', 'temperature', 'top_p', 'top_k', 'max_tokens', 'n'];

/** What is made of a refusal with this body. */
function adapted(
  body: unknown,
  { status = 400, sent = [...SENT, 'stream_options', 'reasoning_effort'] } = {},
): Adaptation | null {
  const source = typeof body === 'string' ? body : JSON.stringify(body);
  return adaptationFor(failureOfRefusal(source, status, 'sk-test'), sent);
}

function openai(message: string, code: string | null = null, param: string | null = null) {
  return { error: { message, type: 'invalid_request_error', param, code } };
}

const without = (field: string): Adaptation => ({ action: 'leave_out', field });

const NEW_LIMIT: Adaptation = {
  action: 'rename',
  field: 'max_tokens',
  to: 'max_completion_tokens',
};

describe('a refusal that names a field is adapted to', () => {
  it.each<[string, number, unknown, Adaptation]>([
    [
      "OpenAI's of max_tokens",
      400,
      openai(
        "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
        'unsupported_parameter',
        'max_tokens',
      ),
      NEW_LIMIT,
    ],
    [
      "OpenAI's of temperature",
      400,
      openai(
        "Unsupported value: 'temperature' does not support 0.7 with this model. Only the default (1) value is supported.",
        'unsupported_value',
        'temperature',
      ),
      without('temperature'),
    ],
    [
      "OpenAI's of temperature, at all",
      400,
      openai("Unsupported parameter: 'temperature' is not supported with this model."),
      without('temperature'),
    ],
    [
      "OpenAI's of streams",
      400,
      openai(
        "Unsupported value: 'stream' does not support true with this model. Supported values are: false.",
      ),
      without('stream'),
    ],
    [
      "OpenAI's of what it never heard of",
      400,
      openai('Unrecognized request argument supplied: top_k'),
      without('top_k'),
    ],
    [
      "OpenAI's of several",
      400,
      openai('Unrecognized request arguments supplied: repetition_penalty, top_k'),
      without('top_k'),
    ],
    [
      "OpenAI's search model's",
      400,
      openai('Model incompatible request argument supplied: temperature'),
      without('temperature'),
    ],
    [
      "Azure's of stream_options",
      400,
      openai("Unknown parameter: 'stream_options'.", 'unknown_parameter', 'stream_options'),
      without('stream_options'),
    ],
    [
      "Azure's older one",
      400,
      openai(
        'Unrecognized request argument supplied: stream_options. Please contact us through an Azure support request',
      ),
      without('stream_options'),
    ],
    [
      "Azure's of stream_options without a stream",
      400,
      openai("The 'stream_options' parameter is only allowed when 'stream' is enabled."),
      without('stream_options'),
    ],
    [
      "Azure's inference service's",
      400,
      openai("Extra parameters ['top_k'] are not allowed when extra-parameters is not set."),
      without('top_k'),
    ],
    [
      "Mistral's, a list within an object",
      422,
      {
        object: 'error',
        message: {
          detail: [
            {
              type: 'extra_forbidden',
              loc: ['body', 'stream_options'],
              msg: 'Extra inputs are not permitted',
              input: { include_usage: true },
            },
          ],
        },
        type: 'invalid_request_error',
        param: null,
        code: null,
      },
      without('stream_options'),
    ],
    [
      "Mistral's, a list as the message",
      422,
      {
        object: 'Error',
        message: [
          {
            type: 'extra_forbidden',
            loc: ['body', 'top_k'],
            msg: 'Extra inputs are not permitted',
          },
        ],
        type: 'invalid_request_error',
        code: 3001,
      },
      without('top_k'),
    ],
    [
      "Mistral's older one, JSON within the message",
      422,
      {
        object: 'error',
        message:
          '{"detail":[{"type":"extra_forbidden","loc":["body","top_k"],"msg":"Extra inputs are not permitted","input":40}]}',
        type: 'internal_error_proxy',
        code: '1000',
      },
      without('top_k'),
    ],
    [
      "FastAPI's",
      422,
      {
        detail: [{ loc: ['body', 'stream_options'], msg: 'extra fields not permitted', type: 'x' }],
      },
      without('stream_options'),
    ],
    [
      "vLLM's, Python within the message",
      400,
      {
        object: 'error',
        message:
          "[{'type': 'extra_forbidden', 'loc': ('body', 'reasoning_effort'), 'msg': 'Extra inputs are not permitted', 'input': 'low'}]",
        type: 'BadRequestError',
        param: null,
        code: 400,
      },
      without('reasoning_effort'),
    ],
    [
      "llama.cpp's",
      400,
      { error: { code: 400, message: 'Unsupported param: top_k', type: 'x' } },
      without('top_k'),
    ],
    [
      "Anthropic's of what it does not know",
      400,
      {
        type: 'error',
        error: { type: 'invalid_request_error', message: 'n: Extra inputs are not permitted' },
      },
      without('n'),
    ],
    [
      "Anthropic's of what it dropped",
      400,
      openai('`temperature` is deprecated for this model.'),
      without('temperature'),
    ],
    [
      "Moonshot's",
      400,
      openai('invalid temperature: only 1 is allowed for this model'),
      without('temperature'),
    ],
    [
      "Gemini's, in an array",
      400,
      [
        {
          error: {
            code: 400,
            message:
              'Invalid JSON payload received. Unknown name "reasoning_effort": Cannot find field.',
            status: 'INVALID_ARGUMENT',
          },
        },
      ],
      without('reasoning_effort'),
    ],
    [
      "Groq's",
      400,
      openai("property 'reasoning_effort' is unsupported, did you mean 'reasoning_format'?"),
      without('reasoning_effort'),
    ],
    [
      "LiteLLM's",
      400,
      openai(
        "litellm.UnsupportedParamsError: openai does not support parameters: ['reasoning_effort'], for model=gemini. To drop these, set `litellm.drop_params=True`",
      ),
      without('reasoning_effort'),
    ],
    [
      "Fireworks'",
      400,
      openai(
        "Extra inputs are not permitted, field: 'stream_options', value: {'include_usage': True}",
      ),
      without('stream_options'),
    ],
    [
      "a Go server's",
      400,
      { error: 'json: unknown field "stream_options"' },
      without('stream_options'),
    ],
    [
      "a Rust server's",
      422,
      'Failed to deserialize the JSON body: unknown field `top_k`, expected one of `model`, `messages`, `temperature`',
      without('top_k'),
    ],
    [
      "JSON Schema's",
      400,
      { error: { message: "Additional properties are not allowed ('top_k' was unexpected)" } },
      without('top_k'),
    ],
    [
      "OpenRouter's, in the provider's words",
      400,
      {
        error: {
          code: 400,
          message: 'Provider returned error',
          metadata: {
            provider_name: 'OpenAI',
            raw: JSON.stringify(
              openai("Unsupported parameter: 'temperature' is not supported with this model."),
            ),
          },
        },
      },
      without('temperature'),
    ],
  ])('%s', (_, status, body, adaptation) => {
    expect(adapted(body, { status })).toEqual(adaptation);
  });

  it('with the old name where the new one is refused', () => {
    const body = {
      object: 'error',
      message: {
        detail: [{ loc: ['body', 'max_completion_tokens'], msg: 'Extra inputs are not permitted' }],
      },
    };
    const sent = ['model', 'messages', 'max_completion_tokens'];
    expect(adapted(body, { status: 422, sent })).toEqual({
      action: 'rename',
      field: 'max_completion_tokens',
      to: 'max_tokens',
    });
  });

  it('by leaving one out where both names were sent', () => {
    const body = openai("Unsupported parameter: 'max_tokens' is not supported with this model.");
    expect(adapted(body, { sent: ['max_tokens', 'max_completion_tokens'] })).toEqual(
      without('max_tokens'),
    );
  });

  it('field by field where it names several', () => {
    const loc = (name: string) => ({ loc: ['body', name], msg: 'Extra inputs are not permitted' });
    const body = { detail: [loc('top_k'), loc('stream_options')] };
    const sent = ['top_k', 'stream_options', 'top_p'];
    expect(adapted(body, { status: 422, sent })).toEqual(without('top_k'));
    expect(adapted(body, { status: 422, sent: sent.slice(1) })).toEqual(without('stream_options'));
    expect(adapted(body, { status: 422, sent: sent.slice(2) })).toBeNull();
  });
});

describe('a refusal is left to the user', () => {
  it.each<[string, unknown, number?]>([
    [
      'of a limit that is too high',
      openai(
        'max_tokens is too large: 9000. This model supports at most 4096 completion tokens, whereas you provided 9000.',
        'invalid_value',
        'max_tokens',
      ),
    ],
    ['of a limit above a model', openai('This model does not support max_tokens above 4096.')],
    [
      'of a limit that is said to be supported below',
      openai('max_tokens is not allowed to exceed 4096'),
    ],
    ['of a value out of range', openai('temperature must be between 0 and 1', null, 'temperature')],
    [
      'of a value out of range in a list',
      {
        detail: [{ loc: ['body', 'temperature'], msg: 'Input should be less than or equal to 1' }],
      },
      422,
    ],
    [
      'of a value of another type',
      openai("Invalid type for 'temperature': expected a decimal, but got a string instead."),
    ],
    [
      'of a choice with others beside it',
      openai(
        "Unsupported value: 'reasoning_effort' does not support 'minimal' with this model. Supported values are: 'low', 'medium', and 'high'.",
      ),
    ],
    [
      'of two fields at once',
      openai('`temperature` and `top_p` cannot both be specified for this model.'),
    ],
    [
      'of a context that is too long',
      openai(
        "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens (904 in the messages, 4096 in the completion). Please reduce max_tokens; max_tokens is not supported above that.",
        'context_length_exceeded',
      ),
    ],
    [
      'of a field within a message (Mistral)',
      {
        object: 'error',
        message: {
          detail: [
            { loc: ['body', 'messages', 0, 'user', 'n'], msg: 'Extra inputs are not permitted' },
          ],
        },
      },
      422,
    ],
    [
      'of a field within a message (Groq)',
      openai(
        "'messages.1' : for 'role:assistant' the following must be satisfied[('messages.1' : property 'n' is unsupported)]",
      ),
    ],
    ['of a field within another', openai("Unknown parameter: 'response_format.n'.")],
    ['of the model', openai("The model 'temperature' does not exist")],
    ['of the messages', openai('Unknown parameter: messages')],
    ['of a field with a longer name', openai("Unknown parameter: 'top_k_2'.")],
    ['that only mentions a field', openai('The message about temperature was rejected.')],
    ['of a field that was not sent', openai("Unknown parameter: 'seed'.")],
    [
      'that names the field only as another way',
      openai("Unknown parameter: 'seed', did you mean 'n'?"),
    ],
    ['by another status', openai("Unknown parameter: 'top_k'."), 500],
    ['for want of a permission', openai("Unknown parameter: 'top_k'."), 403],
    ['without words', {}],
  ])('%s', (_, body, status = 400) => {
    expect(adapted(body, { status })).toBeNull();
  });
});

describe('adaptations', () => {
  it('keep the order and the values', () => {
    const fields = { model: 'm', max_tokens: 5, temperature: 0.5, stream: true, messages: [] };
    const result = applyAdaptations(fields, [NEW_LIMIT, without('temperature'), without('seed')]);
    expect(JSON.stringify(result)).toBe(
      '{"model":"m","max_completion_tokens":5,"stream":true,"messages":[]}',
    );
    expect(fields.max_tokens).toBe(5);
  });

  it('never take away the model or the messages', () => {
    const fields = { model: 'm', messages: [] };
    const rename: Adaptation = { action: 'rename', field: 'model', to: 'name' };
    expect(applyAdaptations(fields, [without('messages'), rename])).toEqual(fields);
  });

  it('leave a value that stands under the new name already', () => {
    const fields = { max_tokens: 5, max_completion_tokens: 6 };
    expect(applyAdaptations(fields, [NEW_LIMIT])).toEqual({ max_completion_tokens: 6 });
  });

  it('that came later hold against earlier ones', () => {
    const learned = [without('max_completion_tokens'), NEW_LIMIT];
    expect(applyAdaptations({ max_tokens: 5 }, learned)).toEqual({ max_completion_tokens: 5 });
  });

  const LIMITS = ['max_tokens', 'max_completion_tokens'] as const;
  const NAMES = [...LIMITS, 'model', 'messages', 'temperature', 'n'] as const;
  const fields = fc
    .uniqueArray(fc.constantFrom(...NAMES))
    .chain((names) =>
      fc
        .tuple(...names.map(() => fc.nat()))
        .map((values) => Object.fromEntries(names.map((name, at) => [name, values[at]]))),
    );
  const adaptations = fc.array(
    fc.oneof(
      fc.constantFrom(...NAMES).map(without),
      fc.constantFrom(...LIMITS).map(
        (field): Adaptation => ({
          action: 'rename',
          field,
          to: LIMITS[field === LIMITS[0] ? 1 : 0],
        }),
      ),
    ),
    { maxLength: 5 },
  );

  it('change nothing the second time', () => {
    fc.assert(
      fc.property(fields, adaptations, (before, learned) => {
        const once = applyAdaptations(before, learned);
        expect(Object.entries(applyAdaptations(once, learned))).toEqual(Object.entries(once));
      }),
    );
  });

  it('invent no value and keep what they do not name', () => {
    fc.assert(
      fc.property(fields, adaptations, (before, learned) => {
        const after = applyAdaptations(before, learned);
        const values = Object.values(before);
        for (const value of Object.values(after)) expect(values).toContain(value);
        const named = new Set(
          learned.flatMap((one) => [one.field, ...(one.action === 'rename' ? [one.to] : [])]),
        );
        for (const [name, value] of Object.entries(before)) {
          if (!named.has(name) || name === 'model' || name === 'messages') {
            expect(after[name]).toBe(value);
          }
        }
      }),
    );
  });

  it('are found for any text without harm', () => {
    const words = fc.array(
      fc.constantFrom(
        'unknown',
        'parameter',
        "'n'",
        'top_k,',
        'is not',
        'supported',
        '[',
        '(',
        'body',
        'loc',
        ':',
      ),
      { maxLength: 80 },
    );
    fc.assert(
      fc.property(words, (said) => {
        const failure = { code: 'invalid_input', status: 400, detail: said.join(' ') } as const;
        const adaptation = adaptationFor(failure, SENT);
        if (adaptation) expect(SENT).toContain(adaptation.field);
      }),
    );
  });
});
