import type { UsageFileEvent, UsageOrder, UsageWritten } from '../../shared/contract/usage-file';
import { localDay } from '../../shared/local-day';
import type { FileThread } from '../files/file-thread';
import type { SavedFiles } from '../files/saved-files';
import type { Calendar } from '../store/queries/spending-report';

/** One file to write. */
export interface UsageJob {
  /** Where the file is to stand. */
  readonly path: string;
  readonly order: UsageOrder;
  readonly calendar: Calendar;
}

export interface UsageFilesParts {
  readonly startUsageThread: (job: UsageJob) => FileThread<UsageWritten>;
  readonly files: SavedFiles;
  readonly timeZone: () => string;
}

/** The files of usage that are being written. */
export class UsageFiles {
  readonly #parts: UsageFilesParts;

  constructor(parts: UsageFilesParts) {
    this.#parts = parts;
  }

  /** Lets the user choose where, then writes (`SavedFiles.save`). */
  async *save(order: UsageOrder, signal?: AbortSignal): AsyncGenerator<UsageFileEvent, void> {
    const { files, startUsageThread, timeZone: zone } = this.#parts;
    const timeZone = zone();
    const today = localDay(Date.now(), timeZone);
    const start = (path: string) =>
      startUsageThread({ path, order, calendar: { today, timeZone } });
    for await (const event of files.save(fileName(order, today), start, signal)) {
      yield event.type === 'saved'
        ? { type: 'saved', id: event.id, rows: event.written.rows, sum: event.written.sum }
        : event;
    }
  }
}

/** `slice-runs-2025-11-01-to-2025-11-30.csv` */
function fileName({ kind, format, filter, groupBy }: UsageOrder, today: string): string {
  const what = kind === 'totals' ? `totals-by-${groupBy}` : kind;
  const range = `${filter.from === null ? '' : `${filter.from}-`}to-${filter.to ?? today}`;
  return `slice-${filter.demo ? 'demo-' : ''}${what}-${range}.${format}`;
}
