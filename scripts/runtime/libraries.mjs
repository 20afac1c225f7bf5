import { installPackages } from './apt.mjs';
import { run } from './command.mjs';

/** Packages that bring everything Chromium links to or opens later, by Debian 12's names. */
const ALL = ['libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1', 'libsecret-1-0'];

/** Libraries that come alone; whatever is not listed here comes with GTK. */
const PACKAGE_OF = [
  [/^lib(nss|nssutil|smime|ssl)3\.so/, 'libnss3'],
  [/^lib(nspr4|plc4|plds4)\.so/, 'libnspr4'],
  [/^libasound\.so/, 'libasound2'],
  [/^libgbm\.so/, 'libgbm1'],
  [/^libdrm\.so/, 'libdrm2'],
  [/^libcups\.so/, 'libcups2'],
  [/^libsecret-1\.so/, 'libsecret-1-0'],
];

/**
 * The libraries `ldd` could not find.
 * @param {string} output
 * @returns {string[]}
 */
export function missingLibraries(output) {
  const names = [...output.matchAll(/^\s*(\S+) => not found/gm)].map(([, name]) => name);
  return [...new Set(names)];
}

/**
 * What to install for missing libraries. As soon as one is missing this machine was never prepared
 * for Electron, so the packages with libraries it only opens later are added.
 * @param {string[]} libraries
 * @returns {string[]}
 */
export function packagesFor(libraries) {
  if (libraries.length === 0) return [];
  const known = libraries.flatMap(
    (library) => PACKAGE_OF.find(([pattern]) => pattern.test(library))?.[1] ?? [],
  );
  return [...new Set([...ALL, ...known])];
}

/**
 * Sees to it that the system libraries of a Linux Electron are there.
 * @param {string} executable
 */
export async function ensureLibraries(executable) {
  if (process.platform !== 'linux') return;
  const missing = missingLibraries((await run('ldd', [executable])).stdout);
  if (missing.length === 0) return;
  await installPackages(
    packagesFor(missing),
    `Electron needs system libraries that are missing (${missing.slice(0, 3).join(', ')}${missing.length > 3 ? ' …' : ''})`,
  );
}
