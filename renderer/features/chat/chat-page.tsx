import './chat.css';
import './asking.css';
import './markdown.css';
import { lazy, Suspense, useEffect } from 'react';
import type { ConversationId } from '../../../shared/ids';
import { whenAtRest } from '../../state/usable';
import { NewConversation } from './new-conversation';

/** All that draws answers is two thirds of the page's code, and a start without one need not wait for it. */
const load = () => import('./open-conversation');
const OpenConversation = lazy(async () => ({ default: (await load()).OpenConversation }));

/** A conversation, or the place where one begins. */
export function ChatPage({ conversationId }: { conversationId: ConversationId | null }) {
  useEffect(() => void whenAtRest().then(load), []);
  if (conversationId === null) return <NewConversation />;
  return (
    <Suspense>
      <OpenConversation key={conversationId} id={conversationId} />
    </Suspense>
  );
}
