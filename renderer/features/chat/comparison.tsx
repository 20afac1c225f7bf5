import './compare.css';
import { useQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { X } from 'lucide-react';
import { type ReactNode, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Conversation, Message } from '../../../shared/contract/conversation';
import type { ConnectionId, MessageId, RunId } from '../../../shared/ids';
import type { Total } from '../../../shared/money';
import { answerText } from '../../../shared/run-view';
import { useLiveRunsOfMessages } from '../../live/use-live-runs';
import { client, orpc } from '../../rpc/client';
import { moment } from '../../ui/format';
import { Gauge } from '../../ui/gauge';
import { IconButton } from '../../ui/icon-button';
import { Money } from '../../ui/money';
import { UnknownCost } from '../../ui/unknown-cost';
import { AnswerColumn } from './compare-column';
import { bestOf, columnFigures, comparedWith, comparisonTotal } from './compare-figures';
import { MessageImages } from './message-images';
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
  /** What stands below the header of every conversation. */
  banner: ReactNode;
}

const NONE: readonly Message[] = [];

/** The answers to one message side by side, each with its receipt. */
export function Comparison(props: ComparisonProps) {
  const { conversation, answerId, connectionId, onClose, onContinue, banner } = props;
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
  const columns = useFocusWhenLost(answers.length > 0);
  return (
    <>
      <header className="chat-header">
        <h1 className="min-w-0 flex-1 truncate text-13 font-semibold">{conversation.title}</h1>
        <div className="flex h-full">
          <Sum label={t('compare.sum')} total={comparisonTotal(answers, live)} />
          <Sum label={t('chat.spentHere')} total={conversation.total} />
        </div>
        <IconButton label={t('compare.close')} icon={X} shortcut="Escape" onClick={onClose} />
      </header>
      {banner}
      {question && <Question message={question} />}
      <div
        ref={columns}
        role="log"
        aria-live="off"
        aria-label={t('chat.messages')}
        className="compare-columns"
      >
        {answers.map((answer, at) => {
          const column = figures[at];
          if (!column) return null;
          const running = live[at] ?? null;
          return (
            <AnswerColumn
              key={answer.id}
              answer={answer}
              name={nameOf(answers, at, column.model, t)}
              connectionId={connectionId}
              figures={column}
              prices={prices[at] ?? null}
              best={{
                firstToken: best.firstToken === at,
                whole: best.whole === at,
                speed: best.speed === at,
                cost: best.cost === at,
              }}
              running={running && !running.ended ? running.runId : null}
              onContinue={() => {
                onContinue(answer.id);
                onClose();
              }}
              onStop={stop}
            />
          );
        })}
      </div>
    </>
  );
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
        {text !== '' && <p>{text}</p>}
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
      <Money amount={total.known} decimals={total.runs === 0 ? 2 : 6} />
      {total.unknown > 0 && <UnknownCost count={total.unknown} className="text-12 font-normal" />}
      {total.running > 0 && (
        <UnknownCost count={total.running} kind="running" className="text-12 font-normal" />
      )}
    </Gauge>
  );
}

function questionOf(messages: readonly Message[], answers: readonly Message[]): Message | null {
  const parent = answers[0]?.parentId ?? null;
  return messages.find(({ id }) => id === parent) ?? null;
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
