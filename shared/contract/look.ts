import { z } from 'zod';
import { textLanguage } from '../language';
import { theme } from './theme';

/** The languages of the app; `system` follows the computer's. */
export const language = z.enum(['system', ...textLanguage.options]);
export type Language = z.infer<typeof language>;

export const motion = z.enum(['system', 'reduced', 'full']);
export type Motion = z.infer<typeof motion>;

export const FONT_SIZES = { min: 12, usual: 15, max: 24 } as const;

/** What of the settings is seen at once, and so has to be known before the first paint. */
export const look = z.object({
  theme,
  language,
  /** Of what is read and written, in pixels; the frame around it grows along. */
  fontSize: z.number().int().min(FONT_SIZES.min).max(FONT_SIZES.max),
  motion,
  /** No amount of money is shown, e.g. while others see the screen. */
  hideMoney: z.boolean(),
});
export type Look = z.infer<typeof look>;

export const USUAL_LOOK: Look = {
  theme: 'system',
  language: 'system',
  fontSize: FONT_SIZES.usual,
  motion: 'system',
  hideMoney: false,
};
