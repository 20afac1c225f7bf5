import { type KeyboardEvent, memo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '../../../shared/contract/conversation';
import type { TokenPrices } from '../../../shared/estimate';
import type { ConnectionId, RunId } from '../../../shared/ids';
import { answerText } from '../../../shared/run-view';
import { isArriving } from '../../live/live-run';
import { useLiveRunOfMessage } from '../../live/use-live-runs';
import { Button } from '../../ui/button';
import { Spinner } from '../../ui/spinner';
import { AnswerBody } from './answer-body';
import { AnswerMenu } from './answer-menu';
import { AsWanted } from './as-wanted';
import { ColumnBill, type ColumnBillProps } from './compare-bill';
import { priceText } from './compare-prices';

export interface AnswerColumnProps extends ColumnBillProps {
  answer: Message;
  /** What the column is called: its model, with a number when one request brought several. */
  name: string;
  connectionId: ConnectionId | null;
  /** The run on its way; null when the answer is over. */
  running: RunId | null;
  onContinue: () => void;
  onStop: (runId: RunId) => void;
}

/** One answer of a comparison, with its receipt and the way to go on with it. */
export function AnswerColumn(props: AnswerColumnProps) {
  const { answer, name, connectionId, figures, prices, best, running, onContinue, onStop } = props;
  const { t } = useTranslation();
  const runId = running ?? answer.run?.id ?? null;
  return (
    <section className="compare-column" aria-label={name}>
      <ColumnHead
        name={name}
        prices={prices}
        running={running !== null}
        runId={runId}
        words={running === null ? answer : null}
      />
      <ColumnAnswer answer={answer} name={name} connectionId={connectionId} />
      <div className="compare-bill">
        <ColumnBill figures={figures} prices={prices} best={best} />
        {running === null ? (
          <Button className="mt-3 w-full" onClick={onContinue}>
            {t('compare.continue')}
          </Button>
        ) : (
          <Button className="mt-3 w-full" onClick={() => onStop(running)}>
            <span aria-hidden="true" className="size-2.5 rounded-[2px] bg-current" />
            {t('compare.stop')}
          </Button>
        )}
      </div>
    </section>
  );
}

interface ColumnHeadProps {
  name: string;
  prices: TokenPrices | null;
  running: boolean;
  runId: RunId | null;
  /** The answer once it is there. */
  words: Message | null;
}

const ColumnHead = memo(function ColumnHead(props: ColumnHeadProps) {
  const { name, prices, running, runId, words } = props;
  const { t } = useTranslation();
  return (
    <header className="compare-head">
      <div className="min-w-0 flex-1">
        <b className="block truncate font-semibold" title={name}>
          {name}
        </b>
        {prices && (
          <small className="figures block truncate text-12 text-text-3">
            {t('compare.prices', {
              input: priceText(prices.input),
              output: priceText(prices.output),
            })}
          </small>
        )}
      </div>
      {running && <Spinner label={t('chat.answering')} />}
      {runId !== null && (
        <AnswerMenu
          runId={runId}
          words={words && { messageId: words.id, text: answerText(words.parts) }}
        />
      )}
    </header>
  );
});

interface ColumnAnswerProps {
  answer: Message;
  name: string;
  connectionId: ConnectionId | null;
}

/** Grows by itself: a word in one column is no work for the others. */
const ColumnAnswer = memo(function ColumnAnswer(props: ColumnAnswerProps) {
  const { answer, name, connectionId } = props;
  const { t } = useTranslation();
  const live = useLiveRunOfMessage(answer.id);
  return (
    <Scroller label={t('compare.answerOf', { name })}>
      <article aria-label={t('chat.assistant')} aria-busy={isArriving(answer.run, live)}>
        <AsWanted message={answer} running={live !== null}>
          <AnswerBody message={answer} live={live} connectionId={connectionId} />
        </AsWanted>
      </article>
    </Scroller>
  );
});

/** What scrolls of a column. The arrow keys at its sides go to the next one. */
function Scroller({ label, children }: { label: string; children: ReactNode }) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls by the arrow keys
      tabIndex={0}
      className="compare-read"
      data-thread
      onKeyDown={toNeighbour}
    >
      {children}
    </section>
  );
}

function toNeighbour(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (step === undefined || event.target !== event.currentTarget) return;
  const all = [...document.querySelectorAll<HTMLElement>('.compare-read')];
  const next = all[all.indexOf(event.currentTarget) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.scrollIntoView({ inline: 'nearest', block: 'nearest' });
}
