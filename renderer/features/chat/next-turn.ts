import type { ChatSettings, HistoryLimits } from '../../../shared/chat-settings';
import type { Message } from '../../../shared/contract/conversation';
import {
  answerEstimate,
  type CostSources,
  type Estimate,
  messageEstimate,
  type Range,
} from '../../../shared/estimate';
import { type NanoUsd, nano } from '../../../shared/money';
import type { ParameterValues } from '../../../shared/parameters';
import type { Asked } from './use-asked';
import { goingAlong } from './use-estimate';

/** Of whom the next turn is asked, and how many answers each gives. */
export interface TurnAsked {
  readonly sources: readonly CostSources[];
  readonly times: number;
  /** What counts for the answer of each (`countedValues`). */
  readonly values: readonly ParameterValues[];
}

/** What is known of those that a message goes to. */
export function turnOf({
  sources,
  multiplier,
  counted,
}: Pick<Asked, 'sources' | 'multiplier' | 'counted'>): TurnAsked {
  return { sources, times: multiplier.answers * multiplier.votes, values: counted };
}

/** What the parts of the next turn cost, about. */
export interface TurnCost {
  readonly history: Range<NanoUsd>;
  /** What is written. */
  readonly fresh: Range<NanoUsd>;
  readonly reply: Range<NanoUsd>;
  readonly total: Estimate;
}

/** About what a prompt of so many tokens costs with its answers; null where that is not known. */
export function turnEstimate(
  { sources, times, values }: TurnAsked,
  prompt: number,
): Estimate | null {
  return messageEstimate(
    sources.map((source, at) => answerEstimate(source, prompt, values[at] ?? {})),
    times,
  );
}

/** The parts, which add up to the whole. */
export function turnCost(asked: TurnAsked, history: number, fresh: number): TurnCost | null {
  const reply = turnEstimate(asked, 0);
  const before = turnEstimate(asked, history);
  const total = turnEstimate(asked, history + fresh);
  if (!reply || !before || !total) return null;
  return { history: less(before, reply), fresh: less(total, before), reply, total };
}

function less(all: Estimate, rest: Estimate): Range<NanoUsd> {
  return { low: nano(all.low - rest.low), high: nano(all.high - rest.high) };
}

/** The messages that one goes on with by an exchange of question and answer. */
const EXCHANGE = 2;

/**
 * About half as many messages of the history as go along now, in whole exchanges; null where there are
 * none to spare.
 */
export function fewerMessages(messages: readonly Message[], history: HistoryLimits): number | null {
  const going = goingAlong(messages, history).length;
  if (going <= EXCHANGE) return null;
  return Math.max(EXCHANGE, EXCHANGE * Math.floor(going / (2 * EXCHANGE)));
}

/** The same settings with at most so many messages of the history; null sends all. */
export function withHistory(settings: ChatSettings, messages: number | null): ChatSettings {
  const tokens = messages === null ? null : settings.history.tokens;
  return { ...settings, history: { messages, tokens } };
}

/** How many of the newest messages the last exchange has. */
export function lastExchange(messages: readonly Pick<Message, 'role'>[]): number {
  const question = messages.findLastIndex(({ role }) => role === 'user');
  return question === -1 ? messages.length : messages.length - question;
}
