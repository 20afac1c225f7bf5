import i18next from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  chatModels,
  lineGroups,
  modelLines,
  typeFilters,
} from '../../../renderer/features/chat/model-lines';
import { recordsByName, recordText } from '../../../renderer/features/chat/model-records';
import { contextText, modelText, priceText } from '../../../renderer/features/chat/model-text';
import { providerOptions } from '../../../renderer/features/chat/provider-options';
import { startTexts } from '../../../renderer/locales/i18n';
import type { Model, ModelRecord, Offer } from '../../../shared/contract/connection';
import { nano } from '../../../shared/money';
import { processorMs } from '../../fixtures/processor-time';

beforeAll(startTexts);

const anOffer: Offer = {
  provider: null,
  inputPrice: nano(2_500_000_000n),
  outputPrice: nano(10_000_000_000n),
  unit: 'token',
  inferred: false,
  contextTokens: null,
  maxReplyTokens: null,
  latencyMs: null,
};
const offer = (change: Partial<Offer> = {}): Offer => ({ ...anOffer, ...change });
const model = (id: string, change: Partial<Model> = {}): Model => ({
  id,
  type: 'llm',
  subtype: null,
  description: null,
  seesImages: null,
  takes: null,
  offers: [anOffer],
  favourite: false,
  ...change,
});
const ids = (models: readonly Model[]) => models.map(({ id }) => id);

describe('the list of models', () => {
  const models = [
    model('gpt-4o'),
    model('openai/gpt-4'),
    model('my-gpt-4', { favourite: true }),
    model('dall-e', { type: 'image' }),
    model('claude', { description: 'not like gpt-4', offers: [offer({ provider: 'bedrock' })] }),
    model('eyes', { type: 'vision' }),
  ];

  it('begins with the favourites and leaves out what one cannot talk to', () => {
    expect(ids(modelLines(models, 'chat', ''))).toEqual([
      'my-gpt-4',
      'claude',
      'eyes',
      'gpt-4o',
      'openai/gpt-4',
    ]);
    expect(ids(modelLines(models, 'all', ''))).toContain('dall-e');
    expect(ids(modelLines(models, 'type:image', ''))).toEqual(['dall-e']);
  });

  it('puts the nearest name first, found by any word, also by its provider', () => {
    expect(ids(modelLines(models, 'chat', 'GPT-4'))).toEqual([
      'openai/gpt-4',
      'gpt-4o',
      'my-gpt-4',
      'claude',
    ]);
    expect(ids(modelLines(models, 'chat', 'bedrock cla'))).toEqual(['claude']);
  });

  it('offers the types there are, with how many of each, and none where all are alike', () => {
    expect(typeFilters(models)).toEqual([
      { filter: 'chat', type: null, count: 5 },
      { filter: 'all', type: null, count: 6 },
      { filter: 'type:llm', type: 'llm', count: 4 },
      { filter: 'type:image', type: 'image', count: 1 },
      { filter: 'type:vision', type: 'vision', count: 1 },
    ]);
    expect(typeFilters([model('a'), model('b')])).toEqual([]);
  });

  it('shows all where none is known to be for chat', () => {
    const images = [model('dall-e', { type: 'image' })];
    expect(chatModels(images)).toEqual(images);
  });

  it('is searched in a blink, however long it is', () => {
    const long = Array.from({ length: 1217 }, (_, at) => model(`vendor-${at % 40}/model-${at}`));
    expect(processorMs(() => modelLines(long, 'chat', 'model 7'))).toBeLessThan(200);
  });
});

describe('what is known of models from the own ledger', () => {
  const record = (name: string, change: Partial<ModelRecord> = {}): ModelRecord => ({
    model: name,
    requests: 3,
    lastUsedAt: 0,
    meanCost: nano(3_100_000n),
    firstTokenMs: 600,
    tokensPerSecond: 72.4,
    ...change,
  });
  const models = [
    model('a', { offers: [offer({ inputPrice: nano(1n) })] }),
    model('b', { favourite: true }),
    model('c', { offers: [offer({ outputPrice: null })] }),
    model('d', { offers: [offer({ inputPrice: nano(0n), outputPrice: nano(0n) })] }),
  ];
  const records = recordsByName([
    record('c', { lastUsedAt: 1, meanCost: nano(9n) }),
    record('a', { lastUsedAt: 2, meanCost: nano(10n) }),
    record('b', { lastUsedAt: 3, meanCost: null }),
  ]);

  it('is said in a line, what is not known left out', () => {
    expect(recordText(record('a'), i18next.t)).toBe('you: $0.0031, 0.6 s, 72 tokens/s');
    expect(recordText(record('a', { meanCost: null, tokensPerSecond: null }), i18next.t)).toBe(
      'you: 0.6 s',
    );
    const nothing = { meanCost: null, firstTokenMs: null, tokensPerSecond: null };
    expect(recordText(record('a', nothing), i18next.t)).toBeNull();
  });

  it('puts them in order, what is not known last', () => {
    const by = (order: 'price' | 'own') => ids(modelLines(models, 'all', '', { order, records }));
    expect(by('price')).toEqual(['d', 'a', 'b', 'c']);
    expect(by('own')).toEqual(['c', 'a', 'b', 'd']);
  });

  it('puts those asked last behind the favourites, the newest first', () => {
    const sorting = { order: 'name' as const, records };
    const lines = modelLines(models, 'all', '', sorting);
    const groups = lineGroups(lines, '', sorting).map((group) => [
      group.heading,
      ids(group.models),
    ]);
    expect(groups).toEqual([
      ['favourites', ['b']],
      ['recent', ['a', 'c']],
      ['others', ['d']],
    ]);
    expect(lineGroups(lines, 'a', sorting)).toHaveLength(1);
    expect(lineGroups(lines, '', { order: 'price', records })).toHaveLength(1);
  });
});

describe('what a model asks', () => {
  const words = (change: Partial<Offer>) => priceText(offer(change), i18next.t);

  it('is exact where it is known, and says its unit', () => {
    expect(words({})).toBe('$2.50 in, $10.00 out per million');
    expect(words({ inputPrice: nano(75_000_000n) })).toBe('$0.075 in, $10.00 out per million');
    expect(words({ outputPrice: null })).toBe('$2.50 in per million');
    expect(words({ unit: 'character' })).toBe('$2.50 in, $10.00 out per million characters');
    expect(words({ unit: null })).toBe('$2.50 in, $10.00 out per million, unit not stated');
  });

  it('is the price of one where the unit is large', () => {
    const image = { unit: 'image', inputPrice: null, outputPrice: nano(40_000_000_000_000n) };
    expect(words(image)).toBe('$0.04 out per image');
  });

  it('is about that where the unit was concluded, unknown where it is, never zero instead', () => {
    expect(words({ inferred: true })).toBe('about $2.50 in, $10.00 out per million');
    expect(words({ inputPrice: null, outputPrice: null })).toBe('price unknown');
    expect(words({ inputPrice: nano(0n), outputPrice: nano(0n) })).toBe('free');
  });

  it('begins with the cheapest of several providers', () => {
    const offers = [offer({ provider: 'a' }), offer({ provider: 'b' }), offer({ provider: 'c' })];
    expect(modelText(model('m', { offers }), i18next.t)).toBe(
      '3 providers, from $2.50 in, $10.00 out per million',
    );
    const unknown = offers.map((one) => ({ ...one, inputPrice: null, outputPrice: null }));
    expect(modelText(model('m', { offers: unknown }), i18next.t)).toBe(
      '3 providers, price unknown',
    );
  });

  it('stands beside the largest context', () => {
    const offers = [offer({ contextTokens: 8192 }), offer({ contextTokens: 128_000 })];
    expect(contextText({ offers }, i18next.t)).toBe('128k context');
    expect(contextText({ offers: [offer({ contextTokens: 1_048_576 })] }, i18next.t)).toBe(
      '1M context',
    );
    expect(contextText({ offers: [anOffer] }, i18next.t)).toBeNull();
  });
});

describe('the providers to choose from', () => {
  const known = [
    model('a', { offers: [offer({ provider: 'x' }), offer({ provider: 'y' }), anOffer] }),
    model('b', { offers: [offer({ provider: 'y' })] }),
  ];
  const values = (models: string[]) => providerOptions(known, models).map(({ value }) => value);

  it('are those of the model, and those of all when several are asked', () => {
    expect(values(['a'])).toEqual(['x', 'y']);
    expect(values(['a', 'b'])).toEqual(['y']);
    expect(values(['a', 'unheard-of'])).toEqual([]);
    expect(values(['unheard-of'])).toEqual([]);
  });
});
