import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Log } from '../../../electron/shell/log';
import { StoreError } from '../../../electron/store/errors';

const KEY = 'sk-4f9a-1b2c3d4e5f60718293a4b5c6';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'slice-log-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function logged(error?: unknown): string {
  const reference = new Log(folder).write('something went wrong', error);
  const text = readFileSync(join(folder, 'slice.log'), 'utf8');
  expect(text).toContain(`${reference}\tsomething went wrong`);
  return text;
}

function made(error: Error, fields: Readonly<Record<string, unknown>>): Error {
  return Object.assign(error, fields);
}

describe('what the log says of an error', () => {
  it('says what an error is, and where it was made without the folders above', () => {
    expect(logged(new StoreError('full', 'no room'))).toMatch(
      /wrong\tStoreError full at log-privacy\.test\.ts:\d+:\d+\n$/,
    );
    expect(logged(made(new Error('x'), { code: 'SQLITE_IOERR_WRITE' }))).toContain(
      'Error SQLITE_IOERR_WRITE at ',
    );
    expect(logged(made(new Error(''), { code: 'ERR_HTTP2_ERROR', errno: 1 }))).toContain(
      'Error ERR_HTTP2_ERROR at ',
    );
    expect(logged(made(new Error('x'), { code: 20 }))).toContain('Error 20 at ');
  });

  it('names no user: a place in Windows has only its last part', () => {
    const error = made(new Error('x'), {
      stack: 'Error: x\n    at run (C:\\Users\\ada\\AppData\\Slice\\main.js:4:2)',
    });
    expect(logged(error)).toMatch(/Error at main\.js:4:2\n$/);
  });

  const hostile: Readonly<Record<string, unknown>> = {
    'a message': new Error(`401: ${KEY} is wrong`),
    'a message of many lines': new Error(`no\n${KEY}\n    at ${KEY} (/app/${KEY}.js:1:2)\n`),
    'a message that was changed later': made(new Error(`\n    at ${KEY} (/a.js:1:2)`), {
      message: 'harmless',
    }),
    'a chain of causes': new Error('outer', {
      cause: new Error(`inner ${KEY}`, { cause: made(new Error('innermost'), { code: KEY }) }),
    }),
    'several errors in one': new AggregateError([new Error(KEY), KEY], `all failed: ${KEY}`),
    'a code that is text': made(new Error('x'), { code: `the key ${KEY} was refused` }),
    'a code that is the key': made(new Error('x'), { code: KEY }),
    'a code in hexadecimal': made(new Error('x'), { code: KEY.replaceAll('-', '') }),
    'a code that is an object': made(new Error('x'), { code: { toString: () => KEY } }),
    'a kind': made(new Error('x'), { kind: KEY }),
    'a name': made(new Error('x'), { name: `${KEY}Error` }),
    'a name that is no text': made(new Error('x'), { name: { toString: () => KEY } }),
    'a stack that is all made up': made(new Error('x'), { stack: `${KEY}\n    at ${KEY}` }),
    'no stack': made(new Error(KEY), { stack: undefined }),
    'fields of its own': made(new Error('x'), { headers: { authorization: `Bearer ${KEY}` } }),
    'a text': KEY,
    'an object': { message: KEY, code: KEY },
  };
  for (const [what, error] of Object.entries(hostile)) {
    it(`does not write a key down that stands in ${what}`, () => {
      expect(logged(error).toLowerCase()).not.toMatch(/1b2c3d4e5f|8293a4b5c6/);
    });
  }

  it('does not throw for an error that does', () => {
    const trap = new Proxy(new Error('x'), {
      get: () => {
        throw new Error(KEY);
      },
    });
    expect(new Log(folder).write('trap', trap)).toMatch(/^[0-9a-f]{8}$/);
  });

  it('is for its owner alone', () => {
    new Log(folder).write('something');
    if (process.platform === 'win32') return;
    expect(statSync(join(folder, 'slice.log')).mode & 0o077).toBe(0);
  });
});
