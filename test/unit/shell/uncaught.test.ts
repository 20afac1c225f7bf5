import { EventEmitter } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Log } from '../../../electron/shell/log';
import { logUncaught } from '../../../electron/shell/uncaught';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'slice-uncaught-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('an error that nobody caught', () => {
  it.each(['uncaughtExceptionMonitor', 'unhandledRejection'])(
    'is in the log, without what it says: %s',
    (event) => {
      const faults = new EventEmitter();
      const log = new Log(folder);
      logUncaught(faults, log, () => undefined);
      faults.emit(event, new TypeError('the sky is blue'));
      const [fault, ...others] = log.last(9);
      expect(others).toEqual([]);
      expect(fault?.event).toMatch(/nobody/);
      expect(fault?.error).toMatch(/^TypeError at uncaught\.test\.ts:\d+:\d+$/);
    },
  );

  it('is left to whoever shows what is thrown', () => {
    const faults = new EventEmitter();
    logUncaught(faults, new Log(folder), () => undefined);
    // With a listener of ours Electron would neither show nor tell it.
    expect(faults.listenerCount('uncaughtException')).toBe(0);
  });

  it('can be printed where the app is being worked on', () => {
    const faults = new EventEmitter();
    const printed: unknown[] = [];
    logUncaught(faults, new Log(folder), (error) => void printed.push(error));
    faults.emit('unhandledRejection', 'why');
    expect(printed).toEqual(['why']);
  });
});
