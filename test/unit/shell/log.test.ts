import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Log } from '../../../electron/shell/log';
import { StoreError } from '../../../electron/store/errors';
import { temporaryFolder } from '../../fixtures/store';

const MEGABYTE = 1_000_000;

describe('the log', () => {
  it('tells the last faults by reference, time, event and code, the newest first', () => {
    const log = new Log(temporaryFolder());
    const first = log.write('run 7', new StoreError('full', 'INSERT secret words'));
    const second = log.write('a port from a foreign frame was refused');
    const faults = log.last(5);
    expect(faults.map(({ reference }) => reference)).toEqual([second, first]);
    expect(faults[1]).toMatchObject({
      event: 'run 7',
      error: expect.stringMatching(/^StoreError full at log\.test\.ts:\d+:\d+$/),
    });
    expect(Date.parse(faults[1]?.at ?? '')).toBeGreaterThan(0);
    expect(log.last(1)).toHaveLength(1);
  });

  it('says nothing of an error where there was none', () => {
    const log = new Log(temporaryFolder());
    log.write('the page is gone: crashed', null);
    log.write('a port from a foreign frame was refused');
    expect(log.last(2)).toMatchObject([{ error: '' }, { error: '' }]);
  });

  it('has no message of an error, no folder, and no code that is a sentence', () => {
    const folder = temporaryFolder();
    const log = new Log(folder);
    const error = Object.assign(new Error('sk-secret'), {
      code: 'a sentence of a server',
    });
    error.stack = 'Error: sk-secret\n    at read (C:\\Users\\Ada Lovelace\\slice\\main.js:12:3)';
    log.write('on Windows', error);
    error.stack = 'Error: sk-secret\n    at async file:///home/ada/slice/main.js:12:3';
    log.write('on Linux', error);
    log.write('a line\nand\tanother', 'thrown text');
    // The references are by chance, and their letters a to f may make a name.
    const text = log
      .last(3)
      .reduce(
        (rest, { reference }) => rest.replace(reference, ''),
        readFileSync(join(folder, 'slice.log'), 'utf8'),
      );
    expect(text).not.toMatch(/secret|sentence|Ada|ada|Users|home|thrown/);
    expect(log.last(3)).toMatchObject([
      { event: 'a line and another', error: 'string' },
      { event: 'on Linux', error: 'Error at main.js:12:3' },
      { event: 'on Windows', error: 'Error at main.js:12:3' },
    ]);
  });

  it('takes two files of about a megabyte, however much is written', () => {
    const folder = temporaryFolder();
    const log = new Log(folder);
    const path = join(folder, 'slice.log');
    for (let times = 1; times <= 3; times += 1) {
      writeFileSync(path, `${String(times).repeat(MEGABYTE)}\n`);
      log.write('x'.repeat(10_000), new Error('x'));
      expect(readdirSync(folder).toSorted()).toEqual(['slice.log', 'slice.log.1']);
      expect(statSync(path).size).toBeLessThan(500);
      expect(statSync(`${path}.1`).size).toBeLessThan(MEGABYTE + 2);
      expect(readFileSync(`${path}.1`, 'utf8').startsWith(String(times))).toBe(true);
    }
    expect(log.last(10)).toHaveLength(1);
  });

  it('tells across the two files', () => {
    const folder = temporaryFolder();
    const log = new Log(folder);
    const before = log.write('before');
    const path = join(folder, 'slice.log');
    writeFileSync(path, `${readFileSync(path, 'utf8')}${'damaged\n'.repeat(MEGABYTE / 8)}`);
    const after = log.write('after');
    expect(log.last(5).map(({ reference }) => reference)).toEqual([after, before]);
  });

  it('never throws, even where there is nowhere to write', () => {
    const folder = join(temporaryFolder(), 'not', 'there');
    const log = new Log(folder);
    expect(log.write('something')).toMatch(/^[0-9a-f]{8}$/);
    expect(log.last(5)).toEqual([]);
    expect(existsSync(folder)).toBe(false);
  });

  it('keeps a line short whatever an event says', () => {
    const folder = temporaryFolder();
    new Log(folder).write('word '.repeat(1_000));
    expect(readFileSync(join(folder, 'slice.log'), 'utf8').length).toBeLessThan(410);
  });
});
