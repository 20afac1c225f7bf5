import type { Connection } from '../../shared/contract/connection';
import {
  costMultiplier,
  isKnownTo,
  type ParameterKey,
  type ParameterValues,
  parameterValues,
} from '../../shared/parameters';

/** The values with one of them set, or taken away by undefined; null when the table refuses it. */
export function withValue(
  values: ParameterValues,
  key: ParameterKey,
  value: unknown,
): ParameterValues | null {
  const { [key]: _, ...others } = values;
  const next = parameterValues.safeParse(
    value === undefined ? others : { ...values, [key]: value },
  );
  return next.success ? next.data : null;
}

/**
 * Why a parameter does not go out as it is set, or may do nothing: the servers of this profile do not know
 * it, this server has refused it before or wants it under another name, or its list says that the model
 * does not take it.
 */
export type Obstacle =
  | { readonly kind: 'unknown' | 'not_listed' }
  | { readonly kind: 'refused' }
  | { readonly kind: 'renamed'; readonly to: string };

export function obstacleOf(
  key: ParameterKey,
  { profile, learned }: Pick<Connection, 'profile' | 'learned'>,
  model: string | null,
  /** The request fields the model takes by the server's list; null where that does not say. */
  takes: readonly string[] | null = null,
): Obstacle | null {
  if (!isKnownTo(key, profile)) return { kind: 'unknown' };
  const lesson = learned.find(
    (one) => one.adaptation.field === key && (one.model === null || one.model === model),
  )?.adaptation;
  if (lesson === undefined) return isLeftOut(key, takes) ? { kind: 'not_listed' } : null;
  switch (lesson.action) {
    case 'leave_out':
      return { kind: 'refused' };
    case 'rename':
      return { kind: 'renamed', to: lesson.to };
  }
}

/** What lists of models name; of the rest they say nothing. */
const LISTED: ReadonlySet<ParameterKey> = new Set<ParameterKey>([
  'max_tokens',
  'stop',
  'temperature',
  'top_p',
  'top_k',
  'frequency_penalty',
  'presence_penalty',
  'seed',
  'reasoning_effort',
  'response_format',
  'logit_bias',
]);

function isLeftOut(key: ParameterKey, takes: readonly string[] | null): boolean {
  if (takes === null || takes.length === 0 || !LISTED.has(key) || takes.includes(key)) return false;
  // Some lists name what it belongs to.
  return key !== 'reasoning_effort' || !takes.includes('reasoning');
}

/** How many answers' worth of money one value costs. */
export function timesOf(key: ParameterKey, value: unknown): number {
  const values = withValue({}, key, value);
  return values === null ? 1 : costMultiplier('', values);
}
