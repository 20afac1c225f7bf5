import { setTimeout as sleep } from 'node:timers/promises';
import type { Adaptation } from '../../shared/adaptation';
import { FailureError } from '../../shared/errors';
import type { RunPurpose } from '../../shared/run-purpose';
import type { EndState } from '../../shared/run-state';
import { charactersOf, type RunView } from '../../shared/run-view';
import { BudgetError, type BudgetGate } from '../money/budget-gate';
import { type CompletionEnd, streamCompletion } from '../provider/completion';
import { secretsOf } from '../provider/http';
import type { Store } from '../store/client';
import { StoreError } from '../store/errors';
import type { Attachments } from './attachments';
import type { Feed } from './feed';
import { type Inspections, RequestRecord } from './inspections';
import type { Live, LiveRegistry } from './live-registry';
import type { Clock } from './live-run';
import { type Again, nextStep } from './next-step';
import { outcomeOf } from './outcome';
import { budgeted, costOfUsage, pricedAnew, type Said } from './priced-ask';
import {
  type Ask,
  applicable,
  learnedFor,
  type PricedAsk,
  planRequest,
  type RequestPlan,
} from './request-plan';
import { headOf } from './run-head';
import type { Servers } from './servers';

export interface AnsweringParts {
  readonly store: Store;
  readonly feed: Feed;
  readonly servers: Pick<Servers, 'endpointOf' | 'noteEnd'>;
  readonly attachments: Attachments;
  readonly registry: LiveRegistry;
  readonly inspections: Inspections;
  readonly budgets: BudgetGate;
  readonly clock: Clock;
  /** From 0 up to 1; spreads the waits of retries. */
  readonly random: () => number;
  readonly timeZone: () => string;
  /** Takes ids and codes only, never text. Returns the reference under which it was written. */
  readonly log: (event: string, error: unknown) => string;
  /** The app is ending: nothing is tried again. */
  readonly isEnding: () => boolean;
}

/** What requests have in common that were sent at once. */
export interface SentTogether {
  readonly fanOut: string | null;
  readonly overBudget: boolean;
  readonly purpose: RunPurpose;
}

/** How an answer came out, over all attempts. */
export interface Answered {
  readonly state: EndState;
  readonly view: RunView;
}

/** How long to wait before a save that has to succeed and failed is tried again, in milliseconds. */
const SAVE_AGAIN_MS = 1_000;

const STOPPED: CompletionEnd = { state: 'stopped', failure: null, unsent: true };

/** Follows an answer from its first request to its end, through every attempt it takes. */
export class Answering {
  readonly #parts: AnsweringParts;

  constructor(parts: AnsweringParts) {
    this.#parts = parts;
  }

  /** Ends once the last row is saved. Never rejects. `branch` is what is sent: what leads to the answer, unless it says. */
  async follow(
    first: Live,
    asked: PricedAsk,
    sent: SentTogether,
    branch: () => Promise<readonly Said[]> = () =>
      this.#parts.store.read.branchTo(first.run.ids.questionId),
  ): Promise<Answered> {
    let ask = asked;
    const learned = learnedFor(ask);
    const adapted: Adaptation[] = [];
    let live = first;
    for (let attempt = 1; ; attempt++) {
      const { end, plan } = await this.#request(live, ask, branch, [...learned, ...adapted]);
      this.#parts.servers.noteEnd(ask.connection.id, end);
      const step = this.#next(live, end, plan, attempt);
      if (step?.adaptation) {
        adapted.push(step.adaptation);
        ask = pricedAnew(ask, [...learned, ...adapted]);
      }
      const adaptations = applicable(ask, [...learned, ...adapted]);
      const next =
        step &&
        (await this.#begin(live, ask, step, { ...sent, attempt: attempt + 1, adaptations }));
      if (!step || !next) {
        await this.#finish(live, ask, end);
        if (end.state === 'complete') await this.#learn(ask, adapted);
        return { state: end.state, view: live.run.view };
      }
      live = next;
      if (!(await this.#wait(live, step))) {
        await this.#finish(live, ask, STOPPED);
        return { state: STOPPED.state, view: live.run.view };
      }
    }
  }

  /** Makes one request and takes what comes. The plan is null when it could not be put together. */
  async #request(
    { run, take }: Live,
    ask: Ask,
    branch: () => Promise<readonly Said[]>,
    adaptations: readonly Adaptation[],
  ): Promise<{ end: CompletionEnd; plan: RequestPlan | null }> {
    const { attachments, inspections, log } = this.#parts;
    const { endpoint } = ask;
    const { runId } = run.ids;
    let plan: RequestPlan | null = null;
    try {
      plan = await planRequest(ask, await branch(), adaptations, attachments);
      const { body, answers, preview } = plan;
      const record = new RequestRecord(preview, secretsOf(endpoint));
      inspections.add(runId, record);
      const end = await streamCompletion(
        {
          endpoint,
          body,
          answers,
          signal: run.aborter.signal,
          onResponse: (status, headers) => record.response(status, headers),
          onBytes: (bytes) => record.bytes(bytes),
        },
        take,
      );
      return { end, plan };
    } catch (error) {
      const failure =
        error instanceof FailureError
          ? error.failure
          : { code: 'internal' as const, reference: log(`run ${runId}`, error) };
      return { end: { state: 'failed', failure, ...(plan ? {} : { unsent: true }) }, plan };
    }
  }

  #next(live: Live, end: CompletionEnd, plan: RequestPlan | null, attempt: number): Again | null {
    if (!plan || this.#parts.isEnding()) return null;
    return nextStep(end, live.run.view, plan.fields, attempt, this.#parts.random);
  }

  /**
   * Saves a failed attempt and begins the next one's row, together. Null when a budget does not allow it
   * or the store does not take it: then there is no further attempt.
   */
  async #begin(
    live: Live,
    ask: PricedAsk,
    { failure }: Again,
    more: SentTogether & { attempt: number; adaptations: readonly Adaptation[] },
  ): Promise<Live | null> {
    const { store, registry, budgets, clock, timeZone, log } = this.#parts;
    const { run, journal } = live;
    const { runId: failed, conversationId } = run.ids;
    const outcome = outcomeOf(run.view, { state: 'failed', failure }, run.timing());
    await journal.close();
    const startedAt = clock.now();
    const head = headOf(ask, { ...more, startedAt, timeZone: timeZone() });
    // What the user let pass may also be tried again.
    const sendAnyway = more.overBudget;
    const passing = { asks: [budgeted(ask, conversationId)], sendAnyway, except: failed };
    try {
      const runId = await budgets.pass(passing, () =>
        store.write.nextAttempt(failed, outcome, head),
      );
      const next = registry.enter({ ...run.ids, runId }, startedAt, run);
      registry.leave(live);
      if (run.aborter.signal.aborted) next.run.aborter.abort();
      return next;
    } catch (error) {
      if (!(error instanceof BudgetError)) log(`next attempt after run ${failed}`, error);
      return null;
    }
  }

  /** Waits until the request may leave. False when it was stopped meanwhile. */
  async #wait({ run, take, journal }: Live, { waitMs, failure }: Again): Promise<boolean> {
    const { signal } = run.aborter;
    if (waitMs > 0 && !signal.aborted) {
      const { clock } = this.#parts;
      take([{ type: 'waiting', until: clock.now() + waitMs, cause: failure }]);
      await clock.sleep(waitMs, signal);
      if (!signal.aborted) {
        take([{ type: 'sent' }]);
        // A run that is found still waiting after a crash is booked as never sent.
        while (!(await journal.flush()) && !signal.aborted) {
          await clock.sleep(SAVE_AGAIN_MS, signal);
        }
      }
    }
    return !signal.aborted;
  }

  async #finish(live: Live, ask: PricedAsk, end: CompletionEnd): Promise<void> {
    await this.#save(live, ask, end);
    this.#parts.registry.leave(live);
  }

  /**
   * Saves the end of a run, however long that takes: until then it lives on in memory. An app that is
   * ending does not wait for a store that goes on failing.
   */
  async #save({ run, journal }: Live, ask: PricedAsk, end: CompletionEnd): Promise<void> {
    const { store, log, isEnding } = this.#parts;
    const { runId } = run.ids;
    const outcome = outcomeOf(run.view, end, run.timing(), costOfUsage(ask, run.view));
    const answers = run.view.choices.map(({ parts }) => parts);
    const rest = await journal.close();
    for (let failures = 1; ; failures += 1) {
      try {
        const { write } = store;
        const done = await write.endRunFromJournal(runId, outcome, rest, charactersOf(answers));
        if (!done) await write.endRun(runId, outcome, answers);
        return;
      } catch (error) {
        log(`end of run ${runId}`, error);
        if (error instanceof StoreError && error.kind === 'closed') return;
        if (isEnding() && failures > 1) return;
        await sleep(SAVE_AGAIN_MS);
      }
    }
  }

  /** Remembers what a server had to be spared, once a request without it went through. */
  async #learn({ connection, model }: Ask, adapted: readonly Adaptation[]): Promise<void> {
    const { store, feed, log } = this.#parts;
    if (adapted.length === 0) return;
    try {
      for (const adaptation of adapted) {
        // Who cannot report usage in a stream cannot for any model; other fields differ by model.
        const forAll = adaptation.field === 'stream_options';
        await store.write.addLearned(connection.id, {
          model: forAll ? null : model,
          adaptation,
        });
      }
      feed.changed('connections');
    } catch (error) {
      log(`what connection ${connection.id} taught`, error);
    }
  }
}
