import { describe, expect, it } from 'vitest';
import { retryWait } from '../../electron/provider/retry';
import { answered, check, type Row, refused } from '../fixtures/failure-rows';

const PAGE = '<html><head><title>503 Service Temporarily Unavailable</title></head></html>';

describe('a refusal by status', () => {
  it.each<[string, number, string, Row]>([
    [
      "OpenAI's wrong key is a rejected key and costs nothing",
      401,
      '{"error":{"message":"Incorrect API key provided: sk-x.","type":"invalid_request_error","param":null,"code":"invalid_api_key"}}',
      refused(401, 'key_rejected', 'Incorrect API key provided: sk-x.', { cost: 'none' }),
    ],
    [
      "OpenRouter's wrong key is a rejected key and costs nothing",
      401,
      '{"error":{"message":"User not found.","code":401}}',
      refused(401, 'key_rejected', 'User not found.', { cost: 'none' }),
    ],
    [
      "a proxy's 401 without words is a rejected key",
      401,
      '',
      refused(401, 'key_rejected', undefined, { cost: 'none' }),
    ],
    [
      "APIpie's flat 402 is missing credit, also for models that cost nothing",
      402,
      '{"code":"ACCOUNT_ERROR","message":"Your account appears to be out of credit"}',
      refused(402, 'no_credit', 'Your account appears to be out of credit', { cost: 'none' }),
    ],
    [
      "OpenRouter's 402 is missing credit",
      402,
      '{"error":{"code":402,"message":"Insufficient credits. Add more using https://openrouter.ai/settings/credits"}}',
      refused(
        402,
        'no_credit',
        'Insufficient credits. Add more using https://openrouter.ai/settings/credits',
        { cost: 'none' },
      ),
    ],
    [
      "OpenRouter's flagged input is blocked content",
      403,
      '{"error":{"code":403,"message":"openai/gpt-4o requires moderation. Your input was flagged","metadata":{"reasons":["violence"],"flagged_input":"…","error_type":"moderation"}}}',
      refused(403, 'content_blocked', 'openai/gpt-4o requires moderation. Your input was flagged'),
    ],
    [
      "Azure's filtered prompt is blocked content",
      400,
      '{"error":{"message":"The response was filtered due to the prompt triggering the content management policy.","type":null,"param":"prompt","code":"content_filter","status":400}}',
      refused(
        400,
        'content_blocked',
        'The response was filtered due to the prompt triggering the content management policy.',
      ),
    ],
    [
      'an unknown model is not found and costs nothing',
      404,
      '{"error":{"message":"The model `gpt-9` does not exist or you do not have access to it.","type":"invalid_request_error","param":null,"code":"model_not_found"}}',
      refused(
        404,
        'not_found',
        'The model `gpt-9` does not exist or you do not have access to it.',
        {
          cost: 'none',
        },
      ),
    ],
    [
      "Ollama's unknown model is not found and costs nothing",
      404,
      '{"error":{"message":"model \\"llama9\\" not found, try pulling it first","type":"api_error","param":null,"code":null}}',
      refused(404, 'not_found', 'model "llama9" not found, try pulling it first', { cost: 'none' }),
    ],
    [
      "FastAPI's wrong path is not found",
      404,
      '{"detail":"Not Found"}',
      refused(404, 'not_found', 'Not Found', { cost: 'none' }),
    ],
    [
      "a web server's page for a wrong path is no API",
      404,
      '<!DOCTYPE html><html><body><h1>404</h1></body></html>',
      refused(404, 'not_found', undefined, { reason: 'not_an_api', cost: 'none' }),
    ],
    [
      'a page that takes no POST is no API',
      405,
      '<html><head><title>405 Not Allowed</title></head></html>',
      refused(405, 'not_found', undefined, { reason: 'not_an_api', cost: 'none' }),
    ],
    [
      "OpenRouter's 408 is sent again",
      408,
      '{"error":{"code":408,"message":"Your request timed out"}}',
      refused(408, 'timeout', 'Your request timed out', { again: 1_000 }),
    ],
    [
      "OpenAI's too long context is one, by its name",
      400,
      `{"error":{"message":"This model's maximum context length is 8192 tokens. However, your messages resulted in 9000 tokens.","type":"invalid_request_error","param":"messages","code":"context_length_exceeded"}}`,
      refused(
        400,
        'context_too_long',
        "This model's maximum context length is 8192 tokens. However, your messages resulted in 9000 tokens.",
      ),
    ],
    [
      "llama.cpp's too long context is one, by its type",
      400,
      '{"error":{"code":400,"message":"the request exceeds the available context size, try increasing it","type":"exceed_context_size_error","n_prompt_tokens":9000,"n_ctx":4096}}',
      refused(
        400,
        'context_too_long',
        'the request exceeds the available context size, try increasing it',
      ),
    ],
    [
      "llama.cpp's too long context as 500 is one too, and is not sent again",
      500,
      '{"error":{"code":500,"message":"the request exceeds the available context size. try increasing the context size or enable context shift","type":"server_error"}}',
      refused(
        500,
        'context_too_long',
        'the request exceeds the available context size. try increasing the context size or enable context shift',
      ),
    ],
    [
      'a body that is too large is a context that is too long',
      413,
      PAGE,
      refused(413, 'context_too_long', undefined),
    ],
    [
      "vLLM's error is read",
      400,
      '{"error":{"message":"Conversation roles must alternate user/assistant/user/assistant/...","type":"BadRequestError","param":null,"code":400}}',
      refused(
        400,
        'invalid_input',
        'Conversation roles must alternate user/assistant/user/assistant/...',
      ),
    ],
    [
      "older vLLM's flat error is read",
      400,
      '{"object":"error","message":"Conversation roles must alternate user/assistant","type":"BadRequestError","param":null,"code":400}',
      refused(400, 'invalid_input', 'Conversation roles must alternate user/assistant'),
    ],
    [
      "LM Studio's error in one string is read",
      400,
      '{"error":"Model unloaded."}',
      refused(400, 'invalid_input', 'Model unloaded.'),
    ],
    [
      "Mistral's list within an object is read",
      422,
      '{"object":"error","message":{"detail":[{"type":"extra_forbidden","loc":["body","store"],"msg":"Extra inputs are not permitted","input":false}]},"type":"invalid_request_error","param":null,"code":null}',
      refused(422, 'invalid_input', 'body store Extra inputs are not permitted'),
    ],
    [
      "FastAPI's list is read",
      422,
      '{"detail":[{"type":"less_than_equal","loc":["body","temperature"],"msg":"Input should be less than or equal to 1.5","input":2}]}',
      refused(422, 'invalid_input', 'body temperature Input should be less than or equal to 1.5'),
    ],
    [
      "Gemini's array is read",
      400,
      '[{"error":{"code":400,"message":"API key not valid. Please pass a valid API key.","status":"INVALID_ARGUMENT"}}]',
      refused(400, 'key_rejected', 'API key not valid. Please pass a valid API key.', {
        cost: 'none',
      }),
    ],
    [
      'plain words are read',
      400,
      'upstream connect error or disconnect/reset before headers',
      refused(400, 'invalid_input', 'upstream connect error or disconnect/reset before headers'),
    ],
    [
      "OpenRouter's provider is heard behind it",
      502,
      '{"error":{"message":"Provider returned error","code":502,"metadata":{"raw":"{\\"error\\":{\\"message\\":\\"Internal error encountered.\\"}}","provider_name":"Google"}}}',
      refused(502, 'provider_failed', 'Provider returned error: Internal error encountered.'),
    ],
    [
      "OpenRouter's provider is heard behind it in plain words",
      400,
      '{"error":{"message":"Provider returned error","code":400,"metadata":{"raw":"image too large","provider_name":"X"}}}',
      refused(400, 'invalid_input', 'Provider returned error: image too large'),
    ],
    [
      'a server that failed may have worked and billed, and is not asked again',
      500,
      '{"error":{"message":"The server had an error while processing your request.","type":"server_error","param":null,"code":null}}',
      refused(500, 'provider_failed', 'The server had an error while processing your request.'),
    ],
    [
      'a gateway that waited in vain may have been worked for, and is not asked again',
      504,
      '<html><head><title>504 Gateway Time-out</title></head></html>',
      refused(504, 'timeout', undefined),
    ],
    [
      'a busy server is asked again',
      503,
      '{"error":{"code":503,"message":"No provider is available that meets your routing requirements"}}',
      refused(
        503,
        'provider_failed',
        'No provider is available that meets your routing requirements',
        { again: 1_000 },
      ),
    ],
    [
      'a page of 503 is asked again',
      503,
      PAGE,
      refused(503, 'provider_failed', undefined, { again: 1_000 }),
    ],
    [
      "llama.cpp's loading model is asked again",
      503,
      '{"error":{"code":503,"message":"Loading model","type":"unavailable_error"}}',
      refused(503, 'provider_failed', 'Loading model', { again: 1_000 }),
    ],
    [
      'an overloaded server with a status of its own is not asked again',
      529,
      '{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}',
      refused(529, 'rate_limited', 'Overloaded'),
    ],
    [
      'an error that is an object without words has none',
      500,
      '{"error":{}}',
      refused(500, 'provider_failed', undefined),
    ],
    [
      'a body that is not what it seems has its own words',
      500,
      '{"error":',
      refused(500, 'provider_failed', '{"error":'),
    ],
  ])('%s', async (_, status, body, row) => {
    check(await answered({ status, body }), row);
  });
});

describe('a wait that a server asks for', () => {
  const BUSY =
    '{"error":{"message":"Rate limit reached","type":"requests","param":null,"code":"rate_limit_exceeded"}}';

  function busy(more: Partial<Row> = {}): Row {
    return refused(429, 'rate_limited', 'Rate limit reached', { cost: 'none', ...more });
  }

  it.each<[string, Record<string, string>, Row]>([
    ['is about a second where none is named', {}, busy({ again: 1_000 })],
    ['may be in seconds', { 'retry-after': '7' }, busy({ again: 7_250, retryAfterMs: 7_000 })],
    [
      'may be a date by the clock of the server, whatever it is here',
      { date: 'Tue, 01 Jan 2030 10:00:00 GMT', 'retry-after': 'Tue, 01 Jan 2030 10:00:07 GMT' },
      busy({ again: 7_250, retryAfterMs: 7_000 }),
    ],
    ['may be none', { 'retry-after': '0' }, busy({ again: 250, retryAfterMs: 0 })],
    [
      'is kept up to a minute',
      { 'retry-after': '60' },
      busy({ again: 60_250, retryAfterMs: 60_000 }),
    ],
    [
      'longer than a minute is for the user to decide',
      { 'retry-after': '61' },
      busy({ retryAfterMs: 61_000 }),
    ],
    [
      'of an hour is for the user to decide',
      { 'retry-after': '3600' },
      busy({ retryAfterMs: 3_600_000 }),
    ],
    ['that is a word is none', { 'retry-after': 'tomorrow' }, busy({ again: 1_000 })],
    ['that is negative is none', { 'retry-after': '-5' }, busy({ again: 1_000 })],
    [
      'that no number can hold is for the user to decide',
      { 'retry-after': '9'.repeat(400) },
      busy({ retryAfterMs: 365 * 24 * 3_600_000 }),
    ],
    [
      'that is over already is none',
      { 'retry-after': 'Mon, 21 Oct 2024 18:32:47 GMT' },
      busy({ again: 250, retryAfterMs: 0 }),
    ],
  ])('%s', async (_, headers, row) => {
    check(await answered({ status: 429, body: BUSY, headers }), row);
  });

  it('may be a date', async () => {
    const at = new Date(Date.now() + 9_000).toUTCString();
    const { end } = await answered({ status: 503, body: '', headers: { 'retry-after': at } });
    expect(end.failure?.retryAfterMs).toBeGreaterThan(6_000);
    expect(end.failure?.retryAfterMs).toBeLessThanOrEqual(9_000);
    expect(retryWait(end, 1, () => 0)).toBeGreaterThan(6_000);
  });

  it('is of no use when the quota is used up', async () => {
    const body =
      '{"error":{"message":"You exceeded your current quota, please check your plan and billing details.","type":"insufficient_quota","param":null,"code":"insufficient_quota"}}';
    check(
      await answered({ status: 429, body, headers: { 'retry-after': '1' } }),
      refused(
        429,
        'no_credit',
        'You exceeded your current quota, please check your plan and billing details.',
        { retryAfterMs: 1_000, cost: 'none' },
      ),
    );
  });
});
