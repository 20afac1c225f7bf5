import { useCallback } from 'react';
import type { Attachment } from '../../../shared/contract/attachment';
import { imageTypeOf } from '../../../shared/image-type';
import { estimateTokens } from '../../../shared/token-estimate';
import { client } from '../../rpc/client';
import { failureOf } from '../../rpc/failure';
import {
  type AttachedItem,
  type AttachProblem,
  attachedKept,
  attachedName,
  problemOf,
  problemOfFile,
} from './attached-items';
import { type ComposingKey, useComposing } from './composing';
import { type TextFile, textOfFile } from './text-files';

export interface AttachedState {
  readonly items: readonly AttachedItem[];
  readonly add: (files: Iterable<File>) => void;
  readonly remove: (key: number) => void;
  /** Takes all away that stand there, e.g. because they are sent. */
  readonly take: () => readonly AttachedItem[];
  /** Puts back what was taken. */
  readonly putBack: (items: readonly AttachedItem[]) => void;
}

const NONE: readonly AttachedItem[] = [];
let lastKey = 0;

/** The files of the message that is being written. They stay while another conversation is open. */
export function useAttached(of: ComposingKey): AttachedState {
  const items = useComposing((state) => state.attached[of]) ?? NONE;
  const change = useComposing((state) => state.changeAttached);
  const add = useCallback((files: Iterable<File>) => addFiles(of, files), [of]);
  const remove = useCallback(
    (key: number) => change(of, (now) => now.filter((item) => item.key !== key)),
    [of, change],
  );
  const take = useCallback(() => {
    const taken = useComposing.getState().attached[of] ?? NONE;
    change(of, () => NONE);
    return attachedKept(taken);
  }, [of, change]);
  const putBack = useCallback(
    (back: readonly AttachedItem[]) => change(of, (now) => [...back, ...now]),
    [of, change],
  );
  return { items, add, remove, take, putBack };
}

/** The same files as they stood in an earlier composer. */
export function attachedAgain(
  images: readonly Attachment[],
  files: readonly TextFile[],
): readonly AttachedItem[] {
  return [
    ...images.map((attachment): AttachedItem => {
      const { name, bytes } = attachment;
      return { key: nextKey(), name, bytes, state: { kind: 'image', attachment } };
    }),
    ...files.map(({ name, text }): AttachedItem => {
      const state = { kind: 'text', text, tokens: estimateTokens(text) } as const;
      return { key: nextKey(), name, bytes: new Blob([text]).size, state };
    }),
  ];
}

function nextKey(): number {
  lastKey += 1;
  return lastKey;
}

function addFiles(of: ComposingKey, files: Iterable<File>): void {
  const { changeAttached } = useComposing.getState();
  const added = Array.from(files, (file) => {
    const item: AttachedItem = {
      key: nextKey(),
      name: attachedName(file.name),
      bytes: file.size,
      state: { kind: 'adding', as: null },
    };
    return { file, item };
  });
  // What was said of earlier files has been read by now.
  changeAttached(of, (now) => [...attachedKept(now), ...added.map(({ item }) => item)]);
  void read(of, added);
}

interface Added {
  readonly file: File;
  readonly item: AttachedItem;
}

/** One after the other tells what it is, so that the first ones have the places; then each is read. */
async function read(of: ComposingKey, added: readonly Added[]): Promise<void> {
  for (const { file, item } of added) {
    const as = await kindOfFile(file).catch(() => null);
    if (as === null) put(of, item, refused('unreadable'));
    else if (file.size === 0) put(of, item, refused('empty'));
    else {
      const all = useComposing.getState().attached[of] ?? NONE;
      const others = all.filter(({ key }) => key !== item.key);
      const problem = problemOfFile(as, file.size, others);
      if (problem !== null) {
        put(of, item, refused(as === 'text' ? await textProblem(file, problem) : problem));
        continue;
      }
      put(of, item, { kind: 'adding', as });
      const reading = as === 'image' ? readImage(file, item.name) : readText(file);
      void reading.then((state) => put(of, item, state));
    }
  }
}

function put(of: ComposingKey, { key }: AttachedItem, state: AttachedItem['state']): void {
  useComposing
    .getState()
    .changeAttached(of, (now) => now.map((one) => (one.key === key ? { ...one, state } : one)));
}

function refused(problem: AttachProblem): AttachedItem['state'] {
  return { kind: 'refused', problem };
}

/** By its first bytes: names and types of files often err. */
async function kindOfFile(file: File): Promise<'image' | 'text'> {
  const head = new Uint8Array(await file.slice(0, 16).arrayBuffer());
  return imageTypeOf(head) === null ? 'text' : 'image';
}

const SAMPLE_BYTES = 64 * 1024;

/** A large file that is no text at all is better told so than that it is too large. */
async function textProblem(file: File, problem: AttachProblem): Promise<AttachProblem> {
  const sample = new Uint8Array(await file.slice(0, SAMPLE_BYTES).arrayBuffer());
  return sample.includes(0) && textOfFile(sample) === null ? 'unknown_kind' : problem;
}

async function readText(file: File): Promise<AttachedItem['state']> {
  try {
    const text = textOfFile(new Uint8Array(await file.arrayBuffer()));
    if (text === null) return refused('unknown_kind');
    return { kind: 'text', text, tokens: estimateTokens(text) };
  } catch {
    return refused('unreadable');
  }
}

/** Hands an image to main, which keeps it and says what it is. */
async function readImage(file: File, name: string): Promise<AttachedItem['state']> {
  let data: string;
  try {
    data = await base64Of(file);
  } catch {
    return refused('unreadable');
  }
  try {
    return { kind: 'image', attachment: await client.attachments.addImage({ name, data }) };
  } catch (error) {
    return refused(problemOf(failureOf(error)));
  }
}

function base64Of(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onerror = () => reject(reader.error);
    reader.onload = () => {
      const url = String(reader.result);
      resolve(url.slice(url.indexOf(',') + 1));
    };
    reader.readAsDataURL(file);
  });
}
