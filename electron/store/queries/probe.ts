import type { WriteDb } from '../connection';
import { statement } from '../statement';

/** About as much as a checkpoint and the pages around it take, in bytes. */
const PROBE_BYTES = 256 * 1024;

/** Writes something and takes it away again. Throws what a checkpoint would throw now. */
export function probeWrite(db: WriteDb): void {
  db.transaction(() => {
    statement(db, "INSERT OR REPLACE INTO setting (key, value) VALUES ('probe', ?)").run(
      'x'.repeat(PROBE_BYTES),
    );
  }).immediate();
  statement(db, "DELETE FROM setting WHERE key = 'probe'").run();
}
