import './thread.css';
import {
  memo,
  type Ref,
  useCallback,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import { Virtualizer, type VirtualizerHandle } from 'virtua';
import { useLocation } from 'wouter';
import type { Message } from '../../../shared/contract/conversation';
import type { ConversationId, MessageId } from '../../../shared/ids';
import { isWhole } from '../../live/conversation-reader';
import { conversationPlace } from '../../state/conversation-place';
import { DaySeparator } from './day-separator';
import { FindBar } from './find-bar';
import { JumpToEnd } from './jump-to-end';
import type { MessageActions } from './message-actions';
import { AssistantMessage } from './messages';
import { QuoteButton } from './quote-button';
import { type ThreadRow, threadRows } from './thread-rows';
import { useThreadView } from './thread-view';
import { usePlainAnswers } from './use-plain-answers';
import { useStickToEnd } from './use-stick-to-end';
import { useTargetMessage } from './use-target-message';
import { useThreadCommands } from './use-thread-commands';
import { useVersionFocus } from './use-version-focus';
import { UserMessage } from './user-message';

export interface ThreadHandle {
  /** Shows the newest message and what comes after it. */
  readonly toEnd: () => void;
}

export interface ThreadProps {
  conversationId: ConversationId;
  messages: readonly Message[];
  actions: MessageActions;
  /** An answer grows. */
  running: boolean;
  ref?: Ref<ThreadHandle>;
}

/** Space above the first message, which the list of them has to know. */
const TOP = 24;
/** Space below the last message. */
const END = 20;
/** How far outside the visible part messages are drawn. */
const BUFFER = 600;
/** About how high a message is before it was drawn once; too low, and many are drawn for nothing. */
const USUAL_HEIGHT = 200;

/** The messages of the active branch. Only those near the visible part are in the document. */
export const Thread = memo(function Thread(props: ThreadProps) {
  const { conversationId, messages, running, ref } = props;
  const { t } = useTranslation();
  const drawable = usePlainAnswers();
  const { scroller, atEnd, resized, toEnd, leaveEnd } = useStickToEnd();
  const list = useRef<VirtualizerHandle>(null);
  const { rows, shift } = useRows(messages);
  const actions = useVersions(props.actions, messages, scroller, leaveEnd);
  const count = rows.length;
  useImperativeHandle(ref, () => ({ toEnd }), [toEnd]);
  const show = useCallback(
    (index: number) => {
      leaveEnd();
      list.current?.scrollToIndex(index, { align: 'start', offset: -TOP });
    },
    [leaveEnd],
  );
  const editing = useThreadView((state) => state.editing?.id ?? null);
  const edited = editing === null ? -1 : messages.findIndex(({ id }) => id === editing);
  // A message of another conversation may stand there half changed.
  const edits = edited !== -1;
  // biome-ignore lint/correctness/useExhaustiveDependencies: its place changes with every word that arrives, and only the begin of an edit is to move anybody
  useLayoutEffect(() => {
    if (!edits) return;
    // The editor takes room of its own, which must not push it out of sight.
    leaveEnd();
    // Far away from what is seen it is not drawn, and nothing else would bring it on screen.
    const isDrawn = scroller.current?.querySelector(`[data-message="${editing}"]`) != null;
    if (!isDrawn) show(edited);
  }, [editing, edits]);
  const { selectVersion: selectBranch } = props.actions;
  const { target, onReached } = useTarget(conversationId);
  // A message that is not there may be one of those that are still being read, and before there is a list
  // nothing can be brought on screen.
  const wanted = drawable && isWhole(messages) ? target : null;
  useTargetMessage({ target: wanted, onReached, messages, selectBranch, show });
  const { selectVersion } = actions;
  const { finding, stopFinding } = useThreadCommands({ messages, actions, toEnd, selectVersion });

  // biome-ignore lint/correctness/useExhaustiveDependencies: with each message that is added
  useLayoutEffect(() => {
    resized();
  }, [count, resized]);
  const [atStart] = useState(count);
  useLayoutEffect(() => {
    // Once: where the list thinks the end is, before it knows how high anything is.
    if (drawable) list.current?.scrollToIndex(atStart - 1, { align: 'end', offset: END });
  }, [drawable, atStart]);

  return (
    <div className="relative min-h-0 flex-1">
      {finding > 0 && (
        <FindBar
          messages={messages}
          thread={scroller}
          list={list}
          asked={finding}
          onLeaveEnd={leaveEnd}
          onClose={stopFinding}
        />
      )}
      <div ref={scroller} data-thread className="thread">
        <div role="log" aria-live="off" aria-label={t('chat.messages')} className="thread-column">
          <div style={{ height: TOP }} />
          {drawable && (
            <Virtualizer
              ref={list}
              data={rows}
              scrollRef={scroller}
              startMargin={TOP}
              bufferSize={BUFFER}
              itemSize={USUAL_HEIGHT}
              shift={shift}
              onResize={resized}
            >
              {(row) => <Row key={row.message.id} row={row} actions={actions} />}
            </Virtualizer>
          )}
          <div style={{ height: END }} />
        </div>
      </div>
      <JumpToEnd atEnd={atEnd} growing={running} count={count} onJump={toEnd} />
      <QuoteButton within={scroller} />
    </div>
  );
});

const Row = memo(function Row({ row, actions }: { row: ThreadRow; actions: MessageActions }) {
  const { first, message, question, promptCharacters, day } = row;
  if (message.role === 'system') return <div />;
  return (
    <div className={first || question !== null ? undefined : 'thread-row'}>
      {day !== null && <DaySeparator ms={day} />}
      {message.role === 'user' ? (
        <UserMessage message={message} actions={actions} />
      ) : (
        <AssistantMessage
          message={message}
          question={question}
          promptCharacters={promptCharacters}
          actions={actions}
        />
      )}
    </div>
  );
});

/**
 * The rows, and whether those before them came only now: what is on screen then stays where it is, seen
 * from the end.
 */
function useRows(messages: readonly Message[]): { rows: readonly ThreadRow[]; shift: boolean } {
  const known = useRef<readonly ThreadRow[]>([]);
  return useMemo(() => {
    const before = known.current;
    known.current = threadRows(messages, before);
    const first = before[0]?.message.id;
    const shift = first !== undefined && first !== messages[0]?.id;
    const continues = before.at(-1)?.message.id === messages.at(-1)?.id;
    return { rows: known.current, shift: shift && continues };
  }, [messages]);
}

/** Another version is shown where the one before stood, wherever the thread ends with it. */
function useVersions(
  actions: MessageActions,
  messages: readonly Message[],
  scroller: Parameters<typeof useVersionFocus>[0],
  leaveEnd: () => void,
): MessageActions {
  const keepFocus = useVersionFocus(scroller, messages);
  return useMemo(
    () => ({
      ...actions,
      selectVersion(id: MessageId) {
        keepFocus(id);
        leaveEnd();
        actions.selectVersion(id);
      },
    }),
    [actions, keepFocus, leaveEnd],
  );
}

/** The message that the address leads to, which it does once. */
function useTarget(conversationId: ConversationId) {
  const [path, navigate] = useLocation();
  const place = conversationPlace(path);
  const onReached = useCallback(
    () => navigate(`/chat/${conversationId}`, { replace: true }),
    [conversationId, navigate],
  );
  const own = place?.conversationId === conversationId;
  return { target: own ? place.messageId : null, onReached };
}
