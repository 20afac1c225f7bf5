import { type BrowserWindow, type Rectangle, screen } from 'electron';
import { z } from 'zod';
import { readJsonFile, writeJsonFile } from './json-file';

const state = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(640),
  height: z.number().int().min(480),
  maximized: z.boolean(),
});

const DEFAULT_SIZE = { width: 1280, height: 800 };

/** Where the window stood last, if a screen is still there. */
export function restoredBounds(path: string): {
  bounds: Partial<Rectangle> & { width: number; height: number };
  maximized: boolean;
} {
  const saved = readJsonFile(path, state);
  if (!saved) return { bounds: DEFAULT_SIZE, maximized: false };
  const { maximized, ...bounds } = saved;
  return { bounds: isOnScreen(bounds) ? bounds : DEFAULT_SIZE, maximized };
}

/** Keeps the window's place when it closes. */
export function rememberBounds(window: BrowserWindow, path: string): void {
  window.on('close', () => {
    try {
      writeJsonFile(path, { ...window.getNormalBounds(), maximized: window.isMaximized() });
    } catch {
      // A place that cannot be kept is not worth a word.
    }
  });
}

function isOnScreen(bounds: Rectangle): boolean {
  const { workArea } = screen.getDisplayMatching(bounds);
  const visibleWidth =
    Math.min(bounds.x + bounds.width, workArea.x + workArea.width) - Math.max(bounds.x, workArea.x);
  const visibleHeight =
    Math.min(bounds.y + bounds.height, workArea.y + workArea.height) -
    Math.max(bounds.y, workArea.y);
  return visibleWidth >= 200 && visibleHeight >= 100;
}
