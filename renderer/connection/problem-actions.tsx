import { useTranslation } from 'react-i18next';
import { client } from '../rpc/client';
import { Button } from '../ui/button';
import type { Problem } from './problem';

export interface ProblemActionsProps {
  problem: Problem;
  /** Takes over the address that would answer. */
  onAddress: (url: string) => void;
  /** Trusts the certificates in this file. */
  onCaFile: (path: string) => void;
}

/** Whether there is something one can do about a problem at once. */
export function hasRemedy({ kind, address }: Problem): boolean {
  return address !== undefined || kind === 'tlsUntrusted';
}

/** What one can do about a problem at once. A certificate is never just ignored. */
export function ProblemActions({ problem, onAddress, onCaFile }: ProblemActionsProps) {
  const { t } = useTranslation();
  const { address, kind } = problem;
  const chooseCaFile = async () => {
    const path = await client.connections.chooseCaFile().catch(() => null);
    if (path !== null) onCaFile(path);
  };
  return (
    <>
      {address !== undefined && (
        <Button size="sm" onClick={() => onAddress(address)}>
          {t('connection.useAddress')}
        </Button>
      )}
      {kind === 'tlsUntrusted' && (
        <Button size="sm" onClick={() => void chooseCaFile()}>
          {t('connection.chooseCaFile')}
        </Button>
      )}
    </>
  );
}
