import { ArrowDown } from 'lucide-react';
import { memo, type Ref, useImperativeHandle, useLayoutEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Virtualizer, type VirtualizerHandle } from 'virtua';
import type { Message } from '../../../shared/contract/conversation';
import { IconButton } from '../../ui/icon-button';
import { AssistantMessage, type MessageActions, UserMessage } from './messages';
import { charactersOf } from './receipt-figures';
import { useStickToEnd } from './use-stick-to-end';

export interface ThreadHandle {
  /** Shows the newest message and what comes after it. */
  readonly toEnd: () => void;
}

export interface ThreadProps {
  messages: readonly Message[];
  actions: MessageActions;
  ref?: Ref<ThreadHandle>;
}

/** Space above the first message, which the list of them has to know. */
const TOP = 24;
/** Space below the last message. */
const END = 20;
/** How far outside the visible part messages are drawn. */
const BUFFER = 600;

interface Row {
  readonly first: boolean;
  readonly message: Message;
  readonly promptCharacters: number;
}

/** The messages of the active branch. Only those near the visible part are in the document. */
export const Thread = memo(function Thread({ messages, actions, ref }: ThreadProps) {
  const { t } = useTranslation();
  const { scroller, atEnd, resized, toEnd } = useStickToEnd();
  const list = useRef<VirtualizerHandle>(null);
  const rows = useRows(messages);
  const count = rows.length;
  useImperativeHandle(ref, () => ({ toEnd }), [toEnd]);

  useLayoutEffect(() => {
    list.current?.scrollToIndex(count - 1, { align: 'end', offset: END });
  }, [count]);

  return (
    <div className="relative min-h-0 flex-1">
      <div ref={scroller} data-thread className="thread">
        <div role="log" aria-live="off" aria-label={t('chat.messages')} className="thread-column">
          <div style={{ height: TOP }} />
          <Virtualizer
            ref={list}
            data={rows}
            scrollRef={scroller}
            startMargin={TOP}
            bufferSize={BUFFER}
            onResize={resized}
          >
            {(row) => <ThreadRow key={row.message.id} row={row} actions={actions} />}
          </Virtualizer>
          <div style={{ height: END }} />
        </div>
      </div>
      {!atEnd && (
        <div className="absolute bottom-3 left-1/2 -translate-x-1/2">
          <IconButton
            label={t('chat.jumpToEnd')}
            icon={ArrowDown}
            side="top"
            className="size-8 rounded-full border border-line-strong bg-surface-raised shadow-low"
            onClick={toEnd}
          />
        </div>
      )}
    </div>
  );
});

const ThreadRow = memo(function ThreadRow({ row, actions }: { row: Row; actions: MessageActions }) {
  const { first, message, promptCharacters } = row;
  if (message.role === 'system') return <div />;
  return (
    <div className={first ? undefined : 'thread-row'}>
      {message.role === 'user' ? (
        <UserMessage message={message} />
      ) : (
        <AssistantMessage message={message} promptCharacters={promptCharacters} actions={actions} />
      )}
    </div>
  );
});

/** The messages with what stands before each; a row whose message is the same stays the same. */
function useRows(messages: readonly Message[]): readonly Row[] {
  const known = useRef<readonly Row[]>([]);
  return useMemo(() => {
    let characters = 0;
    known.current = messages.map((message, index) => {
      const before = known.current[index];
      const promptCharacters = characters;
      characters += charactersOf(message);
      const same = before?.message === message && before.promptCharacters === promptCharacters;
      return same ? before : { first: index === 0, message, promptCharacters };
    });
    return known.current;
  }, [messages]);
}
