import type {
  TranscriptEvent,
  TranscriptFormat,
  TranscriptOrder,
  TranscriptWritten,
} from '../../shared/contract/transcript';
import type { FileThread } from '../files/file-thread';
import type { SavedFiles } from '../files/saved-files';

/** One file to write. */
export interface TranscriptJob {
  /** Where the file is to stand. */
  readonly path: string;
  readonly order: TranscriptOrder;
  readonly timeZone: string;
}

export interface TranscriptsParts {
  readonly startTranscriptThread: (job: TranscriptJob) => FileThread<TranscriptWritten>;
  readonly files: SavedFiles;
  readonly timeZone: () => string;
}

const ENDS: Readonly<Record<TranscriptFormat, string>> = {
  markdown: 'md',
  html: 'html',
  // The system hands files of this name to the app (electron-builder.yml).
  json: 'slice.json',
};

/** The files of conversations that are being written. */
export class Transcripts {
  readonly #parts: TranscriptsParts;

  constructor(parts: TranscriptsParts) {
    this.#parts = parts;
  }

  /** Lets the user choose where, then writes (`SavedFiles.save`). */
  async *save(order: TranscriptOrder, signal?: AbortSignal): AsyncGenerator<TranscriptEvent, void> {
    const { files, startTranscriptThread, timeZone } = this.#parts;
    const start = (path: string) => startTranscriptThread({ path, order, timeZone: timeZone() });
    const name = `${order.name.slice(0, 100)}.${ENDS[order.format]}`;
    for await (const event of files.save(name, start, signal)) {
      yield event.type === 'saved' ? { type: 'saved', id: event.id, ...event.written } : event;
    }
  }
}
