import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../shared/errors';
import type { CostSource } from '../../shared/money';
import {
  answered,
  check,
  failedUnder200,
  ledgerRow,
  type Reply,
  type Row,
} from '../fixtures/failure-rows';
import { saying } from '../fixtures/loopback';

function json(value: unknown): string {
  return JSON.stringify(value);
}

function chunk(value: unknown): string {
  return `data: ${JSON.stringify(value)}\n\n`;
}

const DONE = 'data: [DONE]\n\n';
const FINISH = saying('', 'stop');

describe('an error under 200', () => {
  it.each<[string, string, Row]>([
    [
      "OpenRouter's, in the body, may be on the bill and is not sent again",
      '{"error":{"code":502,"message":"Provider returned error"},"user_id":"u"}',
      failedUnder200('provider_failed', 'Provider returned error'),
    ],
    [
      "OpenRouter's throttled provider is not sent again either",
      '{"error":{"code":429,"message":"Rate limit exceeded upstream"}}',
      failedUnder200('rate_limited', 'Rate limit exceeded upstream'),
    ],
    [
      "OpenRouter's missing credit leaves the cost unknown",
      '{"error":{"code":402,"message":"Insufficient credits"}}',
      failedUnder200('no_credit', 'Insufficient credits'),
    ],
    [
      "LM Studio's wrong path is no API and costs nothing",
      '{"error":"Unexpected endpoint or method. (POST /chat/completions). Returning 200 anyway"}',
      failedUnder200(
        'not_found',
        'Unexpected endpoint or method. (POST /chat/completions). Returning 200 anyway',
        { reason: 'not_an_api', cost: 'none' },
      ),
    ],
    [
      'a flat one is one',
      '{"code":"ACCOUNT_ERROR","message":"Your account appears to be out of credit"}',
      failedUnder200('no_credit', 'Your account appears to be out of credit'),
    ],
    [
      'a page is no API',
      '<!DOCTYPE html><html><head><title>Sign in to the network</title></head></html>',
      failedUnder200('bad_stream', undefined, { reason: 'not_an_api' }),
    ],
    [
      'an empty body is no answer',
      '',
      failedUnder200('bad_stream', undefined, { reason: 'empty' }),
    ],
    [
      'an end mark alone is no answer',
      DONE,
      failedUnder200('bad_stream', undefined, { reason: 'empty' }),
    ],
    [
      "LM Studio's stream of nothing is no answer",
      chunk({
        id: 'c',
        object: 'chat.completion.chunk',
        model: 'm',
        choices: [{ index: 0, delta: { role: 'assistant' }, finish_reason: null }],
      }),
      failedUnder200('bad_stream', undefined, { reason: 'empty' }),
    ],
    [
      "vLLM's error before the first token, of which only the end mark is left, is no answer",
      `: ping\n\n${DONE}`,
      failedUnder200('bad_stream', undefined, { reason: 'empty' }),
    ],
    [
      'an answer of null is none',
      'null',
      failedUnder200('bad_stream', undefined, { reason: 'empty' }),
    ],
    [
      'words that are no stream are no answer',
      'Bad Gateway\n',
      failedUnder200('bad_stream', undefined, { reason: 'empty' }),
    ],
  ])('%s', async (_, body, row) => {
    check(await answered({ body }), row);
    check(await answered({ body }, { stream: false }), row);
  });
});

it('an error with a name under 200 is not taken for the answer of a model', async () => {
  const completed = await answered({
    body: '{"error":{"message":"Upstream died","type":"server_error","param":null,"code":"server_error"}}',
  });
  check(completed, failedUnder200('provider_failed', 'Upstream died'));
  expect(completed.view.servedModel).toBeNull();
});

describe('an error within a stream', () => {
  const routed = (code: number | string) =>
    chunk({
      id: 'gen-1',
      object: 'chat.completion.chunk',
      provider: 'openai',
      error: { code, message: 'Provider disconnected unexpectedly' },
      choices: [{ index: 0, delta: { content: '' }, finish_reason: 'error' }],
    });
  const failed = (code: ErrorCode, detail: string, text = 'kept') =>
    failedUnder200(code, detail, { text });

  it.each<[string, string, Row]>([
    [
      "OpenRouter's with a number keeps the words",
      saying('kept') + routed(502),
      failed('provider_failed', 'Provider disconnected unexpectedly'),
    ],
    [
      "OpenRouter's with a name keeps the words",
      saying('kept') + routed('server_error'),
      failed('provider_failed', 'Provider disconnected unexpectedly'),
    ],
    [
      "OpenRouter's throttling on the way is not sent again",
      `: OPENROUTER PROCESSING\n\n${routed(429)}`,
      failed('rate_limited', 'Provider disconnected unexpectedly', ''),
    ],
    [
      "llama.cpp's field of its own is heard",
      `${saying('kept')}error: {"code":500,"message":"Compute error.","type":"server_error"}\n\n`,
      failed('provider_failed', 'Compute error.'),
    ],
    [
      "llama.cpp's field in plain words is heard",
      `${saying('kept')}error: out of memory\n\n`,
      failed('provider_failed', 'out of memory'),
    ],
    [
      "llama.cpp's newer form is heard",
      `${saying('kept')}data: {"error":{"code":500,"message":"Compute error.","type":"server_error"}}\n\n`,
      failed('provider_failed', 'Compute error.'),
    ],
    [
      "llama.cpp's context that ran out is one",
      `${saying('kept')}data: {"error":{"code":400,"message":"the request exceeds the available context size","type":"exceed_context_size_error","n_prompt_tokens":9,"n_ctx":8}}\n\n`,
      failed('context_too_long', 'the request exceeds the available context size'),
    ],
    [
      "LM Studio's without a type is heard",
      `${saying('kept')}data: {"error":{"message":"Model crashed"},"message":"Model crashed"}\n\n`,
      failed('provider_failed', 'Model crashed'),
    ],
    [
      "vLLM's holds though an end mark follows",
      `${saying('kept')}data: {"error":{"message":"EngineCore died","type":"InternalServerError","param":null,"code":500}}\n\n${DONE}`,
      failed('provider_failed', 'EngineCore died'),
    ],
    [
      'one before any word leaves none',
      `data: {"error":"busy"}\n\n${DONE}`,
      failed('provider_failed', 'busy', ''),
    ],
  ])('%s', async (_, body, row) => {
    check(await answered({ body }), row);
  });
});

describe('an answer that is odd but whole', () => {
  const whole = (text: string, cost: CostSource = 'unknown'): Row => ({
    state: 'complete',
    again: null,
    cost,
    text,
  });
  const delta = (value: object, finish: string | null = null) =>
    chunk({ id: 'c', choices: [{ index: 0, delta: value, finish_reason: finish }] });

  it.each<[string, string, Row]>([
    [
      "Azure's begins without choices and goes on without a delta",
      chunk({ choices: [], id: '', model: '', prompt_filter_results: [{ prompt_index: 0 }] }) +
        saying('a') +
        chunk({
          choices: [
            {
              index: 0,
              finish_reason: null,
              content_filter_results: {},
              content_filter_offsets: {},
            },
          ],
        }) +
        FINISH +
        DONE,
      whole('a'),
    ],
    [
      'a finish reason on every chunk does not end it',
      saying('a', 'stop') + saying('b', 'stop') + saying('c', 'stop') + DONE,
      whole('abc'),
    ],
    [
      "vLLM's empty lists of tool calls and missing finish reasons are nothing",
      delta({ role: 'assistant', tool_calls: [] }) +
        chunk({ choices: [{ index: 0, delta: { content: 'a', tool_calls: [] } }] }) +
        FINISH,
      whole('a'),
    ],
    [
      'the usage may be null until the end',
      chunk({ choices: [{ index: 0, delta: { content: 'a' } }], usage: null }) + FINISH + DONE,
      whole('a'),
    ],
    ['no end mark is missed after a finish reason', saying('a') + FINISH, whole('a')],
    ['no finish reason is missed before an end mark', saying('a') + DONE, whole('a')],
    ['choices may be null', chunk({ choices: null }) + saying('a', 'stop'), whole('a')],
    [
      'an error that is null is none',
      chunk({ error: null, choices: [{ delta: { content: 'a' }, finish_reason: 'stop' }] }),
      whole('a'),
    ],
    [
      'a fingerprint of "null" is nothing',
      chunk({
        system_fingerprint: 'null',
        choices: [{ delta: { content: 'a' }, finish_reason: 'stop' }],
      }),
      whole('a'),
    ],
    ['a refusal is what was said', delta({ refusal: 'No.' }) + FINISH, whole('No.')],
    [
      "APIpie's cleared memory has its text and its bill",
      json({
        queryResults: 'Memory cleared.',
        queryDetails: {
          provider: 'apipie',
          route: 'memory',
          promptTokens: 3,
          responseTokens: 4,
          cost: 0.0000012,
          latencyMs: 12,
        },
      }),
      whole('Memory cleared.', 'reported'),
    ],
  ])('%s', async (_, body, row) => {
    check(await answered({ body }), row);
  });

  it("APIpie's cleared memory is booked as it stands", async () => {
    const completed = await answered({
      body: '{"queryResults":"Memory cleared.","queryDetails":{"provider":"apipie","route":"memory","promptTokens":3,"responseTokens":4,"cost":0.00000120,"latencyMs":12}}',
    });
    expect(ledgerRow(completed)).toMatchObject({
      servedProvider: 'apipie',
      servedModel: 'memory',
      promptTokens: 3,
      completionTokens: 4,
      cost: 1_200n,
      costText: '0.00000120',
      latencyMs: 12,
    });
  });

  it.each(['reasoning', 'reasoning_content'])('%s is thinking, not saying', async (name) => {
    const completed = await answered({ body: delta({ [name]: 'hm' }) + saying('a', 'stop') });
    expect(completed.view.choices[0]?.parts.map(({ kind, text }) => [kind, text])).toEqual([
      ['reasoning', 'hm'],
      ['text', 'a'],
    ]);
    expect(ledgerRow(completed).receivedCharacters).toBe(1);
  });

  it("OpenRouter's provider object names the provider", async () => {
    const { view } = await answered({
      body: chunk({
        provider: { name: 'Together', id: 7 },
        choices: [{ delta: { content: 'a' }, finish_reason: 'stop' }],
      }),
    });
    expect(view.servedProvider).toBe('Together');
  });
});

describe('a cost', () => {
  it.each<[string, string, bigint | null, string, CostSource]>([
    ['that is a number is exact', '0.001878', 1_878_000n, '0.001878', 'reported'],
    ['that is a string is exact', '"0.00199500"', 1_995_000n, '0.00199500', 'reported'],
    ['of nothing is reported as nothing', '0', 0n, '0', 'reported'],
    ['that is negative is unknown', '-0.5', null, '-0.5', 'unknown'],
    ['that is no number is unknown', '"NaN"', null, 'NaN', 'unknown'],
    [
      'beyond reason is unknown',
      '99999999999999999999.99',
      null,
      '99999999999999999999.99',
      'unknown',
    ],
    ['in words is unknown', '"free"', null, 'free', 'unknown'],
  ])('%s', async (_, printed, cost, costText, costSource) => {
    const usage = `data: {"choices":[],"usage":{"prompt_tokens":1,"cost":${printed}}}\n\n`;
    const completed = await answered({ body: saying('a', 'stop') + usage });
    expect(ledgerRow(completed)).toMatchObject({
      state: 'complete',
      cost,
      costText,
      costSource,
    });
  });

  it('that was reported stands, also when the answer failed', async () => {
    const body = `${saying('a')}data: {"choices":[],"usage":{"cost":0.5}}\n\ndata: {"error":"gone"}\n\n`;
    expect(ledgerRow(await answered({ body }))).toMatchObject({
      state: 'failed',
      cost: 500_000_000n,
      costSource: 'reported',
    });
  });
});

describe('an answer that breaks off', () => {
  it.each<[string, Reply, Row]>([
    [
      'without finish reason or end mark is incomplete',
      { body: saying('kept') },
      {
        state: 'incomplete',
        code: 'incomplete',
        reason: 'closed',
        again: null,
        cost: 'unknown',
        text: 'kept',
      },
    ],
    [
      'with its connection is incomplete',
      { body: saying('kept'), after: 'drop' },
      {
        state: 'incomplete',
        code: 'incomplete',
        reason: 'reset',
        detail: 'UND_ERR_SOCKET',
        again: null,
        cost: 'unknown',
        text: 'kept',
      },
    ],
    [
      'before a word has failed, and is not sent again',
      { body: ': ping\n\n', after: 'drop' },
      {
        state: 'failed',
        code: 'network',
        reason: 'reset',
        detail: 'UND_ERR_SOCKET',
        again: null,
        cost: 'unknown',
      },
    ],
  ])('%s', async (_, reply, row) => {
    check(await answered(reply), row);
  });
});
