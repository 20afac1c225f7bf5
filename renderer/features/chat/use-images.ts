import { useCallback } from 'react';
import { client } from '../../rpc/client';
import { failureOf } from '../../rpc/failure';
import { type ComposingKey, useComposing } from './composing';
import {
  type ImageItem,
  imageName,
  imagesKept,
  problemBeforeReading,
  problemOf,
} from './image-items';

export interface ImagesState {
  readonly items: readonly ImageItem[];
  readonly add: (files: Iterable<File>) => void;
  readonly remove: (key: number) => void;
  /** Takes all away that stand there, e.g. because they are sent. */
  readonly take: () => readonly ImageItem[];
  /** Puts back what was taken. */
  readonly putBack: (items: readonly ImageItem[]) => void;
}

const NONE: readonly ImageItem[] = [];
let lastKey = 0;

/** The images of the message that is being written. They stay while another conversation is open. */
export function useImages(of: ComposingKey): ImagesState {
  const items = useComposing((state) => state.images[of]) ?? NONE;
  const change = useComposing((state) => state.changeImages);

  const add = useCallback(
    (files: Iterable<File>) => {
      change(of, (now) => {
        let kept = imagesKept(now);
        // What was said of earlier files has been read by now.
        const next = [...kept];
        for (const file of files) {
          lastKey += 1;
          const item = { key: lastKey, name: imageName(file.name), bytes: file.size };
          const problem = problemBeforeReading(file, kept.length);
          if (problem) {
            next.push({ ...item, state: { kind: 'refused', problem } });
            continue;
          }
          const adding: ImageItem = { ...item, state: { kind: 'adding' } };
          next.push(adding);
          kept = [...kept, adding];
          void keep(file, adding).then((done) =>
            change(of, (later) => later.map((one) => (one.key === done.key ? done : one))),
          );
        }
        return next;
      });
    },
    [of, change],
  );
  const remove = useCallback(
    (key: number) => change(of, (now) => now.filter((item) => item.key !== key)),
    [of, change],
  );
  const take = useCallback(() => {
    const taken = useComposing.getState().images[of] ?? NONE;
    change(of, () => NONE);
    return imagesKept(taken);
  }, [of, change]);
  const putBack = useCallback(
    (back: readonly ImageItem[]) => change(of, (now) => [...back, ...now]),
    [of, change],
  );
  return { items, add, remove, take, putBack };
}

/** Hands a file to main, which keeps it and says what it is. */
async function keep(file: File, item: ImageItem): Promise<ImageItem> {
  let data: string;
  try {
    data = await base64Of(file);
  } catch {
    return { ...item, state: { kind: 'refused', problem: 'unreadable' } };
  }
  try {
    const attachment = await client.attachments.addImage({ name: item.name, data });
    return { ...item, state: { kind: 'added', attachment } };
  } catch (error) {
    return { ...item, state: { kind: 'refused', problem: problemOf(failureOf(error)) } };
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
