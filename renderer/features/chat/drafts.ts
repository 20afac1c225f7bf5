/** Keeps what is being written or set. */
export interface Draft<Value> {
  /** What stands there now; it is saved once there was a pause. */
  readonly write: (value: Value) => void;
  /** Saves at once what is not saved yet. */
  readonly flush: () => void;
}

const PAUSE_MS = 300;

/** The draft of one composer or panel, given what is already saved of it. */
export function openDraft<Value>(
  saved: Value,
  save: (value: Value) => Promise<void>,
): Draft<Value> {
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
    write(value) {
      now = value;
      clearTimeout(timer);
      timer = setTimeout(flush, PAUSE_MS);
    },
    flush,
  };
}
