import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { licenceOf, licencesText, packageFolder } from '../../../scripts/licences.mjs';

const versions = z.record(z.string(), z.string());
const manifest = z
  .object({ dependencies: versions, devDependencies: versions })
  .parse(JSON.parse(readFileSync('package.json', 'utf8')));
const lock = z
  .object({
    lockfileVersion: z.literal(3),
    packages: z.record(
      z.string(),
      z.object({
        version: z.string().optional(),
        integrity: z.string().optional(),
        resolved: z.string().optional(),
        link: z.boolean().optional(),
        inBundle: z.boolean().optional(),
        dev: z.boolean().optional(),
        hasInstallScript: z.boolean().optional(),
        dependencies: versions.optional(),
        devDependencies: versions.optional(),
      }),
    ),
  })
  .parse(JSON.parse(readFileSync('package-lock.json', 'utf8')));
const { '': own, ...packages } = lock.packages;
const locked = Object.entries(packages);

const EXACT = /^(npm:(@[\w.-]+\/)?[\w.-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/;

describe('the packages of package.json', () => {
  it('are each of one exact version', () => {
    const all = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(all.filter(([, version]) => !EXACT.test(version))).toEqual([]);
    expect(all.length).toBeGreaterThan(10);
  });

  it('are those of the lock file', () => {
    expect(own).toMatchObject({
      dependencies: manifest.dependencies,
      devDependencies: manifest.devDependencies,
    });
  });

  it('leave one package to be installed with the app: the native one', () => {
    expect(Object.keys(manifest.dependencies)).toEqual(['better-sqlite3']);
  });
});

describe('the lock file', () => {
  it('knows each package by the checksum of its bytes, or of those it comes within', () => {
    const without = locked.filter(([path, { integrity, inBundle }]) => {
      if (integrity !== undefined) return !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity);
      const within = path.slice(0, path.lastIndexOf('/node_modules/'));
      return !inBundle || packages[within]?.integrity === undefined;
    });
    expect(without).toEqual([]);
    expect(locked.length).toBeGreaterThan(100);
  });

  it('takes all from the registry that npm is told, and nothing from Git, a file or an address', () => {
    // npm leaves out where a package is from when it is the registry (omit-lockfile-registry-resolved).
    expect(readFileSync('.npmrc', 'utf8')).toContain('omit-lockfile-registry-resolved=true');
    const elsewhere = locked.filter(
      ([, { version, resolved, link }]) => resolved !== undefined || link || version === undefined,
    );
    expect(elsewhere).toEqual([]);
  });

  it('needs no script at an installation', () => {
    expect(readFileSync('.npmrc', 'utf8')).toContain('ignore-scripts=true');
    const scripted = locked.filter(([, { hasInstallScript }]) => hasInstallScript);
    // Makes installers of a kind that Slice does not have; electron-builder brings it.
    expect(scripted.map(([path, { dev }]) => [path, dev])).toEqual([
      ['node_modules/electron-winstaller', true],
    ]);
    expect(readFileSync('electron-builder.yml', 'utf8')).not.toMatch(/squirrel/i);
  });
});

describe('the licences of what goes into the app', () => {
  const own = { name: 'Slice', version: '1.0.0', licence: 'MIT', text: 'Ours' };
  const other = (name: string, licence: string, text = `The words of ${licence}`) => ({
    name,
    version: '2.0.0',
    licence,
    text,
  });

  it('stand in one text, ours first, each text once', () => {
    const text = licencesText(own, [
      other('zeta', 'MIT'),
      other('alpha', 'ISC'),
      other('b', 'MIT'),
    ]);
    expect(text.match(/The words of \w+|^\S+ \d\.\d\.\d · .*$/gm)).toEqual([
      'Slice 1.0.0 · MIT',
      'alpha 2.0.0 · ISC',
      'The words of ISC',
      'b 2.0.0 · MIT',
      'zeta 2.0.0 · MIT',
      'The words of MIT',
    ]);
  });

  it.each(['GPL-3.0-only', 'MPL-2.0', 'UNLICENSED', '', '(MIT OR GPL-2.0)', 'SEE LICENSE IN FILE'])(
    'stop the build at “%s”',
    (licence) => {
      expect(() => licencesText(own, [other('alpha', 'MIT'), other('beta', licence)])).toThrow(
        /may not go into the app.*beta/,
      );
    },
  );

  it('stop the build where none was found', () => {
    expect(() => licencesText(own, [])).toThrow('No licence was collected.');
  });

  it('take the choice that a package gives, by name', () => {
    const text = licencesText(own, [other('dompurify', '(MPL-2.0 OR Apache-2.0)')]);
    expect(text).toContain('dompurify 2.0.0 · Apache-2.0');
  });

  it('are read from a package, also where only the text names it', () => {
    expect(licenceOf('node_modules/zod')).toMatchObject({ name: 'zod', licence: 'MIT' });
    expect(licenceOf('node_modules/khroma')).toMatchObject({ licence: 'MIT' });
    expect(licenceOf('node_modules/wouter').text).toMatch(/no text of the licence Unlicense/);
    expect(licenceOf('node_modules/vite').text).not.toContain('bundled dependencies');
  });

  it('are found by the folder of the innermost package', () => {
    expect(packageFolder('/a/node_modules/@x/y/node_modules/z/lib/z.js')).toBe(
      '/a/node_modules/@x/y/node_modules/z',
    );
    expect(packageFolder('C:\\a\\node_modules\\@x\\y\\y.js')).toBe('C:\\a\\node_modules\\@x\\y');
    expect(packageFolder('/a/electron/main.ts')).toBeUndefined();
    expect(packageFolder('\0/a/node_modules/x/x.js')).toBeUndefined();
  });
});
