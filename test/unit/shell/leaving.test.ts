import { EventEmitter } from 'node:events';
import { dirname } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Leaving } from '../../../electron/shell/leaving';

/** An app whose end is refused, as by a window that asks, until it may end; then it may take its time. */
const app = vi.hoisted(() => ({
  events: null as EventEmitter | null,
  mayEnd: false,
  takesTime: false,
  isPackaged: false,
  started: [] as unknown[],
  on: (name: string, heard: () => void) => app.events?.on(name, heard),
  once: (name: string, heard: () => void) => app.events?.once(name, heard),
  relaunch: (options: unknown) => void app.started.push(options),
  quit: () => {
    app.events?.emit('before-quit');
    if (!app.mayEnd) return;
    app.events?.emit('will-quit');
    if (!app.takesTime) app.events?.emit('quit');
  },
}));

vi.mock('electron', () => ({ app }));
vi.mock('node:child_process', () => ({
  spawn: (program: string, words: readonly string[]) => {
    app.started.push([program, ...words.slice(2)]);
    return { on: () => undefined, unref: () => undefined };
  },
}));

const nothing = () => [];

beforeEach(() => {
  Object.assign(app, {
    events: new EventEmitter(),
    mayEnd: false,
    takesTime: false,
    isPackaged: false,
    started: [],
  });
});

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('a new start', () => {
  it('follows the end that was asked for, in the mode that was asked for', () => {
    const leaving = new Leaving(['slice', '.', '--demo'], nothing);
    app.mayEnd = true;
    leaving.startAnew({ safeMode: true });
    expect(app.started).toEqual([{ args: ['.', '--demo', '--safe-mode'] }]);
  });

  it('does not follow a later end when the user refused the one it was for', () => {
    const leaving = new Leaving(['slice'], nothing);
    leaving.startAnew({ safeMode: true });
    leaving.refuse();
    app.mayEnd = true;
    app.quit();
    expect(app.started).toEqual([]);
  });

  it('is one start, also after it was refused and asked for again', () => {
    const leaving = new Leaving(['slice', '--safe-mode'], nothing);
    leaving.startAnew({ safeMode: true });
    leaving.refuse();
    app.mayEnd = true;
    leaving.startAnew({ safeMode: false });
    expect(app.started).toEqual([{ args: [] }]);
  });

  it.runIf(process.platform === 'linux')('of an AppImage is one of its file', () => {
    const leaving = new Leaving(['slice'], nothing);
    vi.stubEnv('APPIMAGE', '/home/ada/Slice.AppImage');
    vi.stubEnv('APPDIR', dirname(process.execPath));
    app.isPackaged = true;
    app.mayEnd = true;
    leaving.startAnew({ safeMode: true });
    expect(app.started).toEqual([['/bin/sh', '/home/ada/Slice.AppImage', '--safe-mode']]);
  });

  it.runIf(process.platform === 'linux')('of an installed package is one of its program', () => {
    const leaving = new Leaving(['slice'], nothing);
    vi.stubEnv('APPIMAGE', undefined);
    app.isPackaged = true;
    app.mayEnd = true;
    leaving.startAnew({ safeMode: false });
    expect(app.started).toEqual([['/bin/sh', process.execPath]]);
  });

  it('waits for the answer when the window asks first', () => {
    const leaving = new Leaving(['slice'], nothing);
    leaving.startAnew({ safeMode: false });
    expect(app.started).toEqual([]);
    app.mayEnd = true;
    app.quit();
    expect(app.started).toHaveLength(1);
  });
});

describe('an app that somebody starts while it ends', () => {
  beforeEach(() => {
    Object.assign(app, { mayEnd: true, takesTime: true });
  });

  it('is started once it has ended, once', () => {
    const leaving = new Leaving(['slice'], nothing);
    expect(leaving.isCertain).toBe(false);
    app.quit();
    expect(leaving.isCertain).toBe(true);
    leaving.startAnew({ safeMode: false });
    leaving.startAnew({ safeMode: false });
    expect(app.started).toEqual([]);
    app.events?.emit('quit');
    expect(app.started).toEqual([{ args: [] }]);
  });

  it('is not started twice when that was to be anyway', () => {
    const leaving = new Leaving(['slice'], nothing);
    leaving.startAnew({ safeMode: true });
    leaving.startAnew({ safeMode: false });
    app.events?.emit('quit');
    expect(app.started).toEqual([{ args: ['--safe-mode'] }]);
  });

  it('opens the link and the file then that it was started with, also when it was to start anew', () => {
    const handed: string[] = [];
    const leaving = new Leaving(['slice', 'slice://settings/about'], () => handed);
    leaving.startAnew({ safeMode: true });
    handed.push('/home/ada/a.slice.json');
    leaving.startAnew({ safeMode: false, place: '#/chat/5' });
    leaving.startAnew({ safeMode: false, place: null });
    app.events?.emit('quit');
    expect(app.started).toEqual([
      { args: ['--safe-mode', 'slice://chat/5', '/home/ada/a.slice.json'] },
    ]);
  });
});

describe('a start that could not do what it was for', () => {
  it('leaves the file that it was given to the new one', () => {
    app.mayEnd = true;
    const leaving = new Leaving(['slice', 'a.slice.json'], () => ['/home/ada/a.slice.json']);
    leaving.startAnew({ safeMode: false });
    expect(app.started).toEqual([{ args: ['/home/ada/a.slice.json'] }]);
  });
});

describe('a window that closes', () => {
  const { platform } = process;
  const on = (name: string) => Object.defineProperty(process, 'platform', { value: name });
  afterEach(() => on(platform));

  it.each(['linux', 'win32'])('ends the app on %s', (name) => {
    on(name);
    expect(new Leaving(['slice'], nothing).endsWithWindow).toBe(true);
  });

  it('ends it on a Mac when that was asked for, unless the user refused it', () => {
    on('darwin');
    const leaving = new Leaving(['slice'], nothing);
    expect(leaving.endsWithWindow).toBe(false);
    app.quit();
    expect(leaving.endsWithWindow).toBe(true);
    leaving.refuse();
    expect(leaving.endsWithWindow).toBe(false);
  });
});
