import { randomUUID } from 'node:crypto';
import type { Adaptation } from '../../shared/adaptation';
import { localDay } from '../../shared/local-day';
import { factorsOf } from '../../shared/parameters';
import type { RunPurpose } from '../../shared/run-purpose';
import type { RunHead } from '../store/queries/runs';
import { countedValues, type PricedAsk, sentValues, wireModel } from './request-plan';

/** What sets one request for an answer apart from the others. */
export interface Occasion {
  readonly startedAt: number;
  readonly timeZone: string;
  readonly purpose: RunPurpose;
  /** What the answers that were asked for side by side have in common; null for one by itself. */
  readonly fanOut: string | null;
  readonly attempt: number;
  /** The user sent it although it could pass a budget. */
  readonly overBudget: boolean;
  readonly adaptations: readonly Adaptation[];
}

/** The ledger row of a request before it leaves. Names are copied in: the row outlives what they name. */
export function headOf(ask: PricedAsk, occasion: Occasion): RunHead {
  const { connection, settings } = ask;
  const { startedAt, timeZone, purpose, fanOut, attempt, overBudget, adaptations } = occasion;
  const model = wireModel(ask.model);
  const values = sentValues(ask);
  return {
    ...factorsOf(model, countedValues(ask, adaptations)),
    uid: randomUUID(),
    connectionId: connection.id,
    connectionName: connection.name,
    presetId: ask.preset?.id ?? null,
    presetName: ask.preset?.name ?? null,
    profile: connection.profile,
    baseUrl: connection.baseUrl,
    isDemo: connection.isDemo,
    purpose,
    model,
    provider: values.provider ?? null,
    routing: values.routing ?? null,
    parameters: JSON.stringify(values),
    extra: JSON.stringify(settings.extra),
    adaptations: JSON.stringify(adaptations),
    fanOut,
    attempt,
    overBudget,
    promptEstimate: ask.promptEstimate,
    estimate: ask.estimate,
    startedAt,
    day: localDay(startedAt, timeZone),
  };
}
