import { type BrowserWindow, nativeTheme, type Rectangle, screen } from 'electron';
import { z } from 'zod';
import { type Theme, theme } from '../../shared/contract/theme';
import { readJsonFile, writeJsonFile } from './json-file';

const state = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(640),
  height: z.number().int().min(480),
  maximized: z.boolean(),
  /** Known here too, because the window opens before the settings are read. */
  theme,
});

const DEFAULT_SIZE = { width: 1280, height: 800 };

export interface WindowState {
  readonly bounds: Partial<Rectangle> & { readonly width: number; readonly height: number };
  readonly maximized: boolean;
  readonly theme: Theme;
}

/** How the window was last; its place only if a screen is still there. */
export function restoredState(path: string): WindowState {
  const saved = readJsonFile(path, state);
  if (!saved) return { bounds: DEFAULT_SIZE, maximized: false, theme: 'system' };
  const { maximized, theme: last, ...bounds } = saved;
  return { bounds: isOnScreen(bounds) ? bounds : DEFAULT_SIZE, maximized, theme: last };
}

/** Keeps the window's place and theme when it closes. */
export function rememberState(window: BrowserWindow, path: string): void {
  window.on('close', () => {
    try {
      writeJsonFile(path, {
        ...window.getNormalBounds(),
        maximized: window.isMaximized(),
        theme: nativeTheme.themeSource,
      });
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
