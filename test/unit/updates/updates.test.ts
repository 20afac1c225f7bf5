import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { UpdateError } from '../../../electron/updates/problem';
import { type UpdateSource, Updates } from '../../../electron/updates/updates';
import type { Offer, UpdateState } from '../../../shared/contract/update';

const OFFER: Offer = { version: '0.2.0', notes: 'Better.' };

/** Updates around a source that does what the test says. */
function updatesOf(own: Partial<UpdateSource> = {}) {
  const now = { running: 0, unsaved: false };
  const did = { loaded: 0, quit: 0, changed: 0, installed: [] as boolean[], asked: 0 };
  const source: UpdateSource = {
    look: async () => OFFER,
    load: async (told) => told(100),
    install: async (again) => void did.installed.push(again),
    ...own,
  };
  const { look } = source;
  source.look = () => {
    did.asked += 1;
    return look();
  };
  const updates = new Updates({
    source: async () => {
      did.loaded += 1;
      return source;
    },
    runningAnswers: () => now.running,
    hasUnsaved: () => now.unsaved,
    quit: () => {
      did.quit += 1;
    },
    now: Date.now,
    changed: () => {
      did.changed += 1;
    },
    log: () => undefined,
  });
  const at = (step: UpdateState['step']['at']) =>
    vi.waitFor(() => expect(updates.state.step.at).toBe(step), 10_000);
  return { updates, now, did, at };
}

async function ready() {
  const made = updatesOf();
  await made.updates.look();
  made.updates.load();
  await made.at('ready');
  return made;
}

describe('without the word of the user', () => {
  it('nothing is loaded and nobody is asked', async () => {
    const { updates, did } = updatesOf();
    updates.follow(false);
    expect(updates.state).toEqual({
      possible: true,
      step: { at: 'none' },
      lookedAt: null,
      problem: null,
    });
    expect(updates.atEnd()).toBeNull();
    expect(did).toMatchObject({ loaded: 0, asked: 0 });
  });

  it('what was found is not loaded, and does not take the place of the app', async () => {
    const { updates, did } = updatesOf();
    await updates.look();
    expect(updates.state.step).toEqual({ at: 'offered', offer: OFFER });
    expect(updates.restart()).toBe('not_ready');
    expect(updates.atEnd()).toBeNull();
    expect(did.installed).toEqual([]);
  });
});

describe('an app that cannot be replaced', () => {
  it('says so and never asks', async () => {
    const updates = new Updates({
      source: null,
      runningAnswers: () => 0,
      hasUnsaved: () => false,
      quit: () => undefined,
      now: Date.now,
      changed: () => undefined,
      log: () => undefined,
    });
    updates.follow(true);
    expect(await updates.look()).toMatchObject({ possible: false, step: { at: 'none' } });
    expect(updates.load()).toMatchObject({ step: { at: 'none' } });
    expect(updates.restart()).toBe('not_ready');
    expect(updates.atEnd()).toBeNull();
  });
});

describe('with the word of the user', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('the server is asked at once and once a day, until it is taken back', async () => {
    const { updates, did } = updatesOf({ look: async () => null });
    updates.follow(true);
    updates.follow(true);
    await vi.advanceTimersByTimeAsync(0);
    expect(did.asked).toBe(1);
    await vi.advanceTimersByTimeAsync(23 * 3_600_000);
    expect(did.asked).toBe(1);
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(did.asked).toBe(2);
    updates.follow(false);
    await vi.advanceTimersByTimeAsync(100 * 3_600_000);
    expect(did.asked).toBe(2);
  });

  it('the server is asked again also when the clock was a year ahead and was set back', async () => {
    const { updates, did } = updatesOf({ look: async () => null });
    updates.follow(true);
    await vi.advanceTimersByTimeAsync(0);
    vi.setSystemTime(Date.now() - 365 * 24 * 3_600_000);
    await vi.advanceTimersByTimeAsync(24 * 3_600_000);
    expect(did.asked).toBe(2);
    updates.close();
  });

  it('a server that does not answer is asked again the next day only', async () => {
    const { updates, did } = updatesOf({
      look: () => Promise.reject(new UpdateError('unreachable')),
    });
    updates.follow(true);
    await vi.advanceTimersByTimeAsync(23 * 3_600_000);
    expect(did.asked).toBe(1);
    expect(updates.state).toMatchObject({ problem: 'unreachable', lookedAt: null });
    updates.close();
  });
});

describe('a new version', () => {
  it('stays offered when the server does not answer the next time it is asked', async () => {
    let fails = false;
    const { updates, at } = updatesOf({
      look: async () => {
        if (fails) throw new UpdateError('unreachable');
        return OFFER;
      },
    });
    await updates.look();
    fails = true;
    expect(await updates.look()).toMatchObject({
      step: { at: 'offered', offer: OFFER },
      problem: 'unreachable',
    });
    updates.load();
    await at('ready');
  });

  it('is offered with its notes, loaded once, and takes the place when the app ends', async () => {
    const { updates, did } = await ready();
    expect(updates.state.step).toEqual({ at: 'ready', offer: OFFER });
    updates.load();
    await updates.look();
    expect(did.asked).toBe(1);
    await updates.atEnd()?.();
    expect(did.installed).toEqual([false]);
  });

  it('tells how much of it is there, in whole parts of a hundred', async () => {
    let told: (percent: number) => void = () => undefined;
    const { updates, did } = updatesOf({
      load: (tell) => {
        told = tell;
        return new Promise(() => undefined);
      },
    });
    await updates.look();
    expect(updates.load().step).toMatchObject({ at: 'loading', percent: 0 });
    await vi.waitFor(() => {
      told(41.9);
      expect(updates.state.step).toMatchObject({ percent: 41 });
    });
    const changed = did.changed;
    told(41.2);
    expect(did.changed).toBe(changed);
    told(250);
    expect(updates.state.step).toMatchObject({ percent: 100 });
    expect(updates.atEnd()).toBeNull();
  });

  it.each(['unreachable', 'tampered', 'full', 'place', 'metadata'] as const)(
    'that cannot be had (%s) is said, can be tried again, and leaves the app as it is',
    async (problem) => {
      let fails = true;
      const { updates, did, at } = updatesOf({
        load: async () => {
          if (fails) throw new UpdateError(problem);
        },
      });
      await updates.look();
      updates.load();
      await vi.waitFor(() => expect(updates.state.problem).toBe(problem), 10_000);
      expect(updates.state.step).toEqual({ at: 'offered', offer: OFFER });
      expect(updates.atEnd()).toBeNull();
      expect(did.installed).toEqual([]);
      fails = false;
      expect(updates.load().problem).toBeNull();
      await at('ready');
    },
  );

  it('is not started while an answer arrives', async () => {
    const { updates, now, did } = await ready();
    now.running = 1;
    expect(updates.restart()).toBe('answers_running');
    expect(did.quit).toBe(0);
    now.running = 0;
    expect(updates.restart()).toBe('restarting');
    expect(did.quit).toBe(1);
    await updates.atEnd()?.();
    expect(did.installed).toEqual([true]);
  });

  it('is neither started nor put in place while something is not saved', async () => {
    const { updates, now, did } = await ready();
    now.unsaved = true;
    expect(updates.restart()).toBe('unsaved');
    expect(updates.atEnd()).toBeNull();
    expect(did).toMatchObject({ quit: 0, installed: [] });
  });

  it('that fails in the last step throws, so that it is in the log', async () => {
    const { updates, at } = updatesOf({ install: () => Promise.reject(new Error('no')) });
    await updates.look();
    updates.load();
    await at('ready');
    await expect(updates.atEnd()?.()).rejects.toThrow('no');
  });
});

describe('an updater that cannot be loaded', () => {
  it('is tried again the next time', async () => {
    let tries = 0;
    const updates = new Updates({
      source: async () => {
        tries += 1;
        throw new Error('no such file');
      },
      runningAnswers: () => 0,
      hasUnsaved: () => false,
      quit: () => undefined,
      now: Date.now,
      changed: () => undefined,
      log: () => undefined,
    });
    expect(await updates.look()).toMatchObject({ step: { at: 'none' }, problem: 'internal' });
    await updates.look();
    expect(tries).toBe(2);
  });
});
