import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { StoreTrouble } from '../../../shared/contract/app';
import type { BackupState } from '../../../shared/contract/backup';
import type { KeyStrength } from '../../../shared/contract/connection';
import type { HealthState } from '../../../shared/contract/health';
import { orpc } from '../../rpc/client';
import { Button } from '../../ui/button';
import { fileSize } from '../../ui/file-size';
import { moment } from '../../ui/format';
import { HealthRow } from './health-row';

/** Whether everything is saved now. */
export function SavingRow() {
  const { data: trouble = null } = useQuery(orpc.app.storeTrouble.queryOptions());
  return <Saving trouble={trouble} />;
}

export function Saving({ trouble }: { trouble: StoreTrouble | null }) {
  const { t } = useTranslation();
  const label = t('health.saving');
  if (trouble === null)
    return <HealthRow mark="well" label={label} value={t('health.savingWell')} />;
  return (
    <HealthRow
      mark={trouble === 'corrupt' ? 'danger' : 'warn'}
      label={label}
      value={t('health.savingNot')}
      next={`${t(`storeTrouble.${trouble}.title`)} ${t(`storeTrouble.${trouble}.text`)}`}
    />
  );
}

/** How much is free on the disk, and whether that is little. */
export function RoomRow({ room }: { room: HealthState['room'] }) {
  const { t } = useTranslation();
  const label = t('health.room');
  if (room === null) {
    return <HealthRow mark="unknown" label={label} value={t('health.roomUnknown')} />;
  }
  const { free, wanted } = room;
  const value = t('health.free', { size: fileSize(free) });
  if (free >= wanted) return <HealthRow mark="well" label={label} value={value} />;
  return (
    <HealthRow
      mark="warn"
      label={label}
      value={value}
      next={t('health.roomNext', { size: fileSize(wanted) })}
      action={<ToBackups />}
    />
  );
}

/** A backup is made once a day, so two days without one mean that something keeps it from being made. */
const BACKUP_DAYS_MS = 2 * 86_400_000;

export function BackupRow() {
  const { data: state } = useQuery(orpc.backups.state.queryOptions());
  return state ? <LastBackup state={state} now={Date.now()} /> : null;
}

export function LastBackup({ state, now }: { state: BackupState; now: number }) {
  const { t } = useTranslation();
  const label = t('health.backup');
  const [last] = state.backups;
  const value = last
    ? `${moment(last.at, now)}, ${t(`backups.kinds.${last.kind}`)}`
    : t('health.noBackup');
  const row = { label, value, action: <ToBackups /> };
  if (state.failure !== null) {
    return <HealthRow mark="warn" {...row} next={t('health.backupFailed')} />;
  }
  if (!last) return <HealthRow mark="unknown" {...row} next={t('health.firstBackup')} />;
  if (now - last.at < BACKUP_DAYS_MS) return <HealthRow mark="well" {...row} />;
  return <HealthRow mark="warn" {...row} next={t('health.backupNext')} />;
}

function ToBackups() {
  const { t } = useTranslation();
  return (
    <Button size="sm" asChild>
      <Link href="/settings/backups">{t('settings.backups')}</Link>
    </Button>
  );
}

export function KeysRow() {
  const { data: strength } = useQuery(orpc.connections.keyStrength.queryOptions());
  return strength ? <Keys strength={strength} /> : null;
}

/** How well this computer keeps keys, and what that means. */
export function Keys({ strength }: { strength: KeyStrength }) {
  const { t } = useTranslation();
  return (
    <HealthRow
      mark={strength === 'encrypted' ? 'well' : 'warn'}
      label={t('health.keys')}
      value={t(`health.keyStrength.${strength}`)}
      next={t(`health.keyMeaning.${strength}`)}
    />
  );
}
