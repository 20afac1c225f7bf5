import type { KeyStrength } from '../../shared/contract/connection';
import type { TelemetrySignals } from '../../shared/contract/telemetry';

/** Where the values of the collector's headers are kept. Only main has one. */
export interface CollectorVault {
  strength(): KeyStrength;
  /** Headers by name; null when there are none for the endpoint's server, or they cannot be read now. */
  readCollectorHeaders(endpoint: string): Readonly<Record<string, string>> | null;
  /**
   * Keeps them for the endpoint's server; weakly only when the user agreed to it, and without a word on
   * that as they were kept before.
   */
  saveCollectorHeaders(
    endpoint: string,
    values: Readonly<Record<string, string>>,
    allowWeak?: boolean,
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
