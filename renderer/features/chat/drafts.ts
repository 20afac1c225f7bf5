/** Keeps what stands in a composer. */
export interface Draft {
  /** What stands there now; it is saved once there was a pause. */
  readonly write: (text: string) => void;
  /** Saves at once what is not saved yet. */
  readonly flush: () => void;
}

type Save = (text: string) => Promise<void>;

const PAUSE_MS = 300;

/** The draft of one composer, given what is already saved of it. */
export function openDraft(saved: string, save: Save): Draft {
  let last = saved;
  let now = saved;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    clearTimeout(timer);
    if (now === last) return;
    const before = last;
    last = now;
    // What could not be saved is tried again with the next change.
    save(now).catch(() => {
      last = before;
    });
  };
  return {
    write(text) {
      now = text;
      clearTimeout(timer);
      timer = setTimeout(flush, PAUSE_MS);
    },
    flush,
  };
}
