import {
  type Attachment,
  imageType,
  MAX_IMAGE_BYTES,
  MAX_IMAGES,
} from '../../../shared/contract/attachment';
import type { Failure } from '../../../shared/errors';
import type { AttachmentId } from '../../../shared/ids';

/** Why a file does not go along; the words are in the locales under `composer.imageErrors`. */
export type ImageProblem = 'not_an_image' | 'too_large' | 'too_many' | 'unreadable' | 'not_kept';

/** One file of the message that is being written. */
export interface ImageItem {
  readonly key: number;
  readonly name: string;
  readonly bytes: number;
  readonly state:
    | { readonly kind: 'adding' }
    | { readonly kind: 'added'; readonly attachment: Attachment }
    | { readonly kind: 'refused'; readonly problem: ImageProblem };
}

const MAX_NAME = 255;

/** Names a file; what was pasted may have no name of its own. */
export function imageName(name: string): string {
  const short = name.trim().slice(0, MAX_NAME).trim();
  return short === '' ? 'image' : short;
}

/** What can be told of a file without reading it; main tells the rest from its bytes. */
export function problemBeforeReading(
  { type, size }: { readonly type: string; readonly size: number },
  before: number,
): ImageProblem | null {
  if (type !== '' && !imageType.safeParse(type).success) return 'not_an_image';
  if (size === 0) return 'not_an_image';
  if (size > MAX_IMAGE_BYTES) return 'too_large';
  return before >= MAX_IMAGES ? 'too_many' : null;
}

/** What main's refusal means for the file. */
export function problemOf({ code, reason }: Failure): ImageProblem {
  if (reason === 'too_large') return 'too_large';
  return reason === 'not_an_image' || code === 'invalid_input' ? 'not_an_image' : 'not_kept';
}

/** The images that go along, and those that are about to. */
export function imagesKept(items: readonly ImageItem[]): readonly ImageItem[] {
  return items.filter(({ state }) => state.kind !== 'refused');
}

export function attachmentIds(items: readonly ImageItem[]): AttachmentId[] {
  return items.flatMap(({ state }) => (state.kind === 'added' ? [state.attachment.id] : []));
}

export function isAdding(items: readonly ImageItem[]): boolean {
  return items.some(({ state }) => state.kind === 'adding');
}
