import { z } from 'zod';
import type { Devtools } from './devtools';

/** What a page noticed since the probe was put into it; times are of its own clock, in milliseconds. */
const noticed = z.object({
  /** When a task of more than 50 ms began, and how long it took. */
  longTasks: z.array(z.tuple([z.number(), z.number()])),
  frames: z.array(z.number()),
  /** From a key to the end of the frame that shows it. */
  keys: z.array(z.number()),
});
export type Noticed = z.infer<typeof noticed>;

/** Runs in the page. */
const PROBE = `
  const seen = { longTasks: [], frames: [], keys: [] };
  window.sliceBench = seen;
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) seen.longTasks.push([startTime, duration]);
  }).observe({ type: 'longtask' });
  const frame = () => { seen.frames.push(performance.now()); requestAnimationFrame(frame); };
  requestAnimationFrame(frame);
  addEventListener('keydown', (event) => {
    // What the key changes is in the frame after the first callback; the second comes after it.
    requestAnimationFrame(() => requestAnimationFrame(() => {
      seen.keys.push(performance.now() - event.timeStamp);
    }));
  }, true);
`;

/** Has a page count long tasks and frames, and time keys, from now on. */
export async function installProbe(page: Devtools): Promise<void> {
  await page.send('Performance.enable');
  // Windows on a virtual display never have the focus, and keys go to a page that has.
  await page.send('Emulation.setFocusEmulationEnabled', { enabled: true });
  await page.run(PROBE);
}

export function readProbe(page: Devtools): Promise<Noticed> {
  return page.evaluate(noticed, 'window.sliceBench');
}

export function pageTime(page: Devtools): Promise<number> {
  return page.evaluate(z.number(), 'performance.now()');
}

const metrics = z.object({
  metrics: z.array(z.object({ name: z.string(), value: z.number() })),
});

/** Time the page's main thread has worked so far, in milliseconds: scripts alone, and all tasks. */
export async function workOf(page: Devtools): Promise<{ script: number; task: number }> {
  const { metrics: list } = metrics.parse(await page.send('Performance.getMetrics'));
  const ms = (name: string) => (list.find((one) => one.name === name)?.value ?? Number.NaN) * 1000;
  return { script: ms('ScriptDuration'), task: ms('TaskDuration') };
}

/** A key as from the keyboard. */
export async function pressKey(page: Devtools, key: 'a' | 'Enter' | 'Home' | 'End'): Promise<void> {
  const codes = { a: 65, Enter: 13, Home: 36, End: 35 };
  const text = { a: 'a', Enter: '\r', Home: '', End: '' }[key];
  const code = key === 'a' ? 'KeyA' : key;
  const common = { key, code, windowsVirtualKeyCode: codes[key] };
  const type = text === '' ? 'rawKeyDown' : 'keyDown';
  await page.send('Input.dispatchKeyEvent', { type, ...(text && { text }), ...common });
  await page.send('Input.dispatchKeyEvent', { type: 'keyUp', ...common });
}

/** A turn of the mouse wheel in the middle of the window; down is positive, in pixels. */
export async function turnWheel(page: Devtools, pixels: number): Promise<void> {
  await page.send('Input.dispatchMouseEvent', {
    type: 'mouseWheel',
    x: 760,
    y: 350,
    deltaX: 0,
    deltaY: pixels,
  });
}

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
