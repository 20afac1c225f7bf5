import { describe, expect, it } from 'vitest';
import { backupFile, backupOf, isDue, outdated } from '../../../electron/backups/backup-names';
import { backupKind } from '../../../shared/contract/backup';
import fc from '../../fixtures/fast-check';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 27, 20, 51);
const moments = fc.integer({ min: 0, max: Date.UTC(2100, 0, 1) });

function made(at: number, kind: (typeof backupKind.options)[number] = 'automatic') {
  const backup = backupOf(backupFile(at, kind));
  if (!backup) throw new Error('a name says when it was made');
  return backup;
}

describe('the name of a backup', () => {
  it('says when it was made and by whom, to the millisecond', () => {
    fc.assert(
      fc.property(moments, fc.constantFrom(...backupKind.options), (at, kind) => {
        expect(made(at, kind)).toMatchObject({ at, kind });
      }),
    );
  });

  it.each([
    'slice.db',
    '../slice-20261127T205100000Z-manual.db',
    'slice-20261127T205100000Z-mine.db',
    '',
  ])('is nothing else: %s', (file) => {
    expect(backupOf(file)).toBeNull();
  });
});

describe('which backups are kept', () => {
  it('are the last seven of each kind, and all that the user made', () => {
    const daily = Array.from({ length: 10 }, (_, days) => made(NOW - days * DAY));
    const own = Array.from({ length: 10 }, (_, days) => made(NOW - days * DAY, 'manual'));
    expect(outdated([...own, ...daily], NOW).map(({ name }) => name)).toEqual(
      daily.slice(7).map(({ name }) => name),
    );
  });

  it('are not those of a clock that was ahead, once it is right again', () => {
    const ahead = Array.from({ length: 7 }, (_, days) => made(NOW + (300 + days) * DAY));
    expect(outdated([...ahead, made(NOW)], NOW + 1_000)).toEqual(ahead.slice(0, 1));
  });
});

describe('whether one is due', () => {
  it('goes by the day, and by no clock that was set back', () => {
    expect(isDue([], NOW)).toBe(true);
    expect(isDue([made(NOW - DAY + 1)], NOW)).toBe(false);
    expect(isDue([made(NOW - DAY)], NOW)).toBe(true);
    expect(isDue([made(NOW + 30 * DAY)], NOW)).toBe(true);
    expect(isDue([made(NOW - 1, 'manual')], NOW)).toBe(false);
    expect(isDue([made(NOW - 1, 'before-restore')], NOW)).toBe(true);
  });
});
