import type { BudgetStop, CheaperAsk } from '../../shared/budget';
import { FailureError } from '../../shared/errors';
import type { RunId } from '../../shared/ids';
import { localDay } from '../../shared/local-day';
import type { Store } from '../store/client';
import { type BudgetedAsk, stopping } from './budgets';

/** Nothing was written and nothing was sent, because of a budget. */
export class BudgetError extends FailureError {
  readonly stop: BudgetStop;

  constructor(stop: BudgetStop) {
    super({ code: 'budget_exceeded' });
    this.name = 'BudgetError';
    this.stop = stop;
  }
}

/** What wants to pass. */
export interface Passing {
  readonly asks: readonly BudgetedAsk[];
  /** What could be asked instead. */
  readonly instead?: readonly (CheaperAsk & Pick<BudgetedAsk, 'isDemo'>)[];
  /** The user wants it to go, whatever a budget says. */
  readonly sendAnyway?: boolean;
  /** A run on its way that these requests take the place of. */
  readonly except?: RunId;
}

interface BudgetGateParts {
  readonly store: Pick<Store, 'read'>;
  readonly clock: { now(): number };
  readonly timeZone: () => string;
}

/**
 * Where every request passes before its row is written. One at a time: two that come at once cannot both
 * pass a limit that has room for one of them only.
 */
export class BudgetGate {
  readonly #parts: BudgetGateParts;
  #last: Promise<unknown> = Promise.resolve();

  constructor(parts: BudgetGateParts) {
    this.#parts = parts;
  }

  /**
   * Does what writes the rows, unless a budget stops it: then it throws a `BudgetError`. `begin` is told
   * whether a budget would have stopped it if the user had not wanted it to go.
   */
  pass<Result>(passing: Passing, begin: (overBudget: boolean) => Promise<Result>): Promise<Result> {
    const turn = this.#last.then(async () => begin(await this.#check(passing)));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #check({ asks, instead = [], sendAnyway = false, except }: Passing): Promise<boolean> {
    const { store, clock, timeZone } = this.#parts;
    const today = localDay(clock.now(), timeZone());
    const states = await store.read.budgetStates(today, except ?? null);
    const [first, ...others] = stopping(states, asks);
    if (!first) return false;
    if (sendAnyway) return true;
    const [ask] = asks;
    const cheaper = instead
      .filter(
        ({ connectionId, isDemo, low, high }) =>
          ask &&
          stopping(states, [{ ...ask, connectionId, isDemo, estimate: { low, high } }]).length ===
            0,
      )
      .toSorted((a, b) => (a.high === b.high ? 0 : a.high < b.high ? -1 : 1))[0];
    throw new BudgetError({
      standings: [first, ...others],
      requests: asks.length,
      cheaper: cheaper
        ? {
            connectionId: cheaper.connectionId,
            model: cheaper.model,
            low: cheaper.low,
            high: cheaper.high,
          }
        : null,
    });
  }
}
