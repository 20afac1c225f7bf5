import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { ConversationId } from '../../shared/ids';
import type { Store } from '../store/client';
import type { Attachments } from './attachments';

export interface TrashParts {
  readonly store: Store;
  readonly attachments: Pick<Attachments, 'remove'>;
  /** How many days what was deleted stays in the trash; null for until it is emptied. */
  readonly days: () => Promise<number | null>;
  /**
   * Whether the files of what is deleted for good have to stay: a backup may still show them, or an import is
   * about to. They go once no backup names them.
   */
  readonly keepsFiles: () => Promise<boolean>;
  readonly now: () => number;
  readonly changed: () => void;
  readonly log: (event: string, error: unknown) => void;
}

const DAY_MS = 24 * 3_600_000;

/**
 * A clock that has gone on by more than this since it was last read may have been set wrong, and is waited for that
 * long, for somebody to notice. In ms.
 */
const LONGEST_GAP_MS = 7 * DAY_MS;
const DOUBT_MS = DAY_MS;

/** When the clock was last read, and since when it is doubted. In ms since 1970. */
const clockReading = z.object({ at: z.number(), doubtedSince: z.number().nullable() });
const CLOCK_KEY = 'trash_clock';

/** How long after a start it is first looked for what has been there long enough, and how often then, in ms. */
const FIRST_LOOK_MS = 60_000;
const LOOK_MS = 3_600_000;

/** So many conversations are deleted at once, and so long is waited then: answers are saved in between. */
const AT_ONCE = 20;
const MESSAGES_AT_ONCE = 200;
const BETWEEN_MS = 50;

/** What was deleted and can be brought back, until it has been there for as long as the user wants. */
export class Trash {
  readonly #parts: TrashParts;
  readonly #closing = new AbortController();
  #first: NodeJS.Timeout | undefined;
  #looking: NodeJS.Timeout | undefined;

  constructor(parts: TrashParts) {
    this.#parts = parts;
  }

  /** Deletes what is due for good, some time after the start and from time to time. */
  start(): void {
    this.#first = setTimeout(() => void this.#look(), FIRST_LOOK_MS);
    this.#looking = setInterval(() => void this.#look(), LOOK_MS);
    for (const timer of [this.#first, this.#looking]) timer.unref();
  }

  /** Deletes conversations for good, as far as they are in the trash; the ledger keeps their rows. */
  async purge(ids: readonly ConversationId[]): Promise<void> {
    const { store, changed } = this.#parts;
    for (let at = 0; at < ids.length; at += AT_ONCE) {
      const next = ids.slice(at, at + AT_ONCE);
      for (const long of await store.write.hideLongTrash(next, MESSAGES_AT_ONCE)) {
        changed();
        while (await this.shorten(long));
      }
      const files = await store.write.purgeConversations(next);
      changed();
      await this.removeFiles(files);
    }
  }

  /**
   * Deletes what was deleted longer ago than the user wants it kept: conversations, then single messages. A clock
   * that has leapt ahead is believed a day later. Returns how many there were.
   */
  async purgeDue(): Promise<number> {
    const { store, days, now } = this.#parts;
    const at = now();
    const isBelieved = await this.#believes(at);
    const kept = await days();
    if (kept === null || !isBelieved) return 0;
    const before = at - kept * DAY_MS;
    const conversations = await this.#inSteps(async () => {
      const due = await store.read.trashedBefore(before, AT_ONCE);
      if (due.length > 0) await this.purge(due);
      return due.length;
    });
    return conversations + (await this.#inSteps(() => this.#purgeMessages(before)));
  }

  /**
   * Deletes the last messages for good of a conversation that nobody sees any more: of an import that was given
   * up, or a long one of the trash. Returns whether it may have more.
   */
  async shorten(id: ConversationId): Promise<boolean> {
    const { messages, files } = await this.#parts.store.write.shortenUnseen(id, MESSAGES_AT_ONCE);
    await this.removeFiles(files);
    return messages === MESSAGES_AT_ONCE;
  }

  /** Whether the clock, which is at `at`, can be right, as far as it is known from its last reading. */
  async #believes(at: number): Promise<boolean> {
    const { store } = this.#parts;
    const last = readingIn(await store.read.getSetting(CLOCK_KEY));
    const isLeap = last !== null && at - last.at > LONGEST_GAP_MS;
    const doubted = last?.doubtedSince ?? (isLeap ? at : null);
    // One that was set back was set right.
    const isDoubted = doubted !== null && at >= doubted && at - doubted < DOUBT_MS;
    const reading = { at, doubtedSince: isDoubted ? doubted : null };
    await store.write.saveSetting(CLOCK_KEY, JSON.stringify(reading));
    return !isDoubted;
  }

  async #purgeMessages(before: number): Promise<number> {
    const { messages, files } = await this.#parts.store.write.purgeMessages(
      before,
      MESSAGES_AT_ONCE,
    );
    await this.removeFiles(files);
    return messages;
  }

  /** Deletes files that no message has any more, unless a backup may still show them. */
  async removeFiles(files: readonly string[]): Promise<void> {
    const { attachments, keepsFiles } = this.#parts;
    if (files.length > 0 && !(await keepsFiles())) await attachments.remove(files);
  }

  async #inSteps(step: () => Promise<number>): Promise<number> {
    let done = 0;
    while (!this.#closing.signal.aborted) {
      const now = await step();
      if (now === 0) break;
      done += now;
      await wait(BETWEEN_MS);
    }
    return done;
  }

  close(): void {
    this.#closing.abort();
    clearTimeout(this.#first);
    clearInterval(this.#looking);
  }

  async #look(): Promise<void> {
    await this.purgeDue().catch((error: unknown) => {
      this.#parts.log('the trash could not be emptied', error);
    });
  }
}

/** Null where there was none, or it cannot be read. */
function readingIn(text: string | null): z.infer<typeof clockReading> | null {
  try {
    return clockReading.parse(JSON.parse(text ?? 'null'));
  } catch {
    return null;
  }
}
