import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of package.json, which is what Electron is given as the app. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * A development tool's own entry file, run by this Node: no shell, and the same on every platform.
 * @param {string[]} path Below node_modules.
 */
export const tool = (...path) => join(root, 'node_modules', ...path);

export const tools = {
  vite: tool('vite', 'bin', 'vite.js'),
  vitest: tool('vitest', 'vitest.mjs'),
  playwright: tool('playwright', 'cli.js'),
  tsc: tool('@typescript', 'native', 'bin', 'tsc'),
  biome: tool('@biomejs', 'biome', 'bin', 'biome'),
  depcruise: tool('dependency-cruiser', 'bin', 'dependency-cruise.mjs'),
  knip: tool('knip', 'bin', 'knip.js'),
  builder: tool('electron-builder', 'cli.js'),
};
