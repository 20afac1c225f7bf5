import { ORPCError } from '@orpc/client';
import { create } from 'zustand';
import { type BudgetStop, budgetFailure, type CheaperAsk } from '../../shared/budget';

/** `once`: send it although it could pass the budget. */
export type BudgetAnswer = 'keep' | 'once' | 'instead';

interface AskedStop {
  readonly stop: BudgetStop;
  /** One of the models alone can be taken instead. */
  readonly canTakeInstead: boolean;
  /** What had the focus before. */
  readonly returnTo: Element | null;
  readonly answer: (answer: BudgetAnswer) => void;
}

/** The one dialog about a message that a budget does not allow. */
export const useBudgetStop = create<{ readonly asked: AskedStop | null }>()(() => ({
  asked: null,
}));

/**
 * Sends, and where a budget does not allow it asks what is to become of the message. Null when it was not
 * sent; `onInstead` then hears of a model that is to be asked instead. Rejects as `send` does otherwise.
 */
export async function withinBudget<Result>(
  send: (sendAnyway: boolean) => Promise<Result>,
  onInstead?: (ask: CheaperAsk) => void,
): Promise<Result | null> {
  try {
    return await send(false);
  } catch (error) {
    const stop = stopOf(error);
    if (!stop) throw error;
    switch (await askAbout(stop, onInstead !== undefined)) {
      case 'once':
        return send(true);
      case 'instead':
        if (stop.cheaper) onInstead?.(stop.cheaper);
        return null;
      case 'keep':
        return null;
    }
  }
}

function askAbout(stop: BudgetStop, canTakeInstead: boolean): Promise<BudgetAnswer> {
  useBudgetStop.getState().asked?.answer('keep');
  return new Promise((resolve) => {
    const returnTo = document.activeElement;
    const answer = (given: BudgetAnswer) => {
      useBudgetStop.setState({ asked: null });
      resolve(given);
    };
    useBudgetStop.setState({ asked: { stop, canTakeInstead, returnTo, answer } });
  });
}

function stopOf(error: unknown): BudgetStop | null {
  if (!(error instanceof ORPCError)) return null;
  const known = budgetFailure.safeParse(error.data);
  return (known.success && known.data.budgetStop) || null;
}
