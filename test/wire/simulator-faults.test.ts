import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { FAULTS } from '../../electron/simulator/faults';
import { type Simulator, startSimulator } from '../../electron/simulator/simulator';
import {
  ask,
  chunksOf,
  completion,
  dataOf,
  type Exchange,
  type ExchangeOptions,
  textOf,
} from '../fixtures/simulator-client';
import { SOON_MS } from '../fixtures/soon';

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({ pace: 'instant', seed: 1 });
});

afterAll(async () => {
  await simulator.close();
});

const DONE = 'data: [DONE]\n\n';

function answerOf({ text }: Exchange): string {
  return textOf(chunksOf(text));
}

function finishesOf({ text }: Exchange): unknown[] {
  return chunksOf(text)
    .flatMap(({ choices }) => choices ?? [])
    .map((choice) => choice.finish_reason)
    .filter((reason) => reason);
}

/** What a stream with a fault must look like; `options` shorten endless ones. */
interface Case {
  readonly body?: Record<string, unknown>;
  readonly options?: ExchangeOptions;
  readonly check: (exchange: Exchange) => void;
}

function whole(check: (exchange: Exchange) => void, body?: Record<string, unknown>): Case {
  return {
    ...(body && { body }),
    check: (exchange) => {
      expect(exchange.ended).toBe('whole');
      expect(exchange.status).toBe(200);
      check(exchange);
    },
  };
}

/** Eight chunks of text, nothing of the end. */
function cutShort(ended: Exchange['ended'], check: (exchange: Exchange) => void = () => {}): Case {
  return {
    options: { idleMs: 350 },
    check: (exchange) => {
      expect(exchange.status).toBe(200);
      expect(exchange.ended).toBe(ended);
      expect(exchange.text).not.toContain('[DONE]');
      expect(exchange.text).not.toContain('"usage"');
      expect(answerOf(exchange).length).toBeGreaterThan(20);
      expect(simulator.log.at(-1)).toMatchObject({ usage: null, billed: { promptTokens: 13 } });
      check(exchange);
    },
  };
}

function complete(exchange: Exchange): void {
  expect(answerOf(exchange)).toContain('Rayleigh scattering');
  expect(finishesOf(exchange)).toEqual(['stop']);
  expect(exchange.text.endsWith(DONE)).toBe(true);
  expect(chunksOf(exchange.text).at(-1)?.usage).toBeDefined();
}

function status(code: number, body: unknown, retryAfter?: string): Case {
  return {
    check: (exchange) => {
      expect(exchange.status).toBe(code);
      expect(JSON.parse(exchange.text)).toMatchObject(z.looseObject({}).parse(body));
      expect(exchange.headers['retry-after']).toBe(retryAfter);
      expect(simulator.log.at(-1)?.billed).toBeNull();
    },
  };
}

function cost(printed: string): Case {
  return whole(({ text }) => expect(/"cost":([^,}]+)/.exec(text)?.[1]).toBe(printed), {
    max_tokens: 100,
  });
}

const error = (more: object) => ({ error: { message: expect.any(String), ...more } });

const CASES: Readonly<Record<string, Case>> = {
  'sim-fast': whole(complete),
  'sim-slow': {
    options: { leaveAfter: 1000 },
    check: ({ ended }) => {
      expect(ended).toBe('left');
      expect(Date.now() - (simulator.log.at(-1)?.at ?? 0)).toBeGreaterThan(550);
    },
  },
  'sim-stall': cutShort('silent'),
  'sim-stall-start': {
    options: { idleMs: 150 },
    check: (exchange) => expect(exchange).toMatchObject({ ended: 'silent', status: 0 }),
  },
  'sim-endless': {
    options: { leaveAfter: 3000 },
    check: (exchange) => {
      expect(exchange.ended).toBe('left');
      expect(finishesOf(exchange)).toEqual([]);
    },
  },
  'sim-reset': cutShort('broken'),
  'sim-drop': cutShort('broken'),
  'sim-close': cutShort('whole'),
  'sim-cut-character': cutShort('whole', ({ bytes, text }) => {
    expect(bytes.at(-1)).toBe(0xf0);
    expect(text.endsWith('\ufffd')).toBe(true);
  }),
  'sim-half-character': whole((exchange) => {
    const halves = exchange.pieces.filter((piece) => (piece.at(-1) ?? 0) >= 0xc0);
    expect(halves.length).toBeGreaterThanOrEqual(4);
    expect(answerOf(exchange)).toMatch(/^Grüße — 🌍: /u);
    complete(exchange);
  }),
  'sim-error-mid': cutShort('whole', ({ text }) => {
    expect(JSON.parse(dataOf(text).at(-1) ?? '')).toMatchObject({
      error: { code: 'server_error' },
      choices: [{ finish_reason: 'error' }],
    });
  }),
  'sim-error-mid-llamacpp': cutShort('whole', ({ text }) =>
    expect(text).toMatch(/\n\nerror: \{"code":500,"message":"[^"]+","type":"server_error"\}\n\n$/),
  ),
  'sim-html': whole(({ headers, text }) => {
    expect(headers['content-type']).toContain('text/html');
    expect(text).toMatch(/^<!DOCTYPE html>/);
  }),
  'sim-json-error-200': status(200, error({ code: 502 })),
  'sim-lmstudio-404': status(200, { error: expect.stringMatching(/^Unexpected endpoint/) }),
  'sim-empty': whole(({ text, headers }) => {
    expect(text).toBe('');
    expect(headers['content-type']).toContain('text/event-stream');
  }),
  'sim-done-only': whole(({ text }) => expect(text).toBe(DONE)),
  'sim-status-400': status(400, error({ type: 'invalid_request_error' })),
  'sim-status-401': status(401, error({ code: 'invalid_api_key' })),
  'sim-status-402': status(402, { code: 'ACCOUNT_ERROR', message: expect.any(String) }),
  'sim-status-403': status(403, error({ code: 403 })),
  'sim-status-404': status(404, error({ code: 'model_not_found' })),
  'sim-status-408': status(408, error({ code: 408 })),
  'sim-status-422': status(422, { detail: [{ loc: ['body', 'messages'] }] }),
  'sim-status-429': status(429, error({ code: 'rate_limit_exceeded' }), '1'),
  'sim-status-500': status(500, error({ type: 'server_error' })),
  'sim-status-502': status(502, error({ code: 502 })),
  'sim-status-503': status(503, error({ code: 503 })),
  'sim-status-504': { check: ({ status: code }) => expect(code).toBe(504) },
  'sim-429-date': {
    check: (exchange) => {
      expect(exchange.status).toBe(429);
      const ahead = Date.parse(String(exchange.headers['retry-after'])) - Date.now();
      expect(ahead).toBeGreaterThan(500);
      expect(ahead).toBeLessThan(2500);
    },
  },
  'sim-429-long': status(429, error({}), '120'),
  'sim-429-quota': status(429, error({ code: 'insufficient_quota' })),
  'sim-429-once': status(429, error({}), '1'),
  'sim-503-once': status(503, error({ code: 503 })),
  'sim-context': status(400, error({ code: 'context_length_exceeded' })),
  'sim-context-llamacpp': status(400, error({ type: 'exceed_context_size_error', n_ctx: 4096 })),
  'sim-moderation': status(403, error({ code: 403, metadata: { reasons: ['violence'] } })),
  'sim-unsupported-temperature': {
    ...status(400, error({ param: 'temperature', code: 'unsupported_value' })),
    body: { temperature: 0.7 },
  },
  'sim-unsupported-max-tokens': {
    ...status(400, error({ param: 'max_tokens', code: 'unsupported_parameter' })),
    body: { max_tokens: 10 },
  },
  'sim-422-stream-options': {
    ...status(422, { detail: [{ type: 'extra_forbidden', loc: ['body', 'stream_options'] }] }),
    body: { stream_options: { include_usage: true } },
  },
  'sim-redirect': {
    check: ({ status: code, headers }) => {
      expect(code).toBe(307);
      expect(headers.location).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/elsewhere$/);
      expect(headers.location).not.toContain(new URL(simulator.baseUrl).port);
    },
  },
  'sim-crlf': whole(({ text }) => {
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(text.endsWith('data: [DONE]\r\n\r\n')).toBe(true);
  }),
  'sim-comments': whole((exchange) => {
    expect(exchange.text).toMatch(/^: OPENROUTER PROCESSING\n\ndata: /);
    expect(exchange.text.match(/^: OPENROUTER PROCESSING$/gm)?.length).toBeGreaterThan(3);
    complete(exchange);
  }),
  'sim-onebyte': whole(
    ({ pieces, bytes }) => {
      expect(pieces.length).toBe(bytes.length);
      expect(bytes.length).toBeGreaterThan(1000);
    },
    { max_tokens: 5 },
  ),
  'sim-no-blank-lines': whole((exchange) => {
    expect(exchange.text).not.toContain('\n\n');
    expect(exchange.text.endsWith('data: [DONE]\n')).toBe(true);
    expect(answerOf(exchange)).toContain('Rayleigh scattering');
  }),
  'sim-json-content-type': whole((exchange) => {
    expect(exchange.headers['content-type']).toBe('application/json');
    complete(exchange);
  }),
  'sim-gzip': whole(({ headers, bytes, pieces }) => {
    expect(headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(bytes).toString()).toMatch(/data: \[DONE\]\n\n$/);
    expect(pieces.length).toBeGreaterThan(1);
  }),
  'sim-huge-line': whole((exchange) => {
    const longest = Math.max(...dataOf(exchange.text).map((data) => data.length));
    expect(longest).toBeGreaterThan(9 * 1024 * 1024);
    expect(exchange.text.endsWith(DONE)).toBe(true);
  }),
  'sim-no-usage': whole(({ text }) => {
    expect(text).not.toContain('"usage"');
    expect(text.endsWith(DONE)).toBe(true);
    expect(simulator.log.at(-1)).toMatchObject({ usage: null, billed: { promptTokens: 13 } });
  }),
  'sim-no-done': whole(({ text }) => {
    expect(text).not.toContain('[DONE]');
    expect(text).toContain('"usage"');
  }),
  'sim-no-done-open': {
    options: { idleMs: 350 },
    check: ({ text, ended }) => {
      expect(ended).toBe('silent');
      expect(text).not.toContain('[DONE]');
      expect(text).toContain('"usage"');
    },
  },
  'sim-no-finish': whole((exchange) => {
    expect(finishesOf(exchange)).toEqual([]);
    expect(exchange.text).not.toContain('"usage"');
    expect(exchange.text.endsWith(DONE)).toBe(true);
  }),
  'sim-finish-every-chunk': whole((exchange) => {
    expect(finishesOf(exchange).length).toBeGreaterThan(50);
    expect(answerOf(exchange)).toContain('Rayleigh scattering');
  }),
  'sim-usage-every-chunk': whole(({ text }) => {
    const counts = chunksOf(text).map(({ usage }) => usage?.completion_tokens ?? -1);
    expect(counts[0]).toBe(0);
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
  }),
  'sim-cost-string': cost('"0.00187800"'),
  'sim-cost-negative': cost('-0.001878001'),
  'sim-cost-huge': cost('99999999999999999999.99'),
  'sim-cost-nan': cost('"NaN"'),
  'sim-cost-tiny': cost('0.0000012345678'),
  'sim-provider-object': whole(({ text }) =>
    expect(chunksOf(text)[0]).toMatchObject({ provider: { name: 'simulator' } }),
  ),
  'sim-reasoning': whole((exchange) => {
    expect(exchange.text).toContain('"delta":{"reasoning":');
    expect(exchange.text).toMatch(/"completion_tokens_details":\{"reasoning_tokens":\d+\}/);
    complete(exchange);
  }),
  'sim-reasoning-content': whole(({ text }) =>
    expect(text).toContain('"delta":{"reasoning_content":'),
  ),
  'sim-tool-calls': whole((exchange) => {
    expect(exchange.text).toContain('"function":{"name":"get_weather","arguments":""}');
    expect(finishesOf(exchange)).toEqual(['tool_calls']);
    expect(answerOf(exchange)).toBe('');
  }),
  'sim-refusal': whole(({ text }) => expect(text).toContain('"delta":{"refusal":')),
  'sim-null-choices': whole((exchange) => {
    expect(exchange.text).toContain('"choices":null');
    expect(exchange.text).toContain('"choices":[{"index":0,"finish_reason":null}]');
    complete(exchange);
  }),
  'sim-azure-first': whole((exchange) => {
    expect(dataOf(exchange.text)[0]).toMatch(/^\{"choices":\[\],.*"prompt_filter_results"/);
    expect(exchange.text).toContain('"content_filter_offsets"');
    complete(exchange);
  }),
  'sim-array': whole(({ text, headers }) => {
    expect(headers['content-type']).toContain('application/json');
    expect(z.array(completion).parse(JSON.parse(text))).toHaveLength(1);
  }),
  'sim-hostile-html': whole((exchange) =>
    expect(answerOf(exchange)).toMatch(/<script>.*onerror=.*\(javascript:/s),
  ),
  'sim-long-200000': whole((exchange) => expect(answerOf(exchange)).toHaveLength(200_000)),
};

describe('every fault does what it says', () => {
  it('has a test', () => {
    expect(Object.keys(CASES).sort()).toEqual(Object.keys(FAULTS).sort());
  });

  it.each(Object.entries(CASES))('%s', async (model, { body, options, check }) => {
    check(await ask(simulator, model, { stream: true, ...body }, options));
  });
});

describe('faults that depend on the request', () => {
  it.each(['sim-429-once', 'sim-503-once'])('%s works the second time', async (model) => {
    const messages = [{ role: 'user', content: `The sky, asked of ${model}` }];
    expect((await ask(simulator, model, { messages })).status).not.toBe(200);
    expect((await ask(simulator, model, { messages })).status).toBe(200);
    const others = [{ role: 'user', content: 'Another question' }];
    expect((await ask(simulator, model, { messages: others })).status).not.toBe(200);
  });

  it.each(['sim-unsupported-temperature', 'sim-unsupported-max-tokens', 'sim-422-stream-options'])(
    '%s works without the field',
    async (model) => {
      complete(await ask(simulator, model, { stream: true }));
    },
  );
});

describe('names of faults', () => {
  it('can be joined', async () => {
    const exchange = await ask(simulator, 'sim-crlf+no-usage+long-1000', { stream: true });
    expect(exchange.text).toContain('\r\n\r\n');
    expect(exchange.text).not.toContain('"usage"');
    expect(answerOf(exchange)).toHaveLength(1000);
  });

  it('can carry a rate and a provider', async () => {
    const start = performance.now();
    const model = 'openrouter/sim-long-400@200';
    const { text } = await ask(simulator, model, { stream: true, provider: 'openrouter' });
    const chunks = chunksOf(text).length;
    const took = performance.now() - start;
    expect(took).toBeGreaterThan((chunks - 10) * 5);
    expect(took).toBeLessThan(chunks * 5 + SOON_MS);
    expect(chunksOf(text)[0]).toMatchObject({ provider: 'openrouter' });
  });

  it('give the same long document every time', async () => {
    const one = answerOf(await ask(simulator, 'sim-long-20000', { stream: true }));
    const two = completion.parse(JSON.parse((await ask(simulator, 'sim-long-30000')).text));
    const digest = (text: string) => createHash('sha256').update(text).digest('hex');
    expect(digest(two.choices[0]?.message.content?.slice(0, 20_000) ?? '')).toBe(digest(one));
    for (const part of ['## ', '```ts', '| --- |', '$$\n', '\n1. ']) expect(one).toContain(part);
  });
});

describe('unstreamed faults', () => {
  it.each<[string, Exchange['ended']]>([
    ['sim-stall', 'silent'],
    ['sim-reset', 'broken'],
    ['sim-drop', 'broken'],
    ['sim-close', 'whole'],
  ])('%s breaks off in the middle of the JSON', async (model, ended) => {
    const exchange = await ask(simulator, model, {}, { idleMs: 350 });
    expect(exchange).toMatchObject({ status: 200, ended });
    expect(exchange.text).toMatch(/^\{"id"/);
    expect(() => JSON.parse(exchange.text)).toThrow();
  });

  it('keep the shapes', async () => {
    const json = async (model: string) => JSON.parse((await ask(simulator, model)).text);
    expect(await json('sim-null-choices')).toMatchObject({ choices: null });
    expect(await json('sim-error-mid')).toMatchObject({ error: { code: 'server_error' } });
    expect(await json('sim-array')).toHaveLength(1);
    expect(await json('sim-no-usage')).not.toHaveProperty('usage');
    expect(await json('sim-tool-calls')).toMatchObject({
      choices: [
        { message: { content: null, tool_calls: [{ function: { name: 'get_weather' } }] } },
      ],
    });
    expect(await json('sim-reasoning')).toHaveProperty('choices.0.message.reasoning');
    expect(await json('sim-cost-nan')).toHaveProperty('usage.cost', 'NaN');
  });

  it('send nothing where the answer would be endless', async () => {
    const exchange = await ask(simulator, 'sim-endless', {}, { idleMs: 100 });
    expect(exchange).toMatchObject({ ended: 'silent', status: 0 });
  });
});

describe('a client that goes away', () => {
  it('is noticed, is billed for what was generated, and leaves no timer', async () => {
    const model = 'sim-long-100000@100';
    await ask(simulator, model, { stream: true }, { leaveAfter: 5000 });
    const entry = simulator.log.at(-1);
    await expect.poll(() => entry?.clientLeft).toBe(true);
    await expect.poll(() => entry?.billed).not.toBeNull();
    expect(entry?.usage).toBeNull();
    expect(entry?.billed?.responseCharacters).toBeLessThan(5000);
    const sent = entry?.bytesSent;
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(entry?.bytesSent).toBe(sent);
  });

  it('that does not read stops the answer instead of filling memory', async () => {
    const model = 'sim-endless@200000';
    const body = { model, stream: true, messages: [{ role: 'user', content: 'Hello' }] };
    const leave = new AbortController();
    const response = await fetch(`${simulator.baseUrl}/chat/completions`, {
      method: 'POST',
      headers: { authorization: simulator.key, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: leave.signal,
    });
    expect(response.status).toBe(200);
    const entry = simulator.log.at(-1);
    let before = -1;
    await expect
      .poll(
        () => {
          const still = entry?.bytesSent === before;
          before = entry?.bytesSent ?? 0;
          return still;
        },
        { interval: 150 },
      )
      .toBe(true);
    leave.abort();
    await expect.poll(() => entry?.clientLeft).toBe(true);
  });
});
