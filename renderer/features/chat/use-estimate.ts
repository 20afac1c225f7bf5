import { useEffect, useMemo, useState } from 'react';
import type { ChatSettings, HistoryLimits } from '../../../shared/chat-settings';
import type { Message } from '../../../shared/contract/conversation';
import { historyStart, messageTokens } from '../../../shared/history-window';
import { answerText } from '../../../shared/run-view';
import { estimateTokens, IMAGE_TOKENS, MESSAGE_TOKENS } from '../../../shared/token-estimate';
import { type AttachedItem, attachedImages } from './attached-items';
import type { PromptTokens } from './send-estimate';
import type { WrittenText } from './written-text';

/** What a message of a conversation takes; it never changes once it is stored. */
const weights = new WeakMap<Message, number>();

/** 0 for one that does not go along: it has come to nothing. */
function weightOf(message: Message): number {
  const known = weights.get(message);
  if (known !== undefined) return known;
  const text = answerText(message.parts);
  const images = message.images.length;
  const weight = text === '' && images === 0 ? 0 : messageTokens(text, images);
  weights.set(message, weight);
  return weight;
}

/** About how many tokens go before a new message: the system prompt and what the limits let along. */
export function tokensBefore(
  messages: readonly Message[],
  { system, history }: Pick<ChatSettings, 'system' | 'history'>,
): number {
  const lead = system.trim() === '' ? 0 : messageTokens(system, 0);
  const guidance = messages.filter(({ role }) => role === 'system');
  return [...guidance, ...goingAlong(messages, history)].reduce(
    (sum, message) => sum + weightOf(message),
    lead,
  );
}

/** Of what was said, the messages that go along with a new one; without guidance, which always does. */
export function goingAlong(messages: readonly Message[], history: HistoryLimits): Message[] {
  const said = messages.filter((message) => message.role !== 'system' && weightOf(message) > 0);
  const talk = [...said, { role: 'user' } as const];
  const weigh = (message: (typeof talk)[number]) => ('parts' in message ? weightOf(message) : 0);
  return said.slice(historyStart(history, talk, weigh));
}

/** As long as this the page may be kept from what is more urgent. */
const LEAST_LEFT_MS = 3;

/** The same, reckoned while the page has nothing else to do; null until it is known. */
function useTokensBefore(messages: readonly Message[], settings: ChatSettings): number | null {
  const [tokens, setTokens] = useState<number | null>(null);
  const { system, history } = settings;
  useEffect(() => {
    let at = messages.length;
    let handle = 0;
    const step = (deadline: IdleDeadline) => {
      while (at > 0 && deadline.timeRemaining() > LEAST_LEFT_MS) {
        at -= 1;
        const message = messages[at];
        if (message) weightOf(message);
      }
      if (at > 0) handle = requestIdleCallback(step);
      else setTokens(tokensBefore(messages, { system, history }));
    };
    handle = requestIdleCallback(step);
    return () => cancelIdleCallback(handle);
  }, [messages, system, history]);
  return tokens;
}

/** While much is written it is counted only after a pause. */
const LONG = 20_000;
const PAUSE_MS = 250;

/** About how many tokens are written; reckoned when the page has nothing else to do. */
function useTypedTokens(written: WrittenText): number {
  const [tokens, setTokens] = useState(0);
  useEffect(() => {
    let idle = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const count = () => {
      idle = 0;
      setTokens(estimateTokens(written.text));
    };
    const ask = () => {
      if (idle === 0) idle = requestIdleCallback(count, { timeout: 1000 });
    };
    const changed = () => {
      clearTimeout(timer);
      if (written.text.length > LONG) timer = setTimeout(ask, PAUSE_MS);
      else ask();
    };
    ask();
    const end = written.subscribe(changed);
    return () => {
      end();
      clearTimeout(timer);
      cancelIdleCallback(idle);
    };
  }, [written]);
  return tokens;
}

export interface EstimateParts {
  readonly written: WrittenText;
  readonly items: readonly AttachedItem[];
  /** What was said before. */
  readonly messages: readonly Message[];
  readonly settings: ChatSettings;
}

/** About what the next request carries; null while the history is being reckoned. */
export function usePromptTokens(parts: EstimateParts): PromptTokens | null {
  const { written, items, messages, settings } = parts;
  const typed = useTypedTokens(written);
  const history = useTokensBefore(messages, settings);
  const files = useMemo(
    () => items.reduce((sum, { state }) => sum + (state.kind === 'text' ? state.tokens : 0), 0),
    [items],
  );
  if (history === null) return null;
  const images = attachedImages(items).length * IMAGE_TOKENS;
  return { history, typed: typed + MESSAGE_TOKENS, files, images };
}
