import { z } from 'zod';
import type { Offer } from '../../shared/contract/update';
import { UpdateError } from './problem';

/** The longest notes that are shown, in characters. */
const LONGEST_NOTES = 20_000;

const notes = z.union([
  z.string(),
  z.array(z.object({ note: z.string().nullish() })),
  z.null(),
  z.undefined(),
]);

const description = z.object({
  version: z.string().regex(/^\d{1,6}\.\d{1,6}\.\d{1,6}(?:-[\w.-]{1,40})?$/),
  files: z
    .array(
      z.object({
        // A name beside the description: no other server is asked, and no other folder written.
        url: z.string().regex(/^\w[\w. +()-]{0,199}$/),
        sha512: z.string().regex(/^[A-Za-z0-9+/]{86}==$/),
      }),
    )
    .min(1)
    .max(50),
  releaseNotes: notes,
});

/**
 * The version that a feed describes, after the updater has read it.
 * @throws UpdateError `metadata` where something is missing, or points elsewhere.
 */
export function describedOffer(info: unknown): Offer {
  const found = description.safeParse(info);
  if (!found.success) throw new UpdateError('metadata', { cause: found.error });
  const { version, releaseNotes } = found.data;
  return { version, notes: plain(releaseNotes) };
}

function plain(text: z.infer<typeof notes>): string {
  const whole = Array.isArray(text) ? text.map(({ note }) => note ?? '').join('\n\n') : text;
  // No controls but the breaks of lines, and nothing that turns the direction of the text around it.
  const clean = (whole ?? '').replace(/(?![\n\t])[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '').trim();
  return clean.length > LONGEST_NOTES ? `${clean.slice(0, LONGEST_NOTES)}…` : clean;
}
