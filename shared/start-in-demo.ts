import { z } from 'zod';

/** The app was started to show the demo: with its sample conversations, or empty. */
export const startInDemo = z.enum(['samples', 'empty']);
export type StartInDemo = z.infer<typeof startInDemo>;
