import { z } from 'zod';

/** What a request was made for: an answer in a conversation, or a title for it. */
export const runPurpose = z.enum(['answer', 'title']);
export type RunPurpose = z.infer<typeof runPurpose>;
