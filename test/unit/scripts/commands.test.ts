import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readBenchArguments, splitResult } from '../../../scripts/bench-arguments.mjs';
import { fingerprint, sourceFiles } from '../../../scripts/build.mjs';
import { packedResources } from '../../../scripts/packed-app.mjs';
import { PARTS, readTestArguments } from '../../../scripts/test-arguments.mjs';
import { temporaryFolder } from '../../fixtures/store';

describe('npm test', () => {
  it('runs every part when none is named', () => {
    expect(readTestArguments([])).toEqual({ parts: PARTS, rest: [] });
  });

  it('runs the named parts in their own order', () => {
    expect(readTestArguments(['e2e', 'unit', 'e2e'])).toEqual({ parts: ['unit', 'e2e'], rest: [] });
  });

  it('hands options to the runner of the one named part', () => {
    expect(readTestArguments(['e2e', '--grep', 'Stop'])).toEqual({
      parts: ['e2e'],
      rest: ['--grep', 'Stop'],
    });
  });

  it('refuses what belongs to no part, and names the parts', () => {
    expect(() => readTestArguments(['unti'])).toThrow(/unti/);
    expect(() => readTestArguments(['unit', 'wire', '--bail'])).toThrow(/one part/);
    expect(() => readTestArguments(['check', '--fix'])).toThrow(/--fix/);
  });
});

describe('npm run package', () => {
  it.each([
    ['linux', 'linux-unpacked', ['resources']],
    ['linux', 'linux-arm64-unpacked', ['resources']],
    ['win32', 'win-unpacked', ['resources']],
    ['darwin', 'mac', ['Slice.app', 'Contents', 'Resources']],
    ['darwin', 'mac-arm64', ['Slice.app', 'Contents', 'Resources']],
  ] as const)('finds what it packed on %s, in %s', (platform, folder, below) => {
    const release = temporaryFolder();
    for (const name of ['Slice-0.1.0-mac-arm64.zip', folder]) mkdirSync(join(release, name));
    expect(packedResources(release, platform)).toBe(join(release, folder, ...below));
  });

  it('says so when nothing was packed', () => {
    expect(() => packedResources(temporaryFolder())).toThrow(/no folder/);
  });
});

describe('npm run bench', () => {
  it('takes a name, and the switch for programs in any place', () => {
    expect(readBenchArguments(['--json', 'stream', '--small'])).toEqual({
      name: 'stream',
      json: true,
      rest: ['--small'],
    });
    expect(readBenchArguments([])).toEqual({ name: undefined, json: false, rest: [] });
  });

  it('finds the result on the last line and keeps what came before apart', () => {
    expect(splitResult('warming up\n{"a":1}\n')).toEqual({
      result: '{"a":1}',
      before: 'warming up\n',
    });
    expect(splitResult('{"a":1}')).toEqual({ result: '{"a":1}', before: '' });
  });

  it('takes nothing else for a result', () => {
    expect(splitResult('done\n').result).toBeUndefined();
    expect(splitResult('{"a":1}\ndone').result).toBeUndefined();
    expect(splitResult('[1]').result).toBeUndefined();
    expect(splitResult('').result).toBeUndefined();
  });
});

describe('the build', () => {
  const one = { path: 'electron/a.ts', mtimeMs: 1, size: 10 };
  const two = { path: 'electron/b.ts', mtimeMs: 2, size: 20 };
  const known = fingerprint('production', [one, two]);

  it('counts as current in whatever order the files are listed', () => {
    expect(fingerprint('production', [two, one])).toBe(known);
  });

  it('is made again when a file was changed, added or removed, or the mode is another', () => {
    expect(fingerprint('production', [one, { ...two, mtimeMs: 3 }])).not.toBe(known);
    expect(fingerprint('production', [one, { ...two, size: 21 }])).not.toBe(known);
    expect(fingerprint('production', [one])).not.toBe(known);
    expect(fingerprint('development', [one, two])).not.toBe(known);
  });

  it('is made again when what makes it was changed', () => {
    const config = readFileSync('vite.config.ts', 'utf8');
    const parts = [...config.matchAll(/from '\.\/(.+)'/g)].map(([, path = '']) => path);
    expect(parts.length).toBeGreaterThan(1);
    const known = sourceFiles().map(({ path }) => path.replaceAll('\\', '/'));
    expect(known).toEqual(expect.arrayContaining(parts));
  });
});
