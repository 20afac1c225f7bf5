import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Slice } from '../e2e/app';

const folder = resolve(import.meta.dirname, '../../docs/images');
mkdirSync(folder, { recursive: true });

const THEMES = ['light', 'dark'] as const;
const SIZES = [
  { width: 1280, height: 800, suffix: '' },
  { width: 960, height: 600, suffix: '-960x600' },
  { width: 1920, height: 1080, suffix: '-1920x1080' },
] as const;

/** One picture a theme, and of the sizes that are asked for. */
export async function picture(
  slice: Slice,
  name: string,
  sizes: readonly number[] = [0],
): Promise<void> {
  for (const { width, height, suffix } of SIZES.filter((_, at) => sizes.includes(at))) {
    await slice.app.evaluate(
      ({ BrowserWindow }, size) => {
        BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height);
      },
      { width, height },
    );
    for (const theme of THEMES) {
      await slice.app.evaluate(({ nativeTheme }, chosen) => {
        nativeTheme.themeSource = chosen;
      }, theme);
      await slice.page.waitForTimeout(500);
      await slice.page.screenshot({ path: join(folder, `${name}${suffix}-${theme}.png`) });
    }
  }
}
