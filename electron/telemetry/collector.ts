import type { KeyStrength } from '../../shared/contract/connection';
import type { TelemetrySignals } from '../../shared/contract/telemetry';

/** Where the values of the collector's headers are kept. Only main has one. */
export interface CollectorVault {
  strength(): KeyStrength;
  /** Headers by name; null when there are none, or they cannot be read now. */
  readCollectorHeaders(): Readonly<Record<string, string>> | null;
  /** Weakly only when the user agreed to it; without a word on that, as they were kept before. */
  saveCollectorHeaders(
    values: Readonly<Record<string, string>>,
    allowWeak: boolean | undefined,
  ): void;
}

/** Whom to tell, and what. */
export interface Collector {
  readonly endpoint: string;
  readonly signals: TelemetrySignals;
  readonly headerNames: readonly string[];
  /** What is said of this desktop. */
  readonly resource: Readonly<Record<string, string>>;
}

/** An address without what the exporters put behind it, whichever form was pasted. */
export function collectorBase(address: string): string {
  return address
    .trim()
    .replace(/\/+$/, '')
    .replace(/\/v1\/(traces|metrics|logs)$/, '');
}
