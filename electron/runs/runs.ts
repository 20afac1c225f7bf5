import { randomUUID } from 'node:crypto';
import type {
  AnswerAgain,
  Attached,
  EditedMessage,
  Inspection,
  NewMessage,
  RequestPreview,
  Sent,
  Target,
} from '../../shared/contract/run';
import { FailureError } from '../../shared/errors';
import type { ConnectionId, MessageId, RunId } from '../../shared/ids';
import { BudgetGate } from '../money/budget-gate';
import type { RunTarget } from '../store/queries/run-life';
import { Answering, type AnsweringParts } from './answering';
import { Inspections } from './inspections';
import { LiveRegistry } from './live-registry';
import type { LiveRun } from './live-run';
import { askedInstead, branchOf, budgeted, pricedAsk, said } from './priced-ask';
import { type Ask, applicable, learnedFor, planRequest } from './request-plan';
import { headOf } from './run-head';
import { titleOf } from './title';
import { Titles, type TitlesParts } from './titles';

type Own = 'registry' | 'inspections' | 'budgets' | 'isEnding';
export type RunsParts = Omit<AnsweringParts, Own> & Pick<TitlesParts, 'titleWish'>;

/** Every run that is on its way: begins them, follows them, ends them. */
export class Runs {
  readonly #parts: RunsParts;
  readonly #registry: LiveRegistry;
  readonly #budgets: BudgetGate;
  readonly #inspections = new Inspections();
  readonly #answering: Answering;
  readonly #titles: Titles;
  /** What is on its way, and the answer and the connection it is of. */
  readonly #following = new Map<Promise<unknown>, Followed>();
  /** What was asked for and is not on its way yet. */
  readonly #beginning = new Set<Promise<unknown>>();
  #ending = false;

  constructor(parts: RunsParts) {
    this.#parts = parts;
    this.#registry = new LiveRegistry(parts);
    this.#budgets = new BudgetGate(parts);
    const shared = {
      ...parts,
      inspections: this.#inspections,
      budgets: this.#budgets,
      isEnding: () => this.#ending,
    };
    this.#answering = new Answering({ ...shared, registry: this.#registry });
    this.#titles = new Titles(shared);
  }

  /**
   * Sends a message to one or several. Throws a `FailureError` when a key is not there, a `BudgetError`
   * when a budget does not allow it; then nothing was written or sent.
   */
  async send(request: NewMessage & SentTo): Promise<Sent> {
    const { conversationId, targets, text, images, settings, opening } = request;
    const [image] = await this.#parts.store.read.getAttachments(images);
    const message = { text, images, settings };
    const target: RunTarget =
      conversationId === null
        ? {
            kind: 'new_conversation',
            conversationUid: randomUUID(),
            title: titleOf(text.trim() === '' && image ? image.name : text),
            opening,
            ...message,
          }
        : { kind: 'next_message', conversationId, ...message };
    return this.#begin(targets, request, target);
  }

  /** Asks for further answers beside one that is there. */
  answerAgain(request: AnswerAgain): Promise<Sent> {
    const { conversationId, messageId, targets, settings } = request;
    const target = { kind: 'another_answer', conversationId, messageId, settings } as const;
    return this.#begin(targets, request, target);
  }

  /** Sends a changed message beside the one that was sent. */
  edit(request: EditedMessage): Promise<Sent> {
    const { conversationId, messageId, targets, text, images, settings } = request;
    const place = { conversationId, messageId };
    const target = { kind: 'edited_message', ...place, text, images, settings } as const;
    return this.#begin(targets, request, target);
  }

  /** The request that `send` would make. Nothing leaves, and nothing is written. */
  async preview(message: NewMessage & { readonly target: Target }): Promise<RequestPreview> {
    const { store, attachments } = this.#parts;
    const { conversationId, text, opening } = message;
    const ask = await this.#ask(message.target, message, null);
    const images = await store.read.getAttachments(message.images);
    const earlier =
      conversationId === null
        ? opening.map(({ role, text: words }) => said(role, words, []))
        : (await store.read.getConversation(conversationId)).messages;
    const branch = [...earlier, said('user', text, images)];
    return (await planRequest(ask, branch, learnedFor(ask), attachments)).preview;
  }

  /** What a run sent and got; null when that is not remembered any more. */
  inspect(id: RunId): Inspection | null {
    return this.#inspections.get(id);
  }

  /** Stops an answer by its run. The next attempt may have begun since the page named it. */
  stop(id: RunId): void {
    for (const { ids, earlier, aborter } of this.live) {
      if (ids.runId === id || earlier.includes(id)) aborter.abort();
    }
  }

  /** Everything up to the feed's present number, so that later events can be applied onto it. */
  attach(id: RunId): Attached | null {
    const live = this.#registry.get(id);
    if (!live) return null;
    live.batcher.flush();
    return live.run.attached(this.#parts.feed.sequence);
  }

  /** The answers on their way. */
  get live(): readonly LiveRun[] {
    return this.#registry.runs;
  }

  /** Whether a request is on its way, whatever for. */
  has(id: RunId): boolean {
    return [...this.live, ...this.#titles.live].some(({ ids }) => ids.runId === id);
  }

  /** Resolves when no title is on its way or can follow from what has ended. */
  titled(): Promise<void> {
    return this.#titles.settled();
  }

  /**
   * Stops all runs, lets none begin, and waits until their rows are saved. What the store refuses to
   * take even now is in the journal, and ends when the app starts again.
   */
  async stopAll(): Promise<void> {
    this.#ending = true;
    for (const { aborter } of this.live) aborter.abort();
    // Its row may be being written.
    await Promise.allSettled(this.#beginning);
    await Promise.all([...this.#following.keys(), this.#titles.stopAll()]);
  }

  /** Stops the runs of a connection and waits until their rows are saved. */
  async stopThoseOf(id: ConnectionId): Promise<void> {
    // Its row may be being written.
    await Promise.allSettled(this.#beginning);
    const own = [...this.#following].filter(([, { connectionId }]) => connectionId === id);
    const answers = new Set(own.map(([, { messageId }]) => messageId));
    for (const { ids, aborter } of this.live) if (answers.has(ids.messageId)) aborter.abort();
    await Promise.all(own.map(([following]) => following));
    await this.#titles.stopThoseOf(id);
  }

  async #begin(targets: readonly Target[], request: SentWith, target: RunTarget): Promise<Sent> {
    const beginning = this.#beginNow(targets, request, target);
    this.#beginning.add(beginning);
    try {
      return await beginning;
    } finally {
      this.#beginning.delete(beginning);
    }
  }

  async #beginNow(
    targets: readonly Target[],
    { settings, presetId, sendAnyway }: SentWith,
    target: RunTarget,
  ): Promise<Sent> {
    const { store, clock, timeZone } = this.#parts;
    if (this.#ending) throw new FailureError({ code: 'stopped' });
    // A row might still find room where the answer that is paid for would not.
    const { now: trouble } = store.trouble;
    if (trouble === 'full' || trouble === 'read_only') {
      throw new FailureError({ code: 'store_full' });
    }
    const name = presetId && (await store.read.presetName(presetId));
    const preset = presetId && name !== null ? { id: presetId, name } : null;
    // Without a key nothing would leave, so there is nothing to book either.
    const asked = await Promise.all(targets.map((one) => this.#ask(one, { settings }, preset)));
    const branch = await branchOf(store, target);
    const asks = await Promise.all(asked.map((ask) => pricedAsk(store, ask, branch)));
    const fanOut = asks.length > 1 ? randomUUID() : null;
    const known = target.kind === 'new_conversation' ? null : target.conversationId;
    const passing = {
      asks: asks.map((ask) => budgeted(ask, known)),
      instead: askedInstead(asks),
      sendAnyway: sendAnyway ?? false,
    };
    const { sent, overBudget, startedAt } = await this.#budgets.pass(passing, async (over) => {
      if (this.#ending) throw new FailureError({ code: 'stopped' });
      const began = clock.now();
      const purpose = 'answer' as const;
      const occasion = { startedAt: began, timeZone: timeZone(), purpose, fanOut, attempt: 1 };
      const heads = asks.map((ask) =>
        headOf(ask, {
          ...occasion,
          overBudget: over,
          adaptations: applicable(ask, learnedFor(ask)),
        }),
      );
      const written = await store.write.beginRuns(target, heads);
      return { sent: written, overBudget: over, startedAt: began };
    });
    const { conversationId, questionId } = sent;
    const answered: Promise<unknown>[] = [];
    for (const [at, ids] of sent.runs.entries()) {
      const ask = asks[at];
      if (!ask) continue;
      const live = this.#registry.enter({ conversationId, questionId, ...ids }, startedAt);
      // The app may have begun to end while the row was written.
      if (this.#ending) live.run.aborter.abort();
      const together = { fanOut, overBudget, purpose: 'answer' } as const;
      const following = this.#answering.follow(live, ask, together);
      answered.push(following);
      const { connection } = ask;
      this.#following.set(following, { messageId: ids.messageId, connectionId: connection.id });
      void following.finally(() => this.#following.delete(following));
    }
    const answers = sent.runs.map(({ messageId }) => messageId);
    this.#titles.after(Promise.all(answered), { conversationId, questionId, answers });
    return sent;
  }

  async #ask(
    { connectionId, model }: Target,
    { settings }: Pick<SentWith, 'settings'>,
    preset: Ask['preset'],
  ): Promise<Ask> {
    const { store, servers } = this.#parts;
    const connection = await store.read.getConnection(connectionId);
    const endpoint = await servers.endpointOf(connection);
    return { connection, endpoint, model, settings, preset };
  }
}

interface Followed {
  readonly messageId: MessageId;
  readonly connectionId: ConnectionId;
}

/** What a message is led with. */
type SentWith = Pick<NewMessage, 'settings' | 'presetId'> & Pick<SentTo, 'sendAnyway'>;

/** Whom a message is sent to, and whether that may pass a budget. */
interface SentTo {
  readonly targets: readonly Target[];
  readonly sendAnyway?: boolean | undefined;
}
