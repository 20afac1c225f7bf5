import './compare.css';
import { useQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Conversation, Message } from '../../../shared/contract/conversation';
import type { ConnectionId, MessageId, RunId } from '../../../shared/ids';
import type { Total } from '../../../shared/money';
import { answerText } from '../../../shared/run-view';
import type { LiveRun } from '../../live/live-run';
import { useLiveRunsOfMessages } from '../../live/use-live-runs';
import { client, orpc } from '../../rpc/client';
import { moment } from '../../ui/format';
import { Gauge } from '../../ui/gauge';
import { TotalParts } from '../../ui/total-parts';
import { AnswerColumn } from './compare-column';
import { CompareDifferences } from './compare-differences';
import {
  bestOf,
  columnFigures,
  comparedWith,
  comparisonTotal,
  isElsewhere,
  questionOf,
} from './compare-figures';
import { CompareHeader } from './compare-header';
import { useRoomForColumns } from './compare-room';
import { type CompareTab, CompareTabs } from './compare-tabs';
import { MessageImages } from './message-images';
import { useOtherModel } from './other-model';
import { QuoteButton } from './quote-button';
import { useReading } from './reading';
import { charactersOf } from './receipt-figures';
import { useComparedPrices } from './use-compared-prices';
import { useEscape } from './use-escape';

export interface ComparisonProps {
  conversation: Conversation;
  /** One of the answers that are compared. */
  answerId: MessageId;
  connectionId: ConnectionId | null;
  onClose: () => void;
  /** Goes on with one of the answers. */
  onContinue: (id: MessageId) => void;
  /** Asks one more model the same. Null while nothing can be sent. */
  onAdd: ((answer: Message, model: string) => void) | null;
  /** What stands below the header of every conversation. */
  banner: ReactNode;
}

const NONE: readonly Message[] = [];

/** The answers to one message side by side, each with its receipt. */
export function Comparison(props: ComparisonProps) {
  const { conversation, answerId, connectionId, onClose, onContinue, onAdd, banner } = props;
  const { t } = useTranslation();
  const { data = NONE } = useQuery(
    orpc.conversations.answers.queryOptions({ input: { messageId: answerId } }),
  );
  const answers = useMemo(() => comparedWith(data, answerId), [data, answerId]);
  const ids = useMemo(() => answers.map(({ id }) => id), [answers]);
  const live = useLiveRunsOfMessages(ids);
  const question = questionOf(conversation.messages, answers);
  const figures = columnFigures(answers, live, charactersUpTo(conversation.messages, question));
  const best = bestOf(figures);
  const prices = useComparedPrices(answers);
  useEscape(onClose);
  useShownBranch(isElsewhere(conversation.messages, answers), answerId, onContinue);
  const area = useFocusWhenLost(answers.length > 0);
  const roomy = useRoomForColumns(area, answers.length);
  const [differing, setDiffering] = useState(false);
  const layout = useReading((state) => state.comparedAs);
  const compareAs = useReading((state) => state.compareAs);
  const arriving = live.flatMap((run) => (run && !run.ended ? [run.runId] : []));
  const arrived = answers.flatMap((answer, at) => {
    const model = figures[at]?.model;
    const over = model !== undefined && !isArriving(live[at]);
    return over && answer.parts.length > 0 ? [{ answer, name: nameOf(answers, at, model, t) }] : [];
  });
  const columns = answers.flatMap((answer, at): CompareTab[] => {
    const column = figures[at];
    if (!column) return [];
    const name = nameOf(answers, at, column.model, t);
    const running = live[at] ?? null;
    const going = running && isArriving(running) ? running.runId : null;
    return [
      {
        id: answer.id,
        name,
        running: going !== null,
        cost: column.cost,
        column: (
          <AnswerColumn
            key={answer.id}
            answer={answer}
            name={name}
            connectionId={connectionId}
            figures={column}
            prices={prices[at] ?? null}
            best={{
              firstToken: best.firstToken === at,
              whole: best.whole === at,
              speed: best.speed === at,
              cost: best.cost === at,
            }}
            running={going}
            onContinue={() => {
              onContinue(answer.id);
              onClose();
            }}
            onStop={stop}
          />
        ),
      },
    ];
  });
  const last = answers.at(-1);
  return (
    <>
      <CompareHeader
        title={conversation.title}
        sums={
          <>
            <Sum label={t('compare.sum')} total={comparisonTotal(answers, live)} />
            <Sum label={t('chat.spentHere')} total={conversation.total} />
          </>
        }
        count={answers.length}
        onAddModel={
          onAdd && last ? () => useOtherModel.getState().ask((model) => onAdd(last, model)) : null
        }
        onStopAll={
          arriving.length > 1
            ? () => {
                for (const runId of arriving) stop(runId);
              }
            : null
        }
        layout={roomy ? layout : null}
        onLayout={compareAs}
        differences={differing && arrived.length > 1}
        onDifferences={arrived.length > 1 ? setDiffering : null}
        onClose={onClose}
      />
      {banner}
      {question && <Question message={question} />}
      <div
        ref={area}
        role="log"
        aria-live="off"
        aria-label={t('chat.messages')}
        className="compare-area"
      >
        {differing && arrived.length > 1 ? (
          <CompareDifferences answers={arrived} />
        ) : roomy && layout === 'columns' ? (
          <div className="compare-columns">{columns.map(({ column }) => column)}</div>
        ) : (
          <CompareTabs tabs={columns} first={answerId} />
        )}
      </div>
      <QuoteButton within={area} />
    </>
  );
}

function isArriving(run: LiveRun | null | undefined): boolean {
  return run !== null && run !== undefined && !run.ended;
}

/** What is compared has to be on the branch that is shown: else there is no question above it. */
function useShownBranch(missing: boolean, id: MessageId, select: (id: MessageId) => void): void {
  const asked = useRef<MessageId | null>(null);
  useEffect(() => {
    if (!missing || asked.current === id) return;
    asked.current = id;
    select(id);
  }, [missing, id, select]);
}

function stop(runId: RunId): void {
  client.runs.stop({ runId }).catch(() => {});
}

function Question({ message }: { message: Message }) {
  const { t } = useTranslation();
  const text = answerText(message.parts);
  return (
    <article aria-label={t('chat.you')} className="compare-question">
      <div className="compare-asked">
        <MessageImages images={message.images} />
        {text !== '' && <p dir="auto">{text}</p>}
      </div>
      <time className="figures" dateTime={new Date(message.createdAt).toISOString()}>
        {moment(message.createdAt, Date.now())}
      </time>
    </article>
  );
}

function Sum({ label, total }: { label: string; total: Total }) {
  return (
    <Gauge label={label}>
      <TotalParts total={total} className="text-12 font-normal" />
    </Gauge>
  );
}

function charactersUpTo(messages: readonly Message[], last: Message | null): number {
  const end = last ? messages.indexOf(last) + 1 : 0;
  return messages.slice(0, end).reduce((sum, message) => sum + charactersOf(message), 0);
}

/** The model, with its number where several columns would have the same name. */
function nameOf(answers: readonly Message[], at: number, model: string, t: TFunction): string {
  const id = answers[at]?.run?.id;
  const brothers = answers.filter(({ run }) => run !== null && run.id === id);
  const answer = answers[at];
  if (!answer || brothers.length < 2) return model;
  return t('compare.numbered', { model, number: brothers.indexOf(answer) + 1 });
}

/**
 * Takes the focus when what had it has gone with the thread, never away from the composer; and gives it
 * back to the composer in the end.
 */
function useFocusWhenLost(ready: boolean) {
  const container = useRef<HTMLDivElement>(null);
  useEffect(() => () => document.querySelector<HTMLElement>('.composer > textarea')?.focus(), []);
  useEffect(() => {
    if (!ready || document.activeElement !== document.body) return;
    container.current?.querySelector<HTMLElement>('.compare-read')?.focus();
  }, [ready]);
  return container;
}
