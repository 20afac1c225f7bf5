import { resolve } from 'node:path';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { grammars } from './scripts/grammars.mjs';
import { licences } from './scripts/licences.mjs';

const root = import.meta.dirname;
const collected = licences(root);

/**
 * One build for the programs of the app: the page, the preload, the main process and the workers that
 * have the store. `vite build` makes all of them (see `builder`), `scripts/dev.mjs` watches them.
 */
export default defineConfig(({ mode }) => ({
  root: resolve(root, 'renderer'),
  base: './',
  plugins: [
    react(),
    tailwindcss(),
    grammars(resolve(root, 'renderer/public/grammars'), resolve(root, 'node_modules/shiki')),
    collected.plugin(),
  ],
  builder: {
    // One collection of licences for all of them, the page's workers too.
    sharedConfigBuild: true,
    async buildApp(builder) {
      for (const environment of Object.values(builder.environments)) {
        await builder.build(environment);
      }
      collected.write({
        text: resolve(root, 'dist/renderer/licences.txt'),
        list: resolve(root, 'dist/packages.json'),
      });
    },
  },
  worker: { format: 'es', plugins: () => [collected.plugin()] },
  define: {
    'process.env.NODE_ENV': JSON.stringify(mode),
  },
  environments: {
    client: {
      build: {
        outDir: resolve(root, 'dist/renderer'),
        emptyOutDir: true,
        target: 'chrome130',
        modulePreload: { polyfill: false },
        // The page's policy allows no data: fonts, and a file of our own costs nothing.
        assetsInlineLimit: 0,
        chunkSizeWarningLimit: 2000,
        rolldownOptions: {
          output: {
            // What a start needs is one file: each is asked for from the one thread of main.
            codeSplitting: { groups: [{ name: 'start', tags: ['$initial'] }] },
          },
          onLog: (level, log, report) => {
            // React's server components have no meaning in a page that is built whole.
            if (log.code !== 'MODULE_LEVEL_DIRECTIVE') report(level, log);
          },
        },
      },
    },
    main: nodeProgram('dist/main', {
      main: resolve(root, 'electron/main.ts'),
      'store-worker': resolve(root, 'electron/store/worker.ts'),
      'backup-worker': resolve(root, 'electron/backups/backup-worker.ts'),
      'health-worker': resolve(root, 'electron/health/health-worker.ts'),
      'usage-worker': resolve(root, 'electron/money/usage-worker.ts'),
      'import-worker': resolve(root, 'electron/imports/import-worker.ts'),
      'transcript-worker': resolve(root, 'electron/transcripts/transcript-worker.ts'),
    }),
    preload: {
      ...nodeProgram('dist/preload', { preload: resolve(root, 'electron/preload.ts') }, 'cjs'),
    },
  },
}));

/**
 * A program for Electron's own Node: everything is bundled but Node's and Electron's modules and the
 * native SQLite module, which must stay a file of its own.
 */
function nodeProgram(outDir: string, input: Record<string, string>, format: 'es' | 'cjs' = 'es') {
  return {
    consumer: 'server' as const,
    resolve: {
      noExternal: true as const,
      external: ['electron', 'better-sqlite3'],
      conditions: ['node', 'import', 'module', 'default'],
    },
    build: {
      outDir: resolve(root, outDir),
      emptyOutDir: true,
      target: 'node20',
      sourcemap: true,
      ssr: true,
      copyPublicDir: false,
      rolldownOptions: {
        input,
        output: {
          format,
          entryFileNames: format === 'cjs' ? '[name].cjs' : '[name].js',
          chunkFileNames: 'chunk-[hash].js',
          // Half of the time that loading takes is reading the text. Names stay, for the log.
          minify: { compress: true, mangle: false, codegen: true },
        },
      },
    },
  };
}
