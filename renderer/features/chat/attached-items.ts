import { type Attachment, MAX_IMAGE_BYTES, MAX_IMAGES } from '../../../shared/contract/attachment';
import type { Failure } from '../../../shared/errors';
import type { AttachmentId } from '../../../shared/ids';
import { MAX_TEXT_FILE_BYTES, MAX_TEXT_FILES, type TextFile } from './text-files';

/** Why a file does not go along; the words are in the locales under `composer.fileErrors`. */
export type AttachProblem =
  | 'unknown_kind'
  | 'empty'
  | 'image_too_large'
  | 'text_too_large'
  | 'too_many_images'
  | 'too_many_files'
  | 'unreadable'
  | 'not_kept';

/** What a file is taken for, by its first bytes. */
export type AttachedKind = 'image' | 'text';

/** One file of the message that is being written. */
export interface AttachedItem {
  readonly key: number;
  readonly name: string;
  readonly bytes: number;
  readonly state:
    | { readonly kind: 'adding'; readonly as: AttachedKind | null }
    | { readonly kind: 'image'; readonly attachment: Attachment }
    | { readonly kind: 'text'; readonly text: string; readonly tokens: number }
    | { readonly kind: 'refused'; readonly problem: AttachProblem };
}

const MAX_NAME = 255;

/** Names a file; what was pasted may have no name of its own. */
export function attachedName(name: string): string {
  const short = name.trim().slice(0, MAX_NAME).trim();
  return short === '' ? 'image' : short;
}

/** Why a file of this kind does not go along with the others; null when it does. */
export function problemOfFile(
  as: AttachedKind,
  bytes: number,
  others: readonly AttachedItem[],
): AttachProblem | null {
  const alike = others.filter((item) => kindOf(item) === as).length;
  switch (as) {
    case 'image':
      if (bytes > MAX_IMAGE_BYTES) return 'image_too_large';
      return alike >= MAX_IMAGES ? 'too_many_images' : null;
    case 'text':
      if (bytes > MAX_TEXT_FILE_BYTES) return 'text_too_large';
      return alike >= MAX_TEXT_FILES ? 'too_many_files' : null;
  }
}

function kindOf({ state }: AttachedItem): AttachedKind | null {
  switch (state.kind) {
    case 'adding':
      return state.as;
    case 'refused':
      return null;
    default:
      return state.kind;
  }
}

/** What main's refusal of an image means for the file. */
export function problemOf({ code, reason }: Failure): AttachProblem {
  if (reason === 'too_large') return 'image_too_large';
  return reason === 'not_an_image' || code === 'invalid_input' ? 'unknown_kind' : 'not_kept';
}

/** The files that go along, and those that are about to. */
export function attachedKept(items: readonly AttachedItem[]): readonly AttachedItem[] {
  return items.filter(({ state }) => state.kind !== 'refused');
}

export function attachedImages(items: readonly AttachedItem[]): readonly Attachment[] {
  return items.flatMap(({ state }) => (state.kind === 'image' ? [state.attachment] : []));
}

export function attachmentIds(items: readonly AttachedItem[]): AttachmentId[] {
  return attachedImages(items).map(({ id }) => id);
}

export function attachedFiles(items: readonly AttachedItem[]): readonly TextFile[] {
  return items.flatMap(({ name, state }) =>
    state.kind === 'text' ? [{ name, text: state.text }] : [],
  );
}

export function isAdding(items: readonly AttachedItem[]): boolean {
  return items.some(({ state }) => state.kind === 'adding');
}
