import { join, resolve } from 'node:path';
import { build } from 'vite';
import { writeApp } from './bare-app';

const PAGE = `<!doctype html>
<meta charset="utf-8">
<style>
  body { margin: 0; font: 14px sans-serif; }
  #root { height: 100vh; display: grid; grid-template-rows: minmax(0, 1fr) auto; }
  #thread { overflow-y: auto; padding: 16px; }
</style>
<div id="root"></div>
<script src="page.js"></script>`;

/** The bare app with a page of React and Streamdown, built for production like ours. */
export async function writeStreamdownApp(folder: string): Promise<string> {
  writeApp(folder, PAGE);
  await build({
    root: resolve('.'),
    configFile: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir: folder,
      emptyOutDir: false,
      copyPublicDir: false,
      target: 'chrome130',
      lib: {
        entry: join('test', 'bench', 'lib', 'streamdown.page.tsx'),
        formats: ['iife'],
        name: 'page',
        fileName: () => 'page.js',
      },
    },
  });
  return folder;
}
