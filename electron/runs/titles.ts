import { EMPTY_CHAT_SETTINGS } from '../../shared/chat-settings';
import type { Settings } from '../../shared/contract/app';
import type { Topic } from '../../shared/contract/events';
import type { Target } from '../../shared/contract/run';
import { FailureError } from '../../shared/errors';
import type { ConnectionId, ConversationId, MessageId } from '../../shared/ids';
import { modelsOf } from '../../shared/parameters';
import { answerText } from '../../shared/run-view';
import type { FirstExchange } from '../store/queries/titles';
import { type Answered, Answering, type AnsweringParts } from './answering';
import { LiveRegistry } from './live-registry';
import type { LiveRun } from './live-run';
import { budgeted, pricedAsk, said } from './priced-ask';
import { applicable, learnedFor, type PricedAsk } from './request-plan';
import { headOf } from './run-head';
import { givenTitle } from './title';
import { titlePrompt } from './title-prompt';

/** Whether a model writes titles, and which. */
export type TitleWish = Pick<Settings, 'titlesByModel' | 'titleModel'>;

export interface TitlesParts extends Omit<AnsweringParts, 'registry'> {
  /** Asked when a title could be wanted. */
  readonly titleWish: () => Promise<TitleWish>;
}

/** What a title may be made of once it is answered. */
export interface Exchange {
  readonly conversationId: ConversationId;
  readonly questionId: MessageId;
  readonly answers: readonly MessageId[];
}

/** A title that may be asked for, until that is done or came to nothing. */
interface Waiting {
  readonly conversationId: ConversationId;
  /** Its exchange has ended. */
  isAnswered: boolean;
  /** Null until it is known. */
  connectionId: ConnectionId | null;
  isStopped: boolean;
  done: Promise<void>;
}

/** A title is a few words; a model that goes on is cut off there. */
const MAX_TOKENS = 60;

/**
 * Asks a model for the title of a conversation once its first exchange is complete, where the user wants
 * that. It is a run of the ledger like any other, but nobody watches it: whatever goes wrong, the title that
 * the rule made stays.
 */
export class Titles {
  readonly #parts: TitlesParts;
  readonly #registry: LiveRegistry;
  readonly #answering: Answering;
  readonly #waiting = new Set<Waiting>();

  constructor(parts: TitlesParts) {
    this.#parts = parts;
    const { feed } = parts;
    // The page shows no answer for it; it only sees the sums and the title change.
    const quiet = {
      publish: () => undefined,
      changed: (...topics: readonly Topic[]) => feed.changed(...topics),
    };
    this.#registry = new LiveRegistry({ ...parts, feed: quiet });
    this.#answering = new Answering({ ...parts, registry: this.#registry });
  }

  get live(): readonly LiveRun[] {
    return this.#registry.runs;
  }

  /** Asks for a title, if one is wanted, when all answers of the exchange have ended. */
  after(answered: Promise<unknown>, exchange: Exchange): void {
    const { conversationId } = exchange;
    const waiting: Waiting = {
      conversationId,
      isAnswered: false,
      connectionId: null,
      isStopped: false,
      done: Promise.resolve(),
    };
    waiting.done = answered
      .then(() => {
        waiting.isAnswered = true;
        return this.#ask(exchange, waiting);
      })
      .catch((error: unknown) => {
        // No key, no budget, no network: there is a title already.
        if (error instanceof FailureError) return;
        this.#parts.log(`title of conversation ${conversationId}`, error);
      })
      .finally(() => this.#waiting.delete(waiting));
    this.#waiting.add(waiting);
  }

  /** Resolves when those that can be asked for now are done. */
  async settled(): Promise<void> {
    await Promise.all([...this.#waiting].map(({ done }) => done));
  }

  /** Stops all titles and waits until their rows are saved; the answers before them have to end, too. */
  stopAll(): Promise<void> {
    return this.#stop([...this.#waiting]);
  }

  /** The same for those that are, or might be about to be, asked for over a connection. */
  stopThoseOf(id: ConnectionId): Promise<void> {
    const isMeant = ({ isAnswered, connectionId }: Waiting) =>
      isAnswered && (connectionId === null || connectionId === id);
    return this.#stop([...this.#waiting].filter(isMeant));
  }

  async #stop(those: readonly Waiting[]): Promise<void> {
    for (const waiting of those) {
      waiting.isStopped = true;
      for (const { ids, aborter } of this.live) {
        if (ids.conversationId === waiting.conversationId) aborter.abort();
      }
    }
    await Promise.all(those.map(({ done }) => done));
  }

  async #ask({ conversationId, questionId, answers }: Exchange, waiting: Waiting): Promise<void> {
    const { store, feed, titleWish } = this.#parts;
    const { titlesByModel, titleModel } = await titleWish();
    if (!titlesByModel) return;
    const exchange = await store.read.firstExchange(conversationId, questionId, answers);
    const target = exchange && (await this.#targetFor(exchange, titleModel));
    if (!target) return;
    waiting.connectionId = target.connectionId;
    const branch = [said('user', titlePrompt(exchange.question, exchange.answer), [])];
    const ask = await this.#priced(target, branch);
    const { messageId } = exchange;
    const begun = await this.#begin({ conversationId, questionId, messageId }, ask, waiting);
    if (!begun) return;
    const together = { fanOut: null, overBudget: false, purpose: 'title' } as const;
    const title = titleIn(await this.#answering.follow(begun, ask, together, async () => branch));
    if (title !== null && (await store.write.giveTitle(conversationId, title))) {
      feed.changed('conversations', 'conversation');
    }
  }

  /**
   * The model that is to be asked; null when the one that was chosen is gone. The demo's conversations stay in
   * the demo, and real ones out of it.
   */
  async #targetFor(exchange: FirstExchange, chosen: Target | null): Promise<Target | null> {
    const { connectionId, isDemo } = exchange;
    if (chosen) {
      const connections = await this.#parts.store.read.listConnections();
      const found = connections.find(({ id }) => id === chosen.connectionId);
      if (!found || found.isDemo === isDemo) return found ? chosen : null;
    }
    const [model] = modelsOf(exchange.model);
    return connectionId === null || model === undefined ? null : { connectionId, model };
  }

  async #priced(
    { connectionId, model }: Target,
    branch: Parameters<typeof pricedAsk>[2],
  ): Promise<PricedAsk> {
    const { store, servers } = this.#parts;
    const connection = await store.read.getConnection(connectionId);
    const endpoint = await servers.endpointOf(connection);
    const settings = { ...EMPTY_CHAT_SETTINGS, parameters: { max_tokens: MAX_TOKENS } };
    return pricedAsk(store, { connection, endpoint, model, settings, preset: null }, branch);
  }

  /** Writes the row of the request; null when nothing may leave. Throws a `BudgetError` when a budget says so. */
  #begin(
    place: { conversationId: ConversationId; questionId: MessageId; messageId: MessageId },
    ask: PricedAsk,
    waiting: Waiting,
  ) {
    const { store, budgets, clock, timeZone } = this.#parts;
    const passing = { asks: [budgeted(ask, place.conversationId)] };
    return budgets.pass(passing, async (overBudget) => {
      const { now: trouble } = store.trouble;
      if (waiting.isStopped || trouble === 'full' || trouble === 'read_only') return null;
      const startedAt = clock.now();
      const adaptations = applicable(ask, learnedFor(ask));
      const when = { startedAt, timeZone: timeZone(), attempt: 1 };
      const head = headOf(ask, {
        ...when,
        purpose: 'title',
        fanOut: null,
        overBudget,
        adaptations,
      });
      const runId = await store.write.beginTitle(place.conversationId, head);
      if (runId === null) return null;
      const live = this.#registry.enter({ ...place, runId }, startedAt);
      // It may have been stopped while the row was written.
      if (waiting.isStopped) live.run.aborter.abort();
      return live;
    });
  }
}

/** What is taken of an answer; a refusal is no title, nor is what was cut off in its first line. */
function titleIn({ state, view }: Answered): string | null {
  const [choice] = view.choices;
  if (state !== 'complete' || !choice) return null;
  if (choice.parts.some(({ kind }) => kind === 'refusal')) return null;
  const text = answerText(choice.parts);
  const isCut = choice.finishReason === 'length' && !text.trim().includes('\n');
  return isCut ? null : givenTitle(text);
}
