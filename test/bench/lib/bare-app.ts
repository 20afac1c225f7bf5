import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The least that can be called an app: a window of our size that shows one page from disk. */
const MAIN = `const { app, BrowserWindow } = require('electron');
app.setPath('userData', process.env.SLICE_DATA_DIR);
app.whenReady().then(() => new BrowserWindow({ width: 1280, height: 800 }).loadFile('index.html'));
app.on('window-all-closed', () => app.quit());`;

/**
 * A page with a field and a text that grows. The text is drawn as cheaply as it can be and still be
 * read: a paragraph a line, of which only the last changes; and what has arrived since the last frame is
 * put there once a frame, with the end kept in sight.
 */
const PAGE = `<!doctype html>
<meta charset="utf-8">
<style>
  body { margin: 0; height: 100vh; display: grid; grid-template-rows: 1fr auto; font: 14px sans-serif; }
  #thread { overflow-y: auto; padding: 16px; } p { margin: 0; min-height: 1em; white-space: pre-wrap; }
</style>
<div id="thread"></div><textarea></textarea>
<script>
  const thread = document.getElementById('thread');
  let last = thread.appendChild(document.createElement('p'));
  let waiting = '';
  function draw() {
    const [first, ...lines] = waiting.split('\\n');
    waiting = '';
    last.append(first);
    for (const line of lines) {
      last = thread.appendChild(document.createElement('p'));
      last.append(line);
    }
    thread.scrollTop = thread.scrollHeight;
  }
  window.follow = async (url) => {
    const reader = (await fetch(url)).body.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      if (waiting === '') requestAnimationFrame(draw);
      waiting += value;
    }
  };
  requestAnimationFrame(() => requestAnimationFrame(() => performance.mark('slice:usable')));
</script>`;

/** Writes the bare app into a new folder, which is what Electron is started on. */
export function writeBareApp(folder: string): string {
  return writeApp(folder, PAGE);
}

/** An app like the bare one with another page. */
export function writeApp(folder: string, page: string): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"name":"bare","main":"main.cjs"}');
  writeFileSync(join(folder, 'main.cjs'), MAIN);
  writeFileSync(join(folder, 'index.html'), page);
  return folder;
}
