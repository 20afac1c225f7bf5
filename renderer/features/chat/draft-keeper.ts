import { client } from '../../rpc/client';
import { keepDraftIsEmpty } from '../../state/last-known';
import { attachedFiles, attachedImages } from './attached-items';
import { type ComposingKey, useComposing } from './composing';
import { draftText, readDraft } from './kept-draft';
import { attachedAgain } from './use-attached';

interface Kept {
  text: string;
  /** What the store has. */
  stored: string;
  /** False while that is only assumed. */
  told: boolean;
  timer: ReturnType<typeof setTimeout> | undefined;
}

const PAUSE_MS = 300;

/** A long draft is written as a whole each time, so it is written less often. */
const LONG = 100_000;
const LONG_PAUSE_MS = 1500;

const kept = new Map<ComposingKey, Kept>();
let lastKey = 0;

/** Names a message of a queue; never the same twice. */
export function nextQueueKey(): number {
  lastKey += 1;
  return lastKey;
}

/**
 * The words that stand in a composer: those of this window, else what the store has kept, whose files and
 * waiting messages are put in their places. `stored` is null while it is not known what the store has.
 */
export function beginDraft(key: ComposingKey, stored: string | null): string {
  const known = kept.get(key);
  if (known) {
    if (stored !== null) tellDraft(key, stored);
    return kept.get(key)?.text ?? known.text;
  }
  const { text, images, files, queue } = readDraft(stored ?? '');
  kept.set(key, { text, stored: stored ?? '', told: stored !== null, timer: undefined });
  if (stored !== null) noteWhetherEmpty(key, stored);
  const { changeAttached, changeQueue } = useComposing.getState();
  if (images.length + files.length > 0) {
    changeAttached(key, (now) => [...attachedAgain(images, files), ...now]);
  }
  if (queue.length > 0) {
    const messages = queue.map((message) => ({ ...message, key: nextQueueKey() }));
    changeQueue(key, { type: 'restored', messages });
  }
  return text;
}

/**
 * Puts what the store turned out to have before what was written in the meantime. True when there was
 * something that nobody knew of.
 */
export function tellDraft(key: ComposingKey, stored: string): boolean {
  const begun = kept.get(key);
  if (!begun || begun.told) return false;
  begun.told = true;
  if (stored === '') {
    noteWhetherEmpty(key, begun.stored);
    return false;
  }
  clearTimeout(begun.timer);
  kept.delete(key);
  const text = beginDraft(key, stored);
  if (begun.text !== '') writeDraft(key, `${text}\n${begun.text}`);
  return true;
}

/** What stands there now; it is saved once there was a pause. */
export function writeDraft(key: ComposingKey, text: string): void {
  const draft = kept.get(key);
  if (!draft || draft.text === text) return;
  draft.text = text;
  saveLater(key, draft);
}

/** Saves at once what is not saved yet. */
export function flushDraft(key: ComposingKey): void {
  const draft = kept.get(key);
  if (draft) save(key, draft);
}

/** The next start draws an empty composer at once. */
function noteWhetherEmpty(key: ComposingKey, text: string): void {
  if (key === 'new') keepDraftIsEmpty(text === '');
}

function saveLater(key: ComposingKey, draft: Kept): void {
  clearTimeout(draft.timer);
  const pause = draft.text.length > LONG ? LONG_PAUSE_MS : PAUSE_MS;
  draft.timer = setTimeout(() => save(key, draft), pause);
}

function save(key: ComposingKey, draft: Kept): void {
  clearTimeout(draft.timer);
  const { attached, queues } = useComposing.getState();
  const items = attached[key] ?? [];
  const text = draftText({
    text: draft.text,
    images: attachedImages(items),
    files: attachedFiles(items),
    queue: (queues[key]?.messages ?? []).map(({ text: words, images, files }) => ({
      text: words,
      images,
      files,
    })),
  });
  if (text === draft.stored) return;
  const before = draft.stored;
  draft.stored = text;
  noteWhetherEmpty(key, text);
  // What could not be saved is tried again with the next change.
  client.conversations.saveDraft({ id: key === 'new' ? null : key, text }).catch(() => {
    if (draft.stored === text) draft.stored = before;
  });
}

useComposing.subscribe((now, before) => {
  if (now.attached === before.attached && now.queues === before.queues) return;
  for (const [key, draft] of kept) {
    const same = now.attached[key] === before.attached[key];
    if (!same || now.queues[key] !== before.queues[key]) saveLater(key, draft);
  }
});
