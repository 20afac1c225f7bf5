import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { orpc } from '../../rpc/client';
import { tellDraft } from './draft-keeper';

export interface NewDraft {
  /** Another one when the composer has to begin anew with what was found. */
  readonly key: number;
  /** Null while it is only assumed that there is none. */
  readonly stored: string | null;
}

/** What stands in the composer of a new conversation; null while it is being read. */
export function useNewDraft(): NewDraft | null {
  const draft = useQuery(orpc.conversations.newDraft.queryOptions());
  const [key, setKey] = useState(0);
  const stored = draft.isPlaceholderData ? null : (draft.data ?? '');
  const told = draft.isPending ? null : stored;
  useEffect(() => {
    if (told !== null && tellDraft('new', told)) setKey((before) => before + 1);
  }, [told]);
  return draft.isPending ? null : { key, stored };
}
