import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { orpc } from '../rpc/client';
import { askHandedImport } from '../state/import-request';

/** Opens the dialog of imports when the system hands a file to the app. */
export function useHandedFile(): void {
  const { data: name = null } = useQuery(orpc.imports.handed.queryOptions());
  useEffect(() => {
    if (name !== null) askHandedImport();
  }, [name]);
}
