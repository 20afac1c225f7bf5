/**
 * `node scripts/icons.mjs`: draws build/icon.svg in every size that a system wants. What it makes is kept
 * in the repository; it is to be called when the drawing has changed.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './project.mjs';
import { ExpectedFailure, runMain } from './runtime/say.mjs';
import { launchArguments, prepareRuntime } from './runtime.mjs';

const SIZES = [16, 32, 48, 64, 128, 256, 512, 1024];
const build = join(root, 'build');

/** Which kind of entry holds a picture of so many pixels, in Apple's container. */
const ICNS_TYPES = {
  16: 'icp4',
  32: 'icp5',
  64: 'icp6',
  128: 'ic07',
  256: 'ic08',
  512: 'ic09',
  1024: 'ic10',
};

await runMain(async () => {
  const { electron, display, env } = await prepareRuntime({ display: true });
  const work = mkdtempSync(join(tmpdir(), 'slice-icons-'));
  try {
    mkdirSync(join(build, 'icons'), { recursive: true });
    writeFileSync(join(work, 'package.json'), '{"main":"draw.js"}');
    writeFileSync(join(work, 'draw.js'), drawing(readFileSync(join(build, 'icon.svg'), 'utf8')));
    const drawn = spawnSync(electron.executable, [...launchArguments(), work], {
      env: { ...process.env, ...env },
      stdio: 'ignore',
    });
    if (drawn.status !== 0) throw new ExpectedFailure('The icon could not be drawn.');
    const pictures = SIZES.map((size) => [
      size,
      readFileSync(join(build, 'icons', `${size}x${size}.png`)),
    ]);
    writeFileSync(join(build, 'icon.png'), pictures.at(-1)[1]);
    writeFileSync(join(build, 'icon.ico'), ico(pictures.filter(([size]) => size <= 256)));
    writeFileSync(join(build, 'icon.icns'), icns(pictures));
  } finally {
    rmSync(work, { recursive: true, force: true });
    display.stop();
  }
  return 0;
});

/** The program that draws: a page with a canvas of each size. */
function drawing(svg) {
  const draw = `(async () => {
    const image = new Image();
    image.src = 'data:image/svg+xml;charset=utf-8,' + encodeURIComponent(${JSON.stringify(svg)});
    await image.decode();
    return ${JSON.stringify(SIZES)}.map((size) => {
      const canvas = document.createElement('canvas');
      canvas.width = canvas.height = size;
      const context = canvas.getContext('2d');
      context.imageSmoothingQuality = 'high';
      context.drawImage(image, 0, 0, size, size);
      return [size, canvas.toDataURL('image/png').split(',')[1]];
    });
  })()`;
  return `
const { app, BrowserWindow } = require('electron');
const { writeFileSync } = require('node:fs');
app.whenReady().then(async () => {
  const window = new BrowserWindow({ show: false });
  await window.loadURL('about:blank');
  const pictures = await window.webContents.executeJavaScript(${JSON.stringify(draw)});
  for (const [size, picture] of pictures) {
    const file = ${JSON.stringify(join(build, 'icons'))} + '/' + size + 'x' + size + '.png';
    writeFileSync(file, Buffer.from(picture, 'base64'));
  }
  app.exit(0);
});`;
}

/** Windows' container of pictures. */
function ico(pictures) {
  const head = Buffer.alloc(6 + 16 * pictures.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(pictures.length, 4);
  let at = head.length;
  for (const [index, [size, picture]] of pictures.entries()) {
    const entry = 6 + 16 * index;
    head.writeUInt8(size % 256, entry);
    head.writeUInt8(size % 256, entry + 1);
    head.writeUInt16LE(1, entry + 4);
    head.writeUInt16LE(32, entry + 6);
    head.writeUInt32LE(picture.length, entry + 8);
    head.writeUInt32LE(at, entry + 12);
    at += picture.length;
  }
  return Buffer.concat([head, ...pictures.map(([, picture]) => picture)]);
}

/** Apple's container of pictures. */
function icns(pictures) {
  const entries = pictures.flatMap(([size, picture]) => {
    const type = ICNS_TYPES[size];
    if (!type) return [];
    const head = Buffer.alloc(8);
    head.write(type, 'latin1');
    head.writeUInt32BE(8 + picture.length, 4);
    return [head, picture];
  });
  const body = Buffer.concat(entries);
  const head = Buffer.alloc(8);
  head.write('icns', 'latin1');
  head.writeUInt32BE(8 + body.length, 4);
  return Buffer.concat([head, body]);
}
