import { describe, expect, it } from 'vitest';
import { getConnection, removeConnection } from '../../electron/store/queries/connections';
import { listModels, saveModels, setFavourite } from '../../electron/store/queries/models';
import type { Model, Offer } from '../../shared/contract/connection';
import { connectionId } from '../../shared/ids';
import { nano } from '../../shared/money';
import { connect, NOON } from '../fixtures/ledger';
import { connections } from '../fixtures/store';

const NOT_FOUND = expect.objectContaining({ kind: 'not_found' });

const OFFER: Offer = {
  provider: 'openrouter',
  inputPrice: nano(2_500_000_000n),
  outputPrice: nano(999_999_999_999_999_999n),
  unit: 'token',
  inferred: true,
  contextTokens: 128_000,
  maxReplyTokens: 16_384,
  latencyMs: 712,
};
const UNKNOWN: Offer = {
  provider: null,
  inputPrice: null,
  outputPrice: null,
  unit: null,
  inferred: false,
  contextTokens: null,
  maxReplyTokens: null,
  latencyMs: null,
};

function model(id: string, more: Partial<Model> = {}): Omit<Model, 'favourite'> {
  return {
    id,
    type: 'llm',
    subtype: 'chat',
    description: 'It chats.',
    seesImages: true,
    takes: ['temperature', 'seed'],
    offers: [OFFER, { ...UNKNOWN, inputPrice: nano(0n) }],
    ...more,
  };
}

const BARE = model('bare', {
  type: null,
  subtype: null,
  description: null,
  seesImages: null,
  takes: null,
  offers: [UNKNOWN],
});

describe('the model list', () => {
  it('comes back by name as it was saved, to the last nano-dollar', () => {
    const { writer, reader } = connections();
    const id = connect(writer);
    const models = [model('gpt-4o', { seesImages: false, takes: [] }), BARE, model('claude')];
    saveModels(writer, id, models, NOON);
    const expected = models.map((one) => ({ ...one, favourite: false }));
    expect(listModels(reader, id)).toEqual(expected.toSorted((a, b) => (a.id < b.id ? -1 : 1)));
    expect(getConnection(reader, id).modelsAt).toBe(NOON);
  });

  it('is replaced as a whole, and only its own', () => {
    const { writer, reader } = connections();
    const [one, other] = [connect(writer), connect(writer)];
    saveModels(writer, one, [model('a'), model('b')], NOON);
    saveModels(writer, other, [model('a')], NOON);
    saveModels(writer, one, [model('c')], NOON + 1);
    expect(listModels(reader, one).map(({ id }) => id)).toEqual(['c']);
    expect(listModels(reader, other).map(({ id }) => id)).toEqual(['a']);
    saveModels(writer, one, [], NOON + 2);
    expect(listModels(reader, one)).toEqual([]);
    expect(getConnection(reader, one).modelsAt).toBe(NOON + 2);
  });

  it('stays as it was when the new one cannot be saved', () => {
    const { writer, reader } = connections();
    const id = connect(writer);
    saveModels(writer, id, [model('a')], NOON);
    expect(() => saveModels(writer, id, [model('b'), model('b')], NOON + 1)).toThrow(/UNIQUE/);
    expect(listModels(reader, id).map((one) => one.id)).toEqual(['a']);
    expect(getConnection(reader, id).modelsAt).toBe(NOON);
  });

  it('of a connection that is not there is not found', () => {
    const { writer } = connections();
    expect(() => saveModels(writer, connectionId.parse(9), [model('a')], NOON)).toThrow(NOT_FOUND);
  });

  it.each([
    ['offers', 'nothing', { offers: [UNKNOWN] }],
    ['offers', '[]', { offers: [UNKNOWN] }],
    ['offers', '[{"provider":"p"},7]', { offers: [UNKNOWN] }],
    [
      'offers',
      JSON.stringify([{ ...OFFER, inputPrice: 'free', outputPrice: '-1' }]),
      { offers: [{ ...OFFER, inputPrice: null, outputPrice: null }] },
    ],
    [
      'offers',
      JSON.stringify([{ ...OFFER, inputPrice: 2.5, outputPrice: '9'.repeat(5_000) }]),
      { offers: [{ ...OFFER, inputPrice: null, outputPrice: null }] },
    ],
    ['takes', '{"temperature":1}', { takes: null }],
    ['takes', '["seed"', { takes: null }],
  ])('with %s = %.60s is read as far as it goes', (column, value, left) => {
    const { writer, reader } = connections();
    const id = connect(writer);
    saveModels(writer, id, [model('a')], NOON);
    writer.prepare(`UPDATE model SET ${column} = ?`).run(value);
    expect(listModels(reader, id)).toEqual([{ ...model('a'), favourite: false, ...left }]);
  });
});

describe('a favourite', () => {
  it('outlives a new list, and a list that it is not in', () => {
    const { writer, reader } = connections();
    const [one, other] = [connect(writer), connect(writer)];
    const favourites = () =>
      listModels(reader, one)
        .filter(({ favourite }) => favourite)
        .map(({ id }) => id);
    for (const id of [one, other]) saveModels(writer, id, [model('a'), model('b')], NOON);
    setFavourite(writer, one, 'b', true, NOON);
    setFavourite(writer, one, 'b', true, NOON + 1);
    expect(favourites()).toEqual(['b']);
    expect(listModels(reader, other).some(({ favourite }) => favourite)).toBe(false);
    saveModels(writer, one, [model('a')], NOON + 1);
    expect(favourites()).toEqual([]);
    saveModels(writer, one, [model('a'), model('b')], NOON + 2);
    expect(favourites()).toEqual(['b']);
    setFavourite(writer, one, 'b', false, NOON);
    expect(favourites()).toEqual([]);
  });

  it('of a connection that is not there is not found', () => {
    const { writer } = connections();
    const id = connect(writer);
    removeConnection(writer, id, NOON);
    expect(() => setFavourite(writer, id, 'a', true, NOON)).toThrow(NOT_FOUND);
  });
});
