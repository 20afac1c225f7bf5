import { describe, expect, it } from 'vitest';
import { type DiagnosticFacts, diagnosticsText } from '../../../electron/health/diagnostics-text';
import { describedConnection } from '../../fixtures/connections';
import fc from '../../fixtures/fast-check';
import { USUAL_SETTINGS } from '../../fixtures/settings';
import { NO_COLLECTOR } from '../../fixtures/telemetry';

const AT = Date.UTC(2026, 10, 28, 12);

const FACTS = {
  at: AT,
  info: {
    version: '0.1.0',
    platform: 'linux',
    electron: '45.4.1',
    dataFolder: '/home/ada/.config/Slice',
    safeMode: false,
    languages: ['de-DE', 'en', 'en'],
  },
  runtime: { chromium: '140.0', node: '22.1.0', system: 'Linux 6.1.0 x64' },
  settings: {
    ...USUAL_SETTINGS,
    lastModel: 'a-model-of-mine',
    spellCheck: true,
    shortcuts: { search: 'Mod+J' },
  },
  connections: [],
  telemetry: NO_COLLECTOR,
  keys: 'weak',
  health: {
    checks: {
      pages: { at: AT, faults: 0, failure: null },
      search: { at: AT, faults: 2, failure: null },
      sums: { at: AT, faults: 0, failure: { code: 'store_full', reason: 'disk_full' } },
    },
    running: [],
    sizes: { store: 360_448, wal: 512, attachments: 1_200_000, backups: 3_400_000_000 },
    room: { free: 900_000_000, wanted: 1_000_360_448 },
  },
  backups: { backups: [], running: false, failure: null },
  trouble: null,
  figures: { sqlite: '3.54.1', schema: 120, conversations: 3, messages: 8, runs: 4 },
  faults: [
    {
      at: '2026-11-28T11:00:00.000Z',
      reference: '0a1b2c3d',
      event: 'route runs.send',
      error: 'StoreError full at store-worker.js:12:3',
    },
  ],
  home: '/home/ada',
  user: 'ada',
} satisfies DiagnosticFacts;

/** A word that stands in nothing that the text is made of. */
const secret = fc
  .array(fc.constantFrom(...'QXZJ0123456789'), { minLength: 12, maxLength: 30 })
  .map((letters) => `sk-${letters.join('')}`);

describe('the diagnostics', () => {
  it('say versions, sizes, counts, health, settings and the last faults, in plain lines', () => {
    expect(diagnosticsText(FACTS)).toBe(`Slice diagnostics, 2026-11-28T12:00:00.000Z

Versions
  Slice: 0.1.0
  Electron: 45.4.1, Chromium 140.0, Node 22.1.0
  SQLite: 3.54.1, schema 120
  System: Linux 6.1.0 x64
  Languages of the computer: de-DE, en
  Data folder: ~/.config/Slice

Sizes
  Store: 360.4 KB
  Write-ahead log: 512 B
  Attachments: 1.2 MB
  Backups: 3.4 GB in 0 files
  Free on the disk: 900.0 MB, which is little

Counts
  Conversations: 3
  Messages: 8
  Runs: 4

Health
  Saving: works
  Store file: sound, 2026-11-28T12:00:00.000Z
  Search index: faults: 2, 2026-11-28T12:00:00.000Z
  Sums: could not be checked (store_full disk_full), 2026-11-28T12:00:00.000Z
  Keyring: weak
  Last backup: none

Connections
  none

Settings
  Theme: system
  Language: system
  Size of text: ${USUAL_SETTINGS.fontSize}
  Motion: ${USUAL_SETTINGS.motion}
  Amounts hidden: no
  Notifications: no
  Spell check: yes
  Sends by: enter
  Own shortcuts: 1
  Titles by a model: no
  Days in the trash: 30
  Looks for new versions: not asked yet
  Own collector: off
  Waiting for the collector: 0

Last faults
  2026-11-28T11:00:00.000Z 0a1b2c3d route runs.send (StoreError full at store-worker.js:12:3)
`);
  });

  it('have nothing of the user in them, wherever a name, an address, a key or a text stands', () => {
    fc.assert(
      fc.property(secret, fc.constantFrom('linux', 'win32'), (word, platform) => {
        const home = platform === 'win32' ? `C:\\Users\\${word}` : `/home/${word}`;
        const slash = platform === 'win32' ? '\\' : '/';
        const text = diagnosticsText({
          ...FACTS,
          info: {
            ...FACTS.info,
            dataFolder: `${home}${slash}Slice`,
            languages: [`${word} ${word}`, 'en'],
          },
          settings: {
            ...FACTS.settings,
            lastModel: word,
            shortcuts: { [word]: word },
            titleModel: { connectionId: describedConnection().id, model: word },
          },
          connections: [
            describedConnection({
              name: word,
              baseUrl: `https://${word}:${word}@${word}.example/v1`,
              headerNames: [word],
              proxy: { mode: 'url', url: `http://${word}:${word}@proxy.example` },
              caFile: `${home}${slash}ca.pem`,
              learned: [{ model: word, adaptation: { action: 'leave_out', field: word } }],
            }),
          ],
          telemetry: {
            ...FACTS.telemetry,
            on: true,
            endpoint: `https://${word}.example`,
            name: word,
            headerNames: [word],
          },
          faults: [
            {
              at: '2026-11-28T11:00:00.000Z',
              reference: '0a1b2c3d',
              event: `opened ${home}${slash}Slice`,
              error: `Error "${word}" '${word}' ${home}${slash}main.js:1:1`,
            },
          ],
          home,
          user: word,
        });
        expect(text).not.toContain(word);
        expect(text).toContain(`Data folder: ~${slash}Slice`);
        expect(text).toMatch(/1: \w+, key \w+, .*proxy url, own certificates, own headers: 1/);
      }),
    );
  });

  it('shorten only what is in the own folder, and tell of no other', () => {
    const folderIn = (dataFolder: string) =>
      /Data folder: (.*)/.exec(
        diagnosticsText({ ...FACTS, info: { ...FACTS.info, dataFolder } }),
      )?.[1];
    expect(folderIn('/home/ada')).toBe('~');
    expect(folderIn('/home/adam/Slice')).toBe('elsewhere');
    expect(folderIn('/mnt/ada lovelace/Slice')).toBe('elsewhere');
  });

  it('are there when the store cannot be read', () => {
    const text = diagnosticsText({ ...FACTS, figures: null, trouble: 'corrupt' });
    expect(text).toContain('SQLite: could not be asked');
    expect(text).toContain('Counts\n  could not be counted');
    expect(text).toContain('Saving: corrupt');
  });
});
