import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { writeJsonFile } from '../../../electron/shell/json-file';

const disk = vi.hoisted(() => ({ room: Number.POSITIVE_INFINITY }));

/** A disk that takes what still fits, and refuses the next, as Linux does it. */
vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  const write = (file: number, bytes: Buffer) => {
    if (disk.room === 0) throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
    const taken = Math.min(disk.room, bytes.length);
    disk.room -= taken;
    return fs.writeSync(file, bytes, 0, taken);
  };
  return {
    ...fs,
    writeSync: (file: number, text: string) => write(file, Buffer.from(text)),
    writeFileSync: (file: number, text: string) => {
      const bytes = Buffer.from(text);
      for (let at = 0; at < bytes.length; ) at += write(file, bytes.subarray(at));
    },
  };
});

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'slice-json-'));
});

afterEach(() => {
  disk.room = Number.POSITIVE_INFINITY;
  rmSync(folder, { recursive: true });
});

it('a file for which the disk has room in part only is not written, and the old one stays', () => {
  const path = join(folder, 'keys.json');
  writeJsonFile(path, { key: 'old' });
  disk.room = 5;
  expect(() => writeJsonFile(path, { key: 'new' })).toThrow('no space left');
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ key: 'old' });
});
