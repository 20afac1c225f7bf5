import { create } from 'zustand';
import { variablesOf } from '../../shared/template';

export type VariableValues = Readonly<Record<string, string>>;

/** What is to be filled in, and who waits for it. */
export interface VariableQuestion {
  /** The preset or prompt that is used. */
  readonly title: string;
  readonly names: readonly string[];
  /** Shown as they will be sent. */
  readonly texts: readonly string[];
  /** Null: nothing is to be used. */
  readonly answer: (values: VariableValues | null) => void;
}

interface VariablesState {
  readonly question: VariableQuestion | null;
  /** What was filled in last, by name; kept for as long as the window is open. */
  readonly last: VariableValues;
}

/** The one dialog about variables. */
export const useVariables = create<VariablesState>()(() => ({ question: null, last: {} }));

/**
 * Asks for the variables of texts; at once without a question when they have none. Null when it was
 * called off.
 */
export function askVariables(
  title: string,
  texts: readonly string[],
): Promise<VariableValues | null> {
  const names = variablesOf(...texts);
  if (names.length === 0) return Promise.resolve({});
  useVariables.getState().question?.answer(null);
  return new Promise((resolve) => {
    const answer = (values: VariableValues | null) => {
      useVariables.setState(({ last }) => ({ question: null, last: { ...last, ...values } }));
      resolve(values);
    };
    useVariables.setState({ question: { title, names, texts, answer } });
  });
}

/** What Enter or the button does: to the next field, to the question about what is empty, or on. */
export type VariablesStep =
  | { readonly kind: 'field'; readonly index: number }
  | { readonly kind: 'confirm' }
  | { readonly kind: 'done' };

/**
 * The step after a field (null: after the button). Enter goes on to the next field that is empty, and
 * what is left empty has to be said twice.
 */
export function nextStep(
  names: readonly string[],
  values: VariableValues,
  after: number | null,
  confirmed: boolean,
): VariablesStep {
  const isEmpty = (name: string) => (values[name] ?? '').trim() === '';
  if (after !== null && after < names.length - 1) return { kind: 'field', index: after + 1 };
  if (names.some(isEmpty) && !confirmed) return { kind: 'confirm' };
  return { kind: 'done' };
}
