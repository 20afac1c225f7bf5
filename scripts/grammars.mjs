import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/**
 * Puts the grammars of the highlighter into a folder: each once and compressed, though many languages
 * hold others, with a list of which language takes which. As scripts they were half of the app.
 * A Vite plugin; `folder` belongs to the public files, so that they are served in development too.
 * @param {string} folder
 * @param {string} shiki The folder of the highlighter's package.
 */
export function grammars(folder, shiki) {
  const { version } = JSON.parse(readFileSync(join(shiki, 'package.json'), 'utf8'));
  const mark = join(folder, `made-of-${version}`);
  return {
    name: 'grammars',
    async buildStart() {
      if (existsSync(mark)) return;
      const { bundledLanguages, bundledLanguagesInfo } = await import('shiki/langs');
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder, { recursive: true });
      const written = new Set();
      const languages = [];
      for (const { id, aliases = [] } of bundledLanguagesInfo) {
        const { default: parts } = await bundledLanguages[id]();
        for (const part of parts) {
          if (written.has(part.name)) continue;
          written.add(part.name);
          const text = JSON.stringify(part);
          writeFileSync(join(folder, `${part.name}.grammar`), gzipSync(text, { level: 9 }));
        }
        languages.push({ names: [id, ...aliases], parts: parts.map(({ name }) => name) });
      }
      writeFileSync(join(folder, 'languages.json'), JSON.stringify(languages));
      writeFileSync(mark, '');
    },
  };
}
