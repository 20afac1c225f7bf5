import { type Backup, type BackupKind, backupKind, backupName } from '../../shared/contract/backup';

/** The file of a backup made at this moment (ms since 1970). */
export function backupFile(at: number, kind: BackupKind): string {
  return `slice-${new Date(at).toISOString().replace(/[-:.]/g, '')}-${kind}.db`;
}

const PARTS = /^slice-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z-([a-z-]+)\.db$/;

/** What a file's name says of it; null for what is no backup. */
export function backupOf(file: string): Pick<Backup, 'name' | 'kind' | 'at'> | null {
  const [, year, month, day, hour, minute, second, ms, made] = PARTS.exec(file) ?? [];
  const kind = backupKind.safeParse(made);
  const name = backupName.safeParse(file);
  const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z`);
  if (!kind.success || !name.success || Number.isNaN(at)) return null;
  return { name: name.data, kind: kind.data, at };
}

/** How many backups that Slice made by itself are kept. */
const KEPT = 7;

/** How old the newest backup is when another one is made, in milliseconds. */
const EVERY_MS = 24 * 3_600_000;

type Named = Pick<Backup, 'name' | 'kind' | 'at'>;

/**
 * Those that are to go, now (ms since 1970) that there is a newer one: what the user made stays. One from a
 * clock that was set back since is older than it says, and never newer than the one that was just made.
 */
export function outdated(backups: readonly Named[], now: number): readonly Named[] {
  const isAhead = ({ at }: Named) => Number(at > now);
  const sorted = backups.toSorted((a, b) => isAhead(a) - isAhead(b) || b.at - a.at);
  return (['automatic', 'before-restore'] as const).flatMap((kind) =>
    sorted.filter((one) => one.kind === kind).slice(KEPT),
  );
}

/** Whether it is time for one. A clock that was set back does not keep it from being made. */
export function isDue(backups: readonly Named[], now: number): boolean {
  const past = backups.filter(({ at, kind }) => kind !== 'before-restore' && at <= now);
  return past.every(({ at }) => now - at >= EVERY_MS);
}
