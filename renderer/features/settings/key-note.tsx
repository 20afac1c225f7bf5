import { KeyRound } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../shared/contract/connection';
import { needsKey } from '../../../shared/profile';
import { Icon } from '../../ui/icon';

type Note = Connection['keyState'] | 'unneeded' | 'rejected';

const TONES: Readonly<Record<Note, string>> = {
  encrypted: 'text-ok',
  weak: 'text-warn',
  session: 'text-warn',
  unreadable: 'text-danger',
  missing: 'text-danger',
  rejected: 'text-danger',
  unneeded: 'text-text-3',
};

/** Where the key of a connection is, and whether the server takes it. */
export function KeyNote({ connection, rejected }: { connection: Connection; rejected: boolean }) {
  const { t } = useTranslation();
  const note = keyNote(connection, rejected);
  return (
    <span className="flex min-w-0 items-center gap-2 text-12 whitespace-nowrap text-text-2">
      <Icon icon={KeyRound} small className={TONES[note]} />
      <span className="truncate">{t(`settings.key.${note}`)}</span>
    </span>
  );
}

function keyNote({ isDemo, profile, keyState }: Connection, rejected: boolean): Note {
  if (isDemo || (keyState === 'missing' && !needsKey(profile))) return 'unneeded';
  // The one that was turned down may have been forgotten since.
  return rejected && keyState !== 'missing' ? 'rejected' : keyState;
}
