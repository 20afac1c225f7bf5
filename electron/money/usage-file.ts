import type { UsageOrder, UsageWritten } from '../../shared/contract/usage-file';
import { type FileReceiver, writeWhole } from '../files/file-work';
import type { ReadDb } from '../store/connection';
import type { Calendar } from '../store/queries/spending-report';
import { writeUsage } from './usage-writing';

/** Writes a usage file to its place, as `writeWhole` does. */
export function writeUsageFile(
  db: ReadDb,
  path: string,
  order: UsageOrder,
  calendar: Calendar,
  reached: FileReceiver['reached'],
): UsageWritten {
  return writeWhole(path, reached, (receiver) => writeUsage(db, order, calendar, receiver));
}
