import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChatSettings } from '../../../shared/chat-settings';
import type { Message } from '../../../shared/contract/conversation';
import { type CostSources, likelyReply, type Range } from '../../../shared/estimate';
import type { NanoUsd } from '../../../shared/money';
import { Button } from '../../ui/button';
import { Estimate } from '../../ui/estimate';
import { count, usdRange } from '../../ui/format';
import { LeaderRow } from '../../ui/leader-row';
import { Perforation } from '../../ui/perforation';
import type { ComposingKey } from './composing';
import {
  fewerMessages,
  lastExchange,
  type TurnAsked,
  type TurnCost,
  turnEstimate,
  withHistory,
} from './next-turn';
import type { Asked } from './use-asked';
import { tokensBefore } from './use-estimate';
import type { WrittenText } from './written-text';

export interface NextTurnProps {
  of: ComposingKey;
  asked: Asked;
  messages: readonly Message[];
  settings: ChatSettings;
  written: WrittenText;
  onSettings: (settings: ChatSettings) => void;
  /** Goes on in a new conversation with so many of the newest messages; null while it cannot. */
  onFork: ((newest: number) => void) | null;
}

interface NextTurnSlipProps extends NextTurnProps {
  turn: TurnAsked;
  /** In tokens. */
  history: number;
  fresh: number;
  /** Null where no price is known. */
  cost: TurnCost | null;
  onDone: () => void;
}

/** What the next turn is made of, and ways to have it cheaper. */
export function NextTurnSlip(props: NextTurnSlipProps) {
  const { turn, history, fresh, cost } = props;
  const { t } = useTranslation();
  const [source] = turn.sources;
  const reply = source && likelyReply(source.record, turn.values[0] ?? {});
  return (
    <>
      <Part label={t('nextTurn.history', tokensOf(history))} cost={cost?.history} />
      <Part label={t('nextTurn.fresh', tokensOf(fresh))} cost={cost?.fresh} />
      {reply && (
        <Part
          label={t('nextTurn.reply', { low: count(reply.low), high: count(reply.high) })}
          cost={cost?.reply}
        />
      )}
      <LeaderRow label={t('nextTurn.label')} total>
        {cost ? <Estimate low={cost.total.low} high={cost.total.high} bare /> : t('ui.unknown')}
      </LeaderRow>
      <p className="mt-1 text-12 text-text-3">{basisText(cost, turn.sources, t)}</p>
      <Ways {...props} />
    </>
  );
}

function tokensOf(tokens: number) {
  return { count: tokens, tokens: count(tokens) };
}

function Part({ label, cost }: { label: string; cost: Range<NanoUsd> | undefined }) {
  return <LeaderRow label={label}>{cost ? usdRange(cost.low, cost.high) : null}</LeaderRow>;
}

function basisText(cost: TurnCost | null, sources: readonly CostSources[], t: TFunction): string {
  if (!cost) return t('nextTurn.noPrice');
  if (cost.total.basis === 'prices') return t('nextTurn.byPrices');
  const answers = Math.min(...sources.map(({ record }) => record.priced));
  return t('nextTurn.byLedger', { count: answers, answers: count(answers) });
}

/** What sends less along, each with what the next turn costs then. */
function Ways(props: NextTurnSlipProps) {
  const { messages, settings, turn, fresh, onSettings, onFork, onDone } = props;
  const { t } = useTranslation();
  const price = (said: typeof messages, like = settings) =>
    turnEstimate(turn, tokensBefore(said, like) + fresh);
  const fewer = fewerMessages(messages, settings.history);
  const limited = settings.history.messages !== null || settings.history.tokens !== null;
  const exchange = lastExchange(messages);
  const change = (to: typeof settings) => {
    onSettings(to);
    onDone();
  };
  if (fewer === null && !limited && exchange === messages.length) return null;
  return (
    <>
      <Perforation className="mt-3" />
      <ul className="mt-2 grid gap-2">
        {fewer !== null && (
          <Way
            price={price(messages, withHistory(settings, fewer))}
            text={t('nextTurn.fewer', { count: fewer })}
            onClick={() => change(withHistory(settings, fewer))}
          />
        )}
        {limited && (
          <Way
            price={price(messages, withHistory(settings, null))}
            text={t('nextTurn.all')}
            onClick={() => change(withHistory(settings, null))}
          />
        )}
        {exchange < messages.length && (
          <Way
            price={price(messages.slice(-exchange))}
            text={t('nextTurn.fork')}
            note={t('nextTurn.forkHint')}
            disabled={onFork === null}
            onClick={() => {
              onFork?.(exchange);
              onDone();
            }}
          />
        )}
      </ul>
    </>
  );
}

interface WayProps {
  price: Range<NanoUsd> | null;
  text: ReactNode;
  note?: string;
  disabled?: boolean;
  onClick: () => void;
}

/** One way, its price at the left. */
function Way({ price, text, note, disabled = false, onClick }: WayProps) {
  return (
    <li>
      <div className="flex items-center gap-3">
        <span className="min-w-0 flex-1 text-12 text-text-2">
          {price && <Estimate low={price.low} high={price.high} />}
        </span>
        <Button size="sm" disabled={disabled} onClick={onClick}>
          {text}
        </Button>
      </div>
      {note !== undefined && <p className="mt-1 text-right text-12 text-text-3">{note}</p>}
    </li>
  );
}
