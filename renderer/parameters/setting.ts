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
 * Why a parameter does not go out as it is set: the servers of this profile do not know it, this server
 * has refused it before, or it wants it under another name.
 */
export type Obstacle =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'refused' }
  | { readonly kind: 'renamed'; readonly to: string };

export function obstacleOf(
  key: ParameterKey,
  { profile, learned }: Pick<Connection, 'profile' | 'learned'>,
  model: string | null,
): Obstacle | null {
  if (!isKnownTo(key, profile)) return { kind: 'unknown' };
  const lesson = learned.find(
    (one) => one.adaptation.field === key && (one.model === null || one.model === model),
  )?.adaptation;
  if (lesson === undefined) return null;
  switch (lesson.action) {
    case 'leave_out':
      return { kind: 'refused' };
    case 'rename':
      return { kind: 'renamed', to: lesson.to };
  }
}

/** How many answers' worth of money one value costs. */
export function timesOf(key: ParameterKey, value: unknown): number {
  const values = withValue({}, key, value);
  return values === null ? 1 : costMultiplier('', values);
}
