import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { startAtEnd } from '../../../electron/shell/app-image';
import { temporaryFolder } from '../../fixtures/store';

const started = vi.hoisted((): ChildProcess[] => []);

vi.mock('electron', () => ({ app: { isPackaged: true } }));
vi.mock('node:child_process', async (original) => {
  const real = await original<typeof import('node:child_process')>();
  const spawn = (program: string, words: readonly string[], options: SpawnOptions) => {
    const child = real.spawn(program, words, options);
    started.push(child);
    return child;
  };
  return { ...real, spawn };
});

it.runIf(process.platform === 'linux')(
  'a file is started when the app has ended and not before, with its words as they are',
  async () => {
    const file = join(temporaryFolder(), 'the app.AppImage');
    const said = `${file}.said`;
    writeFileSync(file, '#!/bin/sh\nprintf "%s\\n" "$@" > "$0.said"\n', { mode: 0o755 });
    startAtEnd(file, ['--safe-mode', '/home/ada/a b$(c).slice.json']);
    await wait(100);
    expect(existsSync(said)).toBe(false);
    // What the system does with all that is open in a process that ends.
    started[0]?.stdin?.destroy();
    await vi.waitFor(() =>
      expect(readFileSync(said, 'utf8')).toBe('--safe-mode\n/home/ada/a b$(c).slice.json\n'),
    );
  },
);
