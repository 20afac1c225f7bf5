import { describe, expect, it } from 'vitest';
import { localDay, startOfDay } from '../../../shared/local-day';
import fc from '../../fixtures/fast-check';

describe('localDay', () => {
  it.each([
    ['2024-10-21T18:32:47Z', 'UTC', '2024-10-21'],
    ['2024-12-31T23:30:00Z', 'Europe/Berlin', '2025-01-01'],
    ['2025-01-01T04:59:59Z', 'America/New_York', '2024-12-31'],
    ['2024-02-28T14:00:00Z', 'Asia/Tokyo', '2024-02-28'],
    ['2024-02-28T15:00:00Z', 'Asia/Tokyo', '2024-02-29'],
    ['2024-06-01T18:20:00Z', 'Asia/Kathmandu', '2024-06-02'],
    ['2024-01-01T09:59:00Z', 'Pacific/Kiritimati', '2024-01-01'],
    ['2024-01-01T10:00:00Z', 'Pacific/Kiritimati', '2024-01-02'],
    ['2024-01-01T10:59:00Z', 'Pacific/Pago_Pago', '2023-12-31'],
  ])('of %s in %s is %s', (at, zone, day) => {
    expect(localDay(Date.parse(at), zone)).toBe(day);
  });

  it.each([
    // The clock goes from 01:59 to 03:00, the day has 23 hours.
    ['Europe/Berlin', '2024-03-31', '2024-03-30T23:00:00Z', 23],
    // 25 hours: 02:00 to 02:59 comes twice.
    ['Europe/Berlin', '2024-10-27', '2024-10-26T22:00:00Z', 25],
    ['America/New_York', '2024-11-03', '2024-11-03T04:00:00Z', 25],
    // The change comes at midnight, so the day begins at 01:00.
    ['America/Santiago', '2024-09-08', '2024-09-08T04:00:00Z', 23],
  ])('knows the days on which the clock changes: %s, %s', (zone, day, start, hours) => {
    const begin = Date.parse(start);
    const end = begin + hours * 3_600_000;
    expect(localDay(begin - 1, zone)).not.toBe(day);
    expect(localDay(begin, zone)).toBe(day);
    expect(localDay(end - 1, zone)).toBe(day);
    expect(localDay(end, zone)).not.toBe(day);
  });

  it('sorts as text like time, in every zone', () => {
    const moment = fc.integer({ min: 0, max: Date.parse('2100-01-01') });
    const zone = fc.constantFrom('UTC', 'Europe/Berlin', 'America/St_Johns', 'Pacific/Apia');
    fc.assert(
      fc.property(moment, moment, zone, (one, other, timeZone) => {
        const [early, late] = one < other ? [one, other] : [other, one];
        expect(localDay(early, timeZone) <= localDay(late, timeZone)).toBe(true);
        expect(localDay(early, timeZone)).toMatch(/^\d{4}-\d\d-\d\d$/);
      }),
    );
  });
});

describe('the start of a day', () => {
  it.each([
    ['2026-01-31', 'UTC', '2026-01-31T00:00:00Z'],
    ['2026-01-31', 'Asia/Shanghai', '2026-01-30T16:00:00Z'],
    ['2026-01-31', 'America/New_York', '2026-01-31T05:00:00Z'],
    ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00Z'],
    ['2026-03-30', 'Europe/Berlin', '2026-03-29T22:00:00Z'],
    // Midnight of this day was left out, and so was the whole of that one.
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00Z'],
    ['2011-12-30', 'Pacific/Apia', '2011-12-30T10:00:00Z'],
    ['2026-01-31', 'Pacific/Kiritimati', '2026-01-30T10:00:00Z'],
  ])('%s in %s is %s', (day, timeZone, start) => {
    expect(new Date(startOfDay(day, timeZone))).toEqual(new Date(start));
  });
});
