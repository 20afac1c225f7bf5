import { describe, expect, it } from 'vitest';
import {
  keepDraftIsEmpty,
  keepLastKnown,
  lastDraftWasEmpty,
  readLastKnown,
} from '../../../renderer/state/last-known';
import { describedConnection } from '../../fixtures/connections';
import { USUAL_SETTINGS as settings } from '../../fixtures/settings';

function storage(kept = new Map<string, string>()) {
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => void kept.set(key, text),
  };
}

const broken = {
  getItem: (): never => {
    throw new Error('nothing can be kept here');
  },
  setItem: (): never => {
    throw new Error('nothing can be kept here');
  },
};

describe('what was known last', () => {
  it('comes back as it was, but for whether the server was there', () => {
    const place = storage();
    const online = describedConnection({
      reachability: { state: 'online', since: 5, latencyMs: 212 },
    });
    keepLastKnown({ settings, connections: [online] }, place);
    expect(readLastKnown(place)).toEqual({ settings, connections: [describedConnection()] });
  });

  it.each([
    ['nothing', null],
    ['no JSON', '{"settings"'],
    ['another shape', '{"settings":{},"connections":[]}'],
    ['no connection', JSON.stringify({ settings, connections: [] })],
    ['a connection of another version', JSON.stringify({ settings, connections: [{ id: 1 }] })],
  ])('is not there when %s was kept', (_what, text) => {
    const kept = new Map(text === null ? [] : [['slice:last-known', text]]);
    expect(readLastKnown(storage(kept))).toBeNull();
  });

  it('tells an empty composer from one with something in it, and from not knowing', () => {
    const place = storage();
    expect(lastDraftWasEmpty(place)).toBe(false);
    keepDraftIsEmpty(true, place);
    expect(lastDraftWasEmpty(place)).toBe(true);
    keepDraftIsEmpty(false, place);
    expect(lastDraftWasEmpty(place)).toBe(false);
  });

  it('is not there, and is no error, where nothing can be kept', () => {
    keepLastKnown({ settings, connections: [describedConnection()] }, broken);
    keepDraftIsEmpty(true, broken);
    expect(readLastKnown(broken)).toBeNull();
    expect(lastDraftWasEmpty(broken)).toBe(false);
  });
});
