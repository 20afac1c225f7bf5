import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Licences that ask of a program at most that it names its authors. Any other fails the build. */
const ALLOWED = [
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
  'Unlicense',
];

/** Allowed in the choice that a package gives, and taken. */
const CHOICES = { '(MPL-2.0 OR Apache-2.0)': 'Apache-2.0' };

/** What stands in the app though no module of it says so: styles, grammars, helpers, the native module. */
const WITHOUT_MODULES = [
  '@shikijs/langs',
  'better-sqlite3',
  'rolldown',
  'shiki',
  'tailwindcss',
  'vite',
];

const PREFACE = `Slice is made with the packages below.

It runs in Electron. Its licence, and those of Chromium and Node.js, lie beside the program as
LICENSE.electron.txt and LICENSES.chromium.html. The fonts of KaTeX are under the SIL Open Font License 1.1
(https://openfontlicense.org); each file names its authors.`;

/** Where the licences of what the builder itself is made of begin; none of that goes into the app. */
const OF_THE_BUILDER = /^# Licenses of bundled dependencies/m;

const IN_PACKAGE = /^(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/;

/**
 * @typedef {{ name: string, version: string, licence: string, text: string }} Licence
 */

/**
 * Collects the licences of everything that goes into the app, from each program of it and the workers.
 * A Vite plugin for all environments, and what writes the file when all of them are built.
 * @param {string} root
 */
export function licences(root) {
  /** @type {Set<string>} */
  const folders = new Set();
  return {
    /** Also for the workers of the page, which are built by themselves. */
    plugin: () => ({
      name: 'licences',
      apply: /** @type {const} */ ('build'),
      sharedDuringBuild: true,
      /** @param {unknown} _ @param {Record<string, { type: string, moduleIds?: string[] }>} bundle */
      generateBundle(_, bundle) {
        for (const { moduleIds = [] } of Object.values(bundle)) {
          for (const id of moduleIds) {
            const folder = packageFolder(id);
            if (folder) folders.add(folder);
          }
        }
      },
    }),
    /**
     * Writes the licences, for people, and the list of the packages, for `npm run sbom`.
     * @param {{ text: string, list: string }} files
     */
    write({ text, list }) {
      const others = WITHOUT_MODULES.map((name) => join(root, 'node_modules', name));
      const found = [...folders, ...others].map(licenceOf);
      writeFileSync(text, licencesText({ ...licenceOf(root), name: 'Slice' }, found));
      const names = new Set(found.map(({ name, version }) => `${name}@${version}`));
      writeFileSync(list, JSON.stringify([...names].toSorted()));
    },
  };
}

/**
 * The folder of the package that a module belongs to, or undefined for what is ours or the builder's.
 * @param {string} id
 * @returns {string | undefined}
 */
export function packageFolder(id) {
  return id.startsWith('\0') ? undefined : IN_PACKAGE.exec(id)?.[1];
}

/**
 * @param {string} folder Of a package.
 * @returns {Licence}
 */
export function licenceOf(folder) {
  const { name, version, license, author } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  );
  const file = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
  const text = file
    ? readFileSync(join(folder, file), 'utf8')
    : textBeside(folder, license, typeof author === 'object' ? author.name : author);
  const [words = ''] = text.split(OF_THE_BUILDER);
  return { name, version, licence: license ?? namedBy(text), text: words.trim() };
}

/** The licence of a package that only its text tells. */
function namedBy(text) {
  return text.startsWith('The MIT License (MIT)') ? 'MIT' : '';
}

/** Many packages of one author come without the text that their main package has. */
function textBeside(folder, licence, author) {
  const [scope] = folder.split(/[\\/]/).slice(-2);
  const beside = scope?.startsWith('@') ? readdirSync(dirname(folder)) : [];
  for (const name of beside) {
    const other = join(dirname(folder), name);
    const file = readdirSync(other).find((entry) => /^licen[cs]e/i.test(entry));
    if (file) return readFileSync(join(other, file), 'utf8');
  }
  return `Its package holds no text of the licence ${licence}${author ? `. By ${author}` : ''}.`;
}

/**
 * One plain text of all licences. Packages under the very same words stand above them together.
 * @param {Licence} own
 * @param {readonly Licence[]} found
 * @returns {string}
 * @throws When a licence is not allowed, or there is none at all.
 */
export function licencesText(own, found) {
  const refused = found.filter(({ licence }) => !isAllowed(licence));
  if (refused.length > 0) {
    const list = refused.map(({ name, licence }) => `${name} (${licence || 'none named'})`);
    throw new Error(`These packages may not go into the app by their licences: ${list.join(', ')}`);
  }
  if (found.length === 0) throw new Error('No licence was collected.');
  const headings = new Map();
  for (const one of [own, ...found.toSorted((a, b) => (a.name < b.name ? -1 : 1))]) {
    const { name, version, licence, text } = one;
    const heading = `${name} ${version} · ${CHOICES[licence] ?? licence}`;
    headings.set(text, (headings.get(text) ?? new Set()).add(heading));
  }
  return [
    PREFACE,
    ...[...headings].map(([text, names]) => `${[...names].join('\n')}\n\n${text}`),
  ].join(`\n\n${'='.repeat(72)}\n\n`);
}

/** @param {string} licence As SPDX writes it. */
function isAllowed(licence) {
  return ALLOWED.includes(CHOICES[licence] ?? licence);
}
