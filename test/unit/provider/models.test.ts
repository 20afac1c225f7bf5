import { describe, expect, it } from 'vitest';
import { type CatalogueModel, readModels } from '../../../electron/provider/models';
import { detailedModelList, modelList } from '../../../electron/simulator/catalogue-pages';
import { model, type Offer } from '../../../shared/contract/connection';
import { nano } from '../../../shared/money';
import fc from '../../fixtures/fast-check';

const OFFER: Offer = {
  provider: null,
  inputPrice: null,
  outputPrice: null,
  unit: null,
  inferred: false,
  contextTokens: null,
  maxReplyTokens: null,
  latencyMs: null,
};

function named(id: string, more: Partial<CatalogueModel> = {}, offer: Partial<Offer> = {}) {
  return {
    id,
    type: null,
    subtype: null,
    description: null,
    seesImages: null,
    takes: null,
    offers: [{ ...OFFER, ...offer }],
    ...more,
  };
}

/** Dollars for a million, in nano-dollars. */
const dollars = (amount: number) => nano(BigInt(Math.round(amount * 1e9)));

const ids = (body: unknown) => readModels(body)?.map(({ id }) => id);

/** A row with the fields that were seen live in 2026. */
const LIVE = {
  id: 'gpt-4o',
  model: 'openai/gpt-4o',
  provider: 'openrouter',
  type: 'llm',
  subtype: 'multimodal',
  route: 'openai/gpt-4o',
  description: 'Good.',
  enabled: 1,
  available: 1,
  avg_cost: '0.003',
  input_cost: '6',
  output_cost: '18',
  price_type: 'token',
  img_price: null,
  img_json: null,
  latency: '980/1240/1610/2300/4100/1650',
  query_count: '310000',
  max_tokens: 128_000,
  max_response_tokens: '16384',
};

describe('the list of APIpie', () => {
  it('of 2026 has a model once, with an offer of each provider', () => {
    const rows = [
      LIVE,
      { ...LIVE, provider: 'openai', input_cost: '5', output_cost: '15', latency: '900' },
      { ...LIVE, provider: 'azure', input_cost: null, output_cost: null, description: null },
      { ...LIVE, provider: 'bedrock', available: 0 },
      { ...LIVE, id: 'off', enabled: 0 },
    ];
    const offer = {
      ...OFFER,
      unit: 'token',
      contextTokens: 128_000,
      maxReplyTokens: 16_384,
      latencyMs: 1650,
    };
    expect(readModels({ object: 'list', data: rows })).toEqual([
      named('gpt-4o', {
        type: 'llm',
        subtype: 'multimodal',
        description: 'Good.',
        seesImages: true,
        offers: [
          {
            ...offer,
            provider: 'openai',
            inputPrice: dollars(5),
            outputPrice: dollars(15),
            inferred: true,
            latencyMs: 900,
          },
          {
            ...offer,
            provider: 'openrouter',
            inputPrice: dollars(6),
            outputPrice: dollars(18),
            inferred: true,
          },
          { ...offer, provider: 'azure' },
        ],
      }),
    ]);
  });

  it('of 2025 names models by their own name, without the provider of the row', () => {
    const row = {
      enabled: 1,
      available: 1,
      type: 'llm',
      subtype: null,
      provider: 'openai',
      model: 'openai/gpt-4o',
      route: 'gpt-4o',
      description: 'x'.repeat(2000),
      max_tokens: 128_000,
      max_response_tokens: 4096,
      req_price: 0.000005,
      res_price: '0.000015',
      price_type: 'token',
      avg_cost: 0.01,
      latency: '1/2/3/4/5/6',
      query_count: '310,000',
    };
    const offer = {
      ...OFFER,
      provider: 'openai',
      inputPrice: dollars(5),
      outputPrice: dollars(15),
      unit: 'token',
      contextTokens: 128_000,
      maxReplyTokens: 4096,
      latencyMs: 6,
    };
    const pool = { ...row, provider: 'pool', model: 'gpt-4o', req_price: 'auto', res_price: null };
    expect(readModels([row, pool])).toEqual([
      named('gpt-4o', {
        type: 'llm',
        description: 'x'.repeat(500),
        offers: [offer, { ...offer, provider: 'pool', inputPrice: null, outputPrice: null }],
      }),
    ]);
  });

  it('in detail tells what a model takes', () => {
    const row = {
      ...LIVE,
      input_cost: undefined,
      output_cost: undefined,
      pricing: { prompt: '0.000006', completion: '0.000018' },
      input_modalities: ['text', 'image'],
      supported_input_parameters: { top_p: { min: 0, max: 1 }, temperature: {}, top_k: null },
    };
    const more = {
      ...row,
      provider: 'openai',
      input_modalities: ['text'],
      supported_input_parameters: { top_k: { min: 0 } },
    };
    expect(readModels([more, row])).toMatchObject([
      {
        seesImages: true,
        takes: ['temperature', 'top_k', 'top_p'],
        offers: [{ inputPrice: dollars(6), outputPrice: dollars(18), inferred: false }, {}],
      },
    ]);
  });

  it('is read whole from the simulator, in both forms', () => {
    const everything = new URLSearchParams('faults=1');
    const lists = [modelList(everything), detailedModelList(everything)].map(readModels);
    const [short, detailed] = lists.map((list) => list?.map(({ id }) => id));
    expect(short).toContain('gpt-4o');
    expect(new Set(short).size).toBe(short?.length);
    expect(detailed).toEqual(short);
    const prices = lists.map((list) =>
      list
        ?.filter(({ type }) => type === 'llm')
        .map(({ offers }) => offers.map((offer) => [offer.inputPrice, offer.outputPrice])),
    );
    expect(prices[0]).toEqual(prices[1]);
    expect(prices[0]?.flat(2)).not.toContain(null);
  });
});

describe('a model list', () => {
  it.each<[string, unknown, unknown]>([
    ['a bare array', [{ id: 'a' }], [named('a')]],
    ['Ollama without models', { object: 'list', data: null }, []],
    ['no rows', { data: [] }, []],
    ['rows of nothing', { data: [null, 1, 'x', {}, [], { id: '' }, { id: 7 }] }, []],
    [
      'OpenAI',
      { data: [{ id: 'gpt-4o', object: 'model', created: 1, owned_by: 'system' }] },
      [named('gpt-4o')],
    ],
    [
      'OpenRouter',
      {
        data: [
          {
            id: 'openai/gpt-4o',
            name: 'OpenAI: GPT-4o',
            description: 'Good.',
            context_length: 128_000,
            architecture: { input_modalities: ['text', 'image'], modality: 'text+image->text' },
            pricing: { prompt: '0.0000025', completion: '0.00001', request: '0' },
            top_provider: { context_length: 64_000, max_completion_tokens: 16_384 },
            supported_parameters: ['top_p', 'temperature', 'top_p', 7],
          },
        ],
      },
      [
        named(
          'openai/gpt-4o',
          { description: 'Good.', seesImages: true, takes: ['temperature', 'top_p'] },
          {
            inputPrice: dollars(2.5),
            outputPrice: dollars(10),
            unit: 'token',
            contextTokens: 128_000,
            maxReplyTokens: 16_384,
          },
        ),
      ],
    ],
    [
      'vLLM',
      { data: [{ id: 'm', owned_by: 'vllm', max_model_len: 8192 }] },
      [named('m', {}, { contextTokens: 8192 })],
    ],
    [
      'llama.cpp',
      {
        models: [{ name: 'x' }],
        data: [{ id: '/models/a.gguf', owned_by: 'llamacpp', meta: null }],
      },
      [named('/models/a.gguf')],
    ],
    [
      'Mistral',
      { data: [{ id: 'm', capabilities: { vision: false }, max_context_length: 32_768 }] },
      [named('m', { seesImages: false }, { contextTokens: 32_768 })],
    ],
  ])('is read from %s', (_, body, models) => {
    expect(readModels(body)).toEqual(models);
  });

  it('is sorted by name', () => {
    expect(ids([{ id: 'b' }, { id: 'B2' }, { id: 'a' }])).toEqual(['a', 'b', 'B2']);
  });

  it.each([
    ['1/2/3', null],
    ['1/2/3/4/5/x', null],
    ['1/2/3/4/5/6/7', null],
    ['1/2/3/4/5/0', null],
    ['/////7.6', 8],
    ['850', 850],
    [850.4, 850],
    [-1, null],
    [null, null],
  ])('with the latency %j has the mean %j', (latency, latencyMs) => {
    expect(readModels([{ id: 'a', latency }])?.[0]?.offers[0]?.latencyMs).toBe(latencyMs);
  });

  it('takes the cheaper of two offers of one provider', () => {
    const rows = ['3', null, '2', '4'].map((input_cost) => ({ ...LIVE, input_cost }));
    expect(readModels(rows)?.[0]?.offers.map(({ inputPrice }) => inputPrice)).toEqual([dollars(2)]);
  });

  it('puts an offer of which one price is unknown behind those of which both are known', () => {
    const rows = [
      { ...LIVE, provider: 'a', input_cost: null, output_cost: null },
      { ...LIVE, provider: 'b', input_cost: '0.1', output_cost: null },
      { ...LIVE, provider: 'd' },
      { ...LIVE, provider: 'c' },
    ];
    expect(readModels(rows)?.[0]?.offers.map(({ provider }) => provider)).toEqual([
      'c',
      'd',
      'b',
      'a',
    ]);
  });

  it.each([undefined, null, {}, 'x', 1, { data: {} }, { models: [] }])('is not in %j', (body) => {
    expect(readModels(body)).toBeNull();
  });
});

describe('a hostile list', () => {
  it('is read within limits', () => {
    const rows = Array.from({ length: 100_000 }, (_, at) => ({
      id: `m${at}`,
      provider: 'x'.repeat(1000),
      description: 'y'.repeat(10_000),
      supported_parameters: ['a'.repeat(10_000)],
    }));
    const models = readModels({ data: rows });
    expect(models).toHaveLength(20_000);
    expect(JSON.stringify(models).length).toBeLessThan(20_000 * 800);
  });

  it('has no more offers of one model than can be looked at', () => {
    const rows = Array.from({ length: 1000 }, (_, at) => ({ id: 'm', provider: `p${at}` }));
    expect(readModels(rows)?.[0]?.offers).toHaveLength(50);
  });

  it('has no names that are too long or would draw over others', () => {
    const names = ['a'.repeat(301), 'a\nb', '\u001b[31mred', 'a'.repeat(300), 'ü/ö:1'];
    expect(ids(names.map((id) => ({ id })))).toEqual(['a'.repeat(300), 'ü/ö:1']);
  });

  it('changes nothing outside of it', () => {
    const list = '[{"id":"__proto__","__proto__":{"id":"x"},"provider":"constructor"}]';
    expect(ids(JSON.parse(list))).toEqual(['__proto__']);
    expect(Object.hasOwn(Object.prototype, 'id')).toBe(false);
  });

  it('gives a list that keeps the contract, or none', () => {
    const field = fc.constantFrom(
      'id',
      'model',
      'provider',
      'enabled',
      'pricing',
      'prompt',
      'input_cost',
      'price_type',
      'latency',
      'max_tokens',
      'top_provider',
      'context_length',
      'architecture',
      'input_modalities',
      'supported_parameters',
      'capabilities',
      '__proto__',
    );
    const value = fc.oneof(
      fc.constantFrom('a', 'a/b', 'token', '1e-6', '12', 1e308, -1, 0.4, null, '1/2/3/4/5/6'),
      fc.jsonValue(),
    );
    const row = fc.dictionary(field, fc.oneof(value, fc.dictionary(field, value)));
    const body = fc.oneof(fc.jsonValue(), fc.array(row), fc.record({ data: fc.array(row) }));
    fc.assert(
      fc.property(body, (list) => {
        for (const one of readModels(list) ?? []) {
          expect(model.safeParse({ ...one, favourite: false }).error).toBeUndefined();
          expect(one.offers.length).toBeGreaterThan(0);
        }
      }),
    );
  });
});
