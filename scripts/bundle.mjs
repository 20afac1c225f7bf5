import { join } from 'node:path';
import { root } from './project.mjs';

/**
 * Makes one file of a program in TypeScript and our own sources; packages stay where they are.
 * @param {string} source
 * @param {string} outDir
 * @returns {Promise<string>} the file
 */
export async function bundle(source, outDir) {
  const { build } = await import('vite');
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: source,
      outDir,
      emptyOutDir: true,
      target: 'node20',
      minify: false,
      rolldownOptions: { output: { entryFileNames: 'program.mjs' } },
    },
  });
  return join(outDir, 'program.mjs');
}
