import { describe, expect, it } from 'vitest';
import { daysOf, daysToCome, PERIODS } from '../../../renderer/features/spending/spending-period';
import {
  addressOf,
  filterOf,
  GROUP_COLUMNS,
  GROUP_STEPS,
  listedOf,
  placeOf,
  type SpendingPlace,
  USUAL_PLACE,
  withKey,
} from '../../../renderer/features/spending/spending-place';
import { GROUPINGS, rowOrder, WASTES } from '../../../shared/contract/spending';
import { costSource } from '../../../shared/money';
import fc from '../../fixtures/fast-check';

const day = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2090-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const days = fc.tuple(day, day).map(([a, b]) => (a < b ? { from: a, to: b } : { from: b, to: a }));
const order = <By extends string>(by: readonly By[]) =>
  fc.record({ by: fc.constantFrom(...by), descending: fc.boolean() });
const keys = fc.uniqueArray(fc.string({ maxLength: 30, unit: 'grapheme' }), {
  minLength: 1,
  maxLength: 4,
});
const bar = fc.oneof(
  days,
  fc.tuple(day, fc.integer({ min: 0, max: 23 })).map(([at, hour]) => ({
    hour: `${at}T${String(hour).padStart(2, '0')}:00+05:30`,
  })),
);

const place: fc.Arbitrary<SpendingPlace> = fc.record({
  period: fc.oneof(fc.constantFrom(...PERIODS), days),
  groupBy: fc.constantFrom(...GROUPINGS),
  only: fc.dictionary(fc.constantFrom(...GROUPINGS), keys),
  sources: fc.option(fc.uniqueArray(fc.constantFrom(...costSource.options), { minLength: 1 })),
  waste: fc.option(fc.constantFrom(...WASTES)),
  demo: fc.option(fc.boolean()),
  sort: order(GROUP_COLUMNS),
  groups: fc.constantFrom(...GROUP_STEPS),
  rows: fc.option(order(rowOrder.options)),
  bar: fc.option(bar),
});

const searchOf = (address: string) => address.split('?')[1] ?? '';

describe('the address of the spending page', () => {
  it('says everything of what is looked at', () => {
    fc.assert(
      fc.property(place, (one) => {
        const address = addressOf(one);
        expect(placeOf(searchOf(address))).toEqual({ ...one, only: { ...one.only } });
      }),
    );
  });

  it('survives being a part of a link', () => {
    fc.assert(
      fc.property(place, (one) => {
        const { hash } = new URL(`app://slice/#${addressOf(one)}`);
        expect(placeOf(searchOf(hash.slice(1)))).toEqual({ ...one, only: { ...one.only } });
      }),
    );
  });

  it('is short for what is as usual', () => {
    expect(addressOf(USUAL_PLACE)).toBe('/spending');
    expect(addressOf({ ...USUAL_PLACE, groupBy: 'day' })).toBe('/spending?by=day');
  });

  it('falls back part by part where it is broken', () => {
    const broken = 'period=2026-13-01..2026-01-01&by=weather&sort=cost.sideways&groups=7&at=noon';
    expect(placeOf(broken)).toEqual(USUAL_PLACE);
    expect(placeOf(`${broken}&waste=failed&model=gpt-4o`)).toEqual({
      ...USUAL_PLACE,
      waste: 'failed',
      only: { model: ['gpt-4o'] },
    });
    fc.assert(fc.property(fc.string(), (text) => void placeOf(text)));
  });
});

describe('what an address asks for', () => {
  const today = '2026-03-01';

  it('is days on the calendar', () => {
    expect(daysOf('today', today)).toEqual({ from: today, to: today });
    expect(daysOf('days7', today)).toEqual({ from: '2026-02-23', to: today });
    expect(daysOf('month', today)).toEqual({ from: today, to: today });
    expect(daysOf('lastMonth', today)).toEqual({ from: '2026-02-01', to: '2026-02-28' });
    expect(daysOf('year', today)).toEqual({ from: '2026-01-01', to: today });
    expect(daysOf('all', today)).toEqual({ from: null, to: null });
  });

  it('has the days of the month that are still to come', () => {
    expect(daysToCome({ from: '2026-02-01', to: '2026-02-26' }, 'month')).toEqual([
      '2026-02-27',
      '2026-02-28',
    ]);
    expect(daysToCome({ from: '2026-02-01', to: '2026-02-26' }, 'days30')).toEqual([]);
  });

  it('is narrowed to a bar where its answers are listed, and nowhere else', () => {
    const inBar = { ...USUAL_PLACE, bar: { from: '2026-02-03', to: '2026-02-09' } };
    expect(filterOf(inBar, today, false)).toMatchObject({ from: today, to: today });
    expect(listedOf(inBar, today, false).filter).toMatchObject({
      from: '2026-02-03',
      to: '2026-02-09',
    });
    const inHour = { ...USUAL_PLACE, bar: { hour: '2026-02-03T17:00+01:00' } };
    expect(listedOf(inHour, today, true)).toEqual({
      filter: { from: '2026-02-03', to: '2026-02-03', demo: true, only: {} },
      hour: '2026-02-03T17:00+01:00',
    });
  });

  it('no longer names a grouping of which nothing is chosen', () => {
    const one = withKey(USUAL_PLACE, 'model', 'a', true);
    expect(one.only).toEqual({ model: ['a'] });
    expect(withKey(one, 'model', 'a', false).only).toEqual({});
  });
});
