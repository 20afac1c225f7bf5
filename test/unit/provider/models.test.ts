import { describe, expect, it } from 'vitest';
import { readModels } from '../../../electron/provider/models';
import { modelList } from '../../../electron/simulator/catalogue-pages';

const plain = { provider: null, type: null, description: null, contextTokens: null };

describe('a model list', () => {
  it('of APIpie in 2026 names each model once', () => {
    const row = {
      id: 'gpt-4o',
      model: 'openai/gpt-4o',
      provider: 'openrouter',
      type: 'llm',
      subtype: 'multimodal',
      description: 'Good.',
      enabled: 1,
      available: 1,
      input_cost: '2.5',
      latency: null,
      max_tokens: 128_000,
    };
    const rows = [row, { ...row, provider: 'openai' }, { ...row, id: 'off', enabled: 0 }];
    expect(readModels({ object: 'list', data: rows })).toEqual([
      {
        id: 'gpt-4o',
        provider: 'openrouter',
        type: 'llm',
        description: 'Good.',
        contextTokens: 128_000,
      },
    ]);
  });

  it('of the simulator is read whole', () => {
    const models = readModels(modelList(new URLSearchParams()));
    expect(models?.map(({ id }) => id)).toContain('gpt-4o');
    expect(new Set(models?.map(({ id }) => id)).size).toBe(models?.length);
  });

  it.each<[string, unknown, unknown]>([
    ['a bare array', [{ id: 'a' }], [{ id: 'a', ...plain }]],
    ['null data', { object: 'list', data: null }, []],
    ['no rows', { data: [] }, []],
    ['rows of nothing', { data: [null, 1, 'x', {}, { id: '' }, { id: 7 }] }, []],
    [
      'OpenAI',
      { data: [{ id: 'gpt-4o', object: 'model', created: 1, owned_by: 'system' }] },
      [{ id: 'gpt-4o', ...plain, provider: 'system' }],
    ],
    [
      'OpenRouter',
      { data: [{ id: 'openai/gpt-4o', name: 'GPT-4o', context_length: 128_000, pricing: {} }] },
      [{ id: 'openai/gpt-4o', ...plain, contextTokens: 128_000 }],
    ],
    [
      'vLLM',
      { data: [{ id: 'm', owned_by: 'vllm', max_model_len: 8192 }] },
      [{ id: 'm', ...plain, provider: 'vllm', contextTokens: 8192 }],
    ],
    [
      'numbers as text',
      {
        data: [
          { id: 'm', max_tokens: '4096' },
          { id: 'n', max_tokens: '0' },
        ],
      },
      [
        { id: 'm', ...plain, contextTokens: 4096 },
        { id: 'n', ...plain },
      ],
    ],
  ])('is read from %s', (_, body, models) => {
    expect(readModels(body)).toEqual(models);
  });

  it('is sorted by name', () => {
    expect(readModels([{ id: 'b' }, { id: 'a' }])?.map(({ id }) => id)).toEqual(['a', 'b']);
  });

  it.each([undefined, null, {}, 'x', 1, { data: {} }, { models: [] }])('is not in %j', (body) => {
    expect(readModels(body)).toBeNull();
  });
});
