import { skipToken, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Message } from '../../../shared/contract/conversation';
import { orpc } from '../../rpc/client';

/** The stored answers beside this one, itself among them; only itself where no others were asked for. */
export function useAnswersTo(message: Message | null, several: boolean): readonly Message[] {
  const input = several && message ? { messageId: message.id } : skipToken;
  const { data } = useQuery(orpc.conversations.answers.queryOptions({ input }));
  return useMemo(() => data ?? (message ? [message] : []), [data, message]);
}
