import { z } from 'zod';

/** How a run ended (design, section 5). Text and usage that arrived are kept in all four. */
export const endState = z.enum(['complete', 'stopped', 'incomplete', 'failed']);
export type EndState = z.infer<typeof endState>;

export const runState = z.enum(['running', ...endState.options]);
export type RunState = z.infer<typeof runState>;
