import { type BrowserWindow, type Rectangle, screen } from 'electron';
import { z } from 'zod';
import { type Look, look, USUAL_LOOK } from '../../shared/contract/look';
import { readJsonFile, writeJsonFile } from './json-file';

const state = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(640),
  height: z.number().int().min(480),
  maximized: z.boolean(),
  // The look is known here too, because the window opens before the settings are read.
  theme: look.shape.theme.default(USUAL_LOOK.theme),
  language: look.shape.language.default(USUAL_LOOK.language),
  fontSize: look.shape.fontSize.default(USUAL_LOOK.fontSize),
  motion: look.shape.motion.default(USUAL_LOOK.motion),
  hideMoney: look.shape.hideMoney.default(USUAL_LOOK.hideMoney),
});

const DEFAULT_SIZE = { width: 1280, height: 800 };

export interface WindowState {
  readonly bounds: Partial<Rectangle> & { readonly width: number; readonly height: number };
  readonly maximized: boolean;
  readonly look: Look;
}

/** How the window was last; its place only if a screen is still there. */
export function restoredState(path: string): WindowState {
  const saved = readJsonFile(path, state);
  if (!saved) return { bounds: DEFAULT_SIZE, maximized: false, look: USUAL_LOOK };
  const { x, y, width, height, maximized, ...last } = saved;
  const bounds = { x, y, width, height };
  return { bounds: isOnScreen(bounds) ? bounds : DEFAULT_SIZE, maximized, look: last };
}

/** Keeps the window's place and look when it closes. */
export function rememberState(window: BrowserWindow, path: string, lookNow: () => Look): void {
  window.on('close', () => {
    const { theme, language, fontSize, motion, hideMoney } = lookNow();
    try {
      writeJsonFile(path, {
        ...window.getNormalBounds(),
        maximized: window.isMaximized(),
        theme,
        language,
        fontSize,
        motion,
        hideMoney,
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
