import { FailureError } from '../../shared/errors';
import type { FileThread } from './file-thread';
import { FollowedThreads } from './followed-threads';

export interface SavedFilesParts {
  /** Lets the user choose where a file is to stand; null when they did not. */
  readonly choosePlace: (name: string) => Promise<string | null>;
  /** Shows a file in the system's own window of files. */
  readonly showFile: (path: string) => void;
}

/** How far a file is; the last one says that it stands where the user wanted it. */
export type SavingEvent<Written> =
  | { readonly type: 'writing'; readonly rows: number; readonly of: number }
  | { readonly type: 'saved'; readonly id: number; readonly written: Written };

/** The files that are being written for the user, and where those that were written stand. */
export class SavedFiles {
  readonly #parts: SavedFilesParts;
  readonly #threads = new FollowedThreads();
  readonly #saved = new Map<number, string>();

  constructor(parts: SavedFilesParts) {
    this.#parts = parts;
  }

  /**
   * Lets the user choose where, then writes. Nothing is said when they did not choose. Once `signal`
   * aborts, the file is given up and nothing of it stays.
   */
  async *save<Written>(
    name: string,
    start: (path: string) => FileThread<Written>,
    signal?: AbortSignal,
  ): AsyncGenerator<SavingEvent<Written>, void> {
    const path = await this.#parts.choosePlace(name);
    if (path === null || signal?.aborted) return;
    for await (const event of this.#threads.follow(start(path), signal)) {
      if (event.type === 'writing') {
        yield event;
        continue;
      }
      const id = this.#saved.size + 1;
      this.#saved.set(id, path);
      yield { type: 'saved', id, written: event.written };
    }
  }

  /** Throws a `FailureError` of the code `not_found` where no such file was saved. */
  show(id: number): void {
    const path = this.#saved.get(id);
    if (path === undefined) throw new FailureError({ code: 'not_found' });
    this.#parts.showFile(path);
  }

  /** Gives up what is being written. */
  close(): Promise<void> {
    return this.#threads.close();
  }
}
