import type { UsageOrder, UsageWritten } from '../../shared/contract/usage-file';
import type { ReadDb } from '../store/connection';
import type { Calendar } from '../store/queries/spending-report';
import { FileDraft } from './file-draft';
import { type UsageReceiver, writeUsage } from './usage-writing';

/**
 * Writes a usage file to its place: as a whole, or not at all when anything throws, `reached` included.
 * Throws a `FailureError` that says why it could not be written.
 */
export function writeUsageFile(
  db: ReadDb,
  path: string,
  order: UsageOrder,
  calendar: Calendar,
  reached: UsageReceiver['reached'],
): UsageWritten {
  const draft = new FileDraft(path);
  try {
    const written = writeUsage(db, order, calendar, {
      take: (text) => draft.write(text),
      reached,
    });
    draft.keep();
    return written;
  } catch (error) {
    draft.discard();
    throw error;
  }
}
