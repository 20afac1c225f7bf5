import { randomUUID } from 'node:crypto';
import type { Attached, Sent } from '../../shared/contract/run';
import { FailureError } from '../../shared/errors';
import type { ConnectionId, ConversationId, MessageId, RunId } from '../../shared/ids';
import { localDay } from '../../shared/local-day';
import type { ParameterValues } from '../../shared/parameters';
import { type CompletionEnd, streamCompletion } from '../provider/completion';
import type { Endpoint } from '../provider/http';
import { requestBody } from '../provider/request-body';
import type { Store } from '../store/client';
import { StoreError } from '../store/errors';
import type { StoredConnection } from '../store/queries/connections';
import type { RunTarget } from '../store/queries/run-life';
import { Checkpoint } from './checkpoint';
import { promptOf, titleOf } from './context';
import { DeltaBatcher } from './delta-batcher';
import type { Endpoints } from './endpoints';
import type { Feed } from './feed';
import { type Clock, LiveRun } from './live-run';
import { outcomeOf } from './outcome';

/** What a run is asked with, wherever its answer goes. */
export interface RunRequest {
  readonly connectionId: ConnectionId;
  readonly model: string;
  readonly parameters: ParameterValues;
}

export interface RunsParts {
  readonly store: Store;
  readonly feed: Feed;
  readonly endpoints: Endpoints;
  readonly clock: Clock;
  readonly timeZone: () => string;
  /** Takes ids and codes only, never text. Returns the reference under which it was written. */
  readonly log: (event: string, error: unknown) => string;
}

/** How long to wait before a final save that failed is tried again, in milliseconds. */
const SAVE_AGAIN_MS = 1_000;

/** Every run that is on its way: begins them, follows them, ends them. */
export class Runs {
  readonly #parts: RunsParts;
  readonly #live = new Map<RunId, { readonly run: LiveRun; readonly batcher: DeltaBatcher }>();
  readonly #ending = new Set<Promise<void>>();
  #stopping = false;

  constructor(parts: RunsParts) {
    this.#parts = parts;
  }

  /** Sends a message; null begins a conversation. Throws a `FailureError` when there is no key. */
  send(
    request: RunRequest & { readonly text: string; readonly conversationId: ConversationId | null },
  ): Promise<Sent> {
    const { conversationId, text } = request;
    return this.#begin(
      request,
      conversationId === null
        ? { kind: 'new_conversation', conversationUid: randomUUID(), title: titleOf(text), text }
        : { kind: 'next_message', conversationId, text },
    );
  }

  /** Asks for another answer beside one that is there. */
  answerAgain(
    request: RunRequest & {
      readonly conversationId: ConversationId;
      readonly messageId: MessageId;
    },
  ): Promise<Sent> {
    const { conversationId, messageId } = request;
    return this.#begin(request, { kind: 'another_answer', conversationId, messageId });
  }

  stop(id: RunId): void {
    this.#live.get(id)?.run.aborter.abort();
  }

  /** Everything up to the feed's present number, so that later events can be applied onto it. */
  attach(id: RunId): Attached | null {
    const live = this.#live.get(id);
    if (!live) return null;
    live.batcher.flush();
    return live.run.attached(this.#parts.feed.sequence);
  }

  get live(): readonly LiveRun[] {
    return [...this.#live.values()].map(({ run }) => run);
  }

  /**
   * Stops all runs, lets none begin, and waits until their rows are saved. What the store refuses to
   * take even now is in the journal, and ends when the app starts again.
   */
  async stopAll(): Promise<void> {
    this.#stopping = true;
    for (const { run } of this.#live.values()) run.aborter.abort();
    await Promise.all(this.#ending);
  }

  async #begin(request: RunRequest, target: RunTarget): Promise<Sent> {
    const { store, feed, endpoints, clock } = this.#parts;
    if (this.#stopping) throw new FailureError({ code: 'stopped' });
    const connection = await store.read.getConnection(request.connectionId);
    // Without a key nothing would leave, so there is nothing to book either.
    const endpoint = await endpoints.endpointOf(connection);
    const startedAt = clock.now();
    const ids = await store.write.beginRun(target, this.#head(request, connection, startedAt));
    const run = new LiveRun(ids, clock, startedAt);
    const batcher = new DeltaBatcher((events) =>
      feed.publish({ type: 'run.delta', runId: ids.runId, events }),
    );
    this.#live.set(ids.runId, { run, batcher });
    const { runId, conversationId, messageId } = ids;
    feed.publish({ type: 'run.started', runId, conversationId, messageId });
    feed.changed('conversations', 'conversation', 'spending');
    const ending = this.#follow(run, batcher, request, connection, endpoint);
    this.#ending.add(ending);
    void ending.finally(() => this.#ending.delete(ending));
    return { conversationId, messageId, runId };
  }

  #head(request: RunRequest, connection: StoredConnection, startedAt: number) {
    const { parameters, model } = request;
    return {
      uid: randomUUID(),
      connectionId: connection.id,
      connectionName: connection.name,
      profile: connection.profile,
      baseUrl: connection.baseUrl,
      isDemo: connection.isDemo,
      model,
      provider: parameters.provider ?? null,
      routing: parameters.routing ?? null,
      parameters: JSON.stringify(parameters),
      answers: parameters.n ?? 1,
      models: model.split(',').length,
      votes: parameters.integrity === undefined ? 1 : parameters.integrity - 10,
      startedAt,
      day: localDay(startedAt, this.#parts.timeZone()),
    };
  }

  /** Follows a run to its end and saves it. Never rejects. */
  async #follow(
    run: LiveRun,
    batcher: DeltaBatcher,
    request: RunRequest,
    connection: StoredConnection,
    endpoint: Endpoint,
  ): Promise<void> {
    const { store, endpoints, log } = this.#parts;
    const { runId } = run.ids;
    const journal = new Checkpoint(
      (position, events) => store.write.checkpoint(runId, position, events),
      (error) => log(`checkpoint of run ${runId}`, error),
    );
    let end: CompletionEnd;
    try {
      const branch = await store.read.branchTo(run.ids.questionId);
      end = await streamCompletion(
        {
          endpoint,
          body: requestBody({
            ...request,
            profile: connection.profile,
            messages: promptOf(branch),
          }),
          answers: request.parameters.n ?? 1,
          signal: run.aborter.signal,
        },
        (events) => {
          run.take(events);
          batcher.add(events);
          journal.add(events);
        },
      );
    } catch (error) {
      const reference = log(`run ${runId}`, error);
      end = { state: 'failed', failure: { code: 'internal', reference } };
    }
    journal.close();
    endpoints.noteEnd(connection.id, end);
    await this.#save(run, end);
    batcher.flush();
    this.#announceEnd(run);
  }

  /**
   * Saves the end of a run, however long that takes: until then it lives on in memory. An app that is
   * ending does not wait for a store that goes on failing.
   */
  async #save(run: LiveRun, end: CompletionEnd): Promise<void> {
    const { store, log } = this.#parts;
    const outcome = outcomeOf(run.view, end, run.timing());
    const answers = run.view.choices.map(({ parts }) => parts);
    for (let failures = 1; ; failures += 1) {
      try {
        await store.write.endRun(run.ids.runId, outcome, answers);
        return;
      } catch (error) {
        log(`end of run ${run.ids.runId}`, error);
        if (error instanceof StoreError && error.kind === 'closed') return;
        if (this.#stopping && failures > 1) return;
        await new Promise((resolve) => setTimeout(resolve, SAVE_AGAIN_MS));
      }
    }
  }

  #announceEnd(run: LiveRun): void {
    const { feed } = this.#parts;
    const { runId, conversationId, messageId } = run.ids;
    this.#live.delete(runId);
    feed.publish({ type: 'run.ended', runId, conversationId, messageId });
    feed.changed('conversations', 'conversation', 'spending');
  }
}
