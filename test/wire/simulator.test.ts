import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Simulator, startSimulator } from '../../electron/simulator/simulator';
import {
  ask,
  chunksOf,
  completion,
  dataOf,
  type Exchange,
  SKY,
  send,
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

function completionOf(exchange: Exchange): z.infer<typeof completion> {
  return completion.parse(JSON.parse(exchange.text));
}

/** The cost as printed, before any number type has touched it. */
function printedCost(exchange: Exchange): string {
  return /"cost":([^,}]+)/.exec(exchange.text)?.[1] ?? '';
}

function lastRequest() {
  const last = simulator.log.at(-1);
  if (last === undefined) throw new Error('nothing was logged');
  return last;
}

describe('a streamed completion', () => {
  it('has the records of the guide, key by key', async () => {
    const { text, headers } = await ask(simulator, 'gpt-4o', {
      provider: 'openrouter',
      stream: true,
    });
    expect(headers['content-type']).toBe('text/event-stream; charset=utf-8');
    const data = dataOf(text);
    expect(text).toBe(data.map((record) => `data: ${record}\n\n`).join(''));

    const id = /"id":"(chatcmpl-[0-9a-f]{32})"/.exec(text)?.[1];
    const created = /"created":(\d{10}),/.exec(text)?.[1];
    const open = `{"id":"${id}","object":"chat.completion.chunk","created":${created},`;
    const head = `${open}"provider":"openrouter","model":"openai/gpt-4o","choices":`;
    const chunk = (index: number, delta: string, finish = 'null') =>
      `${head}[{"index":${index},"delta":${delta},"logprobs":null,"finish_reason":${finish}}],"system_fingerprint":"null"}`;

    const words = data.slice(1, -5);
    const count = words.length;
    expect(count).toBeGreaterThan(50);
    expect(data[0]).toBe(chunk(0, '{"role":"assistant","content":""}'));
    for (const [i, record] of words.entries()) {
      const content = /"delta":\{"content":("(?:[^"\\]|\\.)*")\}/.exec(record)?.[1];
      expect(record).toBe(chunk(i + 1, `{"content":${content}}`));
    }
    expect(data.slice(-5, -2)).toEqual([
      chunk(count + 1, '{"content":""}'),
      chunk(count + 2, '{"content":""}'),
      chunk(0, '{"content":""}', '"stop"'),
    ]);
    expect(data.at(-2)).toMatch(
      new RegExp(
        `^${open.replace(/[{}]/g, '\\$&')}"model":"openai/gpt-4o","system_fingerprint":"null","choices":\\[\\],` +
          `"usage":\\{"prompt_tokens":13,"completion_tokens":\\d+,"total_tokens":\\d+,"prompt_characters":20,` +
          `"response_characters":\\d+,"cost":0\\.\\d+,"latency_ms":\\d+\\}\\}$`,
      ),
    );
    expect(data.at(-1)).toBe('[DONE]');
  });

  it('counts what it sends', async () => {
    const exchange = await ask(simulator, 'gpt-4o', { stream: true });
    const chunks = chunksOf(exchange.text);
    const usage = chunks.at(-1)?.usage;
    expect(usage?.response_characters).toBe(textOf(chunks).length);
    expect(usage?.total_tokens).toBe(13 + (usage?.completion_tokens ?? 0));
    expect(lastRequest()).toMatchObject({
      status: 200,
      usage: { promptTokens: 13, cost: printedCost(exchange) },
      bytesSent: exchange.bytes.length,
      clientLeft: false,
    });
  });

  it('charges what the guide was charged for a hundred tokens, and says that it was cut', async () => {
    const exchange = await ask(simulator, 'gpt-4o', { stream: true, max_tokens: 100 });
    const chunks = chunksOf(exchange.text);
    expect(chunks.at(-1)?.usage).toMatchObject({
      prompt_tokens: 13,
      completion_tokens: 100,
      total_tokens: 113,
      prompt_characters: 20,
    });
    expect(printedCost(exchange)).toBe('0.001878');
    expect(chunks.at(-2)?.choices?.[0]?.finish_reason).toBe('length');
  });

  it('tells several choices apart by their index', async () => {
    const { text } = await ask(simulator, 'gpt-4o', { stream: true, n: 3 });
    const chunks = chunksOf(text);
    const texts = [0, 1, 2].map((index) => textOf(chunks, index));
    expect(new Set(texts).size).toBe(3);
    for (const one of texts) expect(one).toContain('Rayleigh scattering');
    const finishes = chunks.flatMap((one) => one.choices ?? []).filter((one) => one.finish_reason);
    expect(finishes.map((one) => one.index).sort()).toEqual([0, 1, 2]);
  });

  it('shows the thoughts of a reasoning model first', async () => {
    const { text } = await ask(simulator, 'deepseek-r1', { stream: true });
    const thinking = text.indexOf('"delta":{"reasoning":');
    expect(thinking).toBeGreaterThan(0);
    expect(text.indexOf('"delta":{"content":', thinking)).toBeGreaterThan(thinking);
    expect(text.slice(0, thinking)).not.toContain('"delta":{"content":');
    expect(textOf(chunksOf(text))).toContain('Rayleigh scattering');
    expect(text).toMatch(/"completion_tokens_details":\{"reasoning_tokens":\d+\}/);
  });
});

describe('an unstreamed completion', () => {
  it('has the keys of the guide in their order', async () => {
    const { text, headers } = await ask(simulator, 'gpt-4o', { provider: 'openrouter' });
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    expect(text).toMatch(
      /^\{"id":"chatcmpl-[0-9a-f]{32}","object":"chat.completion","created":\d{10},"provider":"openrouter","model":"openai\/gpt-4o","choices":\[\{"index":0,"message":\{"role":"assistant","content":"(?:[^"\\]|\\.)*"\},"logprobs":null,"finish_reason":"stop"\}\],"usage":\{"prompt_tokens":13,"completion_tokens":\d+,"total_tokens":\d+,"prompt_characters":20,"response_characters":\d+,"cost":0\.\d+,"latency_ms":\d+\},"system_fingerprint":"fp_[0-9a-f]{16}"\}$/,
    );
  });

  it('costs n times the tokens for n answers', async () => {
    const one = await ask(simulator, 'gpt-4o', { max_tokens: 50 });
    const three = await ask(simulator, 'gpt-4o', { max_tokens: 50, n: 3 });
    expect(completionOf(one).usage.completion_tokens).toBe(50);
    expect(completionOf(three).usage.completion_tokens).toBe(150);
    expect(completionOf(three).choices.map(({ index }) => index)).toEqual([0, 1, 2]);
    expect([printedCost(one), printedCost(three)]).toEqual(['0.000978', '0.002778']);
  });

  it.each([
    [11, '0.001878'],
    [12, '0.003756'],
    [13, '0.005634'],
  ])('with integrity %i costs %s', async (integrity, cost) => {
    expect(printedCost(await ask(simulator, 'gpt-4o', { max_tokens: 100, integrity }))).toBe(cost);
  });

  it.each([
    ['price', 'openai', '0.001565'],
    ['perf', 'openrouter', '0.001878'],
    ['perf_avg', 'azure', '0.0017215'],
  ])('routed by %s is served by %s', async (routing, provider, cost) => {
    const exchange = await ask(simulator, 'gpt-4o', { max_tokens: 100, routing });
    expect(completionOf(exchange).provider).toBe(provider);
    expect(printedCost(exchange)).toBe(cost);
  });

  it('is served by the provider that was asked for', async () => {
    const { text } = await ask(simulator, 'gpt-4o', { provider: 'azure', routing: 'price' });
    expect(JSON.parse(text)).toMatchObject({ provider: 'azure', model: 'openai/gpt-4o' });
    const wrong = await ask(simulator, 'gpt-4o', { provider: 'groq' });
    expect(wrong.status).toBe(400);
  });

  it('is free where the price is nothing', async () => {
    expect(printedCost(await ask(simulator, 'gemma-2-9b-it-free'))).toBe('0');
  });

  it('answers several models with an array, streamed or not', async () => {
    for (const stream of [false, true]) {
      const model = 'gpt-4o-mini, claude-3-5-sonnet,no-such-model';
      const exchange = await ask(simulator, model, { stream });
      expect(exchange.headers['content-type']).toBe('application/json; charset=utf-8');
      const [first, second, third] = z.array(z.unknown()).parse(JSON.parse(exchange.text));
      expect(completion.parse(first).model).toBe('openai/gpt-4o-mini');
      expect(completion.parse(second).model).toBe('anthropic/claude-3-5-sonnet');
      expect(third).toHaveProperty('error.code', 'model_not_found');
      const total = [first, second].map((one) => completion.parse(one).usage.completion_tokens);
      expect(lastRequest().usage?.completionTokens).toBe((total[0] ?? 0) + (total[1] ?? 0));
    }
  });

  it('stops at a stop text and wraps JSON on request', async () => {
    const stopped = completionOf(await ask(simulator, 'gpt-4o', { stop: ['3. **'] }));
    expect(stopped.choices[0]?.message.content).not.toContain('3. **');
    const wrapped = await ask(simulator, 'gpt-4o', { response_format: { type: 'json_object' } });
    const content = completionOf(wrapped).choices[0]?.message.content ?? '';
    expect(JSON.parse(content)).toHaveProperty('answer');
  });

  it('reads content parts and counts pictures', async () => {
    const content = [
      { type: 'text', text: SKY },
      { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA', detail: 'low' } },
    ];
    const exchange = await ask(simulator, 'gpt-4o', { messages: [{ role: 'user', content }] });
    expect(completionOf(exchange).usage).toMatchObject({
      prompt_tokens: 98,
      prompt_characters: 20,
    });
  });

  it('words an answer anew when asked again, and the same with a seed', async () => {
    const messages = [{ role: 'user', content: 'Derive the quadratic formula.' }];
    const text = async (body: object) =>
      completionOf(await ask(simulator, 'gpt-4o', { messages, ...body })).choices[0]?.message
        .content;
    expect(await text({})).not.toBe(await text({}));
    expect(await text({ seed: 7 })).toBe(await text({ seed: 7 }));
  });
});

describe('requests that are wrong', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['no messages', { messages: [] }, 'messages'],
    ['temperature', { temperature: 2.1 }, 'temperature'],
    ['top_p', { top_p: -0.1 }, 'top_p'],
    ['penalty', { presence_penalty: -3 }, 'presence_penalty'],
    ['n', { n: 6 }, 'n'],
    ['routing', { routing: 'cheapest' }, 'routing'],
    ['integrity', { integrity: 14 }, 'integrity'],
    ['max_tokens', { max_tokens: 0 }, 'max_tokens'],
    ['six models', { model: 'a,b,c,d,e,f' }, 'model'],
  ])('are refused for %s', async (_, body, param) => {
    const exchange = await ask(simulator, 'gpt-4o', body);
    expect(exchange.status).toBe(400);
    expect(JSON.parse(exchange.text)).toMatchObject({
      error: { type: 'invalid_request_error', param: expect.stringMatching(`^${param}`) },
    });
  });

  it('tolerate fields nobody knows', async () => {
    const body = {
      memory: 1,
      inline_cli: 'false',
      whatever: { a: [1] },
      logit_bias: { '42': -100 },
    };
    expect((await ask(simulator, 'gpt-4o', body)).status).toBe(200);
  });

  it('are told by status for models, methods, paths and bodies', async () => {
    const path = '/chat/completions';
    expect((await ask(simulator, 'no-such-model')).status).toBe(404);
    expect((await ask(simulator, 'sim-no-such-fault')).status).toBe(404);
    expect((await ask(simulator, 'dall-e-3')).status).toBe(400);
    expect((await send(simulator, path)).status).toBe(405);
    expect((await send(simulator, '/models', { method: 'HEAD' })).status).toBe(405);
    expect((await send(simulator, '/nowhere')).status).toBe(404);
    expect((await send(simulator, path, { body: '{"model":' })).status).toBe(400);
    expect((await send(simulator, path, { body: `"${'x'.repeat(33 << 20)}"` })).status).toBe(413);
  });
});

describe('the key', () => {
  it.each<[string, (key: string) => Record<string, string>]>([
    ['Bearer', (key) => ({ authorization: `Bearer ${key}` })],
    ['bare', (key) => ({ authorization: key })],
    ['x-api-key', (key) => ({ 'x-api-key': key })],
  ])('is taken as %s, and never logged', async (_, headersFor) => {
    const headers = headersFor(simulator.key);
    expect((await ask(simulator, 'sim-fast', {}, { headers })).status).toBe(200);
    expect((await send(simulator, '/queries', { headers })).status).toBe(200);
    expect(lastRequest().key).toBe('ok');
    const wrong = await ask(simulator, 'sim-fast', {}, { headers: headersFor('sk-wrong') });
    expect(wrong.status).toBe(401);
    expect(wrong.text).toBe(
      '{"error":{"message":"Incorrect API key provided","type":"invalid_request_error","param":null,"code":"invalid_api_key"}}',
    );
    expect(lastRequest()).toMatchObject({ key: 'wrong', billed: null });
    expect(JSON.stringify(simulator.log)).not.toContain(simulator.key);
  });

  it('is needed for all but the model lists', async () => {
    const headers = {};
    expect((await ask(simulator, 'sim-fast', {}, { headers })).status).toBe(401);
    expect((await send(simulator, '/queries', { headers })).status).toBe(401);
    expect((await send(simulator, '/models', { headers })).status).toBe(200);
    expect((await send(simulator, '/models/detailed', { headers })).status).toBe(200);
  });
});

describe('the lists', () => {
  const row = z.strictObject({
    id: z.string(),
    model: z.string(),
    provider: z.string(),
    type: z.enum(['llm', 'vision', 'embedding', 'image', 'voice']),
    subtype: z.string().nullable(),
    route: z.string(),
    description: z.string().nullable(),
    enabled: z.literal(1),
    available: z.union([z.literal(0), z.literal(1)]),
    avg_cost: z.string().nullable(),
    input_cost: z.string().nullable(),
    output_cost: z.string().nullable(),
    price_type: z.string(),
    img_price: z.null(),
    img_json: z.record(z.string(), z.string()).nullable(),
    latency: z
      .string()
      .regex(/^\d+(\/\d+){5}$/)
      .nullable(),
    query_count: z.string().nullable(),
    max_tokens: z.number().nullable(),
    max_response_tokens: z.number().nullable(),
  });
  const list = z.strictObject({ object: z.literal('list'), data: z.array(row) });

  it('show models once per provider, faults only on request', async () => {
    const { data } = list.parse(JSON.parse((await send(simulator, '/models')).text));
    expect(data.filter(({ id }) => id === 'gpt-4o').map(({ provider }) => provider)).toEqual([
      'openrouter',
      'openai',
      'azure',
    ]);
    expect(data[0]).toMatchObject({ input_cost: '6', output_cost: '18', avg_cost: '0.003' });
    expect(new Set(data.map(({ type }) => type)).size).toBe(5);
    expect(new Set(data.map(({ id }) => id)).size).toBeGreaterThanOrEqual(14);
    expect(data.some(({ id }) => id.startsWith('sim-'))).toBe(false);
    const all = list.parse(JSON.parse((await send(simulator, '/models?faults=1')).text));
    expect(all.data.some(({ id }) => id === 'sim-stall')).toBe(true);
    const voices = list.parse(JSON.parse((await send(simulator, '/models?type=voice')).text));
    expect(voices.data.map(({ id }) => id)).toEqual(['tts-1']);
  });

  it('show details', async () => {
    const { text } = await send(simulator, '/models/detailed?model=gpt-4o&provider=openrouter');
    expect(JSON.parse(text)).toMatchObject({
      data: [
        {
          input_modalities: ['text', 'image'],
          pricing: { prompt: '0.000006', completion: '0.000018' },
        },
      ],
    });
  });

  it('show what was billed, newest first, also to a client that left', async () => {
    const own = await startSimulator({ pace: 'instant', seed: 5 });
    try {
      await ask(own, 'gpt-4o', { max_tokens: 100 });
      await ask(own, 'sim-status-500');
      await ask(own, 'sim-endless', { stream: true }, { leaveAfter: 2000 });
      await expect.poll(() => own.log.at(-1)?.billed).not.toBeNull();
      await ask(own, 'gpt-4o-mini,sim-fast', { max_tokens: 10 });

      const page = JSON.parse((await send(own, '/queries/?limit=10&offset=0')).text);
      expect(page).toMatchObject({
        limit: 10,
        offset: 0,
        items: [{ route: 'sim-fast' }, { route: 'gpt-4o-mini' }, { route: 'sim-endless' }, {}],
      });
      expect(page.items).toHaveLength(4);
      expect(page.items[3]).toEqual({
        id: 158_939,
        username: 'demo',
        timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/),
        app: 'slice',
        provider: 'openrouter',
        route: 'gpt-4o',
        unit: 'token',
        prompt_tokens: 13,
        prompt_char: 20,
        response_tokens: 100,
        response_char: expect.any(Number),
        cost: '0.0018780000',
        latency_ms: expect.any(Number),
        source_ip: '127.0.0.1',
        chat_id: null,
      });
      expect(own.log[2]).toMatchObject({ clientLeft: true, usage: null });
      expect(own.log[2]?.billed?.completionTokens).toBeGreaterThan(5);

      const second = JSON.parse((await send(own, '/queries?limit=1&offset=1')).text);
      expect(second.items).toMatchObject([{ route: 'gpt-4o-mini' }]);
      expect(JSON.parse((await send(own, '/queries')).text).limit).toBe(50);
    } finally {
      await own.close();
    }
  });
});

describe('pace and end', () => {
  it('waits for the first token and then writes steadily', async () => {
    const own = await startSimulator();
    try {
      const start = performance.now();
      const { pieces } = await ask(own, 'llama-3.1-70b-instruct', { stream: true, max_tokens: 40 });
      const took = performance.now() - start;
      // 150 ms at least before the first token, then about 20 chunks at 90 per second.
      expect(took).toBeGreaterThan(300);
      expect(took).toBeLessThan(SOON_MS);
      expect(pieces.length).toBeGreaterThan(10);
      expect(own.log[0]?.usage?.latencyMs).toBeGreaterThan(300);
    } finally {
      await own.close();
    }
  });

  it('closes in the middle of answers', async () => {
    const own = await startSimulator({ pace: 'instant' });
    const open = ['sim-endless', 'sim-stall', 'sim-slow'].map((model) =>
      ask(own, model, { stream: true }),
    );
    await expect.poll(() => own.log.filter(({ bytesSent }) => bytesSent > 0).length).toBe(3);
    const start = performance.now();
    await own.close();
    expect(performance.now() - start).toBeLessThan(SOON_MS);
    for (const { ended } of await Promise.all(open)) expect(ended).toBe('broken');
    expect(own.log.every(({ clientLeft }) => !clientLeft)).toBe(true);
    await own.close();
  });

  it('has random keys and takes a given one', async () => {
    const [a, b] = await Promise.all([startSimulator({ key: 'sk-given' }), startSimulator()]);
    expect(a.key).toBe('sk-given');
    expect(b.key).toMatch(/^sk-sim-[0-9a-f]{48}$/);
    expect(b.baseUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/v1$/);
    await Promise.all([a.close(), b.close()]);
  });
});
