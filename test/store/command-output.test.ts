import { beforeEach, expect, it, vi } from 'vitest';
import { runCommand } from '../../electron/command/run-command';
import { connections } from '../fixtures/store';

const said = vi.hoisted(() => ({ code: '', text: '' }));

/** The standard output goes to what refuses it with this code. */
vi.mock('node:fs', async (original) => ({
  ...(await original<typeof import('node:fs')>()),
  writeSync: (file: number, bytes: Buffer) => {
    if (file === 1) throw Object.assign(new Error(said.code), { code: said.code });
    said.text += bytes.toString();
    return bytes.length;
  },
}));

beforeEach(() => {
  said.text = '';
});

it.each([
  ['ENOSPC', 'The disk that the output goes to is full.'],
  ['EIO', 'The output could not be written (EIO).'],
])(
  'an output that cannot be written (%s) is no fault of the data, and is called so',
  (code, text) => {
    const { path } = connections();
    said.code = code;
    expect(runCommand({ name: 'usage', rest: [] }, path)).toBe(1);
    expect(said.text).toBe(`slice usage: ${text}\n`);
  },
);
