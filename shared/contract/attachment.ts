import { z } from 'zod';
import { attachmentId } from '../ids';
import { route } from './route';

/** The images that servers of this form take (guide's content parts; wire-facts, section 4, Ollama). */
export const imageType = z.enum(['image/png', 'image/jpeg', 'image/webp', 'image/gif']);
export type ImageType = z.infer<typeof imageType>;

/** The largest image in bytes; as a data URI it grows by a third. */
export const MAX_IMAGE_BYTES = 20 * 1024 * 1024;

/** The most images of one message. */
export const MAX_IMAGES = 10;

/** A file that a message carries. Its bytes are at `app://slice/attachment/<sha256>`. */
export const attachment = z.object({
  id: attachmentId,
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  name: z.string().max(255),
  mediaType: imageType,
  bytes: z.number().int().positive(),
});
export type Attachment = z.infer<typeof attachment>;

export const attachmentContract = {
  /**
   * Keeps an image. Its type is told from its bytes; anything but an image of these types is refused
   * with `invalid_input` and the reason `not_an_image` or `too_large`.
   */
  addImage: route
    .input(
      z.object({
        name: z.string().trim().min(1).max(255),
        /** Base64. */
        data: z.string().max(Math.ceil((MAX_IMAGE_BYTES * 4) / 3) + 4),
      }),
    )
    .output(attachment),
};
