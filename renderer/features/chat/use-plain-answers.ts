import { useEffect } from 'react';
import { client } from '../../rpc/client';
import { useThreadView } from './thread-view';

/**
 * Whether it is known on which answers the page broke. Before that none may be drawn: it could be the one
 * that breaks it again.
 */
export function usePlainAnswers(): boolean {
  const known = useThreadView((state) => state.plain !== null);
  const setPlain = useThreadView((state) => state.setPlain);
  useEffect(() => {
    if (known) return;
    client.app.plainAnswers().then(
      (ids) => setPlain(new Set(ids)),
      () => setPlain(new Set()),
    );
  }, [known, setPlain]);
  return known;
}
