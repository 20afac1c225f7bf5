import { EventEmitter } from 'node:events';
import { dirname } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Leaving } from '../../../electron/shell/leaving';

/** An app whose end is refused, as by a window that asks, until it may end. */
const app = vi.hoisted(() => ({
  events: null as EventEmitter | null,
  mayEnd: false,
  isPackaged: false,
  started: [] as unknown[],
  on: (name: string, heard: () => void) => app.events?.on(name, heard),
  once: (name: string, heard: () => void) => app.events?.once(name, heard),
  relaunch: (options: unknown) => void app.started.push(options),
  quit: () => {
    app.events?.emit('before-quit');
    if (app.mayEnd) app.events?.emit('will-quit');
  },
}));

vi.mock('electron', () => ({ app }));

beforeEach(() => {
  Object.assign(app, {
    events: new EventEmitter(),
    mayEnd: false,
    isPackaged: false,
    started: [],
  });
});

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('a new start', () => {
  it('follows the end that was asked for, in the mode that was asked for', () => {
    const leaving = new Leaving(['slice', '.', '--demo']);
    app.mayEnd = true;
    leaving.startAnew({ safeMode: true });
    expect(app.started).toEqual([{ args: ['.', '--demo', '--safe-mode'] }]);
  });

  it('does not follow a later end when the user refused the one it was for', () => {
    const leaving = new Leaving(['slice']);
    leaving.startAnew({ safeMode: true });
    leaving.refuse();
    app.mayEnd = true;
    app.quit();
    expect(app.started).toEqual([]);
  });

  it('is one start, also after it was refused and asked for again', () => {
    const leaving = new Leaving(['slice', '--safe-mode']);
    leaving.startAnew({ safeMode: true });
    leaving.refuse();
    app.mayEnd = true;
    leaving.startAnew({ safeMode: false });
    expect(app.started).toEqual([{ args: [] }]);
  });

  it.runIf(process.platform === 'linux')('of an AppImage is one of its file', () => {
    const leaving = new Leaving(['slice']);
    vi.stubEnv('APPIMAGE', '/home/ada/Slice.AppImage');
    vi.stubEnv('APPDIR', dirname(process.execPath));
    app.isPackaged = true;
    app.mayEnd = true;
    leaving.startAnew({ safeMode: true });
    expect(app.started).toEqual([{ args: ['--safe-mode'], execPath: '/home/ada/Slice.AppImage' }]);
  });

  it('waits for the answer when the window asks first', () => {
    const leaving = new Leaving(['slice']);
    leaving.startAnew({ safeMode: false });
    expect(app.started).toEqual([]);
    app.mayEnd = true;
    app.quit();
    expect(app.started).toHaveLength(1);
  });
});

describe('an app that somebody starts while it ends', () => {
  it('is started once it has ended, once', () => {
    const leaving = new Leaving(['slice']);
    expect(leaving.isCertain).toBe(false);
    app.mayEnd = true;
    app.quit();
    expect(leaving.isCertain).toBe(true);
    leaving.startAnew({ safeMode: false });
    leaving.startAnew({ safeMode: false });
    expect(app.started).toEqual([{ args: [] }]);
  });

  it('is not started twice when that was to be anyway', () => {
    const leaving = new Leaving(['slice']);
    app.mayEnd = true;
    leaving.startAnew({ safeMode: true });
    leaving.startAnew({ safeMode: false });
    expect(app.started).toEqual([{ args: ['--safe-mode'] }]);
  });
});

describe('a window that closes', () => {
  const { platform } = process;
  const on = (name: string) => Object.defineProperty(process, 'platform', { value: name });
  afterEach(() => on(platform));

  it.each(['linux', 'win32'])('ends the app on %s', (name) => {
    on(name);
    expect(new Leaving(['slice']).endsWithWindow).toBe(true);
  });

  it('ends it on a Mac when that was asked for, unless the user refused it', () => {
    on('darwin');
    const leaving = new Leaving(['slice']);
    expect(leaving.endsWithWindow).toBe(false);
    app.quit();
    expect(leaving.endsWithWindow).toBe(true);
    leaving.refuse();
    expect(leaving.endsWithWindow).toBe(false);
  });
});
