import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { say } from './say.mjs';

/** In milliseconds. */
const LONGEST_TAKING_MS = 10_000;

/** The locks that this process holds. */
const held = new Set();

/**
 * Where things live that are costly to get and belong to no checkout: a runtime, a compiled module.
 * @param {NodeJS.ProcessEnv} env
 * @param {NodeJS.Platform} platform
 */
export function cacheDirectory(env = process.env, platform = process.platform, home = homedir()) {
  if (env.SLICE_CACHE) return env.SLICE_CACHE;
  if (env.XDG_CACHE_HOME) return join(env.XDG_CACHE_HOME, 'slice-dev');
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'slice-dev');
  if (platform === 'win32' && env.LOCALAPPDATA) return join(env.LOCALAPPDATA, 'slice-dev', 'cache');
  return join(home, '.cache', 'slice-dev');
}

/**
 * Runs `work` while no other process on this machine does the same, and hands it a fresh folder in
 * the cache to work in. What a killed process left in an earlier one is removed first; results only
 * count once they were renamed out of it.
 * @template T
 * @param {string} name
 * @param {(folder: string) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function inWorkFolder(name, work) {
  const cache = cacheDirectory();
  mkdirSync(cache, { recursive: true });
  const lock = join(cache, `lock-${name}`);
  await takeLock(lock, name);
  const prefix = `work-${name}-`;
  const folder = join(cache, `${prefix}${process.pid}`);
  try {
    for (const left of readdirSync(cache)) {
      if (left.startsWith(prefix)) rmSync(join(cache, left), { recursive: true, force: true });
    }
    mkdirSync(folder);
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
    held.delete(lock);
    rmSync(lock, { force: true });
  }
}

async function takeLock(lock, name) {
  let told = false;
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      held.add(lock);
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (!isHeld(lock) && removeLeft(lock)) continue;
    if (!told) say(`Another start is preparing ${name}; waiting for it …`);
    told = true;
    await wait(300);
  }
}

/**
 * Takes away a lock that a killed start has left. One at a time does, and looks once more whose it is: another
 * may have done so and taken it. Returns false where somebody else is at it.
 */
function removeLeft(lock) {
  const taking = `${lock}-taking`;
  try {
    writeFileSync(taking, '', { flag: 'wx' });
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    // It takes no time at all; whoever left it was killed just then.
    const since = statSync(taking, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - since > LONGEST_TAKING_MS) rmSync(taking, { force: true });
    return false;
  }
  try {
    if (!isHeld(lock)) rmSync(lock, { force: true });
  } finally {
    rmSync(taking, { force: true });
  }
  return true;
}

function isHeld(lock) {
  try {
    const holder = Number(readFileSync(lock, 'utf8'));
    // In a container each start may have the same number, also the one that was killed.
    if (holder === process.pid) return held.has(lock);
    // Empty for an instant between its creation and its content.
    if (holder > 0) process.kill(holder, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
