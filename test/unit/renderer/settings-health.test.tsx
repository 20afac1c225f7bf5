import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeAll, describe, expect, it } from 'vitest';
import { Router } from 'wouter';
import {
  Keys,
  LastBackup,
  RoomRow,
  Saving,
} from '../../../renderer/features/settings/health-facts';
import { StoreChecks } from '../../../renderer/features/settings/store-checks';
import { startTexts } from '../../../renderer/locales/i18n';
import type { BackupState } from '../../../shared/contract/backup';
import type { HealthCheck, HealthState } from '../../../shared/contract/health';

const NOW = Date.UTC(2026, 10, 28, 12);
const DAY_MS = 86_400_000;

const words = (node: ReactNode) =>
  renderToStaticMarkup(<Router ssrPath="/settings/health">{node}</Router>)
    .replaceAll('&#x27;', "'")
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

beforeAll(startTexts);

describe('how things are', () => {
  const checks = (
    search: HealthCheck | null,
    pages: HealthCheck | null = null,
    running: HealthState['running'] = [],
  ) => {
    const state: HealthState = {
      checks: { pages, search, sums: null },
      running,
      sizes: { store: 0, wal: 0, attachments: 0, backups: 0 },
      room: null,
    };
    return words(<StoreChecks state={state} />);
  };
  const found = (over: Partial<HealthCheck>) => ({ at: NOW, faults: 0, failure: null, ...over });

  it('offers a remedy with what it means, only where something is broken', () => {
    expect(checks(found({}))).not.toContain('Rebuild');
    const faulty = checks(found({ faults: 2 }));
    expect(faulty).toMatch(/2 faults, .*Rebuild the index.*Some words may not be found/);
    const damaged = checks(null, found({ faults: 1 }));
    expect(damaged).toMatch(/1 fault, .*Data and backup.*Go back to a backup/);
    expect(damaged).not.toContain('Rebuild');
  });

  it('says what is looked at, what was not, and why it could not be', () => {
    expect(checks(null, null, ['search'])).toContain('Search index checking…');
    expect(checks(null)).toContain('Search index not checked yet');
    expect(checks(found({ failure: { code: 'store_full' } }))).toContain('Free some space');
    expect(checks(found({ failure: { code: 'internal' } }))).toContain('Check again.');
  });

  it('warns of little room', () => {
    const room = (free: number) => words(<RoomRow room={{ free, wanted: 1_000_000_000 }} />);
    expect(room(5_000_000_000)).toBe('Disk space 5.0 GB free');
    expect(room(300_000_000)).toMatch(/300.0 MB free .*below 1.0 GB a backup may not fit/);
    expect(words(<RoomRow room={null} />)).toBe('Disk space not known');
  });

  it('warns of a backup that is old or could not be made, not of the first that is to come', () => {
    const backup = (daysAgo: number | null, failed = false) => {
      const at = NOW - (daysAgo ?? 0) * DAY_MS;
      const name = 'slice-20261128T120000000Z-automatic.db';
      const state: BackupState = {
        backups: daysAgo === null ? [] : [{ name, kind: 'automatic', at, bytes: 1 }],
        running: false,
        failure: failed ? { code: 'store_full' } : null,
      };
      return words(<LastBackup state={state} now={NOW} />);
    };
    expect(backup(1)).toMatch(/daily Data and backup$/);
    expect(backup(3)).toContain('none from the last two days');
    expect(backup(1, true)).toContain('could not be made');
    expect(backup(null)).toMatch(/none yet .*made by itself every day/);
  });

  it('says how well keys are kept and what that means', () => {
    expect(words(<Keys strength="encrypted" />)).toMatch(/^Keys strong The system's keychain/i);
    expect(words(<Keys strength="weak" />)).toMatch(/^Keys weak .*Install or unlock a keyring/);
    expect(words(<Keys strength="none" />)).toMatch(/^Keys this session only .*asked for again/);
  });

  it('says whether everything is saved, and what helps when it is not', () => {
    expect(words(<Saving trouble={null} />)).toBe('Saving everything is saved');
    expect(words(<Saving trouble="full" />)).toMatch(
      /not saved now .*disk is full.*Free some space/,
    );
  });
});
